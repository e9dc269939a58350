"""Models of what people at the desk leave beside articles."""

from .at_work import Absence, CheckLevel, Dismissal, DraftKey, Preference, Presence, ReturnReason, SavedSearch
from .audits import Audit, Judgement
from .batches import Batch, BatchItem
from .discussion import Comment, OutsideLink
from .feed import CalendarFeed
from .invitation import Invitation
from .measures import MeasureCount, MeasureFact
from .notices import Letter, Notice, NoticeChoice, NoticeCursor, NoticeKind

__all__ = [
    "Absence",
    "Audit",
    "Batch",
    "BatchItem",
    "CalendarFeed",
    "CheckLevel",
    "Comment",
    "Dismissal",
    "DraftKey",
    "Judgement",
    "Letter",
    "MeasureCount",
    "MeasureFact",
    "Notice",
    "NoticeChoice",
    "NoticeCursor",
    "NoticeKind",
    "OutsideLink",
    "Invitation",
    "Preference",
    "Presence",
    "ReturnReason",
    "SavedSearch",
]
