"""When a page was published and changed, by what it tells programs, then by what it shows readers."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice

from lxml import etree

from curation import links

from . import days
from .days import Moment, day_of
from .page import Page, following, is_aside, lines_of, preceding, said_by, words_of
from .wording import each

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
_SMALL = frozenset(each("span p div li small em td h2 h3 h4 h5 abbr"))
_DATE_MARKS = re.compile("date|publish|posted|time|byline|meta", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"\W*(?:(?:by\s+[^,|•·]{3,40}[,|•·–—-]|published|posted|date|created|on|at)\W+)*(?:\w{3,9}day,?\s+)?"
    r"(?:\d|[A-Z][a-zéû]{2,8}\.?\s+\d)",
    re.IGNORECASE,
)
_PROSE = re.compile(r"\b[a-z]{3,}\W+[a-z]{3,}\W+[a-z]{3,}")
_CHANGED = (
    "update",
    "last update",
    "last review",
    "modif",
    "revis",
    "review",
    "aktualisiert",
    "mis à jour",
    "actualizad",
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
    for search in (_told, _shown, _of_address, _by_htmldate):
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
    for number in "12":
        labels = [value.lower() for value, _ in page.values(f"twitter:label{number}")]
        if any("publish" in label or "date" in label.split() for label in labels):
            yield from page.values(f"twitter:data{number}")


def _shown(page: Page, things: list[dict], day_first: bool) -> Iterator[tuple[Moment, str]]:
    near = [*_below_heading(page), *_above_heading(page)]
    alone = [text for text in near if _is_date_line(text)]
    for text in (*_times(page), *alone, *_dated(page), *near):
        yield from ((moment, "page") for moment in days.within(text, day_first=day_first))


def _times(page: Page) -> Iterator[str]:
    """Yield what ``<time>`` elements say, those that tell of a publication first."""
    beside_nothing = [element for element in page.times[:60] if not is_aside(element)]
    beside_nothing.sort(key=lambda element: not _tells_publication(element))
    for element in beside_nothing:
        if not _tells_change(element):
            said = said_by(element)
            yield said if days.parse(said) else words_of(element)


def _tells_publication(element: etree._Element) -> bool:
    marks = element.get("class", "").lower()
    return "publish" in marks or "entry-date" in marks or element.get("pubdate") is not None


def _tells_change(element: etree._Element) -> bool:
    before = element.getparent().text if element.getparent() is not None else ""
    said = f"{element.get('class', '')} {element.get('itemprop', '')} {before or ''}".lower()
    return any(word in said for word in _CHANGED) and "publish" not in said


def _dated(page: Page) -> Iterator[str]:
    """Yield the words of small elements whose class speaks of a date."""
    for element in islice(page.marked(_SMALL, _DATE_MARKS), 60):
        words = " ".join(lines_of(element))
        if 6 <= len(words) <= 200 and not is_aside(element):
            yield _before_change(words)


def _before_change(words: str) -> str:
    """Return the words up to where they tell of a change, unless that comes first."""
    places = [place for word in _CHANGED if (place := words.lower().find(word)) > 0]
    return words[: min(places)] if places and next(days.within(words[: min(places)]), None) else words


def _is_date_line(text: str) -> bool:
    """Say whether a text tells of little but a date."""
    return len(text) <= 60 and _DATE_LINE.match(text) is not None and not _PROSE.search(text)


def _below_heading(page: Page) -> Iterator[str]:
    """Yield the short texts that follow the heading."""
    for element in islice(following(page.heading), 60) if page.heading is not None else ():
        for text in (element.text, element.tail):
            if text and len(text) <= 120 and (said := _without_change(text.strip())):
                yield said


def _without_change(text: str) -> str:
    """Return a text less what it begins to tell of a change."""
    if not text.lower().startswith(_CHANGED):
        return text
    place = text.lower().find("publish")
    return text[place:] if place > 0 else ""


def _above_heading(page: Page) -> Iterator[str]:
    """Yield the dates that stand alone just before the heading, the nearest first."""
    for element in islice(preceding(page.heading), 25) if page.heading is not None else ():
        for text in (element.tail, element.text):
            if text and _is_date_line(text.strip()) and not is_aside(element):
                yield text.strip()


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
