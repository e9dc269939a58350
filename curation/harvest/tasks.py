"""Links' work for the task worker: it reads the page and fetches the pictures that go with it."""

from functools import partial

from django.core.cache import cache
from django.db import transaction
from django.tasks import task

from curation.fetch.content import sniffing
from curation.models import Harvest

from . import pictures, store

_SWEPT = "gathered-pictures-were-swept"


@task()
def harvest(pk: int) -> str:
    """Read the page of a harvest that waits, and give how that ended; empty where somebody else has it."""
    done = store.run(pk)
    if done and (
        done.state == Harvest.State.DONE or done.kind == sniffing.PDF
    ):  # one that was scanned has a first page
        gather.enqueue(pk)
    return done.state if done else ""


@task(priority=-5)
def gather(harvest: int) -> int:
    """Fetch the first pictures that a page which was read offers, and its site's icon; give how many pictures came.

    Once a day at most, what was gathered and never chosen is deleted.
    """
    row = Harvest.objects.select_related("link").filter(pk=harvest).first()
    came = pictures.gather_first(row) if row else 0
    if cache.add(_SWEPT, True, timeout=24 * 3600):
        pictures.sweep()
    return came


def harvest_soon(link, *, by=None):
    """Ask for a link to be read by the worker, once the transaction holds; return the harvest."""
    asked = store.ask(link, by=by)
    transaction.on_commit(partial(harvest.enqueue, asked.pk))
    return asked
