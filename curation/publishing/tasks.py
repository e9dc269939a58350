"""Work for the task worker: counting again when a window opens or ends, removing files of what was erased."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from curation.images import store
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


@task()
def remove_files(names: list[str]) -> int:
    """Remove the files of pictures that were erased and that nothing needs; return how many pictures that were."""
    return store.remove_unneeded(names)


#: An encoder that was at a picture while it was erased has written its files by then.
_ENCODED = timedelta(minutes=10)


def remove_files_soon(names: list[str]) -> None:
    """Have these pictures' files removed once the transaction holds: the task is one of its rows, so none is lost."""
    if names:
        remove_files.enqueue(names)
        remove_files.using(run_after=timezone.now() + _ENCODED).enqueue(names)
