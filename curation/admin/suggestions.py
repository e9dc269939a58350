"""What suggests itself for an article: topics, offerings, and what is told already; a panel of its own address."""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Substr
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_GET

from curation import prose, suggestions
from curation.models import Tally
from curation.suggestions import Likeness, OfferingSuggestion, TopicSuggestion

MOST = 5
OPENING = 1_500  # characters of a body that are shown beside another
TEMPLATE = "admin/curation/article/suggestions.html"


@dataclass(frozen=True)
class Offer:
    """One suggestion as the panel shows it; ``used`` counts the live Editions that have the thing."""

    pk: int
    text: str
    note: str
    hue: int | None
    reason: str
    used: int


@dataclass(frozen=True)
class Told:
    """An article that may have told this already; ``opening`` is empty for somebody who may not open it."""

    likeness: Likeness
    may_open: bool
    opening: str = ""


def urls(desk):
    """The address of an article's suggestions; ``desk`` is the admin of articles."""
    view = desk.admin_site.admin_view(panel)
    return [path("<int:pk>/suggestions/", view, {"desk": desk}, name="curation_article_suggestions")]


@require_GET
def panel(request, pk, desk):
    """The suggestions: alone for the script that asks for them, else as a page that works without one."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    given = context(request, article, desk)
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, f"{TEMPLATE}#panel", given)
    page = desk.admin_site.each_context(request) | {"title": "Suggestions", "subtitle": str(article), "is_page": True}
    return render(request, TEMPLATE, page | given)


def context(request, article, desk) -> dict:
    """What the panel shows: at most five topics and five offerings that are not there already. Some thirty queries."""
    topics = [one for one in suggestions.topics(article) if not one.is_taken][:MOST]
    offerings = [one for one in suggestions.offerings(article) if not one.is_taken][:MOST]
    used = _used([one.topic.pk for one in topics], [one.offering.pk for one in offerings])
    told = _told(request, article, desk)
    return {
        "article": article,
        "may_write": desk.has_change_permission(request, article),
        "lists": [
            ("topic_list", "Topics", "Alt+Shift+T", [_topic(one, used) for one in topics]),
            ("offering_list", "Offerings", "Alt+Shift+O", [_offering(one, used) for one in offerings]),
        ],
        "opening": prose.text(article.body[:OPENING]),
        "told": [one for one in told if one.likeness.is_same],
        "related": [one for one in told if not one.likeness.is_same][:MOST],
    }


def _topic(one: TopicSuggestion, used):
    topic = one.topic
    return Offer(topic.pk, topic.name, "", topic.taxonomy.hue, one.reason, used.get(("topic", topic.pk), 0))


def _offering(one: OfferingSuggestion, used):
    offering = one.offering
    maker = offering.institution.name if offering.institution_id else ""
    return Offer(offering.pk, offering.name, maker, None, one.reason, used.get(("offering", offering.pk), 0))


def _used(topics, offerings) -> dict[tuple[str, int], int]:
    """How many live Editions have each thing, as the tallies say. One query."""
    of_topics = Q(kind=Tally.Kind.TOPIC, key__in=[str(pk) for pk in topics])
    of_offerings = Q(kind=Tally.Kind.OFFERING, key__in=[str(pk) for pk in offerings])
    rows = Tally.objects.filter(of_topics | of_offerings, month="").values_list("kind", "key", "count")
    return {(kind, int(key)): count for kind, key, count in rows}


def _told(request, article, desk) -> list[Told]:
    """What is like the article, the most alike first; beginnings only of what this person may open. One query more."""
    found = suggestions.similar(article, related=True)
    opened = desk.get_queryset(request).filter(pk__in=[one.article.pk for one in found])
    openings = dict(opened.annotate(opening=Substr("body", 1, OPENING)).values_list("pk", "opening"))
    return [Told(one, one.article.pk in openings, prose.text(openings.get(one.article.pk, ""))) for one in found]
