"""Rounds: beside the task worker, every twenty seconds, notices are made and letters sent, whatever else it does."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from curation.harvest import heartbeat
from curation.models import Letter, Notice

from . import clock, mail, taking
from .inbox import KEPT

EVERY = 20  # seconds

logger = logging.getLogger(__name__)


def round_once(now: datetime | None = None) -> None:
    """Make what is pending, tell what the clock tells, plan and send. Each part is safe to do twice."""
    now = now or timezone.now()
    taking.take_pending(now)
    if clock.is_time(now):
        clock.tell(now)
        sweep(now)
    mail.plan(now)
    mail.send_due(now)


def sweep(now: datetime) -> int:
    """Delete notices that nobody looks at any more, and letters that went; return how many rows."""
    old = Notice.objects.filter(made_at__lt=now - KEPT).delete()[0]
    return old + Letter.objects.filter(made_at__lt=now - KEPT).delete()[0]


def going(*also: Callable[[], None]):
    """Go on with rounds for as long as the block lasts; ``also`` is what else is done in each, after the notices."""
    return heartbeat.beside(partial(_go_until, (round_once, *also)), EVERY)


def _go_until(parts, done):
    while not done.is_set():
        for part in parts:
            _do(part)
        connection.close()
        done.wait(EVERY)


def _do(part):
    try:
        part()
    except (DatabaseError, InterfaceError) as failed:
        logger.warning("%s was not done this time (%s)", part.__name__, failed)
    except Exception:  # one brief that cannot be told must not silence all others for ever
        logger.exception("%s failed in a round", part.__name__)
