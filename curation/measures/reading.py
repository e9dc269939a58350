"""Reading the counts: what a page of measures tells of a span of weeks. Each question goes along an index."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery, Sum, TextField
from django.db.models.functions import Cast

from curation.models import MeasureCount, MeasureFact, Tally
from curation.publishing import counts
from curation.sql import compiled_queries
from offerings.models import Topic

from . import durations, facts
from .spans import Span

Kind = MeasureFact.Kind
#: Whole weeks before this one that a forecast plays again.
PLAYED = 8
_BY_WEEK = (Kind.SUBMITTED, Kind.RETURNED, Kind.APPROVED, Kind.DECLINED, Kind.PUBLISHED)
TOLD_MOST, QUIET_MOST = 14, 8  # topics that are named


@dataclass
class Week:
    """A week: how many briefs there are of each kind in it, and how many first decisions of each kind."""

    monday: date
    counts: Counter = field(default_factory=Counter)
    first: Counter = field(default_factory=Counter)

    @property
    def decided(self) -> int:
        """The number of briefs that somebody decided on for the first time in their round."""
        return sum(self.first.values())

    @property
    def at_once(self) -> int:
        """The number of those that were approved."""
        return self.first[Kind.APPROVED]


def weeks_of(span: Span) -> list[Week]:
    """Return the weeks of a span, the first first. One query, of some nine rows a week."""
    weeks = {monday: Week(monday) for monday in span.mondays}
    for kind, key, day, count in compiled_queries.rows(("measures: weeks",), _of_weeks, since=span.first):
        if day in weeks and kind == facts.FIRST_DECISIONS:
            weeks[day].first[key] += count
        elif day in weeks:
            weeks[day].counts[kind] += count
    return list(weeks.values())


def _of_weeks(since):
    rows = MeasureCount.objects.filter(kind__in=[*_BY_WEEK, facts.FIRST_DECISIONS], day__gte=since)
    return rows.values_list("kind", "key", "day", "count")


def _sums(kinds: tuple[str, ...], span: Span) -> list[tuple[str, str, int]]:
    """Return the sums of counts in a span, as kind, key and sum. One query, compiled once for these kinds."""

    def asked(first, last):
        rows = MeasureCount.objects.filter(kind__in=kinds, day__gte=first, day__lte=last).order_by()
        return rows.values_list("kind", "key").annotate(Sum("count"))

    return compiled_queries.rows(("measures: sums", kinds), asked, first=span.first, last=span.last)


@dataclass(frozen=True)
class Played:
    """The last whole weeks: how many briefs left review on each of their seven days, and how many came in all."""

    weeks: list[list[int]]
    came: int

    @property
    def left(self) -> int:
        """The number that left review in all."""
        return sum(map(sum, self.weeks))


def played_weeks(today: date) -> Played:
    """Return the last whole weeks before a day, the first first. One query."""
    this = facts.monday(today)
    start, came = this - timedelta(weeks=PLAYED), 0
    left = [0] * (PLAYED * 7)
    for kind, day, count in compiled_queries.rows(("measures: played",), _of_days, since=start, before=this):
        if kind == facts.LEFT:
            left[(day - start).days] += count
        else:
            came += count
    return Played([left[at : at + 7] for at in range(0, len(left), 7)], came)


def _of_days(since, before):
    rows = MeasureCount.objects.filter(kind__in=(facts.CAME, facts.LEFT), day__gte=since, day__lt=before)
    return rows.values_list("kind", "day", "count")


@dataclass(frozen=True)
class Stay:
    """Times in a state: of so many briefs that left it, half did within ``half``, nine of ten within ``most``."""

    state: str
    count: int
    half: timedelta
    most: timedelta


def stays_of(span: Span) -> dict[str, Stay]:
    """Return the times in states that briefs left in a span, by the state; none for one that none left. One query."""
    histograms: dict[str, Counter] = defaultdict(Counter)
    for _, key, count in _sums((Kind.STAY,), span):
        state, _, step = key.partition(":")
        histograms[state][int(step)] += count
    return {
        state: Stay(state, sum(found.values()), durations.quantile(found, 0.5), durations.quantile(found, 0.9))
        for state, found in histograms.items()
    }


def people_of(span: Span) -> dict[int, Counter]:
    """Return what came of each person's work in a span, by their id: briefs out, and decided. One query."""
    people: dict[int, Counter] = defaultdict(Counter)
    for kind, key, count in _sums((facts.OUT, facts.DECIDED), span):
        people[int(key)][kind] += count
    return people


@dataclass(frozen=True)
class Coverage:
    """A topic with how often it was told in a span, its share of all that was told, and the day of its last."""

    topic: Topic
    count: int
    share: float
    last: date | None


def coverage_of(span: Span, taxonomy: str = "") -> tuple[list[Coverage], int]:
    """Return the topics that were told most in a span, then known ones that were not, and how many were told at all.

    ``taxonomy`` (its slug) leaves out all others. Three queries, and two looks at an index for each topic named.
    """
    told = {int(key): count for _, key, count in _sums((Kind.TOLD,), span)}
    known = [int(key) for key in counts.totals(Tally.Kind.TOPIC)]
    topics = Topic.objects.all()
    if taxonomy:
        among = set(topics.filter(taxonomy__slug=taxonomy).values_list("pk", flat=True))
        told = {pk: count for pk, count in told.items() if pk in among}
        known = [pk for pk in known if pk in among]
    most = sorted(told, key=lambda pk: (-told[pk], pk))[:TOLD_MOST]
    quiet = [pk for pk in known if pk not in told][:QUIET_MOST]
    named = _with_last([*most, *quiet])
    all_told = sum(told.values()) or 1
    found = [(named[pk], told.get(pk, 0)) for pk in (*most, *quiet) if pk in named]
    return [Coverage(topic, count, count / all_told, topic.last) for topic, count in found], len(told)


def _with_last(pks):
    """Return topics by id, each with the day on which it was told last. One query."""
    own = MeasureFact.objects.filter(kind=Kind.TOLD, key=Cast(OuterRef("pk"), TextField()))
    last = Subquery(own.order_by("-day").values("day")[:1])
    return Topic.objects.only("name", "label", "slug").annotate(last=last).in_bulk(pks)
