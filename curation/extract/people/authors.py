"""Authors of a page: names as a reader would say them, each once."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from curation.extract import site
from curation.extract.linked_data import types_of
from curation.extract.page import Page, origin_of
from curation.extract.wording import each, line, squashed

from . import bylines
from .names import is_personal, once, split, turned

_META = each("author authors article:author og:article:author parsely-author sailthru.author dc.creator")
_MORE_META = each(
    "dc.creator.personalname dcterms.creator dc.contributor byl byline article.author creator og:author article_author"
    " article-author article:author_name article:authorname content_author author_name author-name cse_author"
    " sailthru.authors schema:author swiftype.author blogger_name"
)
#: A handle, a team, or the account of a program.
_NO_NAME = re.compile(
    r"^[!-~]+$|\b(?:staff writers?|team|staff|desk|editors?|editorial|newsroom|contributors?"
    r"|correspondents?|reporters?|bureau|agency"
    r"|agencies|feeds?|wires?|newswire|bots?|accounts?|imports?|importer|rss|syndication|syndicated|admin|automation|api"
    r"|users?|webmaster|web|online|digital|content|publisher|partners?|press office|press releases?|communications?"
    r"|marketing|production|department|services?|news|press)$",
    re.IGNORECASE,
)
#: What is told of a film or a concert: who made that did not write the page.
_OF_WORKS = frozenset(
    each("videoobject audioobject imageobject movie event product book musicrecording musicgroup podcastepisode")
)
_LABELS = frozenset(each("writtenby author by authors postedby verfasstvon ecritpar escritopor"))


def authors(page: Page, thing: dict, known: list[str]) -> Iterator[tuple[list[str], str]]:
    """Yield the lists of authors a page offers, each with its origin, the likeliest first.

    ``thing`` is what its JSON-LD says it is about, or empty; ``known`` the names of the site: the site itself, or one
    of its users or programs by their handle, is named as author only if nobody else is, nor signs where readers see it.
    """
    is_work = not _OF_WORKS.isdisjoint(types_of(thing))
    of_nobody, is_told = [], False
    for one in _named(_said(page, {} if is_work else thing), known):
        if _is_nobody_said(one[0], known):
            of_nobody.append(one)
        else:
            is_told = True
            yield one
    if not is_told and not page.is_home:
        signed = (_without_site(once(said), known) for said in bylines.signed(page))
        yield from ((said, "page") for said in islice(filter(None, signed), 2))
    yield from of_nobody
    if is_work:
        yield from _named(_of_thing(page, thing), known)


def _named(said: Iterable[tuple[list[str], str]], known: list[str]) -> Iterator[tuple[list[str], str]]:
    found = ((_without_site(once(names), known), origin) for names, origin in said if names)
    return (one for one in found if one[0])


def _is_nobody_said(said: list[str], known: list[str]) -> bool:
    return all(site.is_like(name, known) or _NO_NAME.search(name) is not None for name in said)


def _said(page: Page, thing: dict) -> Iterator[tuple[list[str], str]]:
    cited = [
        turned(line(value))
        for value, _ in page.values("citation_author", "citation_authors", "bepress_citation_author")
    ]
    yield [name for names in cited for name in names], "meta"
    yield from _of_thing(page, thing)
    for name in filter(page.properties.get, (*_META, *_MORE_META)):
        yield [each for value in page.properties[name] for each in _of_meta(name, line(value))], origin_of(name)
    yield list(_labelled(page)), "Twitter"
    yield [name for value in page.item_values("author") for name in split(value)], "page"
    yield [line(value) for value, _ in page.values("twitter:creator") if is_personal(line(value))], "Twitter"


def _of_thing(page: Page, thing: dict) -> Iterator[tuple[list[str], str]]:
    """Yield whom JSON-LD names for a thing."""
    for key in ("author", "creator"):
        yield [name for one in page.data.many(thing.get(key)) for name in _of_data(page, one)], "JSON-LD"


def _without_site(names: list[str], known: list[str]) -> list[str]:
    return [name for name in names if not site.is_like(name, known)] or names


def _of_data(page: Page, one: Any) -> list[str]:
    """Return the names of one author in JSON-LD; an institution's stays whole, whatever it holds."""
    names = page.data.names(one)
    if isinstance(one, dict) and types_of(one) - {"person", "thing"}:
        return names
    return [name for said in names for name in split(said)]


def _of_meta(name: str, value: str) -> list[str]:
    return turned(value) if name.startswith("dc") else split(value)


def _labelled(page: Page) -> Iterator[str]:
    """Yield the author a Twitter card shows in one of its two labelled fields."""
    for labels, values in page.card_fields():
        if labels and squashed(labels[0]) in _LABELS:
            for value, _ in values:
                yield from split(line(value))
