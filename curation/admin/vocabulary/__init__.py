"""Topics that go into one another, at the desk: what looks alike, the preview, the decision, the list with its undo."""
