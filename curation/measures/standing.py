"""The standing of the newsroom, read live along indexes of what is open: ages, loads, and what has an hour."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial, reduce
from operator import or_

from django.contrib.auth import get_user_model
from django.db.models import Case, Count, F, Q, Value, When

from curation.models import Article, Edition, State
from curation.sql import compiled_queries
from curation.text import dates
from curation.workflow import deadlines

#: States that are waited in; of what is approved, what has no hour.
STATES = (State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED, State.APPROVED)
#: Ages in days: from, and below which. The last has no end.
AGES = ((0, 1), (1, 3), (3, 5), (5, 8), (8, None))


def open_in(state: str) -> Q:
    """Return the condition that a brief is open in a state."""
    return Q(state=state, is_pressed=False) if state == State.APPROVED else Q(state=state)


def aged(first: int, end: int | None, now: datetime) -> Q:
    """Return the condition that a brief has been in its state for so many days, and less than ``end``."""
    young = Q(entered_at__lte=now - timedelta(days=first)) if first else Q()
    return young & Q(entered_at__gt=now - timedelta(days=end)) if end is not None else young


def late_in(state: str, now: datetime) -> Q:
    """Return the condition that a brief is open in a state and has waited there too long."""
    return open_in(state) & Q(entered_at__lt=deadlines.late_since(state, now))


@dataclass
class Waiting:
    """Briefs open in a state: how many of each age (by their place in ``AGES``), and how many wait too long."""

    state: str
    ages: Counter = field(default_factory=Counter)
    late: int = 0

    @property
    def count(self) -> int:
        """The number of them."""
        return sum(self.ages.values())


@dataclass(frozen=True)
class Standing:
    """The standing of what is open: by state, and what each person has to write of it by state (none: nobody)."""

    waiting: dict[str, Waiting]
    own: dict[int | None, Counter]


def standing_at(now: datetime) -> Standing:
    """Return what is open. Two queries over indexes of what is open alone, each compiled once."""
    given = {f"since{place}": now - timedelta(days=end) for place, (_, end) in enumerate(AGES) if end is not None}
    given |= {f"late_{state}": deadlines.late_since(state, now) for state in STATES}
    found = Standing({str(state): Waiting(state) for state in STATES}, defaultdict(Counter))
    for states in (STATES[:3], STATES[3:]):
        key = ("measures: open", states)
        of_these = {name: at for name, at in given.items() if not name.startswith("late") or name[5:] in states}
        for state, owner, place, count, late in compiled_queries.rows(key, partial(_open, states), **of_these):
            found.waiting[state].ages[place] += count
            found.waiting[state].late += late
            if state != State.APPROVED:  # nobody who writes has anything to do with that
                found.own[owner][state] += count
    return found


def _open(states, **since):
    ends = [since[f"since{place}"] for place in range(len(AGES) - 1)]
    place = Case(*(When(entered_at__gt=end, then=Value(at)) for at, end in enumerate(ends)), default=Value(len(ends)))
    is_late = [Q(state=state, entered_at__lt=since[f"late_{state}"]) for state in states]
    rows = Article.objects.filter(reduce(or_, map(open_in, states))).order_by().values_list("state", "owner_id", place)
    return rows.annotate(Count("pk"), late=Count("pk", filter=reduce(or_, is_late)))


@dataclass
class Load:
    """A load that somebody carries: their own open briefs by state, and those that wait for their decision."""

    person: object
    own: Counter = field(default_factory=Counter)
    to_decide: int = 0

    @property
    def count(self) -> int:
        """All of it."""
        return sum(self.own.values()) + self.to_decide


def loads(own: dict[int | None, Counter], more: set[int] = frozenset()) -> list[Load]:
    """Return who carries what, the most first; also of people (ids, ``more``) who carry nothing. Two queries.

    ``own`` is what each owns. The load without a person is what nobody owns, and what nobody is named to decide.
    """
    to_decide = dict(compiled_queries.rows(("measures: to decide",), _to_decide))
    people = get_user_model().objects.in_bulk({*own, *to_decide, *more} - {None})
    known = {*own, *to_decide, *people} & {*people, None}
    found = [Load(people.get(pk), own.get(pk, Counter()), to_decide.get(pk, 0)) for pk in known]
    return sorted(found, key=lambda one: (one.person is None, -one.count, one.person and one.person.pk))


def _to_decide():
    return Article.objects.filter(state=State.IN_REVIEW).order_by().values_list("reviewer_id").annotate(Count("pk"))


def with_an_hour(now: datetime, until: date) -> tuple[int, int]:
    """Return how many briefs have an hour to go out for the first time: by the end of a day, and at all. One query."""
    soon = Count("article", distinct=True, filter=Q(live_from__lt=_end_of(until)))
    return tuple(hours(now).order_by().aggregate(soon=soon, whenever=Count("article", distinct=True)).values())


def hours(now: datetime, until: date | None = None):
    """Return the Editions that open after now, until the end of a day, of briefs that readers have not seen."""
    coming = Edition.objects.scheduled(now).filter(first_published_at=F("live_from"))
    return coming.filter(live_from__lt=_end_of(until)) if until else coming


def _end_of(day):
    return dates.midnight(day + timedelta(days=1))
