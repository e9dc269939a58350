"""Words as people can see them, and answers about words that are kept for a while."""
