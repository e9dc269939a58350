"""The newsroom around somebody's own work: what goes out next, which links are being read, and what was done today."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Subquery

from curation.models import Article, ArticleSource, Edition, Harvest, LogEntry
from curation.models.querysets import ALL, NONE, sight_of
from curation.sql import compiled_queries

from . import deeds

_NEXT, _TODAY, _READ = 5, 12, 4  # rows that are shown
_LOOKED_AT = 300  # entries of the log: an import writes thousands a minute
_FRESH = timedelta(hours=12)  # a link that was read longer ago is no news


def coming(user, now: datetime) -> list[Edition]:
    """Return the Editions whose hour comes next, each with the deed that approved it (``approval``). One query."""
    rows = _asked("coming", _coming, user, now=now)
    for edition in rows:
        edition.approval = deeds.deed(edition.approval)
    return rows


def _asked(name, build, user, **given):
    """Return what a question of this page, compiled once for each sight of the newsroom, finds for ``user``."""
    sight = sight_of(user)
    if sight == NONE:
        return []
    given |= {} if sight == ALL else {"person": user.pk}
    return compiled_queries.objects((name, sight), lambda **v: build(sight, **v), **given)


def _in_sight(rows, sight, person):
    """Return those rows beside an ``article`` whose article ``person`` may see."""
    if sight == ALL:
        return rows
    return rows.filter(Exists(Article.objects.in_sight(sight, person).filter(pk=OuterRef("article"))))


def _coming(sight, now, person=None):
    editions = _in_sight(Edition.objects.scheduled(now).order_by("live_from", "pk"), sight, person)
    approved = LogEntry.objects.filter(step="approve", version=OuterRef("version"))
    return editions.annotate(approval=deeds.newest(approved)).only("title", "live_from", "article_id")[:_NEXT]


_OF_LOG = (
    *("step", "at", "actor", "from_state", "to_state", "details"),
    *("article__title", "edition__number", "edition__live_from"),
)
_PERSON = tuple(f"by__{name}" for name in ("username", "first_name", "last_name"))


def today(user, since: datetime) -> list[LogEntry]:
    """Return the newest entries of the log since an instant, of articles that ``user`` may see. One query."""
    return _asked("today", _today, user, since=since)


def _today(sight, since, person=None):
    newest = LogEntry.objects.filter(at__gte=since, article__isnull=False).order_by("-at", "-pk")
    entries = newest.filter(pk__in=newest.values("pk")[:_LOOKED_AT]).select_related("by", "article", "edition")
    return _in_sight(entries, sight, person).only(*_OF_LOG, *_PERSON)[:_TODAY]


def incoming(user, now: datetime) -> list[Harvest]:
    """Return the links that ``user`` gave to be read, newest first: those being read, and what came of the last ones.

    Each names the article (``into``) that it is a source of. One query.
    """
    rows = _asked("incoming", _incoming, user, asked_by=user.pk)
    return [row for row in rows if row.into and now - row.asked_at < _FRESH]


def _incoming(sight, asked_by, person=None):
    into = _in_sight(ArticleSource.objects.filter(link=OuterRef("link")), sight, person)
    asked = Harvest.objects.filter(asked_by=asked_by).order_by("-pk").select_related("link")
    return asked.annotate(into=Subquery(into.order_by("-article").values("article")[:1])).only(*_OF_HARVEST)[:_READ]


_OF_HARVEST = ("state", "asked_at", "begun_at", "ended_at", "code", "words", "kind", "link__brand", "link__cleaned")
