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
    """Somebody beside oneself: the account, the field they are in (may be empty), whether they type, last heard of."""

    user: object
    field: str
    is_typing: bool
    at: datetime


def call(article: Article, user, *, field: str = "", is_typing: bool = False) -> list[Here]:
    """Note that ``user`` is here, and return who else is.

    One query; at most every ten seconds it is also written down, and who left without a word is forgotten.
    """
    now = timezone.now()
    rows = list(Presence.objects.filter(article=article, at__gt=now - GONE).select_related("user"))
    own = next((row for row in rows if row.user_id == user.pk), None)
    if own is None or now - own.at >= EVERY:
        said = {"field": field[:40], "is_typing": is_typing, "at": now}
        Presence.objects.update_or_create(article=article, user=user, defaults=said)
        Presence.objects.filter(at__lt=now - GONE).delete()
    return [Here(row.user, row.field, row.is_typing, row.at) for row in rows if row.user_id != user.pk]


def leave(article: Article, user) -> None:
    """Note that ``user`` has left. One query."""
    Presence.objects.filter(article=article, user=user).delete()
