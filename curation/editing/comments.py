"""Comments that hold an article back, as the checks read them; everything else of them is the discussion's."""

from collections import defaultdict

from curation.models import Comment
from curation.sql import compiled_queries

_OF_PERSON = ("by__first_name", "by__last_name")


def blocking(articles) -> dict[int, list[str]]:
    """Return who holds back approval of these articles (ids) by open comments: names by article id. One query."""
    found = defaultdict(list)
    open_ones = compiled_queries.rows(("blocking comments",), _open, articles=list(articles))
    for article, actor, first, last in open_ones:
        found[article].append(f"{first or ''} {last or ''}".strip() or actor)
    return dict(found)


def _open(articles):
    blocking = Comment.objects.filter(article__in=articles, blocks=True, resolved_at=None)
    return blocking.values_list("article_id", "actor", *_OF_PERSON)
