"""Many articles at once, through the bulk doors, and what a page of them costs."""

from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curation import workflow
from curation.models import Edition

from .factories import MACHINE, words

FIRST = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def draft_many(wholes):
    """Begin articles with these words (``factories.words`` fills the rest); nobody's drafts."""
    return workflow.begin_many([words(**given) for given in wholes], by=MACHINE)


def publish_many(wholes):
    """Publish articles with such words, past every gate; gives live Editions."""
    articles = draft_many(wholes)
    for step in ("submit", "approve", "publish"):
        assert workflow.take_many(step, articles, by=MACHINE, gates=False).refused == {}
    editions = {edition.article_id: edition for edition in Edition.objects.live().filter(article__in=articles)}
    return [editions[article.pk] for article in articles]


def on_day(number, **given):
    """Words that carry the date of the ``number``-th day since ``FIRST``, at nine."""
    return {"dated_at": FIRST + timedelta(days=number)} | given


def price(client, address):
    """The queries of one visit with cold caches, as SQL."""
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200, address
    return [query["sql"] for query in asked]
