"""What an article could be filed under, which offerings belong beside it, what is told already; each with reasons."""

from .filing import TopicSuggestion, topics

__all__ = ["TopicSuggestion", "topics"]
