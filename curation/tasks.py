"""Work that waits for nobody: what the task worker does beside the web server."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from . import gathering, liveness, tallies
from .harvest import keeping
from .models import OPEN, Harvest
from .pictures import later

_SWEPT = "gathered-pictures-were-swept"


@task()
def encode_later(picture: int) -> int:
    """Make the renditions of a picture that take longest (AVIF), and give their number."""
    return later.add_later(picture)


@task()
def harvest(pk: int) -> str:
    """Read the page of a harvest that waits, and give how that ended; empty where somebody else has it."""
    done = keeping.run(pk)
    if done and done.state == Harvest.State.DONE:
        gather.enqueue(pk)
    return done.state if done else ""


@task(priority=-5)
def gather(harvest: int) -> int:
    """Fetch the first pictures that a page which was read offers, and its site's icon; give how many pictures came.

    Once a day at most, what was gathered and never chosen is deleted.
    """
    row = Harvest.objects.select_related("link").filter(pk=harvest).first()
    came = gathering.gather_first(row) if row else 0
    if cache.add(_SWEPT, True, timeout=24 * 3600):
        gathering.sweep()
    return came


def harvest_soon(link, *, by=None):
    """Ask for a link to be read by the worker, once the transaction holds; gives the harvest."""
    asked = keeping.ask(link, by=by)
    transaction.on_commit(partial(harvest.enqueue, asked.pk))
    return asked


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
