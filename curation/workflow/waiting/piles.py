"""Piles of work: articles that wait for the same step, by whom it can be taken; each found by an index.

Lists ask in one query for the ids that wait longest in each pile, and for how many there are.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import CharField, Count, F, IntegerField, Value

from curation.models import Article, State, roles
from curation.workflow import deadlines
from curation.workflow.actors import ASSIGN, REVIEW, WRITE


@dataclass(frozen=True)
class Pile:
    """A pile: the step that it waits for, the permission it is shown by, and how its articles are picked for somebody.

    ``query`` asks the list of articles for all of it; ``most`` are looked at.
    """

    name: str
    step: str
    permission: str
    pick: Callable
    query: str
    most: int = 20


def _decide(user, now):
    return Article.objects.visible_to(user).awaiting_review()


def _own(state):
    # One's own and nobody's are visible anyway; without that question the database goes by the owner's index.
    return lambda user, now: Article.objects.claimed_by(user).filter(state=state)


def _free(user, now):
    return Article.objects.unclaimed().filter(state__in=[State.DRAFT, State.CHANGES_REQUESTED])


def _late_with_others(state):
    return lambda user, now: _late(Article.objects.exclude(owner=user.pk).exclude(owner=None), state, now)


def _late_with_managers(user, now):
    own = Article.objects.none() if roles.may(user, REVIEW) else Article.objects.claimed_by(user)
    return _late(own, State.IN_REVIEW, now)


def _late(articles, state, now):
    return articles.filter(deadlines.waiting("late", now, [state]))


#: What somebody may have to do, the most urgent first.
PILES = (
    Pile("decide", "approve", REVIEW, _decide, "state=in_review&o=age", most=40),
    Pile("mend", "submit", WRITE, _own(State.CHANGES_REQUESTED), "state=changes_requested&owner=me&o=age"),
    Pile("write", "submit", WRITE, _own(State.DRAFT), "state=draft&owner=me&o=age"),
    Pile("claim", "claim", WRITE, _free, "owner=nobody&o=age"),
)

#: What is late and for others to do: what managers look after, and what curators wait for.
OVERDUE = (
    Pile("review", "", WRITE, _late_with_managers, "state=in_review&owner=me&o=age", most=6),
    Pile("mending", "assign", ASSIGN, _late_with_others(State.CHANGES_REQUESTED), "age=late&o=age", most=6),
    Pile("writing", "assign", ASSIGN, _late_with_others(State.DRAFT), "age=late&o=age", most=6),
)


@dataclass
class Found:
    """A pile as it was found: ids of those that wait longest, how many there are, and how many of them too long."""

    pile: Pile
    ids: list[int] = field(default_factory=list)
    count: int = 0
    late: int = 0


def found_for(user, now: datetime, piles=PILES) -> list[Found]:
    """Return the piles of ``user`` that hold something, in their order. One query, whatever there is."""
    found = {pile.name: Found(pile) for pile in piles if roles.may(user, pile.permission)}
    parts = [part for pile in piles if pile.name in found for part in _parts(pile, user, now)]
    rows = parts[0].union(*parts[1:], all=True).order_by() if parts else ()
    for name, what, number, late in rows:
        if what == "count":
            found[name].count, found[name].late = number, late
        else:
            found[name].ids.append(number)
    return [one for one in found.values() if one.ids]


def _parts(pile, user, now):
    """Yield both questions to a pile as rows of one shape: its name, ``id`` or ``count``, a number, how many late."""
    picked = pile.pick(user, now).order_by("entered_at", "pk")
    ids = Article.objects.filter(pk__in=picked.values("pk")[: pile.most]).order_by()
    yield _row(ids, pile, "id").annotate(n=F("pk"), late=Value(0, IntegerField())).values_list(*_ROW)
    counted = {"n": Count("pk"), "late": Count("pk", filter=deadlines.waiting("late", now))}
    yield _row(picked.order_by(), pile, "count").values("pile", "what").annotate(**counted).values_list(*_ROW)


def _row(queryset, pile, what):
    return queryset.annotate(pile=Value(pile.name, CharField()), what=Value(what, CharField()))


_ROW = ("pile", "what", "n", "late")
