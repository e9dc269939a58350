"""Queries of readers' pages: live Editions, few and narrow, in the shapes that templates take."""

from . import articles, cards, offerings, topics

__all__ = ["articles", "cards", "offerings", "topics"]
