"""Suggestions for an article: topics, offerings, and what is told already; a panel of its own address.

What somebody put aside (``curation.dismissals``) is not offered again: it is shown struck through, and can be shown
again. To pin an offering is to make it the first related one of the article: readers see offerings in that order, so
there is no second order beside it, and whoever moves another up has unpinned it. Pinning needs no address of its own:
the script adds the offering to the form's list and moves it up there, and it is saved as all that is in the form.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.db.models.functions import Substr
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from curation import suggestions
from curation.admin.json_responses import in_json
from curation.editing import dismissals
from curation.models import ArticleOffering, Dismissal, Tally
from curation.suggestions import Likeness, OfferingSuggestion, TopicSuggestion
from curation.text import prose
from offerings.request_values import whole_number

MOST = 5
OPENING = 1_500  # characters of a body that are shown beside another
TEMPLATE = "admin/curation/article/panels/suggestions.html"


@dataclass(frozen=True)
class Offer:
    """One suggestion as the panel shows it; ``used`` counts the live Editions that have the thing.

    ``dismissal`` tells who put it aside, where somebody did.
    """

    pk: int
    text: str
    note: str
    hue: int | None
    reason: str
    used: int
    dismissal: Dismissal | None = None


@dataclass(frozen=True)
class Suggested:
    """One list of the panel: the name of its field, what it is a list of, and its key.

    ``hidden`` were put aside; ``first`` is the name of the related offering that stands first, for offerings only.
    """

    name: str
    kind: str
    label: str
    keys: str
    offers: list[Offer]
    hidden: list[Offer]
    first: str = ""


@dataclass(frozen=True)
class AlreadyTold:
    """An article that may have told this already; ``opening`` is empty for somebody who may not open it.

    ``may_add`` says whether they may make the link of the article at hand a further source of it.
    """

    likeness: Likeness
    may_open: bool
    may_add: bool = False
    opening: str = ""
    dismissal: Dismissal | None = None


def urls(desk):
    """Return the addresses of an article's suggestions; ``desk`` is the admin of articles."""
    given = {"desk": desk}
    return [
        path("<int:pk>/suggestions/", desk.admin_site.admin_view(panel), given, name="curation_article_suggestions"),
        path("<int:pk>/suggestions/<slug:wish>/", settle, given, name="curation_article_suggestions_do"),
    ]


@require_GET
def panel(request, pk, desk):
    """Show the suggestions: alone for the script that asks for them, else as a page that works without one."""
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    given = context(request, article, desk)
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, f"{TEMPLATE}#panel", given)
    page = desk.admin_site.each_context(request) | {"title": "Suggestions", "subtitle": str(article), "is_page": True}
    return render(request, TEMPLATE, page | given)


@require_POST
@in_json
def settle(request, pk, wish, desk):
    """Put suggestions aside (``hide``) or offer them again (``show``): ids as ``topic``, ``offering``, ``other``.

    200 ``{status: "hidden" | "shown", count}``, where ``count`` is how many were not so before.
    """
    article = get_object_or_404(desk.get_queryset(request), pk=pk)
    if not desk.has_change_permission(request, article):
        raise PermissionDenied
    if wish not in ("hide", "show"):
        raise Http404
    sent = [(kind, whole_number(one)) for kind in dismissals.KINDS for one in request.POST.getlist(kind)]
    things = [(kind, pk) for kind, pk in sent if pk is not None]
    if wish == "hide":
        return JsonResponse({"status": "hidden", "count": dismissals.hide(article, things, by=request.user)})
    return JsonResponse({"status": "shown", "count": dismissals.show(article, things)})


def context(request, article, desk) -> dict:
    """Return what the panel shows. Some forty queries.

    Five topics and five offerings at most that are not there already and that nobody put aside, what was put aside of
    what suggests itself, and what is told already.
    """
    gone = dismissals.dismissals_of(article)
    topics = [one for one in suggestions.topics(article) if not one.is_taken]
    offerings = [one for one in suggestions.offerings(article) if not one.is_taken]
    used = _used([one.topic.pk for one in topics], [one.offering.pk for one in offerings])
    told = _articles_alike(request, article, desk, gone)
    same = [one for one in told if one.likeness.is_same]
    may_write = desk.has_change_permission(request, article)
    return {
        "article": article,
        "may_write": may_write,
        "lists": [
            _suggested("topic_list", "topic", "Alt+Shift+T", [_topic(one, used, gone) for one in topics]),
            _suggested(
                "offering_list",
                "offering",
                "Alt+Shift+O",
                [_offering(one, used, gone) for one in offerings],
                _first(article),
            ),
        ],
        "opening": prose.text(article.body[:OPENING]),
        "told": [one for one in same if one.dismissal is None],
        "not_told": [one for one in same if one.dismissal is not None],
        "related": [one for one in told if not one.likeness.is_same and one.dismissal is None][:MOST],
        "link": _main_link(article) if may_write and same else "",
    }


def _suggested(name, kind, keys, offers, first=""):
    open_ones = [one for one in offers if one.dismissal is None][:MOST]
    hidden = [one for one in offers if one.dismissal is not None]
    return Suggested(name, kind, f"{kind.capitalize()}s", keys, open_ones, hidden, first)


def _first(article):
    """Return the name of the related offering that stands first beside the article. One query."""
    related = article.article_offerings.filter(role=ArticleOffering.Role.RELATED).order_by("position")
    return related.values_list("offering__name", flat=True).first() or ""


def _main_link(article):
    """Return the clean address of the article's main source. One query."""
    return article.article_sources.main().values_list("link__cleaned", flat=True).first() or ""


def _topic(one: TopicSuggestion, used, gone):
    topic, thing = one.topic, ("topic", one.topic.pk)
    return Offer(topic.pk, topic.name, "", topic.taxonomy.hue, one.reason, used.get(thing, 0), gone.get(thing))


def _offering(one: OfferingSuggestion, used, gone):
    offering, thing = one.offering, ("offering", one.offering.pk)
    maker = offering.institution.name if offering.institution_id else ""
    return Offer(offering.pk, offering.name, maker, None, one.reason, used.get(thing, 0), gone.get(thing))


def _used(topics, offerings) -> dict[tuple[str, int], int]:
    """Return how many live Editions have each thing, as the tallies say. One query."""
    of_topics = Q(kind=Tally.Kind.TOPIC, key__in=[str(pk) for pk in topics])
    of_offerings = Q(kind=Tally.Kind.OFFERING, key__in=[str(pk) for pk in offerings])
    rows = Tally.objects.filter(of_topics | of_offerings, month="").values_list("kind", "key", "count")
    return {(kind, whole_number(key)): count for kind, key, count in rows}


def _articles_alike(request, article, desk, gone) -> list[AlreadyTold]:
    """Return articles like this one, the most alike first; beginnings of what this person may open. One query more."""
    found = suggestions.similar(article, related=True)
    opened = desk.get_queryset(request).filter(pk__in=[one.article.pk for one in found])
    openings = dict(opened.annotate(opening=Substr("body", 1, OPENING)).values_list("pk", "opening"))

    def told(one):
        pk = one.article.pk
        may_add = pk in openings and desk.has_change_permission(request, one.article)
        return AlreadyTold(one, pk in openings, may_add, prose.text(openings.get(pk, "")), gone.get(("other", pk)))

    return [told(one) for one in found]
