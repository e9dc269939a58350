"""The newsroom's models: the working copy, what was reviewed, what readers see, and where it came from."""

from .article import Article, ArticleAuthor, ArticleOffering, ArticleSource, ArticleTopic, State
from .desk import (
    Batch,
    BatchItem,
    CheckLevel,
    Comment,
    Dismissal,
    DraftKey,
    Preference,
    Presence,
    ReturnReason,
    SavedSearch,
)
from .document import Document, WorkPackage
from .edition import OPEN, Edition, EditionByline, EditionOffering, EditionTopic, Tally
from .history import LogEntry, Version
from .people import Author, Section
from .picture import Picture
from .source import Harvest, Heartbeat, LinkState, SourceLink

__all__ = [
    "OPEN",
    "Article",
    "ArticleAuthor",
    "ArticleOffering",
    "ArticleSource",
    "ArticleTopic",
    "Author",
    "Batch",
    "BatchItem",
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
    "LinkState",
    "LogEntry",
    "Picture",
    "Preference",
    "Presence",
    "ReturnReason",
    "SavedSearch",
    "Section",
    "SourceLink",
    "State",
    "Tally",
    "Version",
    "WorkPackage",
]
