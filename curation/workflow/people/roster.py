"""The roster: who works here, with what role, what stands open with each, who is away, and who was last seen when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone

from curation.models import Article, LogEntry

from . import accounts

PER_PAGE = 50


@dataclass(frozen=True)
class Colleague:
    """A line of the roster. ``invited_until`` is set where their link was not used yet."""

    person: object
    role: str
    owned: int
    reviewed: int
    away_until: date | None
    seen: datetime | None
    invited_until: datetime | None


def page_of(is_active: bool, number: int = 1) -> tuple[list[Colleague], bool]:
    """Return a page of open or of closed accounts by name, and whether there is another. Four queries, however many."""
    first = (number - 1) * PER_PAGE
    people = list(_people().filter(is_active=is_active)[first : first + PER_PAGE + 1])
    shown = people[:PER_PAGE]
    owned, reviewed = (_counts(part, shown) for part in ("owner", "reviewer"))
    return [_line(one, owned, reviewed) for one in shown], len(people) > PER_PAGE


def _people():
    newest = LogEntry.objects.filter(by=OuterRef("pk")).order_by("-pk").values("at")[:1]
    found = get_user_model().objects.annotate(
        acted=Subquery(newest),
        first_day=F("absence__first"),
        last_day=F("absence__last"),
        invited_until=F("invitation__until"),
    )
    return found.prefetch_related("groups").order_by("first_name", "last_name", "username", "pk")


def _counts(part, people):
    """Return how much open work stands with each as ``part``. One query, by index."""
    found = Article.objects.unfinished().filter(**{f"{part}__in": people}).order_by()
    return dict(found.values_list(part).annotate(n=Count("pk")))


def _line(person, owned, reviewed):
    today = timezone.localdate()
    is_away = person.first_day and person.first_day <= today <= person.last_day
    seen = max(filter(None, (person.last_login, person.acted)), default=None)
    return Colleague(
        person,
        accounts.role_of(person),
        owned.get(person.pk, 0),
        reviewed.get(person.pk, 0),
        person.last_day if is_away else None,
        seen,
        person.invited_until,
    )
