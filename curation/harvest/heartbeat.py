"""The task worker's heartbeat: it writes down the time every ten seconds, and after thirty it counts as gone."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from curation.models import Heartbeat

WORKER = "worker"
EVERY = 10  # seconds
GONE = timedelta(seconds=30)


def beat(name: str = WORKER) -> None:
    """Write down that this process is there. One statement."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, at=timezone.now())],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at"],
    )


def is_beating(name: str = WORKER) -> bool:
    """Return whether the process was heard of in the last thirty seconds; not in a future before a clock was set back.

    One query.
    """
    now = timezone.now()
    return Heartbeat.objects.filter(name=name, at__gt=now - GONE, at__lt=now + GONE).exists()


def beating(name: str = WORKER):
    """Beat for as long as the block lasts, whatever else this process does."""
    return beside(partial(_beat_until, name), EVERY)


@contextmanager
def beside(go_until: Callable[[threading.Event], None], seconds: float):
    """Run a function beside the block, which is over when the event is set; wait for it so many seconds at the end."""
    done = threading.Event()
    thread = threading.Thread(target=go_until, args=[done], daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(seconds)


def _beat_until(name, done):
    while True:
        try:
            beat(name)
        except (DatabaseError, InterfaceError):  # a database that is away for a while is no reason to fall silent
            connection.close()
        if done.wait(EVERY):
            connection.close()
            return
