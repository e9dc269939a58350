"""Work that waits at the desk: for whoever asks, for others too long, for its hour; and what was done today."""

from .jobs import Job, Work, work_of
from .newsroom import coming, incoming, today
from .piles import PILES, UNPUBLISHED, Pile

__all__ = ["PILES", "UNPUBLISHED", "Job", "Pile", "Work", "coming", "incoming", "today", "work_of"]
