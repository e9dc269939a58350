"""Entries of the calendar: what is planned for a day, what goes out or went out at an hour, and what ends; by indexes.

There is no embargo in it: what we keep of a source names none.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from django.db.models import Exists, F, OuterRef, Q, Value

from curation.models import OPEN, Article, Edition
from curation.sql import compiled_queries
from curation.text import dates

from .spans import Span

GOES, ENDS, PLAN, OUT, ENDED = "goes", "ends", "plan", "out", "ended"
#: The kinds in the order in which they find a place in a day: what is to come before what was.
_RANK = {GOES: 0, PLAN: 1, ENDS: 2, OUT: 3, ENDED: 4}


@dataclass(frozen=True)
class Place:
    """A thing on a day before it is read: its kind, its key (an article's or an Edition's) and its hour."""

    kind: str
    pk: int
    at: datetime | None = None


@dataclass
class Day:
    """A day's things: the first of them in the order of the clock, plans behind, and how many there are in all."""

    day: date
    shown: list = field(default_factory=list)
    count: int = 0

    @property
    def more(self) -> int:
        """The number of those that are not shown."""
        return self.count - len(self.shown)


@dataclass(frozen=True)
class Entry:
    """A thing on a day as it is shown: of a plan the working copy with its title, else the title that readers see.

    ``pk`` is the article's key; ``is_update`` is true of an Edition of what readers knew already.
    """

    kind: str
    pk: int
    title: str
    at: datetime | None = None
    article: Article | None = None
    is_update: bool = False


def found_in(articles, span: Span, now: datetime, most: int, *, are_all: bool) -> tuple[list[Day], int]:
    """Return the days of a span with what stands on them among ``articles``, at most so many of each day; and how many
    are planned for a day that is over.

    ``are_all`` says that these are all articles there are, so that nobody has to look. Four queries, each along an
    index by time: they cost what happens in the span.
    """
    planned, missed = _planned(articles, span, dates.local(now).date())
    days = [Day(day, [Place(PLAN, pk) for pk in planned[day][:most]], len(planned[day])) for day in span.days]
    for kinds, rows in zip(((GOES, OUT), (ENDS, ENDED)), _timed(articles, span, are_all), strict=True):
        for day, some in zip(days, _by_day(rows, span), strict=True):
            day.count += len(some)
            day.shown += _places(some, now, kinds, most)
    for day in days:
        day.shown = _chosen(day.shown, most)
    entries = _read([place for day in days for place in day.shown])
    for day in days:
        day.shown = [entries[place] for place in day.shown if place in entries]
    return days, missed


def _planned(articles, span, today):
    """Return the keys of what is planned, by day, the most urgent first; and how many were missed. One query."""
    found, missed = defaultdict(list), 0
    wanted = Q(planned_on__range=(span.first, span.last)) | Q(planned_on__lt=today)
    rows = articles.planned().filter(wanted).order_by("planned_on", "priority", "pk")
    for pk, day in rows.values_list("pk", "planned_on"):
        missed += day < today
        found[day].append(pk)
    return found, missed


def _timed(articles, span, are_all):
    """Return instants and keys of Editions that open in a span, and of those that end, each in order. One query."""
    start, end = span.edges[0], span.edges[-1]
    opening = Edition.objects.filter(live_from__gte=start, live_from__lt=end, live_until__gt=F("live_from"))
    opens = _of(articles, opening, are_all).order_by().values_list("live_from", "pk", Value(False))
    closes = _of(articles, closing(start, end), are_all).order_by().values_list("live_until", "pk", Value(True))
    found = [], []
    for at, pk, is_end in opens.union(closes, all=True).order_by():
        found[is_end].append((at, pk))
    return [sorted(rows) for rows in found]


def _by_day(rows, span):
    """Yield for each day of a span its part of ``rows``, which are in the order of their instants."""
    places = [bisect_left(rows, (edge,)) for edge in span.edges]
    yield from (rows[first:last] for first, last in pairwise(places))


def _places(rows, now, kinds, most):
    """Return what may be shown of a day's rows: the first that are to come, and the first that were."""
    ahead, past = kinds
    turn = bisect_right(rows, (now, MOST_PK))
    found = [Place(past, pk, at) for at, pk in rows[: min(turn, most)]]
    return found + [Place(ahead, pk, at) for at, pk in rows[turn : turn + most]]


MOST_PK = 2**63  # above every key


def closing(start: datetime, end: datetime):
    """Return Editions that come or came to the end that they were given: not cut short by anybody. No query."""
    given = Edition.objects.filter(live_until__gte=start, live_until__lt=min(end, OPEN), ended=Edition.Ended.NOT)
    # Two indexes hold the ends: of what is counted as live, and of what is not, or not yet.
    both = [Q(pk__in=given.filter(tallied=is_live).order_by().values("pk")) for is_live in (True, False)]
    return Edition.objects.filter(both[0] | both[1]).order_by("live_until", "pk")


def _of(articles, editions, are_all):
    return editions if are_all else editions.filter(Exists(articles.order_by().filter(pk=OuterRef("article"))))


def _chosen(places, most):
    """Return those of a day's things that find a place, in the order of the clock."""
    chosen = sorted(places, key=lambda place: _RANK[place.kind])[:most]
    return sorted(chosen, key=lambda place: (place.at is None, place.at or 0))


def _read(places: Iterable[Place]) -> dict[Place, Entry]:
    """Return what is shown of each. Two queries."""
    plans, timed = ({place.pk for place in places if (place.kind == PLAN) is is_plan} for is_plan in (True, False))
    planned = {one.pk: one for one in compiled_queries.objects(("plans",), _plans, pks=plans)}
    editions = {pk: facts for pk, *facts in compiled_queries.rows(("hours",), _editions, pks=timed)}
    entries = {}
    for place in places:
        if place.kind == PLAN and place.pk in planned:
            article = planned[place.pk]
            entries[place] = Entry(PLAN, place.pk, str(article), article=article)
        elif place.kind != PLAN and place.pk in editions:
            pk, title, number = editions[place.pk]
            entries[place] = Entry(place.kind, pk, title, place.at, is_update=number > 1)
    return entries


def _plans(pks):
    return Article.objects.filter(pk__in=pks).only(*SHOWN)


def _editions(pks):
    return Edition.objects.filter(pk__in=pks).order_by().values_list("pk", "article_id", "title", "number")


#: Columns that the calendar reads of a working copy: what it shows, and what says who may move it.
SHOWN = ("title", "state", "edit", "owner_id", "revised_by_id", "planned_on")
