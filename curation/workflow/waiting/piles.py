"""Piles of work: articles that wait for the same step, by whom it can be taken; each is found by an index.

One query, compiled once for each role, gives those that wait longest in every pile, and how many there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import (
    BooleanField,
    CharField,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    Q,
    Value,
)

from curation.editing import authorship
from curation.models import Article, State, roles
from curation.sql import compiled_queries
from curation.workflow import deadlines
from curation.workflow.actors import ASSIGN, PUBLISH, REVIEW, WRITE

OWN, OTHERS, NOBODYS, ALL = "own", "others'", "nobody's", "all"


@dataclass(frozen=True)
class Pile:
    """A pile: the step that it waits for, the permission it is shown by, its states, and whose articles are in it.

    ``other`` is a step that its rows offer as well.
    ``query`` asks the list of articles for all of it; ``most`` are looked at. One ``is_late`` alone holds only what is
    late; who holds ``but`` is not shown it.
    """

    name: str
    step: str
    permission: str
    states: tuple[State, ...]
    whose: str
    query: str
    most: int = 20
    is_late: bool = False
    but: str = ""
    other: str = ""


#: What somebody may have to do, the most urgent first.
PILES = (
    Pile("decide", "approve", REVIEW, (State.IN_REVIEW,), ALL, "state=in_review&o=age", 40, other="return"),
    Pile("mend", "submit", WRITE, (State.CHANGES_REQUESTED,), OWN, "state=changes_requested&owner=me&o=age"),
    Pile("write", "submit", WRITE, (State.DRAFT,), OWN, "state=draft&owner=me&o=age"),
    Pile("claim", "claim", WRITE, (State.DRAFT, State.CHANGES_REQUESTED), NOBODYS, "owner=nobody&o=age"),
)
#: What is approved and neither out nor scheduled.
UNPUBLISHED = Pile("publish", "publish", PUBLISH, (State.APPROVED,), ALL, "state=approved&reach=never&o=age", 5)
#: What is late and for others to do: what managers look after, and what curators wait for.
OVERDUE = (
    Pile("review", "", WRITE, (State.IN_REVIEW,), OWN, "state=in_review&owner=me&o=age", 6, is_late=True, but=REVIEW),
    Pile("mending", "assign", ASSIGN, (State.CHANGES_REQUESTED,), OTHERS, "age=late&o=age", 6, is_late=True),
    Pile("writing", "assign", ASSIGN, (State.DRAFT,), OTHERS, "age=late&o=age", 6, is_late=True),
)


@dataclass(frozen=True)
class Entry:
    """An article in a pile: since when it waits, and whether whoever asks may have written part of it."""

    pk: int
    pile: Pile
    since: datetime
    is_near: bool


@dataclass
class Found:
    """A pile as it was found: those that wait longest, how many there are, and how many of them too long."""

    pile: Pile
    entries: list[Entry] = field(default_factory=list)
    count: int = 0
    late: int = 0


def found_for(user, now: datetime, piles: Iterable[Pile] = PILES) -> list[Found]:
    """Return the piles of ``user`` that hold something, in their order. One query, whatever there is."""
    shown = tuple(pile for pile in piles if roles.may(user, pile.permission) and not _is_spared(user, pile))
    if not shown:
        return []
    found, given = {pile.name: Found(pile) for pile in shown}, _given(shown, user, now)
    key = ("piles", *found, settings.FOUR_EYES)
    for name, number, late, since, is_near in compiled_queries.rows(key, lambda **v: _asked(shown, v), **given):
        if since is None:
            found[name].count, found[name].late = number, late
        else:
            found[name].entries.append(Entry(number, found[name].pile, since, bool(is_near)))
    return [one for one in found.values() if one.entries]


def _is_spared(user, pile):
    return bool(pile.but) and roles.may(user, pile.but)


def _given(piles, user, now):
    """Return the values that the question is asked with: who asks, and since when what waits in a state is late."""
    asks = any(pile.whose in (OWN, OTHERS) or _is_near(pile) for pile in piles)
    states = dict.fromkeys(state for pile in piles for state in pile.states)
    return ({"user": user.pk} if asks else {}) | {_late(state): deadlines.late_since(state, now) for state in states}


def _late(state):
    return f"late_{state}"


def _is_near(pile):
    """Return whether it matters who wrote what is in a pile."""
    return pile.step == "approve" and settings.FOUR_EYES


def _asked(piles, given):
    parts = [part for pile in piles for part in _parts(pile, given)]
    return parts[0].union(*parts[1:], all=True).order_by()


def _parts(pile, given):
    """Yield both questions to a pile as rows of one shape: what waits longest; how much does, and how much too long."""
    picked = _picked(pile, given)
    longest = picked.order_by("entered_at", "pk").values("pk")[: pile.most]
    near = ExpressionWrapper(authorship.near(given["user"]), BooleanField()) if _is_near(pile) else _NO
    entries = Article.objects.filter(pk__in=longest).order_by().annotate(pile=Value(pile.name, CharField()))
    yield entries.annotate(number=F("pk"), late=Value(0, IntegerField()), since=F("entered_at"), near=near).values_list(
        *_ROW
    )
    counted = picked.order_by().annotate(pile=Value(pile.name, CharField())).values("pile")
    late = Count("pk", filter=_too_long(pile, given))
    yield counted.annotate(number=Count("pk"), late=late, since=Value(None, DateTimeField()), near=_NO).values_list(
        *_ROW
    )


_ROW = ("pile", "number", "late", "since", "near")
_NO = Value(False, BooleanField())


def _picked(pile, given):
    whose = {ALL: lambda: Q(), NOBODYS: lambda: Q(owner=None), OWN: lambda: Q(owner=given["user"])}
    whose[OTHERS] = lambda: ~Q(owner=given["user"]) & Q(owner__isnull=False)
    found = Article.objects.filter(whose[pile.whose](), state__in=pile.states)
    if pile is UNPUBLISHED:
        found = found.filter(is_pressed=False)
    return found.filter(_too_long(pile, given)) if pile.is_late else found


def _too_long(pile, given):
    found = Q(pk__in=())
    for state in pile.states:
        found |= Q(state=state, entered_at__lt=given[_late(state)])
    return found
