"""Counting live Editions so that no page has to: each Edition is counted once, while its window is open.

An Edition whose window opened or closed since the last ``settle`` is found by an index, not by a scan; the press
settles in its own transaction, the worker every minute for windows that open and close by the clock alone.
"""

from collections import Counter

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import zoneinfo

from offerings import addresses

from .models import Edition, EditionByline, EditionOffering, EditionTopic, Tally

SLICE = 500


def month_of(moment) -> str:
    """The newsroom's month of an instant, e.g. ``2026-11``."""
    return moment.astimezone(zoneinfo.ZoneInfo(settings.TIME_ZONE)).strftime("%Y-%m")


def settle(at=None) -> int:
    """Bring the tallies in line with the windows at ``at``; give the number of Editions whose count changed.

    Works in slices, each its own transaction. A slice costs two queries to find, three to see what its Editions are
    filed under, two to mark them and one for the tallies.
    """
    at, changed = at or timezone.now(), 0
    while taken := _settle_slice(at):
        changed += taken
    return changed


@transaction.atomic
def _settle_slice(at):
    opened = list(Edition.objects.live(at).filter(tallied=False).values_list(*_READ)[:SLICE])
    closed = list(
        Edition.objects.filter(Q(live_until__lte=at) | Q(live_from__gt=at), tallied=True).values_list(*_READ)[:SLICE]
    )
    if not opened and not closed:
        return 0
    counts = _counts(opened)
    counts.subtract(_counts(closed))
    _add(counts)
    Edition.objects.filter(pk__in=[row[0] for row in opened]).update(tallied=True)
    Edition.objects.filter(pk__in=[row[0] for row in closed]).update(tallied=False)
    addresses.touch()
    return len(opened) + len(closed)


_READ = ("pk", "first_published_at", "source_brand")


def _counts(rows):
    """How often each (kind, key, month) occurs in these Editions; with month ``""`` for all time."""
    months = {pk: month_of(moment) for pk, moment, _ in rows}
    things = [(Tally.Kind.ALL, "", pk) for pk in months]
    things += [(Tally.Kind.BRAND, brand, pk) for pk, _, brand in rows if brand]
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


def _add(counts):
    """Add counts to the tallies in one statement; raw, because an upsert that *adds* is beyond ``bulk_create``."""
    rows = [(kind, key, month, by) for (kind, key, month), by in counts.items() if by]
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, rows)


_UPSERT = """
    INSERT INTO curation_tally (kind, key, month, count) VALUES (%s, %s, %s, %s)
    ON CONFLICT (kind, key, month) DO UPDATE SET count = curation_tally.count + excluded.count
"""


def of(kind: str, key="") -> dict[str, int]:
    """The counts of one thing: month → count, with ``""`` for all time. One query."""
    return dict(Tally.objects.filter(kind=kind, key=str(key), count__gt=0).values_list("month", "count"))


def totals(kind: str, month: str = "") -> dict[str, int]:
    """The counts of all things of a kind, largest first: key → count. One query."""
    rows = Tally.objects.filter(kind=kind, month=month, count__gt=0).order_by("-count", "key")
    return dict(rows.values_list("key", "count"))
