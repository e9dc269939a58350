"""Models of what people at the desk leave beside articles."""

from .at_work import CheckLevel, Comment, Dismissal, DraftKey, Preference, Presence, ReturnReason, SavedSearch
from .batches import Batch, BatchItem

__all__ = [
    "Batch",
    "BatchItem",
    "CheckLevel",
    "Comment",
    "Dismissal",
    "DraftKey",
    "Preference",
    "Presence",
    "ReturnReason",
    "SavedSearch",
]
