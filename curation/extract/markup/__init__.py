"""A page's markup: what of its source is parsed, the tree of it, the words of an element."""
