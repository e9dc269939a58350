"""Counting: what the log brought since becomes facts and counts, a slice in a transaction that moves the cursor too.

A brief is measured anew as a whole, and what differs from its facts is written: a slice that is read twice changes
nothing, and counting all of it anew gives the same. Nothing calls this floor when a step is taken.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from curation.models import Article, Edition, EditionTopic, LogEntry, MeasureCount, MeasureFact, MovedRows, NoticeCursor
from curation.sql import bulk_writes
from offerings.models import Topic

from . import facts
from .facts import Brief, Done, Fact, Opening

SLICE = 500
LAG = NoticeCursor.LAG  # what is older is read a second time, for rows that came late
_CURSOR, _CLOCK = "measures", "measures-clock"
_ERASE = "erase"


def is_pending() -> bool:
    """Return whether the log holds rows that are not counted yet. One query, by their keys."""
    read = NoticeCursor.objects.filter(pk=_CURSOR).values_list("read", flat=True).first() or 0
    return _log().filter(pk__gt=read).exists()


def counted_at() -> datetime | None:
    """Return when the log was counted last; None where it never was. One query."""
    return NoticeCursor.objects.filter(pk=_CLOCK).values_list("marked_at", flat=True).first()


def count_pending(now: datetime | None = None, most: int | None = None) -> int:
    """Count what the log and the clock brought, ``most`` slices at once; return how many rows were read.

    Some ten queries for 500 rows; three where there is nothing. Safe at any instant, and for several at once.
    """
    now, count = now or timezone.now(), 0
    slices = range(most) if most is not None else iter(int, 1)
    for _ in slices:
        read, is_end = _slice(now)
        count += read
        if is_end:
            return count + _opened(now)
    return count


@transaction.atomic
def count_anew() -> None:
    """Forget all that was counted: the next counting begins with the first row of the log. Four queries."""
    _held()
    for model in (MeasureFact, MeasureCount):
        model.objects.all().delete()
    NoticeCursor.objects.filter(pk__in=(_CURSOR, _CLOCK)).delete()


@transaction.atomic
def forget(articles: Iterable[int]) -> None:
    """Take briefs (numbers) out of all that is counted. Some six queries for each 500."""
    _held()
    some = sorted(set(articles))
    for start in range(0, len(some), SLICE):
        _write(dict.fromkeys(some[start : start + SLICE], Counter()))


def _held():
    """Return the cursor with its row held, so that nobody else counts meanwhile."""
    cursor, _ = NoticeCursor.objects.select_for_update().get_or_create(pk=_CURSOR)
    return cursor


def _log():
    """Return the rows of the log that can change what is measured of a brief: no mere saving."""
    moving = ~Q(from_state=F("to_state")) | Q(step__in=_TELLING)
    return LogEntry.objects.filter(moving, article__isnull=False) | LogEntry.objects.filter(step=_ERASE)


#: Steps that count though they change no state: windows, owners, and what is taken back.
_TELLING = ("publish", "cancel", "reschedule", "withdraw", "roll_back", "undo", "claim", "release", "assign")


@transaction.atomic
def _slice(now):
    """Count one slice; return how many rows it had, and whether it was the last.

    First what was never read; then, once that is old enough, what was read a second time behind it.
    """
    cursor = _held()
    newest = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    count, end = _read_on(cursor.read, newest, now)
    if end > cursor.read:
        cursor.read = end
        cursor.save(update_fields=["read"])
        return count, end == newest
    if cursor.marked_at is not None and cursor.marked_at <= now < cursor.marked_at + LAG:
        return 0, True
    return _settle(cursor, now)


def _settle(cursor, now):
    count, cursor.upto = _read_on(cursor.upto, cursor.mark, now)
    is_end = cursor.upto == cursor.mark
    if is_end and cursor.mark != cursor.read:
        cursor.mark, cursor.marked_at = cursor.read, now
        cursor.save()
    elif not is_end:
        cursor.save()
    return count, is_end


def _read_on(start, end, now):
    """Measure the briefs of the next rows up to ``end``; return how many rows there were, and where they ended."""
    if start >= end:
        return 0, start
    rows = list(_log().filter(pk__gt=start, pk__lte=end).order_by("pk").values_list(*_NAMING)[:SLICE])
    if rows:
        measure({_number(*row) for row in rows} - {None}, now)
    return len(rows), end if len(rows) < SLICE else rows[-1][0]


_NAMING = ("pk", "article_id", "about")


def _number(_, article, about):
    """Return the number of the brief that a row is about; of an erased one that the row names."""
    named = about.removeprefix("brief ")
    return article or (int(named) if named.isdecimal() else None)


@transaction.atomic
def _opened(now):
    """Measure what opened by the clock since it was asked last; return how many briefs. Clocks may be set back."""
    _held()
    clock, _ = NoticeCursor.objects.get_or_create(pk=_CLOCK)
    since = clock.marked_at
    opened = Edition.objects.none()
    if since is not None:
        opened = Edition.objects.filter(live_from__gt=min(since, now), live_from__lte=max(since, now))
    articles = sorted(set(opened.order_by().values_list("article_id", flat=True)))
    for start in range(0, len(articles), SLICE):
        measure(articles[start : start + SLICE], now)
    if since is None or articles or not timedelta(0) <= now - since < _TICK:
        clock.marked_at = now
        clock.save(update_fields=["marked_at"])
    return len(articles)


_TICK = timedelta(minutes=1)  # so seldom is it written that nothing happened


def measure(articles: Iterable[int], now: datetime) -> None:
    """Measure briefs (numbers) as they are now, the cursor held by the caller. Ten queries, five if nothing is new."""
    some = sorted(set(articles))
    found = {article: facts.facts_of(brief) for article, brief in _briefs(some, now).items()}
    _write({article: found.get(article, Counter()) for article in some})


def _briefs(articles, now):
    """Return the briefs that there are, with their steps and what opened of each. Four queries."""
    owners = Article.objects.filter(pk__in=articles).order_by().values_list("pk", "owner_id")
    briefs = {pk: Brief(owner) for pk, owner in owners}
    log = LogEntry.objects.steps().filter(article__in=articles).order_by("article_id", "pk")
    for article, details, *row in log.values_list("article_id", "details", *_STEP):
        if article in briefs:
            briefs[article].steps.append(Done(*row, details.get("undone", ())))
    for article, opening in _openings(articles, now):
        if article in briefs:
            briefs[article].openings.append(opening)
    return briefs


_STEP = ("step", "by_id", "at", "from_state", "to_state", "edition_id")


def _openings(articles, now):
    opened = Edition.objects.started(now).filter(article__in=articles).order_by("article_id", "live_from")
    rows = list(opened.values_list("article_id", "pk", "live_from", "first_published_at"))
    topics = defaultdict(list)
    filed = EditionTopic.objects.filter(edition__in=[row[1] for row in rows]).order_by("position")
    for edition, topic in filed.values_list("edition_id", "topic_id"):
        topics[edition].append(topic)
    return [(article, Opening(pk, at, first_at, tuple(topics[pk]))) for article, pk, at, first_at in rows]


def _write(found):
    """Have the facts of briefs be those that were found, and the counts follow. One query where nothing differs."""
    gone, kept = [], defaultdict(Counter)
    for pk, article, *fact in MeasureFact.objects.filter(article__in=list(found)).values_list("pk", "article", *_FACT):
        kept[article][Fact(*fact)] += 1
        if kept[article][Fact(*fact)] > found[article][Fact(*fact)]:
            gone.append((pk, Fact(*fact)))
    new = [(article, fact) for article, facts_ in found.items() for fact in (facts_ - kept[article]).elements()]
    MeasureFact.objects.filter(pk__in=[pk for pk, _ in gone]).delete()
    bulk_writes.insert_plain(MeasureFact, ("article", *_FACT), [(article, *fact) for article, fact in new])
    counts = Counter(one for _, fact in new for one in facts.counts_of(fact))
    counts.subtract(Counter(one for _, fact in gone for one in facts.counts_of(fact)))
    _add(counts)


_FACT = ("kind", "key", "person", "day", "minutes")


def _add(counts):
    """Add to the counts in one statement, as ``publishing.counts`` does, and leave none that is nothing."""
    rows = sorted((str(kind), key, day.isoformat(), by) for (kind, key, day), by in counts.items() if by)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)
    if any(row[3] < 0 for row in rows):
        MeasureCount.objects.filter(count=0).delete()


_UPSERT = """
    INSERT INTO curation_measurecount (kind, key, day, count) VALUES (%s, %s, %s, %s)
    ON CONFLICT (kind, key, day) DO UPDATE SET count = curation_measurecount.count + excluded.count
"""


def keep_up(now: datetime | None = None) -> None:
    """Count what is pending, so much that nothing else has to wait for it; once an hour look for topics that went."""
    now = now or timezone.now()
    count_pending(now, _AT_ONCE)
    last = NoticeCursor.objects.filter(pk=_TOPICS).values_list("marked_at", flat=True).first()
    if last is None or not timedelta(0) <= now - last < _HOUR:
        mend_topics(now, (last or now - _HOUR) - LAG)
        NoticeCursor.objects.update_or_create(pk=_TOPICS, defaults={"marked_at": now})


_AT_ONCE = 10  # slices: some two seconds
_HOUR, _TOPICS = timedelta(hours=1), "measures-topics"


def mend_topics(now: datetime, since: datetime) -> int:
    """Measure anew the briefs that were told of topics which are no more, as merged ones are; return how many.

    Those as well that came back to a topic since, because a merge was undone.
    """
    kind = MeasureFact.Kind.TOLD
    keys = MeasureCount.objects.filter(kind=kind).order_by().values_list("key", flat=True).distinct()
    gone = set(keys) - {str(pk) for pk in Topic.objects.standing().values_list("pk", flat=True)}
    told = MeasureFact.objects.filter(kind=kind, key__in=gone) if gone else MeasureFact.objects.none()
    articles = sorted({*told.values_list("article", flat=True), *_returned(since)})
    for start in range(0, len(articles), SLICE):
        with transaction.atomic():  # each by itself: a merge of thousands keeps nobody from writing
            _held()
            measure(articles[start : start + SLICE], now)
    return len(articles)


def _returned(since):
    """Return the articles whose Editions an undone merge filed anew. One query, and one for each slice of it."""
    undone = MovedRows.objects.filter(kind="edition", merge__stage="undone", merge__undone_at__gte=since)
    slices = [
        [owner for _, owner, _ in moved] + [one["row"]["edition_id"] for one in removed]
        for moved, removed in undone.values_list("moved", "removed")
    ]
    return {pk for some in slices for pk in Edition.objects.filter(pk__in=some).values_list("article", flat=True)}
