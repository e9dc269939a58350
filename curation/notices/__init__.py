"""Notices: who is told of what was done, read from the log as it grows, and when; in the desk and by mail.

Nothing calls this floor when a step is taken: it reads on where it stopped (docs/decisions/0048).
"""

from .choices import Choice, choices_of, keep_choices
from .inbox import LARGEST, Line, mark_read, opened, told_to, unread
from .taking import is_pending, take_pending, tell_in_desk_alone

__all__ = [
    "LARGEST",
    "Choice",
    "Line",
    "choices_of",
    "is_pending",
    "keep_choices",
    "mark_read",
    "opened",
    "take_pending",
    "tell_in_desk_alone",
    "told_to",
    "unread",
]
