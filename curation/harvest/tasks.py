"""What the task worker does with a link: it reads the page and fetches the pictures that go with it."""

from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.tasks import task

from curation import gathering
from curation.models import Harvest

from . import keeping

_SWEPT = "gathered-pictures-were-swept"


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
