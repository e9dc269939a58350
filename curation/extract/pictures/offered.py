"""The pictures a page offers for its story, and its icons."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from curation.extract.addresses import absolute, is_home
from curation.extract.page import Page, first, preceding

from . import words

_NO_PHOTOGRAPH = re.compile(r"(?:\.svgz?|\.mp4|\.webm|\.m3u8|\.swf|\.html?|\.pdf|\.js|\.ico)$", re.IGNORECASE)
_SMALL_PRINT = re.compile(
    r"pixel|spacer|blank\.|sprite|avatar|gravatar|placeholder|/logo|logo[._-]|icon|badge|/ads?/|doubleclick|1x1|emoji"
    r"|creativecommons|88x31|scorecardresearch|analytics|loading|transparent|beacon|track",
    re.IGNORECASE,
)
#: Addresses that count readers, as declared pictures too; “1x1” alone may be a shape.
_COUNTS = re.compile(
    r"facebook\.com/tr\b|/tr\?id=|[?&]noscript=1|doubleclick\.net|scorecardresearch|google-analytics|googletagmanager"
    r"|quantserve|/b/ss/|/collect\?|(?:stats|pixel|beacon|track(?:er|ing)?|counter|analytics)\.[\w.-]+/|/(?:tracking[-_]?)?"
    r"(?:pixel|spacer|blank|transparent|clear|beacon|1x1)\.(?:gif|png|jpg|php|aspx?)|/(?:pixel|beacon)(?:[?/]|$)",
    re.IGNORECASE,
)
_PIXEL = 10  # pixels of a side that nobody sees
_NO_PICTURE_ALT = re.compile(r"\b(?:logo|icon|badge|home ?page|licen[cs]e)\b", re.IGNORECASE)
_OF_WRITER = re.compile(r"author|byline|avatar|headshot|contributor|profile|bio\b")
_BEHIND = etree.XPath("following::img | following::amp-img")
_BEFORE = 30  # elements before the heading that may hold the story's picture
_LAZY = ("data-src", "data-lazy-src", "data-original", "data-srcset", "data-lazy-srcset", "srcset", "src")
_SMALLEST = 150  # pixels a story's picture measures at least, where the page tells
MOST = 60


@dataclass(frozen=True)
class Picture:
    """A picture a page offers: its absolute address, where the page says so, its size in pixels, 0 if not told, and
    what is said of it: what it shows, what stands below it, whom to credit.
    """

    url: str
    origin: str
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Icon:
    """A site's icon: absolute address, relation (``icon``, ``apple-touch-icon``) and ``sizes`` as written."""

    url: str
    rel: str
    sizes: str = ""


def candidates(page: Page, things: list[dict]) -> Iterator[Picture]:
    """Yield the pictures that may stand for the story, the likeliest first, each once.

    What a page declares is believed, logo or not; pictures within it only if they may be photographs. Drawings (SVG),
    films and embedded data are left out.
    """
    seen: set[str] = set()
    for picture in every(page, things):
        if picture.url and picture.url not in seen and _may_be_photograph(picture):
            seen.add(picture.url)
            yield picture
        if len(seen) == MOST:
            return


def _may_be_photograph(picture: Picture) -> bool:
    """Return whether a picture may be looked at: it is no drawing, no film, and not there to count who comes."""
    if 0 < picture.width <= _PIXEL or 0 < picture.height <= _PIXEL or _COUNTS.search(picture.url):
        return False
    parts = urlsplit(picture.url)
    return bool(parts.path.strip("/") or parts.query) and not _NO_PHOTOGRAPH.search(parts.path)


def every(page: Page, things: list[dict]) -> Iterator[Picture]:
    """Yield every picture that a page names, as often as it does: each place may say something else of it."""
    yield from _open_graph(page)
    of_card = first(value for value, _ in page.values("twitter:image:alt"))
    for value, origin in page.values("twitter:image", "twitter:image:src", "twitter:image0"):
        yield Picture(absolute(value, page.base), origin, alt=words.said(of_card))
    for thing in things:
        for key in ("image", "primaryImageOfPage", "thumbnailUrl", "thumbnail"):
            yield from _of_data(page, thing.get(key))
    for value, origin in page.values(
        "thumbnail", "image", "sailthru.image.full", "parsely-image-url", "msvalidate.image"
    ):
        yield Picture(absolute(value, page.base), origin)
    for link in page.hrefs("image_src"):
        yield Picture(absolute(link.get("href"), page.base), "page")
    for value in [*page.item_values("image"), *page.item_values("thumbnailurl")]:
        yield Picture(absolute(value, page.base), "page")
    yield from _within(page)


def _open_graph(page: Page) -> Iterator[Picture]:
    widths, heights = (_numbers(page, f"og:image:{side}") for side in ("width", "height"))
    alts = [value for value, _ in page.values("og:image:alt")]
    names = ("og:image", "og:image:url", "og:image:secure_url")
    for name in names:
        for place, (value, origin) in enumerate(page.values(name)):
            size = (widths[place : place + 1] or [0])[0], (heights[place : place + 1] or [0])[0]
            alt = words.said((alts[place : place + 1] or [""])[0])
            yield Picture(absolute(value, page.base), origin, *size, alt=alt)


def _numbers(page: Page, name: str) -> list[int]:
    return [_number(value) for value, _ in page.values(name)]


def _number(value: Any) -> int:
    """Return the pixels a width or height tells, 0 if none."""
    if isinstance(value, dict):
        value = value.get("value")
    found = re.match(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$", str(value))
    return int(found[1]) if found else 0


def _of_data(page: Page, value: Any) -> Iterator[Picture]:
    """Yield what JSON-LD gives as picture: an address, a thing, one that stands elsewhere, or a list of these."""
    for one in page.data.many(value):
        if isinstance(one, str):
            yield Picture(absolute(one, page.base), "JSON-LD")
        elif isinstance(one, dict):
            sizes = _number(one.get("width")), _number(one.get("height"))
            told = words.of_data(page, one)
            for address in _addresses(one):
                yield Picture(absolute(address, page.base), "JSON-LD", *sizes, **told)


def _addresses(thing: dict) -> Iterator[str]:
    for key in ("url", "contentUrl", "@id", "thumbnailUrl"):
        values = thing.get(key)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, str) and (key != "@id" or _may_be_picture(value)):
                yield value


def _may_be_picture(address: str) -> bool:
    return re.search(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|\?)", address, re.IGNORECASE) is not None


def _within(page: Page) -> Iterator[Picture]:
    """Yield the pictures in the page's story that may be photographs, in their order."""
    for element in islice(_photographs(page), 80):
        picture = _of_element(page, element) if _is_of_story(page, element) else None
        if picture and not _is_of_site(page, element):
            yield picture


def _photographs(page: Page) -> Iterator[etree._Element]:
    """Yield the pictures of the story's element, else what follows the heading and stands close before it."""
    story = _story(page)
    if story is not None:
        yield from story.iter("img", "amp-img")
        return
    yield from _BEHIND(page.heading)
    yield from (one for one in islice(preceding(page.heading), _BEFORE) if one.tag in {"img", "amp-img"})


def _story(page: Page) -> etree._Element | None:
    """Return the element that holds the story: around its heading, else the first of its kind, else all of a page."""
    if page.heading is None:
        return next(iter(page.gathered["article"]), page.tree)
    around = next(page.heading.iterancestors("article", "main"), None)
    others = (one for one in page.gathered["article"] if not page.is_aside(one))
    return around if around is not None else next((one for one in others if not _is_card(one)), None)


def _is_card(story: etree._Element) -> bool:
    return next(story.iter("h2", "h3", "h4"), None) is not None and next(story.iter("p"), None) is None


def _is_of_story(page: Page, element: etree._Element) -> bool:
    """Return whether a picture belongs to the story: not to what lies beside it, another story’s card or its author."""
    if page.is_aside(element) or page.is_of_another(element):
        return False
    borne = (f"{one.get('class', '')} {one.get('id', '')}".lower() for one in _around(element))
    return not any(_OF_WRITER.search(said) for said in borne)


def _around(element: etree._Element) -> Iterator[etree._Element]:
    return islice(element.iterancestors("div", "a", "span", "figure", "picture", "section", "header"), 3)


def _is_of_site(page: Page, element: etree._Element) -> bool:
    """Return whether a picture is the site's: a logo by its words, or one that leads to the front page."""
    if _NO_PICTURE_ALT.search(element.get("alt", "")):
        return True
    link = next(element.iterancestors("a"), None)
    return link is not None and is_home(absolute(link.get("href", "") or "#", page.base) or "none:x")


def _of_element(page: Page, element: etree._Element) -> Picture | None:
    width, height = _number(element.get("width")), _number(element.get("height"))
    if 0 < width < _SMALLEST or 0 < height < _SMALLEST // 2:
        return None
    for name in _LAZY:
        value = (element.get(name) or "").strip()
        if "srcset" in name:
            value = _largest(value)
        address = absolute(value, page.base) if value else ""
        if address and not _SMALL_PRINT.search(address) and not _SMALL_PRINT.search(element.get("class", "")):
            return Picture(address, "page", width, height, **words.of_element(element))
    return None


def _largest(srcset: str) -> str:
    """Return the address with the largest width in a ``srcset``."""
    choices = [one.split() for one in re.split(r",\s+", srcset[:10_000]) if one.strip()]
    sized = [(_size(one[1]) if len(one) > 1 else 0.0, one[0]) for one in choices]
    return max(sized, default=(0.0, ""))[1]


def _size(descriptor: str) -> float:
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)[wx]", descriptor)
    return float(found[1]) if found else 0.0


def icons(page: Page) -> list[Icon]:
    """Return the icons a page names for its site, in their order."""
    found = {}
    for link in page.hrefs("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon"):
        address = absolute(link.get("href"), page.base)
        if address:
            found.setdefault(address, Icon(address, link.get("rel").lower().strip(), link.get("sizes", "")))
    return list(found.values())[:MOST]
