"""Runs through a batch in slices: trying it, doing it, undoing it."""

from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.utils import timezone

from curation.models import Batch, BatchItem, roles
from curation.sql import bulk_writes
from curation.workflow.actors import REVIEW

from . import table
from .slices import BatchSlice
from .table import BulkRefused

UNDO_WITHIN = timedelta(minutes=10)
_SLICE_SECONDS = 0.08  # aimed at: a third of what a slice may take, as other work may be going on
_FIRST_SLICE, _LARGEST_SLICE = 20, 250
Stage, Item = Batch.Stage, BatchItem.State


def begin(batch: Batch, *, by) -> None:
    """Begin doing a batch for good. Raises BulkRefused for anybody but who chose, and where it was not tried."""
    if batch.by_id != by.pk:
        raise BulkRefused("Only who chose these briefs can do this to them; choose your own.")
    number = batch.items.filter(state=Item.READY).count()
    out = timezone.now() + table.OUT_AFTER + number * table.OUT_AFTER_EACH
    details = batch.details | ({"out": out.isoformat()} if batch.step == "publish" else {})
    if not Batch.objects.filter(pk=batch.pk, stage=Stage.TRIED).update(stage=Stage.DOING, details=details):
        raise BulkRefused("This was begun already. See below how far it is.")
    batch.stage, batch.details = Stage.DOING, details


def stop(batch: Batch) -> None:
    """Stop a batch: what is not done yet stays undone."""
    Batch.objects.filter(pk=batch.pk, stage=Stage.DOING).update(stage=Stage.DONE, done_at=timezone.now())


#: Items that each stage takes up, and the stage after it.
_NEXT = {
    Stage.TRYING: (Item.WAITING, Stage.TRIED),
    Stage.DOING: (Item.READY, Stage.DONE),
    Stage.UNDOING: (Item.DONE, Stage.UNDONE),
}


def advance(batch: Batch, *, by, seconds: float = 1.5) -> bool:
    """Work for about so long, slice by slice; return whether something is left. Safe to call from two windows at once.

    A slice takes as many articles as the slices before it say that ``_SLICE_SECONDS`` have room for.
    """
    until, size = monotonic() + seconds, _FIRST_SLICE
    while batch.stage in _NEXT:
        began = monotonic()
        _slice(batch, by, size)
        took = max(monotonic() - began, 0.001)
        size = max(1, min(_LARGEST_SLICE, 2 * size, int(size * _SLICE_SECONDS / took)))
        if monotonic() > until:
            break
    return batch.stage in _NEXT


@transaction.atomic
def _slice(batch, by, size):
    """Take up the next items of a batch, or end its stage where none are left."""
    batch.stage = Batch.objects.select_for_update().values_list("stage", flat=True).get(pk=batch.pk)
    if batch.stage not in _NEXT:
        return
    waiting, after = _NEXT[batch.stage]
    items = list(batch.items.filter(state=waiting).order_by("pk")[:size])
    if not items:
        return _end(batch, after)
    turn = BatchSlice(batch, by, items)
    {Stage.TRYING: turn.try_out, Stage.DOING: turn.do, Stage.UNDOING: turn.undo}[batch.stage]()
    bulk_writes.update_each(BatchItem, items, _WRITTEN)


_WRITTEN = ("state", "edit", "code", "words", "was", "becomes", "undo", "undo_words", "before")


def _end(batch, after):
    batch.stage = after
    times = {"done_at": timezone.now()} if after == Stage.DONE else {}
    Batch.objects.filter(pk=batch.pk).update(stage=after, **times)


def undo_until(batch: Batch) -> datetime | None:
    """Return the moment until which it can be undone, or None where it was not done, or is undone."""
    return batch.done_at + UNDO_WITHIN if batch.stage == Stage.DONE and batch.done_at else None


def undo(batch: Batch, *, by) -> None:
    """Begin undoing a batch. Raises BulkRefused: a second time, too late, or for who may not."""
    batch.refresh_from_db()
    if batch.by_id != by.pk and not roles.may(by, REVIEW):
        raise BulkRefused("Bulk work is undone by who did it, or by a manager.")
    if batch.stage in (Stage.UNDOING, Stage.UNDONE):
        raise BulkRefused("This was undone already.")
    until = undo_until(batch)
    if until is None:
        raise BulkRefused("Nothing of this was done, so there is nothing to undo.")
    if timezone.now() > until:
        raise BulkRefused("Ten minutes have passed. Each brief can still be changed on its own page, by who may.")
    undone = {"stage": Stage.UNDOING, "undone_at": timezone.now(), "undone_by": by}
    if not Batch.objects.filter(pk=batch.pk, stage=Stage.DONE).update(**undone):
        raise BulkRefused("This was undone already.")
    batch.refresh_from_db()
