"""Presence of people in an article just now. Never a lock: people see each other, and saving sorts out the rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from curation.models import Article, Presence

#: Pages call this often; a caller who was written down later than this ago is not written down again.
EVERY = timedelta(seconds=10)
#: After so long without a call, somebody is not here any more (a call and a half, and a slow network).
GONE = timedelta(seconds=25)


@dataclass(frozen=True)
class Here:
    """Somebody beside oneself: the account, the field they are in (may be empty), whether they type, last heard of.

    Who ``is_reading`` has it open for deciding.
    """

    user: object
    field: str
    is_typing: bool
    at: datetime
    is_reading: bool = False


def call(article: Article, user, *, field: str = "", is_typing: bool = False, is_reading: bool = False) -> list[Here]:
    """Note that ``user`` is here, and return who else is. Who writes in one window and reads in another is writing.

    One query; at most every ten seconds it is also written down, and who left without a word is forgotten.
    """
    now = timezone.now()
    rows = list(Presence.objects.filter(article=article, at__gt=now - GONE).select_related("user"))
    own = next((row for row in rows if row.user_id == user.pk), None)
    if own is None or _is_news(own, now, is_reading):
        said = {"field": field[:40], "is_typing": is_typing, "is_reading": is_reading, "at": now}
        Presence.objects.update_or_create(article=article, user=user, defaults=said)
        Presence.objects.filter(at__lt=now - GONE).delete()
    return [Here(row.user, row.field, row.is_typing, row.at, row.is_reading) for row in rows if row.user_id != user.pk]


def _is_news(own, now, is_reading):
    """Return whether a call says what is not written down: it is long ago, or they begin to write."""
    if own.is_reading != is_reading:
        return own.is_reading
    return now - own.at >= EVERY


def leave(article: Article, user, *, is_reading: bool = False) -> None:
    """Note that ``user`` has left the window in which they wrote, or read. One query."""
    Presence.objects.filter(article=article, user=user, is_reading=is_reading).delete()


def readers_of(articles, user) -> dict[int, list[Here]]:
    """Return who else reads any of some articles (a queryset) to decide on it, by article id. One query."""
    rows = Presence.objects.filter(is_reading=True, at__gt=timezone.now() - GONE, article__in=articles.values("pk"))
    found = {}
    for row in rows.exclude(user=user).select_related("user").order_by("user")[:_READERS]:
        found.setdefault(row.article_id, []).append(Here(row.user, row.field, False, row.at, True))
    return found


_READERS = 200  # more people than read at a time in any newsroom
