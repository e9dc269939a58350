"""The log at the desk: its words, one page of all of it, and taking it along as a table."""
