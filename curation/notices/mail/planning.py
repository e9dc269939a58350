"""Planning: each notice that is due goes into a letter, once: now, into the next digest, or into none."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from curation import bulk
from curation.models import Letter, Notice
from curation.notices import choices
from curation.workflow.board import absences

_SLICE = 500
#: A notice that was due longer ago than this is in the desk only: history that was laid down, a worker long away.
FRESH = timedelta(days=3)


def next_digest(now: datetime, first: date | None = None) -> tuple[date, datetime]:
    """Return the day and the instant of the next digest after ``now``, not before the day ``first``.

    It is seven on the wall of the newsroom, whatever its clock does that night. Pure but for the setting.
    """
    zone = timezone.get_default_timezone()
    local = now.astimezone(zone)
    day = local.date() if local.time() < choices.DIGEST_AT else local.date() + timedelta(days=1)
    day = max(day, first) if first else day
    return day, datetime.combine(day, choices.DIGEST_AT, tzinfo=zone)


def plan(now: datetime | None = None) -> int:
    """Decide of each notice that is due how it is mailed; return how many were. Six queries and two for each person.

    Decided once, in one transaction with its letter: a kill neither loses one nor plans it twice.
    """
    now, count = now or timezone.now(), 0
    while planned := _slice(now):
        count += planned
        if planned < _SLICE:
            break
    return count


@transaction.atomic
def _slice(now):
    waiting = Notice.objects.standing(now, now - bulk.UNDO_WITHIN).filter(planned_at=None).with_hour()
    waiting = waiting.select_for_update(of=("self",)).order_by("due_at", "pk")
    by_person = defaultdict(list)
    found = list(waiting.values_list("pk", "person", "kind", "told_at", "seen_at")[:_SLICE])
    for pk, person, kind, told_at, seen_at in found:
        if seen_at is None:
            by_person[person].append((pk, kind, told_at))
    people = list(get_user_model().objects.filter(pk__in=by_person))
    chosen = choices.choices_of_all(people) if people else {}
    away = absences.away(timezone.localdate(now, timezone.get_default_timezone()))
    for person in people:
        _plan_for(person, by_person[person.pk], chosen[person.pk], away.get(person.pk), now)
    Notice.objects.filter(pk__in=[row[0] for row in found]).update(planned_at=now)
    return len(found)


def _plan_for(person, rows, chosen, last_day_away, now):
    """Put one person's notices into letters; while they are away all wait for the digest when they are back."""
    fresh = [(pk, chosen[kind].mail) for pk, kind, told_at in rows if kind in chosen and now - told_at < FRESH]
    back = last_day_away and last_day_away + timedelta(days=1)
    groups = {
        choices.NOW: [pk for pk, mail in fresh if mail == choices.NOW and not back],
        choices.DAILY: [pk for pk, mail in fresh if mail == choices.DAILY or (mail == choices.NOW and back)],
    }
    for mail, pks in groups.items():
        if pks and person.email and person.is_active:
            letter = _digest(person, now, back) if mail == choices.DAILY else _letter(person, now)
            Notice.objects.filter(pk__in=pks).update(letter=letter)


def _letter(person, now):
    return Letter.objects.create(person=person, made_at=now, next_at=now)


def _digest(person, now, first):
    """Return the person's digest of the next day that was not sent yet."""
    day, at = next_digest(now, first)
    letter, _ = Letter.objects.get_or_create(person=person, day=day, defaults={"made_at": now, "next_at": at})
    is_gone = letter.sent_at or letter.gave_up_at  # before a clock was set back
    return _digest(person, now, day + timedelta(days=1)) if is_gone else letter
