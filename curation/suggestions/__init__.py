"""Suggestions for an article: topics, offerings, and stories that are told already; each with reasons."""

from .filing import TopicSuggestion, topics
from .likeness import Likeness, similar, similar_to_title, similar_to_titles
from .related_offerings import OfferingSuggestion, offerings
from .topic_names import Text

__all__ = [
    "Likeness",
    "OfferingSuggestion",
    "Text",
    "TopicSuggestion",
    "offerings",
    "similar",
    "similar_to_title",
    "similar_to_titles",
    "topics",
]
