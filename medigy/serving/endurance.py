"""Endurance of the task worker: databases that are locked or away, workers that died, rows that pile up."""

import logging
import threading
import time
from contextlib import contextmanager, suppress
from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.db import DatabaseError, InterfaceError, connection
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from curation.harvest import heartbeat
from curation.models import Heartbeat

TRIES = 3  # attempts at a task whose workers die of it
LOST = timedelta(seconds=90)  # a worker that was not heard of for so long is dead
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before the database is asked again
HEALTHY = 60.0  # seconds of work after which the next pause is short again
LOOKED_AFTER = 60.0  # seconds between two looks for tasks of dead workers
KEPT = {"tasks": timedelta(days=14), "sign-ins": timedelta(days=90), "tries": timedelta(days=1)}

logger = logging.getLogger(__name__)


def enduring(work, *, wait=time.sleep, clock=time.monotonic):
    """Return what ``work`` gives; where the database is locked or away, wait and try again, as long as it takes.

    The pause doubles up to half a minute and is short again once the work went well for a minute.
    """
    pause = FIRST_PAUSE
    while True:
        began = clock()
        try:
            return work()
        except (DatabaseError, InterfaceError) as failed:
            with suppress(DatabaseError, InterfaceError):
                connection.close()
            pause = FIRST_PAUSE if clock() - began >= HEALTHY else pause
            logger.warning("The database did not take a task (%s); trying again in %.0f s", failed, pause)
            wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def reap(at=None) -> int:
    """Take up again what dead workers left running, or give it up after three of them; return the number of such rows.

    Our tasks may be done twice: each looks first at what is left to do. A worker is dead when it was not heard of for
    ninety seconds, or in a future that no clock explains. One query, and one for each row.
    """
    at = at or timezone.now()
    alive = set(Heartbeat.objects.filter(at__gt=at - LOST, at__lt=at + LOST).values_list("name", flat=True))
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=at - LOST)
    left = [row for row in running if not alive.intersection(row.worker_ids[-1:])]
    return sum(_taken_up(row, at) for row in left)


def release(worker: str) -> int:
    """Take up again what this worker itself left running, as it begins anew; return the number of such rows."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return sum(_taken_up(row, timezone.now()) for row in running if row.worker_ids[-1:] == [worker])


def _taken_up(row, at) -> int:
    tries = len(row.worker_ids)
    same = DBTaskResult.objects.filter(pk=row.pk, status=TaskResultStatus.RUNNING, started_at=row.started_at)
    if tries < TRIES:
        later = at + timedelta(seconds=10 * 3 ** (tries - 1))
        taken = same.update(status=TaskResultStatus.READY, started_at=None, run_after=later)
        logger.warning("Task %s was left by a dead worker; it begins again (%d of %d)", row.pk, tries + 1, TRIES)
        return taken
    words = f"Begun {tries} times, and each time the worker died before the end.\n"
    logger.error("Task %s is given up: %d workers died of it", row.pk, tries)
    return same.update(status=TaskResultStatus.FAILED, finished_at=at, exception_class_path="", traceback=words)


def sweep(at=None) -> int:
    """Delete what has had its time: finished tasks, sessions that ended, sign-ins, tries and beats of long ago."""
    at = at or timezone.now()
    gone = [
        DBTaskResult.objects.filter(finished_at__lt=at - KEPT["tasks"]),
        Session.objects.filter(expire_date__lt=at),
        AccessLog.objects.filter(attempt_time__lt=at - KEPT["sign-ins"]),
        AccessAttempt.objects.filter(attempt_time__lt=at - KEPT["tries"]),
        Heartbeat.objects.filter(at__lt=at - timedelta(days=1)).exclude(name=heartbeat.WORKER),
    ]
    return sum(rows.delete()[0] for rows in gone)


@contextmanager
def looked_after(worker: str):
    """Beat for a worker by its own name, reap and sweep, for as long as the block lasts."""
    done = threading.Event()
    thread = threading.Thread(target=_look_until, args=[done], daemon=True)
    with heartbeat.beating(worker[:40]):
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join(heartbeat.EVERY)


def _look_until(done):
    swept = None
    while not done.is_set():
        try:
            reap()
            if swept is None or time.monotonic() - swept > 24 * 3600:
                swept = time.monotonic()
                sweep()
        except (DatabaseError, InterfaceError) as failed:
            logger.warning("Nobody looked after the tasks this time (%s)", failed)
        connection.close()
        done.wait(LOOKED_AFTER)
