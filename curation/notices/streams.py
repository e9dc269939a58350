"""Streams of rows that notices are made of, read on from a cursor that moves together with what was made."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import BigIntegerField, Subquery, Value
from django.db.models.functions import Coalesce

from curation.models import NoticeCursor

SLICE = 500
LAG = NoticeCursor.LAG


def is_pending(streams: dict) -> bool:
    """Return whether any stream (its rows by its name) has one that nobody read yet. One query, by their keys."""
    new = [rows.filter(pk__gt=_read(name)).order_by().values("pk") for name, rows in streams.items()]
    return bool(list(new[0].union(*new[1:], all=True).order_by()[:1]))


def _read(name):
    read = NoticeCursor.objects.filter(pk=name).values("read")
    return Coalesce(Subquery(read), Value(0), output_field=BigIntegerField())


def read_on(name: str, rows, take: Callable[[list], None], now: datetime) -> int:
    """Read a stream to its end in slices, each a transaction that moves the cursor with what ``take`` wrote.

    Rows are read again for some minutes (``LAG``), so ``take`` must make nothing twice. Returns how many were read.
    """
    position, count = None, 0
    while True:
        position, found, is_end = _slice(name, rows, take, now, position)
        count += found
        if is_end:
            return count


@transaction.atomic
def _slice(name, rows, take, now, position):
    """Read one slice; return where it ended, how many rows it had, and whether it was the last."""
    cursor, _ = NoticeCursor.objects.select_for_update().get_or_create(pk=name)
    start = cursor.upto if position is None else position
    newest = rows.model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    found = list(rows.filter(pk__gt=start, pk__lte=newest).order_by("pk")[:SLICE])
    if found:
        take(found)
    is_end = len(found) < SLICE
    position = newest if is_end else found[-1].pk
    cursor.read = max(cursor.read, position)
    if is_end:
        _settle(cursor, now)
    cursor.save()
    return position, len(found), is_end


def _settle(cursor, now):
    """Leave behind what was there already at the last mark, once that is old enough; then mark anew."""
    if cursor.marked_at is None or not cursor.marked_at <= now < cursor.marked_at + LAG:
        if cursor.marked_at is not None and cursor.marked_at <= now:
            cursor.upto = max(cursor.upto, cursor.mark)
        cursor.mark, cursor.marked_at = cursor.read, now
