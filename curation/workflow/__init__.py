"""States and steps as one table: what may happen to an article next, who may do it, and doing it.

``take`` and its bulk twin ``take_many`` are the only code that changes ``state``. Buttons, permissions, the log and
the diagram in the docs are drawn from ``STEPS``.
"""

from .actors import Machine, Past, StepRefused, Who, standing
from .engine import Outcome, begin, begin_many, open_steps, refusal, take, take_many
from .erasing import erase
from .table import PRIMARY, STEPS, Rule, Step
from .undoing import undo, undo_many

__all__ = [
    "PRIMARY",
    "STEPS",
    "Rule",
    "Machine",
    "Past",
    "Step",
    "StepRefused",
    "Outcome",
    "Who",
    "begin",
    "begin_many",
    "erase",
    "open_steps",
    "refusal",
    "standing",
    "take",
    "take_many",
    "undo",
    "undo_many",
]
