"""Work for many articles at once: a fixed choice, a trial without effect, the doing in slices, and its undoing.

A choice is kept as rows (``BatchItem``), each with the edit that was seen, so that nothing is taken along that came
later. A trial takes the step as it will be taken, and rolls it back: what it says is what the workflow says. Every
slice is a transaction of its own, so short that nobody who saves has to wait for it, and a stop at any instant leaves
whole slices behind.
"""

from .runner import UNDO_WITHIN, advance, begin, stop, undo, undo_until
from .selection import choose, keep_details, sign, unsign
from .slices import reason
from .table import ALTERNATIVES, KINDS, RULES, UNDONE, Alternative, BulkRefused, Kind, left, offered

__all__ = [
    "ALTERNATIVES",
    "KINDS",
    "RULES",
    "UNDONE",
    "UNDO_WITHIN",
    "Alternative",
    "BulkRefused",
    "Kind",
    "advance",
    "begin",
    "choose",
    "left",
    "offered",
    "reason",
    "sign",
    "stop",
    "keep_details",
    "undo",
    "undo_until",
    "unsign",
]
