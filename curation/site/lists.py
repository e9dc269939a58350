"""Lists of Editions that readers leaf through: the newest, then month by month, each paged inside itself."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from curation.models import Edition, EditionByline, EditionOffering, EditionTopic, Section
from curation.models.people import section_at
from curation.text import dates
from offerings.request_values import whole_number

from .archive import Archive
from .queries import cards
from .shapes import Link, Paging, Story

MOST_PAGES = 500


def section_or_404(slug: str) -> Section:
    """Return the section at ``/<slug>/``; raises Http404 where there is none. No query."""
    found = section_at(slug)
    if found is None:
        raise Http404("no such section")
    return found


@dataclass
class Leaf:
    """One page of a list: its stories and where it goes on."""

    stories: list[Story]
    paging: Paging


def page_number(request) -> int:
    """Return the page asked for; a number that can be no page is a 404."""
    given = request.GET.get("page", "1")
    number = whole_number(given, most=MOST_PAGES)
    if not number or given.startswith("0"):
        raise Http404("no such page")
    return number


@dataclass(frozen=True)
class Ids:
    """A list that readers leaf through, as a query of Edition ids, newest first: ``build(**given)``.

    Written so that the query can be kept ready (``compiled_queries``): its shape follows from ``build`` alone.
    """

    build: Callable[..., QuerySet]
    given: dict

    def within(self, start, end) -> "Ids":
        """Return the same list between two instants."""
        return Ids(_within(self.build), self.given | {"start": start, "end": end})


@cache
def _within(build):
    """Return the question of ``build``, asked of a span of time."""

    def built(start, end, **given):
        return build(**given).filter(first_published_at__gte=start, first_published_at__lt=end)

    return built


def ids_of_all(at) -> Ids:
    """Return ids of all live Editions."""
    return Ids(_all, {"at": at})


def _all(at):
    return Edition.objects.live(at).newest_first().values("pk")


def ids_in(section, at) -> Ids:
    """Return ids of live Editions of a section (its primary key), by the section's own index."""
    return Ids(_in, {"at": at, "section": section})


def _in(at, section):
    return Edition.objects.live(at).filter(section=section).newest_first().values("pk")


def ids_about(topic, at) -> Ids:
    """Return ids of live Editions filed under a topic (its primary key), by the topic's own index."""
    return Ids(_about, {"at": at, "topic": topic})


def _about(at, topic):
    return _filed(EditionTopic, at).filter(topic=topic)


def _filed(model, at):
    return model.objects.live(at).newest_first().values("edition")


def ids_naming(offering, at) -> Ids:
    """Return ids of live Editions that are about an offering (its primary key) or name it."""
    return Ids(_naming, {"at": at, "offering": offering})


def _naming(at, offering):
    return _filed(EditionOffering, at).filter(offering=offering)


def ids_naming_any_of(institution, at) -> Ids:
    """Return ids of live Editions that name any offering of an institution (its primary key)."""
    return Ids(_naming_any_of, {"at": at, "institution": institution})


def _naming_any_of(at, institution):
    named = EditionOffering.objects.filter(edition=OuterRef("pk"), offering__institution=institution)
    return Edition.objects.live(at).filter(Exists(named)).newest_first().values("pk")


def ids_by(author, at) -> Ids:
    """Return ids of live Editions by an author (the primary key)."""
    return Ids(_by, {"at": at, "author": author})


def _by(at, author):
    return _filed(EditionByline, at).filter(author=author)


def ids_from(brand, at) -> Ids:
    """Return ids of live Editions whose main source is a brand."""
    return Ids(_from, {"at": at, "brand": brand})


def _from(at, brand):
    return Edition.objects.live(at).from_brand(brand).newest_first().values("pk")


def newest(ids: Ids, archive: Archive, page: int = 1, *, topics: int | None = 2) -> Leaf:
    """Return the first and only page of a list; older ones stand under their months, so that no old page ever moves.

    Two queries. Any other page is a 404.
    """
    if page != 1:
        raise Http404("older ones stand under their months")
    stories = cards.newest(ids, 0, cards.PAGE + 1, topics=topics)
    paging = Paging()
    if len(stories) > cards.PAGE:
        stories = stories[: cards.PAGE]
        month = stories[-1].iso[:7]
        paging.older = Link(f"Older: {archive.label(month)}", archive.address(month))
    return Leaf(stories, paging)


def in_month(ids: Ids, archive: Archive, year: int, month: int, page: int, *, topics: int | None = 2) -> Leaf:
    """Return a page of one month; the last leads to the month before, the first to the one after. Two queries."""
    here = f"{year:04}-{month:02}"
    span = ids.within(*bounds(year, month))
    stories, paging = cards.page_of_list(span, page, lambda number: archive.address(here, number), topics=topics)
    if not stories:
        raise Http404("nothing was published in this month")
    older, newer = archive.before(here), archive.after(here)
    paging.older = paging.older or (archive.link(older) if older else None)
    paging.newer = paging.newer or (archive.link(newer) if newer else None)
    return Leaf(stories, paging)


def bounds(year: int, month: int):
    """Return the instants between which a month lies; what can be no month of a newsroom is a 404."""
    if not (1 <= month <= 12 and 1900 <= year <= 9000):
        raise Http404("no such month")
    return dates.bounds(year, month)


def leafed(ids, request) -> Leaf:
    """Return a list paged by its query string, keeping what else the address asks for. A page beyond the end is a 404.

    Two queries.
    """
    number = page_number(request)
    leaf = Leaf(*cards.page_of_list(ids, number, paged_address(request)))
    if number > 1 and not leaf.stories:
        raise Http404("the list ends before this page")
    return leaf


def paged_address(request):
    """Return a function from a page's number to its address, with what else this address asks for."""
    asked = request.GET.copy()
    asked.pop("page", None)

    def address(number):
        with_page = asked.copy()
        if number > 1:
            with_page["page"] = number
        return f"?{with_page.urlencode()}" if with_page else request.path

    return address


def asked_of(request, filters) -> dict[str, str]:
    """Return what an address asks of a FilterSet, by field; blanks ask for nothing."""
    return {name: value for name, value in request.GET.items() if name in filters.base_filters and value.strip()}


def without_each(request, asked: dict[str, str], labels: dict[str, str]) -> list[Link]:
    """Return for each filter in force its words and the address of the list without it.

    ``labels`` are the words for what is chosen by an address, such as a topic; what has none is said as it was asked.
    """
    links = []
    for name, value in (asked | labels).items():
        rest = request.GET.copy()
        del rest[name]
        rest.pop("page", None)
        links.append(Link(_LABELS.get(name, "{}").format(value), f"?{rest.urlencode()}" if rest else request.path))
    return links


_LABELS = {"q": "“{}”", "source": "From {}", "since": "Since {}", "until": "Until {}"}
