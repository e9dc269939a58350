"""Published Editions' work for the task worker: it counts again when a window opens or ends."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from curation.models import OPEN

from . import counts


@task()
def settle() -> int:
    """Count what a window's opening or end changed, and give the number of Editions counted anew."""
    return counts.settle()


def settle_at(moments: Iterable[datetime]) -> None:
    """Count again at each of these instants that is still to come, once the transaction holds.

    Pages themselves need no task: an Edition is live by comparison. Only the counts beside lists do.
    """
    now = timezone.now()
    for moment in sorted({moment for moment in moments if now < moment < OPEN}):
        transaction.on_commit(partial(settle.using(run_after=moment).enqueue))
