"""Choosing the articles of a batch: rows, each with the edit that was seen, so that nothing comes along later."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import batched

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from curation.models import Batch, BatchItem, LogEntry
from curation.sql import bulk_writes

from .table import KINDS, BulkRefused, offered

_AT_ONCE = 2_000  # rows of a choice that are written in one transaction
_STALE_DRAFTS = timedelta(days=1)
_SALT, _DAY = "curation.bulk", 86_400
Stage, Item = Batch.Stage, BatchItem.State


def sign(query: str, count: int, *, capped: bool, by) -> str:
    """Return a token for a list as it is on the screen: its query string, how many were counted, the newest log entry.

    ``capped`` says that there are more than were counted. One query.
    """
    last = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    seen = {"query": query, "count": count, "capped": capped, "last": last, "at": timezone.now().isoformat()}
    seen |= {"by": by.pk}
    return signing.dumps(seen, salt=_SALT, compress=True)


def unsign(token: str, *, by) -> dict:
    """Return what a token names: ``query``, ``count``, ``capped``, ``last``, ``at`` (ISO text). Raises BulkRefused."""
    try:
        seen = signing.loads(token, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        seen = {}
    if seen.get("by") != by.pk:
        raise BulkRefused("The list on your screen is too old, or is somebody else's. Open it again, and choose anew.")
    return seen


def choose(kind: str, pairs: Iterable[tuple[int, int]], *, by, seen=None, details=None) -> Batch:
    """Keep a choice: pairs of article id and the edit that was seen. Raises BulkRefused.

    ``seen`` is what was on the screen where all that match were chosen (``unsign``): what the log has an entry of since
    is left out and told. Rows are written in short transactions.
    """
    if kind not in offered(by):
        raise BulkRefused("This is not yours to do; a manager can.")
    pairs = list(dict(pairs).items())
    if not pairs:
        raise BulkRefused("Nothing is selected. Tick some briefs first.")
    _forget_drafts(by)
    stage = Stage.ASKING if KINDS[kind].asks else Stage.TRYING
    batch = Batch.objects.create(by=by, step=kind, stage=stage, details=details or {}, at=timezone.now())
    late = _since(seen, [pk for pk, _ in pairs]) if seen else set()
    for some in batched(pairs, _AT_ONCE):
        found = [_row(batch, pk, edit, pk in late) for pk, edit in some]
        with transaction.atomic():
            bulk_writes.insert_plain(BatchItem, ("batch_id", "article_id", "edit", "state", "code", "words"), found)
    batch.note = _difference(seen, len(pairs)) if seen else ""
    batch.save(update_fields=["note"])
    return batch


def _row(batch, pk, edit, is_late):
    if is_late:
        words = "It came into this list, or was changed, after the list was on your screen."
        return (batch.pk, pk, edit, Item.REFUSED, "since", words)
    return (batch.pk, pk, edit, Item.WAITING, "", "")


def _since(seen, pks):
    """Return those articles that the log has an entry of that is newer than what was seen, or was carried on since."""
    newer = Q(pk__gt=seen["last"]) | Q(at__gt=parse_datetime(seen["at"]))
    return set(LogEntry.objects.filter(newer).order_by().values_list("article_id", flat=True)) & set(pks)


def _difference(seen, now):
    if seen["capped"] or seen["count"] == now:
        return ""
    return f"When the list was on your screen {seen['count']:,} matched; {now:,} do now. What is new is left out."


def _forget_drafts(by):
    """Delete this person's choices that nothing came of, once they are a day old."""
    unused = Batch.objects.filter(by=by, stage__in=[Stage.ASKING, Stage.TRYING, Stage.TRIED])
    unused.filter(at__lt=timezone.now() - _STALE_DRAFTS).delete()


def keep_details(batch: Batch, details: dict) -> None:
    """Keep what the kind asks for, as plain data: people and topics by id, hours as ISO text. It is tried next."""
    batch.details |= details
    batch.stage = Stage.TRYING
    batch.save(update_fields=["details", "stage"])
