"""Rounds: beside the task worker, every twenty seconds, notices are made and letters sent, whatever else it does."""

import logging
from datetime import datetime

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


def going():
    """Go on with rounds for as long as the block lasts."""
    return heartbeat.beside(_go_until, EVERY)


def _go_until(done):
    while not done.is_set():
        try:
            round_once()
        except (DatabaseError, InterfaceError) as failed:
            logger.warning("Nobody was told this time (%s)", failed)
        except Exception:  # one brief that cannot be told must not silence all others for ever
            logger.exception("A round of notices failed")
        connection.close()
        done.wait(EVERY)
