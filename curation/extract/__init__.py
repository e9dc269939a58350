"""One pure reader, ``read``, from the HTML of another site's page to a ``Reading`` of what it says of itself.

Every field has its own module; each returns the alternatives a page offers with the place they come from, the likeliest
first. Nothing here fetches, and nothing raises, whatever the page holds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from curation.fetch import faults
from curation.text import links

from . import addresses, charsets, introductions, judge, languages, signs, site
from .dates import dating
from .linked_data import STORIES, types_of
from .offers import Offers, Remembered
from .page import LONGEST, Page
from .people.authors import authors as authors_of
from .pictures import offered
from .pictures.offered import Icon, Picture
from .titles import headlines

__all__ = ["Feed", "Icon", "Picture", "Reading", "read"]

_FEEDS = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json"}
_LONGEST_FOR_TEXT = 1_000_000  # characters; no story is as long, and a page made to harm takes six seconds for as many


@dataclass(frozen=True)
class Feed:
    """A feed a page names: absolute address, title and media type as written."""

    url: str
    title: str
    type: str


@dataclass(frozen=True)
class Reading:
    """Facts of a page, as it says them of itself; strings are empty and lists too where it says nothing.

    ``published`` and ``modified`` are a datetime (aware if the page tells a zone), a date where only a day is told, or
    None. ``image`` and ``canonical`` are absolute. ``images``, ``icons``, ``feeds`` are all that are offered;
    ``json_ld`` holds the parsed objects whole, ``properties`` every meta property by its name in lower case, in order,
    a list where it occurs more than once. ``found`` maps a field to its alternatives ``(value, origin)``, the taken one
    first, worked out when first asked for; an origin is “Open Graph”, “Twitter”, “JSON-LD”, “meta” or “page”.
    ``page`` is the page it was read from, for what is worked out later.
    """

    title: str = ""
    description: str = ""
    image: str = ""
    canonical: str = ""
    published: datetime | date | None = None
    modified: datetime | date | None = None
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    language: str = ""
    icons: list[Icon] = field(default_factory=list)
    feeds: list[Feed] = field(default_factory=list)
    json_ld: list[Any] = field(default_factory=list)
    properties: dict[str, str | list[str]] = field(default_factory=dict)
    found: Mapping[str, list[tuple[Any, str]]] = field(default_factory=dict)
    page: Page | None = field(default=None, repr=False, compare=False)
    things: list[dict] = field(default_factory=list, repr=False, compare=False)
    pictures: Iterable[Picture] = field(default=(), repr=False, compare=False)
    source: str = field(default="", repr=False, compare=False)
    url: str = field(default="", repr=False, compare=False)

    @cached_property
    def images(self) -> list[Picture]:
        """All pictures that are offered for the story, the likeliest first; looked for when first asked for."""
        return list(self.pictures)

    @cached_property
    def is_paywalled(self) -> bool:
        """Return whether the page says that its whole text is for who pays."""
        return self.page is not None and signs.is_paywalled(self.page, self.things)

    @cached_property
    def no_story(self) -> str:
        """The code of why the page is no story (``judge.REASONS``), empty where it may be one."""
        return judge.of_page(self.page) if self.page else ""

    @property
    def looks_missing(self) -> bool:
        """True if the page only says that another is not there."""
        return self.no_story == faults.GoneError.code

    @property
    def is_challenge(self) -> bool:
        """True if the page is a guard asking whether we are human."""
        return self.no_story == faults.ChallengedError.code

    @cached_property
    def text(self) -> str:
        """The page's main text, a paragraph a line; found when first asked for, in tens of milliseconds."""
        return _main_text(self.source, self.url)


def read(html: str | bytes, url: str, *, charset: str = "", today: date | None = None) -> Reading:
    """Return what a page says of itself. ``url`` is where it was found in the end, ``charset`` what its server said.

    Dates after ``today`` (the day in UTC unless given) are not believed. Never raises; what comes after the first four
    million characters is not looked at. A few milliseconds, ``text`` apart.
    """
    source = charsets.decode(html[: 4 * LONGEST], charset) if isinstance(html, bytes) else html
    page = Page(source.removeprefix("\ufeff"), url)
    canonical = _canonical(page)
    things = _things(page, canonical)
    shown = Remembered(offered.candidates(page, things))
    found = _offers(page, things, canonical, shown, today or datetime.now(UTC).date())
    taken = {name: value for name in found if (value := found.first(name))}
    return Reading(
        **taken,
        icons=offered.icons(page),
        feeds=_feeds(page),
        json_ld=page.data.objects,
        properties={
            name: values[0] if len(values) == 1 else values for name, values in page.properties.items() if values
        },
        found=found,
        page=page,
        things=things,
        pictures=shown,
        source=page.source,
        url=url,
    )


def _offers(page: Page, things: list[dict], canonical: list, shown: Iterable[Picture], today: date) -> Offers:
    """Return the alternatives of each field; those of which only the first is asked end there."""
    known = site.names(page)
    named = headlines.titles(page, things, known)
    spoken = Remembered(languages.languages(page, things))
    title, language = _first(named, ""), _first(spoken, "")
    published = Remembered(dating.published(page, things, language, today))
    since = _first(published, None)
    return Offers(
        {
            "title": named,
            "description": introductions.descriptions(page, things, title, known),
            "image": ((picture.url, picture.origin) for picture in shown),
            "canonical": canonical,
            "language": spoken,
            "published": published,
            "modified": dating.modified(page, things, language, today, since),
            "authors": authors_of(page, next(iter(things), {}), known),
            "publisher": site.publisher(page),
        }
    )


def _first(offered: Iterable[tuple[Any, str]], nothing: Any) -> Any:
    return next((value for value, _ in offered), nothing)


def _things(page: Page, canonical: list[tuple[str, str]]) -> list[dict]:
    """Return what the page's JSON-LD says it may be about, the likeliest first."""
    called = [*page.titles[:1], *page.heading_words, *(value for value, _ in page.values("og:title", "twitter:title"))]
    things = page.data.ranked(called, _Same([page.url, *(value for value, _ in canonical)]))
    # A front page names stories, and is none of them.
    return [thing for thing in things if types_of(thing).isdisjoint(STORIES)] if page.is_home else things


class _Same:
    """A question whether an address is the page's own; keys are made only where the addresses differ."""

    def __init__(self, addresses: list[str]) -> None:
        self._addresses = frozenset(addresses)

    def __call__(self, address: str) -> bool:
        return address in self._addresses or links.duplicate_key(address) in self._keys

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(links.duplicate_key, filter(None, self._addresses)))


def _canonical(page: Page) -> list[tuple[str, str]]:
    """Return the addresses the page declares to be its own, with their origins."""
    declared = [(link.get("href"), "page") for link in page.hrefs("canonical")] + list(page.values("og:url"))
    found = (
        (addresses.canonical(addresses.absolute(value, page.base), page.url), origin) for value, origin in declared
    )
    return [(address, origin) for address, origin in found if address]


def _feeds(page: Page) -> list[Feed]:
    found = {}
    for link in page.hrefs("alternate"):
        kind = link.get("type")  # another language's page, of which there may be hundreds, has none
        if not kind or (kind := kind.lower().strip()) not in _FEEDS:
            continue
        address = addresses.absolute(link.get("href"), page.base)
        if address and "oembed" not in address and "/wp-json/" not in address:
            found.setdefault(address, Feed(address, link.get("title", ""), kind))
    return list(found.values())[:50]


def _main_text(source: str, url: str) -> str:
    if not source.strip():
        return ""
    from trafilatura import extract  # noqa: PLC0415 -- loads for a second, and only the desk's jobs need it

    return extract(source[:_LONGEST_FOR_TEXT], url=url, fast=True, include_comments=False) or ""
