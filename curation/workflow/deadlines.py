"""The one table of deadlines: after what time a state has waited for long, and the words to ask it.

The desk's colours, its first page and its list are drawn from it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Q

from curation.models import State


class Deadline(NamedTuple):
    """After how long a wait is long, and after how long it is too long."""

    long: timedelta
    too_long: timedelta


DEADLINES: dict[State, Deadline] = {
    State.DRAFT: Deadline(timedelta(days=7), timedelta(days=21)),
    State.IN_REVIEW: Deadline(timedelta(days=2), timedelta(days=4)),
    State.CHANGES_REQUESTED: Deadline(timedelta(days=3), timedelta(days=7)),
    State.APPROVED: Deadline(timedelta(days=2), timedelta(days=7)),
}


def wait_of(state: str, span: timedelta) -> str:
    """Return how a wait in a state is: ``late`` where it is too long, ``slow`` where it is long, else nothing."""
    deadline = DEADLINES.get(state)
    if deadline is None or span <= deadline.long:
        return ""
    return "late" if span > deadline.too_long else "slow"


def due(state: str, since: datetime) -> datetime | None:
    """Return when a wait that began at ``since`` is too long; None in a state that nobody waits in."""
    deadline = DEADLINES.get(state)
    return deadline and since + deadline.too_long


def late_since(state: str, now: datetime) -> datetime:
    """Return the instant: what entered a state before it has waited too long by now."""
    return now - DEADLINES[state].too_long


def waiting(wait: str, now: datetime, states: Iterable[str] = tuple(DEADLINES)) -> Q:
    """Return the condition that an article waits in one of some states, for long (``slow``) or too long (``late``)."""
    found = Q(pk__in=())
    for state in states:
        span = DEADLINES[state].too_long if wait == "late" else DEADLINES[state].long
        found |= Q(state=state, entered_at__lt=now - span)
    return found
