"""Redirects from an article's earlier addresses to its new one, from the instant that readers can see it."""

from curation.models import Edition
from curation.models.edition import address_of
from offerings import addresses


def follow(opened: dict[int, tuple[int, str]], at) -> None:
    """Redirect every earlier address of these articles to the one that just opened: article id → section id, slug.

    No redirect may stand where a page opened. Two queries, and a few more where an address did change.
    """
    addresses.forget_many(address_of(*place) for place in opened.values())
    seen = Edition.objects.started(at).filter(article__in=opened).order_by().values_list("article", "section", "slug")
    old = sorted({row for row in seen if row[1:] != opened[row[0]]})
    if old:
        addresses.redirect_many((address_of(*place), address_of(*opened[article])) for article, *place in old)
