"""The list behind each number: a short code that an address carries, the briefs it means, and what it is called.

A code names what was counted with its days: ``published.2026-11-16.2026-11-22``. What is none finds nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from curation.models import MeasureFact, State
from curation.text import dates
from offerings.models import Topic
from offerings.request_values import whole_number

from . import facts, standing

Kind = MeasureFact.Kind


@dataclass(frozen=True)
class Meant:
    """A meaning of a code: the condition on briefs that it is, and its words."""

    condition: Q
    words: str


def code(kind: str, *parts) -> str:
    """Return the code of a list: its kind and what it is asked with, days as days."""
    return ".".join([kind, *("" if part is None else str(part) for part in parts)])


def meant_by(said: str, now: datetime) -> Meant | None:
    """Return what a code means, or None for what is none. No query, but one for a topic; the briefs cost their own."""
    kind, *parts = said[:200].split(".")
    find = _FINDERS.get(kind)
    try:
        return find(kind, parts, now) if find else None
    except (ValueError, OverflowError, TypeError, KeyError):  # too few parts, too many, or none of ours
        return None


def _days(first, last):
    """Return the condition that facts are of these days, and the days in words; raises ValueError for what are none."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    words = dates.day(start) if start == end else f"{dates.day(start)} to {dates.day(end)}"
    return Q(day__gte=start, day__lte=end), words


def _among(found: QuerySet) -> Q:
    return Q(pk__in=found.order_by().values("article"))


_FIRSTS = (facts.ONCE, facts.FIRST, facts.LATER)


def _done(kind, parts, now):
    """``KIND.FROM.TO[.PERSON]``: briefs to which something happened; ``decided`` is any decision."""
    first, last, person = [*parts, None][:3]
    within, words = _days(first, last)
    kinds = facts.DECISIONS.values() if kind == facts.DECIDED else [kind]
    found = MeasureFact.objects.filter(within, kind__in=kinds, key__in=_FIRSTS)
    if person is not None:
        found = found.filter(person=_number(person))
    said = "decided" if kind == facts.DECIDED else Kind(kind).label
    return Meant(_among(found), f"{said}, {words}" + (", of one person" if person is not None else ""))


def _first(kind, parts, now):
    """``first.FROM.TO`` briefs approved at the first decision; ``round.FROM.TO`` all that were decided on first."""
    within, words = _days(*parts)
    kinds = facts.DECISIONS.values() if kind == "round" else [Kind.APPROVED]
    found = MeasureFact.objects.filter(within, kind__in=kinds, key=facts.FIRST)
    return Meant(_among(found), f"{'decided' if kind == 'round' else 'approved'} the first time, {words}")


def _left(kind, parts, now):
    """``left.STATE.FROM.TO[.MINUTES]``: briefs that left a state, after longer than so many minutes."""
    state, first, last, minutes = [*parts, None][:4]
    within, words = _days(first, last)
    found = MeasureFact.objects.filter(within, kind=Kind.STAY, key=state)
    name = state_name(state).lower()
    if minutes is None:
        return Meant(_among(found), f"no longer {name}, {words}")
    return Meant(_among(found.filter(minutes__gt=_number(minutes))), f"longest {name}, {words}")


def state_name(state: str) -> str:
    """Return what a state that is stayed in is called; raises ValueError for what is none."""
    return "Scheduled" if state == facts.SCHEDULED else State(state).label


def _told(kind, parts, now):
    """``told.TOPIC.FROM.TO``: briefs that readers find under a topic (its slug) and that bear a day of these."""
    slug, first, last = parts
    within, words = _days(first, last)
    topic = Topic.objects.filter(slug=slug).only("label").first()
    found = MeasureFact.objects.filter(within, kind=Kind.TOLD, key=str(topic.pk if topic else 0))
    return Meant(_among(found), f"told of {topic.label if topic else slug}, {words}")


def _open(kind, parts, now):
    """``open.STATE[.FROM.BELOW]``: briefs that are open in a state, for so many days."""
    state, first, below = [*parts, "", ""][:3]
    span = standing.aged(_number(first or "0"), _number(below) if below else None, now)
    words = f"open, {State(state).label.lower()}"
    return Meant(standing.open_in(State(state)) & span, f"{words}, {first} to {below or '…'} days" if first else words)


def _late(kind, parts, now):
    """``late[.STATE]``: briefs that have waited too long in their state."""
    states = [State(parts[0])] if parts else standing.STATES
    found = Q(pk__in=())
    for state in states:
        found |= standing.late_in(state, now)
    return Meant(found, f"waiting too long, {state_name(parts[0]).lower()}" if parts else "waiting too long")


def _hour(kind, parts, now):
    """``hour[.UNTIL]``: briefs that go out for the first time, by a day."""
    until = date.fromisoformat(*parts) if parts else None
    return Meant(_among(standing.hours(now, until)), f"going out by {dates.day(until)}" if until else "going out")


def _number(said):
    """Return a number that an address holds; raises ValueError for what is none."""
    number = whole_number(said)
    if number is None or not re.fullmatch(r"\d{1,9}", said):
        raise ValueError(said)
    return number


_DONE = (
    *(str(kind) for kind in (Kind.SUBMITTED, Kind.RETURNED, Kind.APPROVED, Kind.DECLINED, Kind.PUBLISHED)),
    facts.DECIDED,
)
_FINDERS: dict[str, Callable] = dict.fromkeys(_DONE, _done) | {
    "first": _first,
    "round": _first,
    "left": _left,
    "told": _told,
    "open": _open,
    "late": _late,
    "hour": _hour,
}
