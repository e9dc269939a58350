"""When an article's address changed: its old ones lead to the new one, from the instant that readers can see it."""

from curation.models import Edition
from curation.models.edition import address_of
from offerings import addresses


def follow(opened: dict[int, str], at) -> None:
    """Let every earlier address of these articles lead to the one that just opened: article id → slug.

    No redirect may stand where a page opened. Two queries, and a few more where an address did change.
    """
    addresses.forget_many(address_of(slug) for slug in opened.values())
    seen = Edition.objects.started(at).filter(article__in=opened).values_list("article_id", "slug").order_by()
    old = sorted({(article, slug) for article, slug in seen if slug != opened[article]})
    if old:
        addresses.redirect_many((address_of(slug), address_of(opened[article])) for article, slug in old)
