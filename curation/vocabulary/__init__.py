"""Topics as one vocabulary: which look alike, what it means to put one into another, doing so, and undoing it."""
