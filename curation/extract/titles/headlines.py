"""Headline of a page's story: alone, whole, without the name of the site."""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial

from curation.extract import site
from curation.extract.linked_data import text_of
from curation.extract.markup.words import words_of
from curation.extract.page import Page
from curation.extract.wording import SEPARATOR, is_cut, line, once, parts, plain, separators, squashed, uncut

from .verdicts import GUARD, why_none

_PROPERTIES = (
    "og:title",
    "twitter:title",
    "citation_title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
)

_ADDED = re.compile(r"\s*\((?:Published|Updated) \d{4}\)$|^\[(?:PDF|HTML)\]\s*", re.IGNORECASE)  # by machines


def titles(page: Page, things: list[dict], known: list[str]) -> list[tuple[str, str]]:
    """Return the titles a page offers, each with its origin; the first is what its story is called.

    ``things`` is what its JSON-LD says it is about, the likeliest first; ``known`` the names of the site.
    """
    reason_of = cache(why_none)  # pages say one title in several places
    is_none = partial(_is_none, known=known, reason_of=reason_of)
    said = [(once(_ADDED.sub("", plain(title))), origin) for title, origin in _said(page, things)]
    said = [(title, origin) for title, origin in said if title and not is_none(title)]
    spoken = [title for title, origin in said] + (page.heading_words or _second_headings(page))
    found = [(without_site(title, known, spoken), origin) for title, origin in said]
    found = [(title, origin) for title, origin in found if not is_none(title)]
    found.sort(key=lambda one: _is_last_resort(one[0], known, reason_of))
    if len(found) == 1 and not page.heading_words:  # nothing else tells where the story's own title ends
        found = [(_before_bar(title), origin) for title, origin in found]
    return _longest_first(found, spoken, known)


def _is_none(title: str, known: list[str], reason_of: Callable[[str], str]) -> bool:
    """Return whether nobody gave this title: it is a placeholder, alone or beside the name of the site.

    A guard's question stays, to be known by.
    """
    if reason := reason_of(title):
        return reason != GUARD
    pieces = parts(title)
    empty = [piece for piece in pieces if reason_of(piece)] if len(pieces) > 1 else []
    return bool(empty) and all(piece in empty or site.is_like(piece, known) for piece in pieces)


def _is_last_resort(title: str, known: list[str], reason_of: Callable[[str], str]) -> bool:
    return site.is_name(title, known) or len(squashed(title)) < 2 or reason_of(title) == GUARD


def _before_bar(title: str) -> str:
    """Return what stands before the first ``|`` of a title if that may be one: headlines have none."""
    before = title.partition("|")[0].strip()
    return before if len(before.split()) > 3 else title


def _second_headings(page: Page) -> list[str]:
    return [words_of(one) for one in page.gathered["h2"] if not page.is_aside(one)]


def _said(page: Page, things: list[dict]) -> Iterator[tuple[str, str]]:
    """Yield titles as they are written, with their origins, the most trusted first."""
    yield from page.values("og:title")
    for thing in things[:1]:
        yield text_of(thing, "headline") or text_of(thing, "name"), "JSON-LD"
    yield from page.values(*_PROPERTIES[1:])
    yield from ((title, "page") for title in _of_elements(page))
    yield from page.values("title")


def _of_elements(page: Page) -> list[str]:
    """Return heading and ``<title>``: the heading first if the title holds it, else the title."""
    headline = [line(value) for value in page.item_values("headline")]
    headings, named = [*headline[:1], *page.heading_words], page.titles[:1]
    inside = [
        words for words in headings if named and len(squashed(words)) > 9 and squashed(words) in squashed(named[0])
    ]
    if inside:
        return [max(inside, key=len), *named, *headings]
    return [*named, *headings] if named and named[0] else headings


def _longest_first(found: list, spoken: list[str], known: list[str]) -> list[tuple[str, str]]:
    """Put a title first that goes on where the first was cut."""
    if not found:
        return []
    title, origin = found[0]
    whole = [without_site(other, known, spoken) for other in spoken]
    longer = uncut(title, whole)
    if longer == title and not is_cut(title):
        longer = _agreed(title, whole)
    if longer != title:
        origin = next((of for other, of in found if other == longer), "page")
    return [(longer, origin), *((other, of) for other, of in found if other != longer)]


def _agreed(title: str, others: list[str]) -> str:
    """Return a longer form two places agree on: a headline that was cut without a mark."""
    stem = squashed(title)
    longer = [
        other
        for other in others
        if len(stem) > 20 and len(squashed(other)) > len(stem) and squashed(other).startswith(stem)
    ]
    twice = [other for other in longer if longer.count(other) > 1 and not SEPARATOR.match(other[len(title) :])]
    return twice[0] if twice else title


def without_site(title: str, known: list[str], spoken: list[str] = ()) -> str:
    """Return a title less a last ``| X`` (or –, -, —, ::) where X is like the site or the rest is told elsewhere alone.

    A first ``X |`` goes only in the second case.
    """
    alone = {squashed(other) for other in spoken if other != title}
    while places := separators(title):
        rests = [title[: place.start()] for place in places]
        told = [rest for rest in rests if _is_told(rest, alone)]
        if told or (rests[-1] and site.is_like(title[places[-1].end() :], known)):
            title = (told or rests)[-1].rstrip(" |-–—:")
        elif site.is_like(rests[0], known) and _is_told(title[places[0].end() :], alone):
            title = title[places[0].end() :]
        else:
            break
    return title


def _is_told(rest: str, alone: set[str]) -> bool:
    return len(rest.split()) > 2 and squashed(rest) in alone
