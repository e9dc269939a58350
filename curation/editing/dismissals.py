"""Dismissed suggestions of an article, kept with who and when, so that they are not offered again.

A thing is ``(kind, id)``: a ``topic``, an ``offering``, or an ``other`` article that does not tell the same story. That
two articles are not the same holds for both, whichever of them it was said of.
"""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from curation.models import Article, Dismissal
from offerings.models import Offering, Topic

KINDS = {"topic": Topic, "offering": Offering, "other": Article}
Thing = tuple[str, int]


def dismissals_of(article: Article) -> dict[Thing, Dismissal]:
    """Return what was put aside for an article, each with its row and its person. One query."""
    rows = Dismissal.objects.filter(Q(article=article) | Q(other=article)).select_related("by").order_by("pk")
    return {_thing(row, article): row for row in rows}


def _thing(row, article):
    if row.topic_id:
        return "topic", row.topic_id
    if row.offering_id:
        return "offering", row.offering_id
    return "other", row.article_id if row.other_id == article.pk else row.other_id


def hide(article: Article, things: Iterable[Thing], *, by) -> int:
    """Put things aside; return how many were not before; what is not there, and the article itself, is passed over.

    Twice is once, also at the same instant. Two queries and one for each kind. Whether ``by`` may is the caller's.
    """
    before = dismissals_of(article)
    new = {thing for thing in things if thing not in before and thing != ("other", article.pk)}
    known = [(kind, pk) for kind, model in KINDS.items() for pk in _there(model, kind, new)]
    at = timezone.now()
    rows = [Dismissal(article=article, by=by, at=at, **{f"{kind}_id": pk}) for kind, pk in known]
    Dismissal.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _there(model, kind, things):
    asked = [pk for of_kind, pk in things if of_kind == kind]
    return model.objects.filter(pk__in=asked).order_by("pk").values_list("pk", flat=True) if asked else ()


def show(article: Article, things: Iterable[Thing]) -> int:
    """Offer things again; return how many were put aside. Two queries, one where none was."""
    before = dismissals_of(article)
    rows = {before[thing].pk for thing in things if thing in before}
    if rows:
        Dismissal.objects.filter(pk__in=rows).delete()
    return len(rows)
