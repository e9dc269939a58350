"""The newsroom's models: the working copy, what was reviewed, what readers see, and where it came from."""

from .article import NO_DAY, Article, ArticleAuthor, ArticleOffering, ArticleSource, ArticleTopic, Priority, State
from .desk import (
    Absence,
    Audit,
    Batch,
    BatchItem,
    CalendarFeed,
    CheckLevel,
    Comment,
    Dismissal,
    DraftKey,
    Invitation,
    Judgement,
    OutsideLink,
    Preference,
    Presence,
    ReturnReason,
    SavedSearch,
)
from .document import Document, WorkPackage
from .edition import OPEN, Edition, EditionByline, EditionOffering, EditionTopic, Tally
from .erased import Tombstone, Trace
from .history import LogEntry, Version
from .people import Author, Section
from .picture import Picture
from .source import Harvest, Heartbeat, LinkState, SourceLink

__all__ = [
    "NO_DAY",
    "OPEN",
    "Absence",
    "Article",
    "ArticleAuthor",
    "ArticleOffering",
    "ArticleSource",
    "ArticleTopic",
    "Audit",
    "Author",
    "Batch",
    "BatchItem",
    "CalendarFeed",
    "CheckLevel",
    "Comment",
    "Dismissal",
    "Document",
    "DraftKey",
    "Edition",
    "EditionByline",
    "EditionOffering",
    "EditionTopic",
    "Harvest",
    "Heartbeat",
    "Invitation",
    "Judgement",
    "LinkState",
    "LogEntry",
    "OutsideLink",
    "Picture",
    "Preference",
    "Presence",
    "Priority",
    "ReturnReason",
    "SavedSearch",
    "Section",
    "SourceLink",
    "State",
    "Tally",
    "Tombstone",
    "Trace",
    "Version",
    "WorkPackage",
]
