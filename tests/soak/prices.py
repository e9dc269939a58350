"""What readers' pages ask of a large database: their queries, how each is answered, and the work it is."""

import json
from itertools import pairwise

from django.conf import settings
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import RequestFactory

from benchmarks.page_cost import pages
from curation.models import Edition, Tally
from offerings.models import Offering

#: What grows with the newsroom.
LARGE = {"curation_edition", "curation_editiontopic", "curation_editionoffering", "curation_editionbyline"}
ENOUGH = 50_000  # Editions, from which on no planner may prefer to read them all
STEPS = 100  # of SQLite's machine between two looks at it


def prices() -> dict[str, dict]:
    """What each page costs with cold caches.

    For each its ``path``, ``status``, number of ``queries``, the ``scans`` of large tables that no index answers, and
    its ``work``: the steps of SQLite's machine (0 on PostgreSQL).
    """
    _inform()
    handler, factory = BaseHandler(), RequestFactory(headers={"host": settings.ALLOWED_HOSTS[0]})
    handler.load_middleware()
    return {name: _price(handler, factory.get(path)) for name, path in (pages() | further_pages()).items()}


def _inform():
    """Tell PostgreSQL's planner what there is; where that is little, it may rightly read all, and is kept from it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute(f"SET enable_seqscan = {'on' if Edition.objects.count() >= ENOUGH else 'off'}")


def further_pages() -> dict[str, str]:
    """Other lists that grow: the largest month's second page, the biggest source and offering, an author, the feed."""
    largest = Tally.objects.filter(kind="all").exclude(month="").order_by("-count").values_list("month", flat=True)[0]
    brand, offering = (
        Tally.objects.filter(kind=kind, month="").order_by("-count").values_list("key", flat=True)[0]
        for kind in ("brand", "offering")
    )
    slug = Edition.objects.live().newest_first()[0].edition_bylines.values_list("author__slug", flat=True)[0]
    return {
        "month, page 2": f"/news/{largest.replace('-', '/')}/?page=2",
        "source": f"/source/{brand}/",
        "offering": Offering.objects.get(pk=offering).get_absolute_url(),
        "author": f"/author/{slug}/",
        "feed": "/news/feed.xml",
        "unknown": "/news/nobody-ever-wrote-this/",
    }


def _price(handler, request):
    asked, work = [], _Work()

    def listen(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    cache.clear()
    with connection.execute_wrapper(listen), work:
        response = handler.get_response(request)
        response.close()
    scans = [scan for sql, params in asked for scan in _scans(sql, params)]
    status = response.status_code
    return {"path": request.path, "status": status, "queries": len(asked), "scans": scans, "work": work.steps}


class _Work:
    """Counts the steps of SQLite's machine while the block runs: the same on every machine, however busy."""

    def __init__(self):
        self.steps = 0

    def _look(self):
        self.steps += STEPS

    def __enter__(self):
        connection.ensure_connection()
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(self._look, STEPS)

    def __exit__(self, *exception):
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)


def _scans(sql, params):
    """The parts of a query's plan that go through a whole large table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            return [detail for *_, detail in cursor.fetchall() if _is_scan(detail)]
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        found = cursor.fetchone()[0]
    plan = json.loads(found) if isinstance(found, str) else found
    return [f"Seq Scan {name}" for name in _read_whole(plan[0]["Plan"]) if name in LARGE]


def _is_scan(detail):
    """Whether a line of SQLite's plan reads a table from end to end; one in an index's order ends with its LIMIT."""
    words = detail.split()
    tables = {after for before, after in pairwise(words) if before == "SCAN"}
    return bool(tables & (LARGE | {"U0", "U1", "V0"})) and "INDEX" not in words


def _read_whole(plan):
    if plan["Node Type"] == "Seq Scan":
        yield plan["Relation Name"]
    for inner in plan.get("Plans", ()):
        yield from _read_whole(inner)
