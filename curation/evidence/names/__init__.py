"""Names: people, places, products and acronyms, read from a text and looked for in another."""
