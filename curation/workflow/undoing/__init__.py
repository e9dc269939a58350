"""Undo: what a step did is put back exactly as it found it, while nobody did anything since and readers saw none of it.

Every step of a person has the log keep what it found of what it changed (``found``): columns of the article and windows
of its Editions. So one way of putting back serves a decision that is taken back at once and bulk work alike.
"""

from .rules import WITHIN
from .taking_back import soonest, undo, undo_many

__all__ = ["WITHIN", "soonest", "undo", "undo_many"]
