"""Whether this process can serve: its database answers, holds this release's tables, and the task worker keeps up."""

import json
import logging
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

PATH = "/healthz"
LATE = timedelta(minutes=10)  # a ready task that waits longer has no worker

logger = logging.getLogger(__name__)
_migrated = False


def answer() -> HttpResponse:
    """200 while pages can be served, 503 while they cannot; three words of detail, no names and no versions.

    A late worker is told but is no reason to take the readers' site away. Costs two queries on indexes; until the
    first time that all migrations are found applied it also reads the list of them.
    """
    found = {"database": "ok", "migrations": "ok", "worker": "ok"}
    try:
        found["migrations"] = "ok" if is_migrated() else "behind"
        if found["migrations"] == "ok":
            found["worker"] = "late" if is_worker_late() else "ok"
    except DatabaseError:
        logger.exception("The database does not answer")
        connection.close()
        found = {"database": "away"}
    serves = found == found | {"database": "ok", "migrations": "ok"}
    response = HttpResponse(json.dumps(found) + "\n", content_type="application/json", status=200 if serves else 503)
    response.headers["Content-Length"] = str(len(response.content))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def is_migrated() -> bool:
    """Whether nothing is left to migrate. Once true it stays true: a release brings a new process."""
    global _migrated
    if _migrated:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    else:
        _migrated = not unapplied()
    return _migrated


def unapplied() -> list:
    """The migrations this release still has to run, in order. Reads every migration file: about 0.1 s."""
    executor = MigrationExecutor(connection)
    return [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def is_worker_late() -> bool:
    """Whether a task has been ready for ten minutes and nobody took it."""
    before = timezone.now() - LATE
    return DBTaskResult.objects.ready().filter(enqueued_at__lt=before).exists()
