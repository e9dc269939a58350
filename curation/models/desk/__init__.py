"""Models of what people at the desk leave beside articles."""

from .at_work import Absence, CheckLevel, Dismissal, DraftKey, Preference, Presence, ReturnReason, SavedSearch
from .batches import Batch, BatchItem
from .discussion import Comment, OutsideLink

__all__ = [
    "Absence",
    "Batch",
    "BatchItem",
    "CheckLevel",
    "Comment",
    "Dismissal",
    "DraftKey",
    "OutsideLink",
    "Preference",
    "Presence",
    "ReturnReason",
    "SavedSearch",
]
