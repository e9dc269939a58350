"""The pages that join newsroom and catalogue: front page, topics, offerings, institutions, and what is not there."""

from itertools import groupby
from operator import itemgetter

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe

from curation.models import Tally
from curation.models.people import sections
from curation.publishing import counts, visibility
from curation.site import lists, queries
from curation.site.archive import Archive
from curation.site.forwarding import onward
from curation.site.shapes import Link, Paging
from curation.site.views import HOME, by_letter, moved, section_feed
from curation.sql import compiled_queries
from curation.text import addresses, dates
from medigy.http.refusals import turned_away
from offerings import slugs
from offerings.filters import OfferingFilter
from offerings.models import Institution, Offering, Topic

SECONDS, RIVER = 4, 10
RAIL_TOPICS, RAIL_SOURCES = 6, 7
OFFERINGS_A_PAGE = 30
TOPICS, OFFERINGS, INSTITUTIONS = (
    Link("Topics", reverse_lazy("topics")),
    Link("Offerings", reverse_lazy("offerings")),
    Link("Institutions", reverse_lazy("institutions")),
)


@require_safe
def home(request):
    """Show the front page: one lead, four seconds, a river of briefs by day, and a rail of topics and sources."""
    at = timezone.now()
    stories = queries.cards.newest(lists.ids_of_all(at), 0, 1 + SECONDS + RIVER)
    river, month = stories[1 + SECONDS :], counts.month_of(at)
    recent = counts.totals(Tally.Kind.BRAND, month) or counts.totals(Tally.Kind.BRAND)
    context = {
        "nav": "",
        "title": "Front page",
        "description": "Healthcare innovation, read closely and told briefly.",
        "feeds": _feeds(),
        "lead": stories[0] if stories else None,
        "seconds": stories[1 : 1 + SECONDS],
        "days": [_day(*group) for group in groupby(river, lambda story: story.iso[:10])],
        "topics": _topics_by_taxonomy(RAIL_TOPICS),
        "sources": [Link(b, addresses.source(b), count) for b, count in list(recent.items())[:RAIL_SOURCES]],
        "offerings": queries.offerings.connected(timezone.now()),
        "older": Link("More briefs", _first_section().base_path) if len(river) == RIVER else None,
    }
    return render(request, "medigy/home.html", context)


def _feeds():
    """Return the feeds of all sections."""
    return [section_feed(section) for section in sections().values()]


def _first_section():
    """Return the section that the front page leads on to."""
    return next(iter(sections().values()))


def _day(iso, stories):
    """Return a day of the river: its weekday, its date, its stories."""
    day = dates.datetime.fromisoformat(iso)
    return dates.WEEKDAYS[day.weekday()], f"{day.day} {dates.MONTHS[day.month - 1]}", list(stories)


def _topics_by_taxonomy(most=None):
    """Return topics that have live articles by taxonomy: label, hue, links to the ``most`` busiest. Two queries."""
    by_topic = counts.totals(Tally.Kind.TOPIC)
    found = {}
    for pk, label, slug, hue, taxonomy in compiled_queries.rows(("topics by taxonomy",), _all_topics):
        if count := by_topic.get(str(pk)):
            found.setdefault((taxonomy or "Topics", f"hue-{hue}"), []).append((count, label, slug))
    return [(*group, [_topic_link(*topic) for topic in _busiest(rows)[:most]]) for group, rows in found.items()]


def _busiest(rows):
    """Return rows that begin with a count, the highest first."""
    return sorted(rows, key=itemgetter(0), reverse=True)


def _topic_link(count, label, slug):
    return Link(label, slugs.topic_address(slug), count)


def _all_topics():
    rows = Topic.objects.standing().for_choices()
    return rows.values_list("pk", "label", "slug", "taxonomy__hue", "taxonomy__name")


@require_safe
def topics(request):
    """Show every topic, by taxonomy, from A to Z."""
    groups = [
        (label, hue, sorted(links, key=lambda link: link.label.casefold().lstrip("#")))
        for label, hue, links in _topics_by_taxonomy()
    ]
    context = {"nav": "topics", "title": "Topics", "crumbs": [HOME, Link("Topics", "")], "taxonomies": groups}
    return render(request, "medigy/topic_list.html", context)


@require_safe
def topic(request, slug, year=None, month=None):
    """Show one topic: its newest articles or those of a month, the offerings filed there, its neighbours."""
    found = queries.topics.find(slug)
    if found is None:
        raise Http404("no such topic")
    archive = Archive.of_thing(found.url, Tally.Kind.TOPIC, found.pk)
    ids = lists.ids_about(found.pk, timezone.now())
    if year is None:
        leaf = lists.newest(ids, archive, lists.page_number(request), topics=None)
    else:
        leaf = lists.in_month(ids, archive, year, month, lists.page_number(request), topics=None)
    near = queries.topics.neighbours(leaf.stories, but=found.url)
    queries.topics.trim(leaf.stories, but=found.url)
    label = dates.month(year, month) if year else found.label
    crumbs = [HOME, TOPICS, Link(found.label, found.url), Link(label, "")] if year else [HOME, TOPICS, Link(label, "")]
    context = {
        "nav": "topics",
        "title": f"{found.label}, {label}" if year else found.label,
        "description": found.description or f"Briefs on {found.label}, newest first.",
        "crumbs": crumbs,
        "feeds": [Link(f"Briefs on {found.label}", addresses.feed(found.url)), *_feeds()],
        "topic": found,
        "briefs": archive.total,
        "since": archive.months[-1][:4] if archive.months else "",
        "stories": leaf.stories,
        "paging": leaf.paging,
        "months": archive.links() if len(archive.months) > 1 else [],
        "here": archive.address(f"{year:04}-{month:02}") if year else "",
        "offerings": queries.offerings.about(found),
        "near": near[:6],
        "pulse": pulse(archive.counts, timezone.now()),
    }
    return render(request, "medigy/topic_detail.html", context)


def pulse(by_month, now, months=24, height=64):
    """Return bars of the last two years: label, count, and where each bar stands in a drawing ``height`` units high."""
    here = dates.local(now)
    last = here.year * 12 + here.month - 1
    shown = [divmod(number, 12) for number in range(last - months + 1, last + 1)]
    counted = [by_month.get(f"{year:04}-{month + 1:02}", 0) for year, month in shown]
    most = max(counted, default=0)
    if not most:
        return []
    bars = [round(height * count / most) for count in counted]
    return [
        {
            "label": f"{dates.MONTHS[month][:3]} {year:04}",
            "count": count,
            "x": round(4 + place * 16.5, 1),
            "y": height + 12 - bar,
            "height": bar,
        }
        for place, ((year, month), count, bar) in enumerate(zip(shown, counted, bars, strict=True))
    ]


@require_safe
def offerings(request):
    """Show every offering, from A to Z, or those that the filters ask for."""
    asked = lists.asked_of(request, OfferingFilter)
    shown, known = Offering.objects.in_use().order_by("name", "pk"), visibility.topics(timezone.now())
    filters = OfferingFilter(request.GET if asked else None, shown, topics=known)
    number = lists.page_number(request)
    start = (number - 1) * OFFERINGS_A_PAGE
    cards = queries.offerings.cards_in(filters.found[start : start + OFFERINGS_A_PAGE + 1])
    if number > 1 and not cards:
        raise Http404("the list ends before this page")
    context = {
        "nav": "offerings",
        "title": "Offerings",
        "crumbs": [HOME, Link("Offerings", "")],
        "cards": cards[:OFFERINGS_A_PAGE],
        "paging": _by_number(request, number, len(cards) > OFFERINGS_A_PAGE),
        "filters": filters,
        "active": lists.without_each(request, asked, filters.labels),
        "query": asked.get("q", ""),
        "noindex": bool(asked),
    }
    return render(request, "offerings/offering_list.html", context)


def _by_number(request, number, more):
    """Return the paging of a list in the query string."""
    address = lists.paged_address(request)
    newer = Link("Previous page", address(number - 1)) if number > 1 else None
    return Paging(number, newer, Link("Next page", address(number + 1)) if more else None)


@require_safe
def offering(request, slug):
    """Show one offering, and the articles that name it."""
    found = queries.offerings.find(slug)
    if found is None:
        raise Http404("no such offering")
    leaf = lists.leafed(lists.ids_naming(found.pk, timezone.now()), request)
    context = {
        "nav": "offerings",
        "title": found.name,
        "description": found.summary,
        "crumbs": [HOME, OFFERINGS, Link(found.name, "")],
        "offering": found,
        "stories": leaf.stories,
        "paging": leaf.paging,
        "near": queries.offerings.near(found),
    }
    return render(request, "medigy/offering_detail.html", context)


@require_safe
def institutions(request):
    """Show every institution, from A to Z, with the number of its offerings."""
    rows = Institution.objects.in_use().with_counts().order_by("name")
    links = [Link(row.name, row.get_absolute_url(), row.offering_count) for row in rows]
    context = {"nav": "institutions", "title": "Institutions", "groups": by_letter(links)}
    return render(request, "offerings/institution_list.html", context | {"crumbs": [HOME, Link("Institutions", "")]})


@require_safe
def institution(request, slug):
    """Show one institution, what it offers, and the articles that name one of its offerings."""
    found = get_object_or_404(Institution, slug=slug)
    mine = found.offerings.in_use().order_by("name")
    context = {
        "nav": "institutions",
        "title": found.name,
        "description": found.summary,
        "crumbs": [HOME, INSTITUTIONS, Link(found.name, "")],
        "institution": {
            "name": found.name,
            "summary": found.summary,
            "website": website(found.website),
        },
        "cards": queries.offerings.cards_in(mine),
        "stories": queries.cards.newest(lists.ids_naming_any_of(found.pk, timezone.now()), 0, 10),
    }
    return render(request, "offerings/institution_detail.html", context)


def website(address):
    """Return a link to somebody's site, labelled by its host; None where it is no site's address."""
    return queries.cards.outward(address)


@require_safe
def about(request):
    """Say how this newsroom works."""
    return render(request, "medigy/about.html", {"nav": "about", "title": "About", "crumbs": [HOME, Link("About", "")]})


# Pages that are not there ------------------------------------------------------------------------------------------


def not_found(request, exception=None):
    """Answer an address where nothing lives: its proper spelling, where it moved, or a helpful 404.

    Every address, with or without its slash and in any case, reaches its page in one step; a live page always wins.
    """
    if answer := _properly_written(request):
        return answer
    target = onward(request.path)
    return moved(request, target) if target else missing(request)


def _properly_written(request):
    """Return a redirect to the address with its slash, or in lower case, where that is a page; else None.

    The slash alone comes first: some addresses (one-time links) mean their capitals.
    """
    asked, bare = request.path, request.path.rstrip("/")
    for proper in (f"{bare}/", f"{bare.lower()}/", bare.lower()):
        if proper == asked or request.method not in ("GET", "HEAD"):
            continue
        try:
            match = resolve(proper)
        except Resolver404:
            continue
        if answer := _answer_of(request, match, proper):
            return answer
    return None


def _answer_of(request, match, proper):
    """Return the redirect to the page at ``proper``, or to where that sends itself; None if it is no page."""
    if match.app_names[:1] == ["admin"]:
        return moved(request, proper) if match.url_name else None  # without a name: the desk takes any address
    asked = request.path
    try:
        request.path = request.path_info = proper
        answer = match.func(request, *match.args, **match.kwargs)
    except Http404:
        request.path = request.path_info = asked
        return None
    return answer if answer.status_code in (301, 302, 410) else moved(request, proper)


def missing(request):
    """Show the helpful 404: search, topics and the newest articles; at the desk, the way back to it."""
    if turned_away.is_at_desk(request):
        return turned_away.missing(request)
    stories = queries.cards.newest(lists.ids_of_all(timezone.now()), 0, 5)
    busiest = sorted((link for *_, links in _topics_by_taxonomy(12) for link in links), key=lambda link: -link.count)
    context = {"nav": "", "title": "Page not found", "newest": stories, "topics": busiest[:12], "noindex": True}
    return render(request, "404.html", context, status=404)


def forbidden(request, exception=None):
    """Show the 403: for a colleague at the desk who has the right, for anybody else the way on."""
    if turned_away.is_at_desk(request):
        return turned_away.forbidden(request, exception)
    return render(request, "403.html", status=403)
