"""Comments that hold an article back, as the checks read them; everything else of them is the discussion's."""

from collections import defaultdict

from curation.models import Comment

_OF_PERSON = ("by__first_name", "by__last_name")


def blocking(articles) -> dict[int, list[str]]:
    """Return who holds back approval of these articles (ids) by open comments: names by article id. One query."""
    found = defaultdict(list)
    open_ones = Comment.objects.filter(article__in=list(articles), blocks=True, resolved_at=None)
    for article, actor, first, last in open_ones.values_list("article_id", "actor", *_OF_PERSON):
        found[article].append(f"{first or ''} {last or ''}".strip() or actor)
    return dict(found)
