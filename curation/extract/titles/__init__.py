"""What a page's story or a paper is called, and titles that nobody gave."""
