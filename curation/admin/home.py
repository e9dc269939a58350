"""Home of the desk: what needs whoever signed in."""

from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils import timezone

from curation.models import Article, ArticleSource, Edition, LogEntry, State, roles
from curation.workflow import deadlines

MOST = 6


@dataclass(frozen=True)
class Queue:
    """Some articles that wait for the same thing: how many, how many of them too long, and those that wait longest."""

    title: str
    help: str
    query: str
    count: int
    late: int
    articles: list
    step: str = ""
    step_label: str = ""


def main_link(column):
    """Return a column (``brand``, ``clean``) of the link of an article's main source: an annotation."""
    main = ArticleSource.objects.filter(article=OuterRef("pk")).plain().order_by("position")
    return Subquery(main.values(f"link__{column}")[:1])


def queues_of(user):
    """Return what needs ``user``, as queues; and what goes out next. At most twelve queries, whatever there is."""
    queues = _filled([queue for queue in _queues(user) if queue.count])
    coming = list(_next(user))
    return {
        "queues": queues,
        "count": sum(queue.count for queue in queues),
        "late": sum(queue.late for queue in queues),
        "next": coming,
        "is_empty": not queues and not coming and not Article.objects.visible_to(user).exists(),
    }


def _queues(user):
    if roles.may(user, "curation.review_article"):
        waiting = Article.objects.visible_to(user).awaiting_review()
        yield _queue(waiting, "To decide", "Sent to review; you approve or ask for changes.", "state=in_review")
    # One's own and nobody's are visible anyway; without that question the database goes by the owner's index.
    own, nobodys = Article.objects.claimed_by(user), Article.objects.unclaimed()
    if not roles.may(user, "curation.write_article"):
        return
    returned = own.filter(state=State.CHANGES_REQUESTED)
    help_words = "Mend them and send them to review again."
    yield _queue(returned, "Changes asked of you", help_words, "state=changes_requested&owner=me")
    yield _queue(own.filter(state=State.DRAFT), "Your drafts", "Yours to finish.", "state=draft&owner=me")
    open_ones = nobodys.filter(state__in=[State.DRAFT, State.IN_REVIEW, State.CHANGES_REQUESTED])
    help_words = "Nobody's yet: claim what you want to write."
    yield _queue(open_ones, "Unclaimed", help_words, "owner=nobody", "claim", "Claim")


def _queue(articles, title, words, query, step="", label=""):
    """Return a queue of ids, those first that have waited longest. Two queries."""
    first = list(articles.order_by("entered_at", "pk").values_list("pk", flat=True)[:MOST])
    counts = articles.aggregate(count=Count("pk"), late=Count("pk", filter=deadlines.waiting("late", timezone.now())))
    return Queue(title, words, f"{query}&o=age", counts["count"], counts["late"], first, step, label)


def _filled(queues):
    """Return queues of ids as queues of what is shown of the articles. Two queries for all, none for no queue."""
    ids = {pk for queue in queues for pk in queue.articles}
    rows = Article.objects.filter(pk__in=ids).with_live().select_related("owner").annotate(brand=main_link("brand"))
    found = {article.pk: article for article in rows.defer("body", "insights", "standfirst")}
    reasons = _reasons([article for article in found.values() if article.state == State.CHANGES_REQUESTED])
    for pk, article in found.items():
        article.reason = reasons.get(pk, "")
    return [replace(queue, articles=[found[pk] for pk in queue.articles if pk in found]) for queue in queues]


def _reasons(articles) -> dict[int, str]:
    """Return why changes were asked for last, by article id. One query, none for no articles."""
    asked = LogEntry.objects.filter(article__in=articles, to_state=State.CHANGES_REQUESTED)
    reasons = asked.exclude(from_state=State.CHANGES_REQUESTED).order_by("pk").values_list("article", "reason")
    return dict(reasons) if articles else {}


def _next(user):
    """Return the Editions whose hour comes next."""
    coming = Edition.objects.scheduled(timezone.now()).order_by("live_from")
    if not roles.may(user, "curation.review_article"):
        coming = coming.filter(Exists(Article.objects.visible_to(user).filter(pk=OuterRef("article"))))
    return coming.only("title", "live_from", "article_id")[:5]
