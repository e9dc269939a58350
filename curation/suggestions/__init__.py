"""What an article could be filed under, which offerings belong beside it, what is told already; each with reasons."""

from .filing import TopicSuggestion, topics
from .likeness import Likeness, similar, similar_to_title, similar_to_titles
from .names import Text
from .related_offerings import OfferingSuggestion, offerings

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
