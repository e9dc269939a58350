"""When a page was published and changed, by what it tells programs, then by what it shows readers."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from curation.extract.page import Page
from curation.extract.wording import each
from curation.text import links

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
_LONGEST_FOR_HTMLDATE = 1_000_000

Found = list[tuple[Moment, str]]


def published(page: Page, things: list[dict], language: str, today: date) -> Found:
    """Return when the page may have been published, each with its origin, the likeliest first.

    Days after ``today`` are left out: an event's or an issue's, not the page's. What the page shows is searched only
    if it tells programs nothing, and htmldate is asked only if that shows nothing either.
    """
    day_first = is_day_first(language, page.url)
    for search in (_told, _seen, _of_address, _by_htmldate):
        found = [(moment, origin) for moment, origin in search(page, things, day_first) if _is_past(moment, today)]
        if found:
            return _local_first(found)
    return []


def modified(page: Page, things: list[dict], language: str, today: date, since: Moment | None) -> Found:
    """Return when the page may have been changed; what lies before ``since``, its publication, is not believed."""
    day_first = is_day_first(language, page.url)
    said = [(str(thing.get("dateModified") or ""), "JSON-LD") for thing in things]
    said += [*page.values(*_MODIFIED), *((value, "page") for value in page.item_values("datemodified"))]
    found = [(days.parse(text, day_first=day_first), origin) for text, origin in said]
    return [
        (moment, origin)
        for moment, origin in found
        if moment is not None and _is_past(moment, today) and not _is_before(moment, since)
    ]


def is_day_first(language: str, url: str) -> bool:
    """Say whether ``03/04/2023`` means April here."""
    if language in {"", "en"}:
        return links.brand(url).endswith(_DAY_FIRST_DOMAINS)
    return language not in {"en-US", "en-PH"}


def _is_past(moment: Moment, today: date) -> bool:
    return day_of(moment) <= today + timedelta(days=1)  # it is tomorrow somewhere


def _is_before(moment: Moment, since: Moment | None) -> bool:
    if since is None:
        return False
    if isinstance(moment, datetime) and isinstance(since, datetime) and bool(moment.tzinfo) == bool(since.tzinfo):
        return moment < since
    return day_of(moment) < day_of(since)


def _local_first(found: Found) -> Found:
    """Put the page's own clock before UTC where both tell one instant: its day is the day readers saw."""
    first = found[0][0]
    if not _is_utc(first):
        return found
    same = [one for one in found[1:] if _is_aware(one[0]) and one[0] == first and not _is_utc(one[0])]
    return [*same[:1], *(one for one in found if one not in same[:1])]


def _is_aware(moment: Moment) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is not None


def _is_utc(moment: Moment) -> bool:
    return _is_aware(moment) and not moment.utcoffset()


def _told(page: Page, things: list[dict], day_first: bool) -> Iterator[tuple[Moment, str]]:
    said = [
        (str(thing.get(key) or ""), "JSON-LD")
        for key in ("datePublished", "uploadDate", "dateCreated")
        for thing in things
    ]
    said += page.values(*_PUBLISHED)
    said += [(value, "page") for value in page.item_values("datepublished")]
    said += _labelled(page)
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


def _by_htmldate(page: Page, things: list[dict], day_first: bool) -> Iterator[tuple[Moment, str]]:
    if len(page.source) > _LONGEST_FOR_HTMLDATE or not page.source.strip():
        return
    from htmldate import find_date  # noqa: PLC0415 -- loads for half a second, and few pages need it

    found = find_date(page.source, extensive_search=False, original_date=True, url=page.url)
    moment = days.parse(found or "")
    if moment is not None:
        yield moment, "page"
