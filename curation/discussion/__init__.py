"""Discussion of a working copy: what it is about, who says and settles it, who is called, and who is asked outside."""

from .anchors import Anchor, anchor_of, places, sentences_of
from .comments import (
    GONE,
    LONGEST,
    add,
    answer,
    assign,
    edit,
    may_edit,
    may_remove,
    may_settle,
    remove,
    reopen,
    settle,
)
from .people import mentioned, mentioned_in, people_of
from .refusal import CommentRefused
from .threads import MOST, Said, Thread, Threads, threads_of

__all__ = [
    "GONE",
    "LONGEST",
    "MOST",
    "Anchor",
    "CommentRefused",
    "Said",
    "Thread",
    "Threads",
    "add",
    "anchor_of",
    "answer",
    "assign",
    "edit",
    "may_edit",
    "may_remove",
    "may_settle",
    "mentioned",
    "mentioned_in",
    "people_of",
    "places",
    "remove",
    "reopen",
    "sentences_of",
    "settle",
    "threads_of",
]
