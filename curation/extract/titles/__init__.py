"""Titles of a page's story or of a paper, and titles that nobody gave."""
