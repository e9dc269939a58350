"""Work for the task worker: moving what is too much for one transaction, and looking again for what came meanwhile."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from . import moving

#: A transaction that was open when a topic went into another is over by then; and where a worker was killed at its
#: slices, another one goes on.
_LATER = timedelta(minutes=2)


@task()
def go_on(merge: int) -> int:
    """Move all that a merge has left, slice by slice; return how many slices that were."""
    done = 0
    while moving.go_on(merge):
        done += 1
    return done


def look_again(merge: int) -> None:
    """Have the worker look once more, once the transaction holds: the task is one of its rows, so it is not lost."""
    go_on.using(run_after=timezone.now() + _LATER).enqueue(merge)
