"""Beginning: the first steps of an empty newsroom, and a list of topics that is typed."""
