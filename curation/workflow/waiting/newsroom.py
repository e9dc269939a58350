"""The newsroom around somebody's own work: what goes out next, which links are being read, and what was done today."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from curation.models import Article, ArticleSource, Edition, Harvest, LogEntry, roles
from curation.workflow.actors import REVIEW

from . import deeds

_NEXT, _TODAY, _READ = 5, 12, 4  # rows that are shown
_LOOKED_AT = 300  # entries of the log: an import writes thousands a minute
_FRESH = timedelta(hours=12)  # a link that was read longer ago is no news


def coming(user, now: datetime) -> list[Edition]:
    """Return the Editions whose hour comes next, each with the deed that approved it (``approval``). One query."""
    editions = Edition.objects.scheduled(now).order_by("live_from", "pk")
    if not roles.may(user, REVIEW):
        editions = editions.filter(Exists(Article.objects.visible_to(user).filter(pk=OuterRef("article"))))
    approved = LogEntry.objects.filter(step="approve", version=OuterRef("version"))
    rows = editions.annotate(approval=deeds.newest(approved)).only("title", "live_from", "article_id")[:_NEXT]
    for edition in rows:
        edition.approval = deeds.deed(edition.approval)
    return list(rows)


_OF_LOG = (
    *("step", "at", "actor", "from_state", "to_state", "details"),
    *("article__title", "edition__number", "edition__live_from"),
)
_PERSON = tuple(f"by__{name}" for name in ("username", "first_name", "last_name"))


def today(user, since: datetime) -> list[LogEntry]:
    """Return the newest entries of the log since an instant, of articles that ``user`` may see. One query."""
    newest = LogEntry.objects.filter(at__gte=since, article__isnull=False).order_by("-at", "-pk")
    entries = newest.filter(pk__in=newest.values("pk")[:_LOOKED_AT]).select_related("by", "article", "edition")
    if not roles.may(user, REVIEW):
        entries = entries.filter(Exists(Article.objects.visible_to(user).filter(pk=OuterRef("article"))))
    return list(entries.only(*_OF_LOG, *_PERSON)[:_TODAY])


def incoming(user, now: datetime) -> list[Harvest]:
    """Return the links that ``user`` gave to be read, newest first: those being read, and what came of the last ones.

    Each names the article (``into``) that it is a source of. One query.
    """
    seen = Exists(Article.objects.visible_to(user).filter(pk=OuterRef("article")))
    into = ArticleSource.objects.filter(seen, link=OuterRef("link"))
    asked = Harvest.objects.filter(asked_by=user.pk).order_by("-pk").select_related("link")
    rows = asked.annotate(into=Subquery(into.order_by("-article").values("article")[:1])).only(*_OF_HARVEST)[:_READ]
    return [row for row in rows if row.into and now - row.asked_at < _FRESH]


_OF_HARVEST = ("state", "asked_at", "begun_at", "ended_at", "code", "words", "kind", "link__brand", "link__cleaned")
