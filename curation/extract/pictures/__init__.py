"""The pictures a page offers for its story, and its icons."""
