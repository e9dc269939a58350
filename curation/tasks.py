"""Work that waits for nobody: what the task worker does beside the web server (and ``harvest.tasks``: reading pages).

Steps of the workflow ask for what is here; what takes such steps itself stands in the room it belongs to.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from . import liveness, tallies
from .models import OPEN
from .pictures import later


@task()
def encode_later(picture: int) -> int:
    """Make the renditions of a picture that take longest (AVIF), and give their number."""
    return later.add_later(picture)


@task(priority=-10)
def try_links(articles: list[int]) -> int:
    """Try what these articles (by id) link to, and give how many are left for the next time, which is asked for."""
    left = liveness.try_links(articles)
    if left:
        try_links.enqueue(left)
    return len(left)


def try_links_soon(articles: list[int]) -> None:
    """Ask for the links of these articles (by id) to be tried by the worker, once the transaction holds."""
    if articles:
        transaction.on_commit(partial(try_links.enqueue, articles))


@task()
def settle() -> int:
    """Count what a window's opening or end changed, and give the number of Editions counted anew."""
    return tallies.settle()


def settle_at(moments: Iterable[datetime]) -> None:
    """Count again at each of these instants that is still to come, once the transaction holds.

    Pages themselves need no task: an Edition is live by comparison. Only the counts beside lists do.
    """
    now = timezone.now()
    for moment in sorted({moment for moment in moments if now < moment < OPEN}):
        transaction.on_commit(partial(settle.using(run_after=moment).enqueue))
