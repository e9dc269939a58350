"""Counting live Editions so that no page has to: each Edition is counted once, while its window is open.

An Edition whose window opened or closed since the last ``settle`` is found by an index, not by a scan; the press
settles in its own transaction (an import from time to time), and asks the worker to do so when a window opens or closes
by the clock (``tasks``).
"""

from collections import Counter

from django.db import connection, transaction
from django.utils import timezone

from curation.models import Edition, EditionByline, EditionOffering, EditionTopic, Tally
from curation.sql import compiled_queries
from curation.text import dates
from offerings import addresses

from . import redirects

SLICE = 1_000


def month_of(moment) -> str:
    """Return the newsroom's month of an instant, e.g. ``2026-11``."""
    return f"{dates.local(moment):%Y-%m}"


def settle(at=None) -> int:
    """Bring tallies and old addresses in line with the windows at ``at``; give the number of Editions that changed.

    Works in slices, each its own transaction unless the caller has one. A slice costs two queries to find, three to see
    what its Editions are filed under, two to mark them, one for the tallies and two for addresses.
    """
    at, changed, more = at or timezone.now(), 0, True
    while more:
        opened, closed = _settle_slice(at)
        changed += opened + closed
        more = SLICE in (opened, closed)
    return changed


@transaction.atomic(savepoint=False)
def _settle_slice(at):
    # Two may settle at once: on PostgreSQL each takes the rows that the other does not hold; SQLite has one writer.
    free = Edition.objects.select_for_update(skip_locked=True).order_by("live_until")
    opened = list(free.live(at).filter(tallied=False).values_list(*_READ)[:SLICE])
    closed = list(free.filter(live_until__lte=at, tallied=True).values_list(*_READ)[:SLICE])
    if not opened and not closed:
        return 0, 0
    counts = _counts(opened)
    counts.subtract(_counts(closed))
    add(counts)
    Edition.objects.filter(pk__in=[row[0] for row in opened]).update(tallied=True)
    Edition.objects.filter(pk__in=[row[0] for row in closed]).update(tallied=False)
    redirects.follow({article: (section, slug) for *_, section, article, slug in opened}, at)
    addresses.touch()
    return len(opened), len(closed)


_READ = ("pk", "first_published_at", "source_brand", "section_id", "article_id", "slug")


def _counts(rows):
    """Count each (kind, key, month) in these Editions; with month ``""`` for all time."""
    months = {pk: month_of(moment) for pk, moment, *_ in rows}
    things = [(Tally.Kind.ALL, "", pk) for pk in months]
    things += [(Tally.Kind.BRAND, brand, pk) for pk, _, brand, *_ in rows if brand]
    things += [(Tally.Kind.SECTION, str(section), pk) for pk, _, _, section, *_ in rows]
    for kind, model, column in _FILED:
        pairs = model.objects.filter(edition__in=list(months)).values_list(column, "edition_id") if months else ()
        things += [(kind, str(key), pk) for key, pk in pairs]
    counts = Counter((kind, key, months[pk]) for kind, key, pk in things)
    counts.update((kind, key, "") for kind, key, _ in things)
    return counts


_FILED = (
    (Tally.Kind.TOPIC, EditionTopic, "topic_id"),
    (Tally.Kind.OFFERING, EditionOffering, "offering_id"),
    (Tally.Kind.AUTHOR, EditionByline, "author_id"),
)


def add(counts: Counter) -> None:
    """Add counts, by kind, key and month (empty for all time), to the tallies in one statement.

    Raw, because an upsert that *adds* is beyond ``bulk_create``.
    In one order, so that two who settle at once wait for each other instead of locking each other out.
    """
    rows = sorted((kind, key, month, by) for (kind, key, month), by in counts.items() if by)
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)


_UPSERT = """
    INSERT INTO curation_tally (kind, key, month, count) VALUES (%s, %s, %s, %s)
    ON CONFLICT (kind, key, month) DO UPDATE SET count = curation_tally.count + excluded.count
"""


def counts_of(kind: str, key="") -> dict[str, int]:
    """Return the counts of one thing: month → count, with ``""`` for all time. One query."""
    return dict(compiled_queries.rows(("tally of",), _of, kind=str(kind), key=str(key)))


def _of(kind, key):
    return Tally.objects.filter(kind=kind, key=key, count__gt=0).values_list("month", "count")


def forget_brands(brands) -> None:
    """Forget brands of which nothing is live: a row of nothing still names them. One query."""
    Tally.objects.filter(kind=Tally.Kind.BRAND, key__in=brands, count=0).delete()


def totals(kind: str, month: str = "") -> dict[str, int]:
    """Return the counts of all things of a kind, largest first: key → count. One query."""
    return dict(compiled_queries.rows(("tally totals",), _totals, kind=str(kind), month=month))


def _totals(kind, month):
    rows = Tally.objects.filter(kind=kind, month=month, count__gt=0).order_by("-count", "key")
    return rows.values_list("key", "count")
