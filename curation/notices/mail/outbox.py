"""The outbox: letters go out when their hour has come, are tried again with longer pauses, and are given up at last."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.utils import timezone

from curation.models import Letter
from curation.notices import choices, inbox
from curation.workflow import entry
from curation.workflow.board import absences

from . import planning, writing

#: Pauses after each attempt that failed: from a minute to a day, two and a half days in all.
PAUSES = [timedelta(minutes=one) for one in (1, 5, 30, 120, 360, 1440, 1440)]
_AT_ONCE = 50  # letters of one round
_KEPT = 300

logger = logging.getLogger(__name__)


def give_up_after() -> int:
    """Return after how many attempts a letter is given up."""
    return len(PAUSES) + 1


def send_due(now: datetime | None = None) -> int:
    """Send the letters whose hour has come; return how many went. Four queries for each.

    Each is claimed before it is sent, so two workers send none twice; a worker that dies while it sends leaves it to
    the next attempt, which has the same Message-ID. Rights are asked now.
    """
    now = now or timezone.now()
    waiting = Letter.objects.filter(sent_at=None, gave_up_at=None, next_at__lte=now).select_related("person")
    return sum(_send(letter, now) for letter in waiting.order_by("next_at", "pk")[:_AT_ONCE] if _claim(letter, now))


def _claim(letter, now):
    """Count the attempt and put off the next one; return whether nobody else did so meanwhile."""
    own = Letter.objects.filter(pk=letter.pk, sent_at=None, gave_up_at=None, next_at=letter.next_at)
    pause = PAUSES[min(letter.attempts, len(PAUSES) - 1)]
    letter.attempts += 1
    return bool(own.update(attempts=F("attempts") + 1, next_at=now + pause))


def _send(letter, now):
    """Send one letter, or say why not; return whether it went."""
    back = absences.away(timezone.localdate(now, timezone.get_default_timezone())).get(letter.person_id)
    if back:
        _, at = planning.next_digest(now, back + timedelta(days=1))
        Letter.objects.filter(pk=letter.pk).update(next_at=at, attempts=letter.attempts - 1)
        return False
    told = still_told(letter, now)
    if not told:
        _settle(letter, now, "Nothing of it was left to tell.")
        return False
    try:
        writing.compose(letter, told).send()
    except (OSError, ValueError) as failed:  # of every mail server's refusals OSError is the root; ValueError: a header
        _put_off(letter, failed, now)
        return False
    _settle(letter, now)
    return True


def still_told(letter, now: datetime) -> list:
    """Return the notices of a letter that are true now, unread, wanted by mail, and of briefs its reader may see."""
    person = letter.person
    if not (person.email and entry.may_enter(person)):
        return []
    wanted = [kind for kind, choice in choices.choices_of(person).items() if choice.mail != choices.OFF]
    told = inbox.standing_for(person, now).filter(letter=letter, seen_at=None, kind__in=wanted)
    return list(told.order_by("-told_at", "-pk")[:_KEPT])


def _settle(letter, now, words=""):
    Letter.objects.filter(pk=letter.pk).update(sent_at=now, error=words)


def _put_off(letter, failed, now):
    """Keep in words why it did not go; after the last attempt nobody tries any more."""
    words = f"{type(failed).__name__}: {failed}"[:300]
    is_last = letter.attempts >= give_up_after()
    Letter.objects.filter(pk=letter.pk).update(error=words, gave_up_at=now if is_last else None)
    logger.warning("Letter %s did not go (%s), attempt %d", letter.pk, words, letter.attempts)


def failed() -> list[Letter]:
    """Return the newest letters that did not go, waiting or given up, for administrators. One query."""
    stuck = Letter.objects.filter(sent_at=None).exclude(error="").select_related("person")
    return list(stuck.order_by("-pk")[:_AT_ONCE])


def try_again(pk: int) -> bool:
    """Try a letter at the next round, from the first attempt; return whether there was one. One query."""
    stuck = Letter.objects.filter(~Q(error=""), pk=pk, sent_at=None)
    return bool(stuck.update(next_at=timezone.now(), attempts=0, gave_up_at=None))
