"""A person's feed of the calendar: its secret address, and what they may see as events, at the time it is read."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from curation.models import Article, CalendarFeed, Edition, LogEntry, NoticeCursor
from curation.text import dates
from curation.text.secrets import is_right, new_secret
from curation.workflow import entry

from .entries import closing

BEFORE, AFTER = timedelta(days=31), timedelta(days=400)  # what is in the feed, on both sides of today
MOST = 500  # events of a kind
_HOURLY = timedelta(hours=1)


@dataclass(frozen=True)
class Event:
    """An event: a whole day of the newsroom's, or an instant. ``uid`` stays the same and ``sequence`` rises."""

    uid: str
    sequence: int
    changed_at: datetime
    title: str
    begins: date | datetime
    address: str

    @property
    def is_plan(self) -> bool:
        """True of a day that is planned: nothing goes out then by itself."""
        return not isinstance(self.begins, datetime)


# The address ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def renew(person) -> str:
    """Make a person's feed, or another address for it, and return its path, which is told here only.

    The address before it ends. Three queries.
    """
    key, secret, digest = new_secret()
    given = {"key": key, "digest": digest, "at": timezone.now(), "read_at": None}
    CalendarFeed.objects.update_or_create(person=person, defaults=given)
    LogEntry.note("added", person, about="an address of the calendar feed")
    return reverse("calendar-feed", args=[key, secret])


def revoke(person) -> bool:
    """End a person's feed; return whether there was one. Two queries."""
    was_there, _ = CalendarFeed.objects.filter(person=person).delete()
    if was_there:
        LogEntry.note("deleted", person, about="the address of the calendar feed")
    return bool(was_there)


def feed_of(person) -> CalendarFeed | None:
    """Return a person's feed, if they have one. One query."""
    return CalendarFeed.objects.filter(person=person).first()


def reader_of(key: str, secret: str):
    """Return whose feed a key and its secret open; None for anything else, and for whoever may not come in any more."""
    feed = CalendarFeed.objects.select_related("person").filter(key=key).first()
    if not (is_right(secret, feed and feed.digest) and entry.may_enter(feed.person)):
        return None
    _note(feed, timezone.now())
    return feed.person


def _note(feed, now):
    """Keep when it was read last, not for every reading. One query an hour."""
    if feed.read_at is None or now - feed.read_at > _HOURLY:
        CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)


# The events -----------------------------------------------------------------------------------------------------------


def state_of(person, now: datetime) -> str:
    """Return a mark that differs whenever ``events_of`` may: nothing is read for it but the ends of two indexes.

    All that is told there is changed by steps, which are logged; an edit that goes on moves its row's hour, and a
    machine may log in the past, so the newest row and the newest hour are both asked for. What was begun before them
    may still be written for some minutes: until then the mark is another one each minute. Three queries.
    """
    newest = LogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    latest = LogEntry.objects.order_by("-at").values_list("at", flat=True).first()
    settling = now.replace(second=0, microsecond=0) if latest and now - latest < NoticeCursor.LAG else None
    rights = sorted(person.get_all_permissions()), person.is_superuser
    facts = person.pk, rights, newest, latest, settling, dates.local(now).date(), settings.TIME_ZONE, settings.SITE_URL
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def events_of(person, now: datetime) -> list[Event]:
    """Return what a person may see now: plans, what goes out or went out, ends; of each kind ``MOST`` at most.

    What is to come has its place first, the next before what is later, and then what was, the newest first. Two
    queries for each kind, along indexes by time.
    """
    seen, today = Article.objects.visible_to(person), dates.local(now).date()
    start, end = dates.midnight(today - BEFORE), dates.midnight(today + AFTER)
    changed = LogEntry.objects.filter(article=OuterRef("pk")).order_by("-pk").values("at")[:1]
    plans = seen.planned().filter(planned_on__range=(today - BEFORE, today + AFTER))
    plans = plans.annotate(changed_at=Subquery(changed)).only(*_OF_PLAN)
    opening = _rows(
        Edition.objects.filter(live_from__gte=start, live_from__lt=end, live_until__gt=F("live_from")), seen
    )
    ends = _rows(closing(start, end), seen)
    return [
        *map(_plan, _around(plans, "planned_on", today)),
        *(_event("edition", "Goes out", one, one.live_from) for one in _around(opening, "live_from", now)),
        *(_event("end", "Ends", one, one.live_until) for one in _around(ends, "live_until", now)),
    ]


def _around(rows, column, now):
    """Return ``MOST`` rows of a queryset by a column of time: what is to come, the next first; then what was."""
    coming = list(rows.filter(**{f"{column}__gte": now}).order_by(column, "pk")[:MOST])
    left = MOST - len(coming)
    return coming + list(rows.filter(**{f"{column}__lt": now}).order_by(f"-{column}", "-pk")[:left] if left else ())


_OF_PLAN = ("title", "edit", "planned_on", "created_at")


def _rows(editions, seen):
    changed = LogEntry.objects.filter(article=OuterRef("article")).order_by("-pk").values("at")[:1]
    mine = editions.filter(Exists(seen.order_by().filter(pk=OuterRef("article"))))
    rows = mine.annotate(changed_at=Subquery(changed), edit=F("article__edit"))
    return rows.only("title", "live_from", "live_until", "article_id", "pressed_at")


def _plan(article):
    words = f"Planned: {article}"
    return Event(
        _uid("plan", article.pk),
        article.edit,
        article.changed_at or article.created_at,
        words,
        article.planned_on,
        _card(article.pk),
    )


def _event(kind, verb, edition, at):
    changed_at, words = edition.changed_at or edition.pressed_at, f"{verb}: {edition.title}"
    return Event(_uid(kind, edition.pk), edition.edit, changed_at, words, at, _card(edition.article_id))


def _uid(kind, pk):
    return f"{kind}-{pk}@{urlsplit(settings.SITE_URL).hostname}"


def _card(pk):
    return settings.SITE_URL + reverse("admin:curation_article_card", args=[pk])
