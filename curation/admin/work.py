"""What needs whoever signed in: the desk's first page."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from curation import roles
from curation.models import Article, ArticleSource, Edition, Logged, State

MOST = 10


@dataclass(frozen=True)
class Pile:
    """Some articles that wait for the same thing: how many there are, and the first of them."""

    title: str
    help: str
    query: str
    count: int
    articles: list
    step: str = ""
    step_label: str = ""


def since():
    """When an article entered its state, from the log: an annotation."""
    entered = Logged.objects.filter(article=OuterRef("pk"), to_state=OuterRef("state")).exclude(
        from_state=OuterRef("state")
    )
    return Subquery(entered.order_by("-id").values("at")[:1])


def main_brand():
    """The brand of an article's main source: an annotation."""
    main = ArticleSource.objects.filter(article=OuterRef("pk"), role=ArticleSource.Role.SOURCE)
    return Subquery(main.order_by("position").values("link__brand")[:1])


def work(user):
    """What needs ``user``, as piles; and what goes out next. At most eleven queries, whatever there is."""
    mine = Article.objects.visible_to(user)
    piles = []
    if roles.may(user, "curation.review_article"):
        piles.append(
            _pile(
                mine.awaiting_review(),
                "To decide",
                "Sent to review; you approve or ask for changes.",
                "state=in_review",
            )
        )
    own = mine.claimed_by(user)
    piles += [
        _pile(
            own.filter(state=State.CHANGES_REQUESTED),
            "Changes asked of you",
            "Mend them and send them to review again.",
            "state=changes_requested&owner=me",
        ),
        _pile(own.filter(state=State.DRAFT), "Your drafts", "Yours to finish.", "state=draft&owner=me"),
        _pile(
            mine.unclaimed().exclude(state__in=[State.APPROVED, State.DECLINED]),
            "Unclaimed",
            "Nobody's yet: claim what you want to write.",
            "owner=nobody",
            "claim",
            "Claim",
        ),
    ]
    return {
        "piles": [pile for pile in piles if pile.count],
        "count": sum(pile.count for pile in piles),
        "next": list(_next(user)),
    }


def _pile(articles, title, words, query, step="", label=""):
    """The oldest first: who has waited longest."""
    rows = articles.select_related("owner").annotate(since=since(), brand=main_brand()).defer("body", "insights")
    return Pile(title, words, query, articles.count(), list(rows.order_by("pk")[:MOST]), step, label)


def _next(user):
    """The Editions whose hour comes next."""
    coming = Edition.objects.scheduled(timezone.now()).filter(article__in=Article.objects.visible_to(user))
    return coming.order_by("live_from").only("title", "live_from", "article_id")[:5]
