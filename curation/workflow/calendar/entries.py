"""Entries of the calendar: what is planned for a day, what goes out or went out at an hour, and what ends; by indexes.

There is no embargo in it: what we keep of a source names none.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q

from curation.models import OPEN, Article, Edition

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
    """A thing on a day as it is shown. ``edition`` is None of a plan; ``article`` carries its state and its edit."""

    kind: str
    article: Article
    at: datetime | None = None
    edition: Edition | None = None

    @property
    def title(self) -> str:
        """The title that readers see or will see; of a plan that of the working copy."""
        return self.edition.title if self.edition else str(self.article)

    @property
    def is_update(self) -> bool:
        """True of an Edition of what readers knew already."""
        return self.edition is not None and self.edition.number > 1


def found_in(articles, span: Span, now: datetime, most: int, *, are_all: bool) -> list[Day]:
    """Return the days of a span with what stands on them among ``articles``, at most so many of each day.

    ``are_all`` says that these are all articles there are, so that nobody has to look. Five queries, each along an
    index by time: they cost what happens in the span.
    """
    places = defaultdict(list)
    for day, place in _places(articles, span, now, are_all):
        places[day].append(place)
    days = [_first(day, places[day], most) for day in span.days]
    entries = _read([place for day in days for place in day.shown])
    for day in days:
        day.shown = [entries[place] for place in day.shown if place in entries]
    return days


def _places(articles, span, now, are_all):
    plans = articles.planned().filter(planned_on__range=(span.first, span.last))
    for pk, day in plans.order_by("planned_on", "priority", "pk").values_list("pk", "planned_on"):
        yield day, Place(PLAN, pk)
    start, end = span.edges[0], span.edges[-1]
    opening = Edition.objects.filter(live_from__gte=start, live_from__lt=end, live_until__gt=F("live_from"))
    for pk, at in _of(articles, opening, are_all).order_by("live_from", "pk").values_list("pk", "live_from"):
        yield span.day_of(at), Place(GOES if at > now else OUT, pk, at)
    for pk, at in _of(articles, closing(start, end), are_all).values_list("pk", "live_until"):
        yield span.day_of(at), Place(ENDS if at > now else ENDED, pk, at)


def closing(start: datetime, end: datetime):
    """Return Editions that come or came to the end that they were given: not cut short by anybody. No query."""
    given = Edition.objects.filter(live_until__gte=start, live_until__lt=min(end, OPEN), ended=Edition.Ended.NOT)
    # Two indexes hold the ends: of what is counted as live, and of what is not, or not yet.
    both = [Q(pk__in=given.filter(tallied=is_live).order_by().values("pk")) for is_live in (True, False)]
    return Edition.objects.filter(both[0] | both[1]).order_by("live_until", "pk")


def _of(articles, editions, are_all):
    return editions if are_all else editions.filter(Exists(articles.order_by().filter(pk=OuterRef("article"))))


def _first(day, places, most):
    """Return a day with those of its things that find a place, in the order of the clock."""
    chosen = sorted(places, key=lambda place: _RANK[place.kind])[:most]
    return Day(day, sorted(chosen, key=lambda place: (place.at is None, place.at or 0)), len(places))


def _read(places: Iterable[Place]) -> dict[Place, Entry]:
    """Return what is shown of each. Two queries."""
    planned = [place.pk for place in places if place.kind == PLAN]
    editions = Edition.objects.only("title", "number", "article").in_bulk({p.pk for p in places if p.kind != PLAN})
    known = Article.objects.only(*SHOWN).in_bulk({*planned, *(edition.article_id for edition in editions.values())})
    entries = {}
    for place in places:
        edition = editions.get(place.pk) if place.kind != PLAN else None
        article = known.get(edition.article_id if edition else place.pk)
        if article and (edition or place.kind == PLAN):
            entries[place] = Entry(place.kind, article, place.at, edition)
    return entries


#: Columns that the calendar reads of an article: what it shows, and what says who may move it.
SHOWN = ("title", "state", "edit", "owner_id", "revised_by_id", "planned_on")
