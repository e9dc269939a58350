"""Dates of a page, published and changed, by what it tells programs, then by what it shows readers."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain, islice

from curation.extract.page import Page
from curation.extract.wording import each

from . import days, shown
from .days import Moment, day_of

_PUBLISHED = each(
    "article:published_time article:published og:article:published_time og:published_time og:pubdate"
    " citation_online_date citation_publication_date citation_date datepublished sailthru.date"
    " pubdate publishdate publish-date publish_date published_date publication_date publicationdate pub_date"
    " dcterms.created dcterms.issued dc.date.issued dc.date.created dcterms.date dc.date dc.issued"
    " prism.publicationdate date.issued article.published displaydate article_date_original"
    " originalpublicationdate created"
    " cxenseparse:recs:publishtime published published_at published-at pub-date cse_pubdate article-publish-date"
    " article.date article_date article-date postdate post_date post-date dateofpublication releasedate release_date"
    " og:release_date dc:date dc.date.published dcterms.available dcterms.datesubmitted bepress_citation_date"
    " cdc:first_published govuk:first-published-at"
    " rnews:datepublished date shareaholic:article_published_time bt:pubdate item-publish-date gsa_date"
    " parsely-pub-date video:release_date"
)
_MODIFIED = each(
    "article:modified_time article:modified og:updated_time og:article:modified_time article:updated_time datemodified"
    " dcterms.modified dc.date.modified last-modified lastmod lastmodified last-updated revised modified"
    " shareaholic:article_modified_time"
)
_DAY_FIRST_DOMAINS = (
    ".uk",
    ".au",
    ".nz",
    ".ie",
    ".in",
    ".eu",
    ".za",
    ".de",
    ".fr",
    ".es",
    ".it",
    ".nl",
    ".br",
    ".ng",
    ".ke",
)
#: A publication told as ``"publishedAt": "2023-05-04T…"`` or ``data-pubdate="2023-05-04"``; begins with plain letters,
#: which are looked for quickly.
_IN_SCRIPTS = re.compile(
    r"ub(?:lish|lication|[_-]?[dD]ate)[\w-]{0,24}\\?[\"']?\s{0,9}[:=]\s{0,9}\\?[\"']?"
    r"(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d[\d:.Z+-]{0,20})?|1\d{9}(?:\d{3})?)(?=[\\\"',}\s>])"
)
_MOST_IN_SCRIPTS = 100
_NEAR = 20  # alternatives among which the page's own clock is looked for

Found = tuple[Moment, str]


def published(page: Page, things: list[dict], language: str, today: date) -> Iterator[Found]:
    """Yield when the page may have been published, each with its origin, the likeliest first.

    Days after ``today`` are left out: an event's or an issue's, not the page's. What the page shows is searched only
    if it tells programs nothing, its scripts only if it shows nothing either. A month or a year is no day, and none is
    made of it.
    """
    day_first = is_day_first(language, page.brand)
    for search in (_told,) if page.is_home else (_told, _seen, _of_address, _of_scripts):
        found = (one for one in search(page, things, day_first) if _is_past(one[0], today))
        if (first := next(found, None)) is not None:
            yield from _local_first(first, found)
            return


def modified(page: Page, things: list[dict], language: str, today: date, since: Moment | None) -> Iterator[Found]:
    """Yield when the page may have been changed; what lies before ``since``, its publication, is not believed."""
    day_first = is_day_first(language, page.brand)
    said = [(str(thing.get("dateModified") or ""), "JSON-LD") for thing in things]
    said += [*page.values(*_MODIFIED), *((value, "page") for value in page.item_values("datemodified"))]
    found = ((days.parse(text, day_first=day_first), origin) for text, origin in said)
    for moment, origin in found:
        if moment is not None and _is_past(moment, today) and not _is_before(moment, since):
            yield moment, origin


def is_day_first(language: str, brand: str) -> bool:
    """Return whether ``03/04/2023`` means April here."""
    if language in {"", "en"}:
        return brand.endswith(_DAY_FIRST_DOMAINS)
    return language not in {"en-US", "en-PH"}


def _is_past(moment: Moment, today: date) -> bool:
    return day_of(moment) <= today + timedelta(days=1)  # it is tomorrow somewhere


def _is_before(moment: Moment, since: Moment | None) -> bool:
    if since is None:
        return False
    if isinstance(moment, datetime) and isinstance(since, datetime) and bool(moment.tzinfo) == bool(since.tzinfo):
        return moment < since
    return day_of(moment) < day_of(since)


def _local_first(first: Found, others: Iterator[Found]) -> Iterator[Found]:
    """Yield the page's own clock before UTC where both tell one instant: its day is the day readers saw."""
    near = list(islice(others, _NEAR)) if _is_utc(first[0]) else []
    same = [one for one in near if _is_aware(one[0]) and one[0] == first[0] and not _is_utc(one[0])][:1]
    yield from same
    yield first
    yield from (one for one in near if one not in same)
    yield from others


def _is_aware(moment: Moment) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is not None


def _is_utc(moment: Moment) -> bool:
    return _is_aware(moment) and not moment.utcoffset()


def _told(page: Page, things: list[dict], day_first: bool) -> Iterator[tuple[Moment, str]]:
    keys = ("datePublished", "uploadDate", "dateCreated")
    said = chain(
        ((str(thing.get(key) or ""), "JSON-LD") for key in keys for thing in things),
        page.values(*_PUBLISHED),
        ((value, "page") for value in page.item_values("datepublished")),
        _labelled(page),
    )
    for text, origin in said:
        moment = days.parse(text, day_first=day_first)
        if moment is not None:
            yield moment, origin


def _labelled(page: Page) -> Iterator[tuple[str, str]]:
    """Yield the date a Twitter card shows in one of its two labelled fields."""
    for labels, values in page.card_fields():
        if any("publish" in label or "date" in label.split() for label in map(str.lower, labels)):
            yield from values


def _seen(page: Page, things: list[dict], day_first: bool) -> Iterator[tuple[Moment, str]]:
    for text in shown.texts(page):
        yield from ((moment, "page") for moment in days.within(text, day_first=day_first))


def _of_address(page: Page, things: list[dict], day_first: bool) -> Iterator[tuple[Moment, str]]:
    day = days.of_address(page.url)
    if day is not None:
        yield day, "page"


def _of_scripts(page: Page, things: list[dict], day_first: bool) -> Iterator[tuple[Moment, str]]:
    """Yield the day of publication that the page's scripts and attributes tell, if they tell of one day alone.

    Where there are more, other stories are told of as well, and nobody says which is this one's.
    """
    said = (days.parse(found[1]) for found in islice(_IN_SCRIPTS.finditer(page.source), _MOST_IN_SCRIPTS))
    moments = [moment for moment in said if moment is not None]
    if len(set(map(day_of, moments))) == 1:
        yield moments[0], "page"
