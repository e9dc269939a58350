"""Old sites of documents, and what their keys, folders and settings meant: what is shown, what it is, where it was."""
