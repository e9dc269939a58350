"""Models of what people at the desk leave beside articles."""

from .at_work import Absence, CheckLevel, Comment, Dismissal, DraftKey, Preference, Presence, ReturnReason, SavedSearch
from .batches import Batch, BatchItem

__all__ = [
    "Absence",
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
