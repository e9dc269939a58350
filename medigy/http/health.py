"""Health of this process: its database answers, holds this release's tables, and the task worker keeps up."""

import json
import logging
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

PATH, READY = "/healthz", "/readyz"
ROOM = 100_000_000  # bytes; with less, the next import or upload may fail
LATE = timedelta(minutes=10)  # a ready task that waits longer has no worker

logger = logging.getLogger(__name__)
_migrated = False


def answer(path: str = PATH) -> HttpResponse:
    """Answer 200 while pages can be served, 503 while they cannot; a few words of detail, no names and no versions.

    A late worker and a cache that is away are told but are no reason to take the readers' site away. Costs two queries
    on indexes, and a round trip to a shared cache; until the first time that all migrations are found applied it also
    reads the list of them. ``/readyz`` says in one more word whether anything is missing (``degraded``), and whether
    there is room to write.
    """
    found = _of_database() | _of_cache()
    serves = found == found | {"database": "ok", "migrations": "ok"}
    if path == READY:
        found["disk"] = "ok" if has_room() else "full"
        is_whole = set(found.values()) == {"ok"}
        found["state"] = "dead" if not serves else "ok" if is_whole else "degraded"
    response = HttpResponse(json.dumps(found) + "\n", content_type="application/json", status=200 if serves else 503)
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _of_database() -> dict[str, str]:
    found = {"database": "ok", "migrations": "ok", "worker": "ok"}
    try:
        found["migrations"] = "ok" if is_migrated() else "behind"
        if found["migrations"] == "ok":
            found["worker"] = "late" if is_worker_late() else "ok"
    except DatabaseError:
        logger.exception("The database does not answer")
        connection.close()
        found = {"database": "away"}
    return found


def _of_cache() -> dict[str, str]:
    """Return the state of a shared cache, which may be away; nothing of one that lives in this process."""
    cache = caches["default"]
    return {"cache": "ok" if cache.is_there() else "away"} if hasattr(cache, "is_there") else {}


def has_room() -> bool:
    """Return whether pictures and a database in a file have room left to write."""
    places = [settings.MEDIA_ROOT, settings.DATABASES["default"]["NAME"]]
    there = [next(up for up in [Path(place), *Path(place).parents] if up.exists()) for place in places if place]
    return all(shutil.disk_usage(place).free > ROOM for place in there)


def is_migrated() -> bool:
    """Return whether nothing is left to migrate. Once true it stays true: a release brings a new process."""
    global _migrated
    if _migrated:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    else:
        _migrated = not unapplied()
    return _migrated


def unapplied() -> list:
    """Return the migrations this release still has to run, in order. Reads every migration file: about 0.1 s."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [*cut_off(executor.loader), *(migration for migration, _ in plan)]


def cut_off(loader) -> list:
    """Return the migrations that stand for several older ones of which this database has run some and not all.

    Django leaves them out of its plan without a word, and their tables as they are.
    """
    return [migration for key, migration in loader.replacements.items() if key not in loader.graph.nodes]


def is_worker_late() -> bool:
    """Return whether a task has been ready for ten minutes and nobody took it."""
    before = timezone.now() - LATE
    return DBTaskResult.objects.ready().filter(enqueued_at__lt=before).exists()
