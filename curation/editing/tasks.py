"""Working copies' work for the task worker: it tries the links in their words."""

from functools import partial

from django.db import transaction
from django.tasks import task


@task(priority=-10)
def try_links(articles: list[int]) -> int:
    """Try what these articles (by id) link to; return how many are left for the next time, which is asked for."""
    from .link_checks import trials  # noqa: PLC0415 -- it reads pages, and only the worker needs that

    left = trials.try_links(articles)
    if left:
        try_links.enqueue(left)
    return len(left)


def try_links_soon(articles: list[int]) -> None:
    """Ask for the links of these articles (by id) to be tried by the worker, once the transaction holds."""
    if articles:
        transaction.on_commit(partial(try_links.enqueue, articles))
