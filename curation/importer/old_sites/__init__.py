"""What the old sites of documents meant by keys, folders and settings: what is shown, what it is, where it was."""
