"""The shelf beside the calendar: briefs that could go out and are planned for no day, the most urgent first."""

from dataclasses import dataclass, field

from django.db.models import Q

from curation.models import Article, ArticleTopic, State
from curation.sql import compiled_queries

SHOWN = 30
#: States of what could go out soon: what waits for a decision, and what is approved.
READY = (State.APPROVED, State.IN_REVIEW)


@dataclass
class Shelf:
    """Briefs that are not planned: the most urgent with their topics, and how many there are."""

    articles: list[Article] = field(default_factory=list)
    topics: dict[int, list] = field(default_factory=dict)
    count: int = 0

    @property
    def more(self) -> int:
        """The number of those that are not shown."""
        return self.count - len(self.articles)


def shelf_of(articles) -> Shelf:
    """Return the shelf of some articles, a queryset. Three queries along an index, four where there are thousands."""
    ready = articles.filter(waiting())
    pks = list(ready.by_urgency().values_list("pk", flat=True)[:_COUNTED])
    count = len(pks) if len(pks) < _COUNTED else ready.order_by().count()
    pks = pks[:SHOWN]
    known = {one.pk: one for one in compiled_queries.objects(("shelf",), _shown, pks=pks)}
    return Shelf([known[pk] for pk in pks if pk in known], _topics(pks), count)


def _shown(pks):
    return Article.objects.filter(pk__in=pks).with_source().select_related("owner").only(*_OF_SHELF)


_COUNTED = 5_000  # up to so many are counted by what is read


def waiting() -> Q:
    """Return what picks the articles that stand on the shelf."""
    return Q(planned_on__isnull=True, is_pressed=False, state__in=READY)


def _topics(pks):
    filed = {}
    for row in compiled_queries.objects(("topics of the shelf",), _filed, pks=pks):
        filed.setdefault(row.content_object_id, []).append(row.tag)
    return filed


def _filed(pks):
    rows = ArticleTopic.objects.filter(content_object__in=pks).select_related("tag").order_by("position")
    return rows.only("content_object", "position", "tag__name", "tag__label")


_OF_SHELF = (
    *("title", "state", "edit", "entered_at", "revised_by", "due_on", "priority", "is_pressed", "planned_on"),
    *("owner__username", "owner__first_name", "owner__last_name"),
)
