"""Dates that a page shows readers; looked for only if it tells programs nothing."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from curation.extract import marks
from curation.extract.markup.words import begins, lines_of, words_of
from curation.extract.page import Page, following, preceding, said_by
from curation.extract.wording import each

from . import days

_ABOVE, _BELOW = 15, 60  # elements around the heading
_SMALL = frozenset(each("span p div li small em td h2 h3 h4 h5 abbr"))
_DATE_LINE = re.compile(
    r"\W*(?:(?:by\s+[^,|•·]{3,40}[,|•·–—-]|published|posted|date|created|on|at)\W+)*(?:\w{3,9}day,?\s+)?"
    r"(?:\d|[A-Z][a-zéû]{2,8}\.?\s+\d)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-Z][\w .,'’&()/-]{2,60}?[,(–—-]\s*((?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})|(?:\d{1,2} [A-Z][a-z]{2,8} \d{4}))\s*"
    r"(?:/|\(|\)|--|–|—|-)"
)
_DIGIT = re.compile(r"\d")
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


_Below = tuple[etree._Element, str, str]  # an element, the short text that it begins with, the one behind it


def texts(page: Page) -> Iterator[str]:
    """Yield the texts in which a page shows when it was published, the likeliest first.

    Times marked as a publication; times just above the heading; below it times and dates that stand alone, as they
    come; the other times; elements whose class speaks of a date; what stands near the heading; datelines.
    """
    times = [one for one in page.gathered["time"] if not page.is_aside(one) and not _tells_change(one)]
    yield from (_said_of_time(one) for one in times if _tells_publication(one))
    above = set(islice(preceding(page.heading), _ABOVE)) if times else ()
    yield from (_said_of_time(one) for one in times if one in above)
    below = _below_heading(page)
    near = [text for _, *texts in below for text in texts if text] + [*_above_heading(page)]
    yield from filter(_is_date_line, dict.fromkeys((*_in_order(below, times), *near)))
    yield from map(_said_of_time, times)
    yield from _dated(page)
    yield from near
    yield from _datelines(page)


def _below(page: Page) -> Iterator[etree._Element]:
    return islice(following(page.heading), _BELOW)


def _said_of_time(element: etree._Element) -> str:
    """Return what a ``<time>`` element says to programs, else to readers."""
    said = [said_by(element), words_of(element), element.get("title", "")]
    return next((text for text in said if days.parse(text)), said[1])


def _in_order(below: list[_Below], times: list[etree._Element]) -> Iterator[str]:
    """Yield what follows the heading, in the page's order: what times say, and dates that stand alone."""
    told = set(times)
    for element, within, behind in below:
        if element in told:
            yield _said_of_time(element)
        elif element.tag != "time":
            yield within
        yield behind


def _datelines(page: Page) -> Iterator[str]:
    """Yield the days press releases begin with: “BOSTON, March 3, 2021 – ”."""
    for element in _below(page):
        if element.tag == "p" and (found := _DATELINE.match(begins(element, 160)[:160])):
            yield found[1]


def _tells_publication(element: etree._Element) -> bool:
    borne = element.get("class", "").lower()
    return "publish" in borne or "entry-date" in borne or element.get("pubdate") is not None


def _tells_change(element: etree._Element) -> bool:
    before = element.getparent().text if element.getparent() is not None else ""
    said = f"{element.get('class', '')} {element.get('itemprop', '')} {before or ''}".lower()
    return any(word in said for word in _CHANGED) and "publish" not in said


def _dated(page: Page) -> Iterator[str]:
    """Yield the words of small elements whose class speaks of a date."""
    for element in islice(page.marked(_SMALL, marks.DATE), 60):
        words = " ".join(lines_of(element))
        if 6 <= len(words) <= 200 and not page.is_aside(element):
            yield _before_change(words)


def _before_change(words: str) -> str:
    """Return the words up to where they tell of a change, unless that comes first."""
    places = [place for word in _CHANGED if (place := words.lower().find(word)) > 0]
    return words[: min(places)] if places and next(days.within(words[: min(places)]), None) else words


def _is_date_line(text: str) -> bool:
    """Return whether a text tells of little but a date."""
    if len(text) > 60 or not _DIGIT.search(text) or _PROSE.search(text):
        return False
    if text.endswith((".", "!", "?")) and len(text.split()) > 5:
        return False
    return _DATE_LINE.match(text) is not None


def _below_heading(page: Page) -> list[_Below]:
    """Return the elements that follow the heading."""
    return [(element, _short(element.text), _short(element.tail)) for element in _below(page)]


def _short(text: str | None) -> str:
    """Return a short text without what tells of a change; nothing for a longer one."""
    return _without_change(text.strip()) if text and len(text) <= 120 else ""


def _without_change(text: str) -> str:
    """Return a text less what it begins to tell of a change."""
    if not text.lower().startswith(_CHANGED):
        return text
    place = text.lower().find("publish")
    return text[place:] if place > 0 else ""


def _above_heading(page: Page) -> Iterator[str]:
    """Yield the dates that stand alone just before the heading, the nearest first."""
    for element in islice(preceding(page.heading), 25):
        for text in (element.tail, element.text):
            if text and _is_date_line(text.strip()) and not page.is_aside(element):
                yield text.strip()
