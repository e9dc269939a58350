"""Lists of Editions that readers leaf through: the newest, then month by month, each paged inside itself."""

import re
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from . import dates, reading
from .archive import Archive
from .models import Edition, EditionByline, EditionOffering, EditionTopic
from .shapes import Link, Paging, Story

MOST_PAGES = 500


@dataclass
class Leaf:
    """One page of a list: its stories and where it goes on."""

    stories: list[Story]
    paging: Paging


def page_number(request) -> int:
    """The page asked for; a number that can be no page is a 404."""
    given = request.GET.get("page", "1")
    if not re.fullmatch(r"[1-9][0-9]{0,2}", given, re.ASCII) or int(given) > MOST_PAGES:
        raise Http404("no such page")
    return int(given)


def ids_of_all(at) -> QuerySet:
    """Ids of all live Editions, newest first."""
    return Edition.objects.live(at).newest_first().values("pk")


def ids_filed(model, at, **under) -> QuerySet:
    """Ids of live Editions under a topic, an offering or an author, newest first, by that thing's own index."""
    rows = model.objects.filter(edition__live_from__lte=at, edition__live_until__gt=at, **under)
    return rows.order_by("-first_published_at", "-edition_id").values("edition")


def ids_about(topic, at) -> QuerySet:
    """Ids of live Editions filed under a topic."""
    return ids_filed(EditionTopic, at, topic=topic)


def ids_naming(offering, at) -> QuerySet:
    """Ids of live Editions that are about an offering or name it."""
    return ids_filed(EditionOffering, at, offering=offering)


def ids_naming_any(offerings, at) -> QuerySet:
    """Ids of live Editions that name any of these offerings."""
    named = EditionOffering.objects.filter(edition=OuterRef("pk"), offering__in=offerings)
    return Edition.objects.live(at).filter(Exists(named)).newest_first().values("pk")


def ids_by(author, at) -> QuerySet:
    """Ids of live Editions by an author."""
    return ids_filed(EditionByline, at, author=author)


def ids_from(brand, at) -> QuerySet:
    """Ids of live Editions whose main source is a brand."""
    return Edition.objects.live(at).from_brand(brand).newest_first().values("pk")


def newest(ids: QuerySet, archive: Archive, *, topics: int | None = 2) -> Leaf:
    """The first page of a list; older ones stand under their months, so that no old page ever moves. Two queries."""
    stories = reading.cards(reading.narrowly(ids, 0, reading.PAGE + 1), topics=topics)
    paging = Paging()
    if len(stories) > reading.PAGE:
        stories = stories[: reading.PAGE]
        month = stories[-1].iso[:7]
        paging.older = Link(f"Older: {dates.month(int(month[:4]), int(month[5:]))}", archive.address(month))
    return Leaf(stories, paging)


def in_month(ids: QuerySet, archive: Archive, year: int, month: int, page: int, *, topics: int | None = 2) -> Leaf:
    """A page of one month; the last leads to the month before, the first to the one after. Two queries."""
    here = f"{year:04}-{month:02}"
    start, end = _bounds(year, month)
    found = ids.filter(first_published_at__gte=start, first_published_at__lt=end)
    stories, paging = reading.page_of_list(found, page, lambda number: archive.address(here, number), topics=topics)
    if not stories:
        raise Http404("nothing was published in this month")
    older, newer = archive.before(here), archive.after(here)
    paging.older = paging.older or (archive.link(older) if older else None)
    paging.newer = paging.newer or (archive.link(newer) if newer else None)
    return Leaf(stories, paging)


def _bounds(year, month):
    if not (1 <= month <= 12 and 1900 <= year <= 9000):
        raise Http404("no such month")
    return dates.bounds(year, month)


def leafed(ids: QuerySet, request) -> Leaf:
    """A list paged by its query string, keeping what else the address asks for. Two queries."""
    return Leaf(*reading.page_of_list(ids, page_number(request), paged_address(request)))


def paged_address(request):
    """A function from a page's number to its address, with what else this address asks for."""
    asked = request.GET.copy()
    asked.pop("page", None)

    def address(number):
        with_page = asked.copy()
        if number > 1:
            with_page["page"] = number
        return f"?{with_page.urlencode()}" if with_page else request.path

    return address


def without_each(request, asked: dict[str, str]) -> list[Link]:
    """For each filter in force, its words and the address of the list without it."""
    links = []
    for name, value in asked.items():
        rest = request.GET.copy()
        del rest[name]
        rest.pop("page", None)
        links.append(Link(_LABELS.get(name, "{}").format(value), f"?{rest.urlencode()}" if rest else request.path))
    return links


_LABELS = {"q": "“{}”", "source": "From {}", "since": "Since {}", "until": "Until {}"}
