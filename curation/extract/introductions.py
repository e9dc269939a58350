"""Introductions of a page's story: the description it gives, else its first paragraph."""

import re
from collections.abc import Iterator
from itertools import chain, islice

from . import site
from .linked_data import text_of
from .markup.words import words_of
from .page import Page, following
from .wording import each, plain, squashed, uncut

_PROPERTIES = each(
    "og:description description twitter:description sailthru.description dc.description dcterms.description"
    " citation_abstract dcterms.abstract abstract"
)
#: How sites speak of themselves.
_TAGLINE = re.compile(
    r"\W*(?:welcome to\b|(?:the )?official (?:web ?site|site|page|home|blog)\b|just another\b|all the news\b"
    r"|(?:(?:get|read|find|discover|explore|see|follow) )?(?:all )?(?:the )?(?:very )?(?:latest|breaking|up-to-date)"
    r" (?:[\w&'’-]+,? ){0,5}?(?:news|stories|headlines|updates|coverage|insights|articles)\b"
    r"|(?:[\w .&'’-]{2,40} is )?(?:your|the|an?|our|america['’]s|britain['’]s|europe['’]s) (?:[\w&'’#-]+,? ){0,5}?"
    r"(?:source|destination|home|magazine|newspaper|web ?site|portal|authority) (?:for|of|on|in|about)\b"
    r"|(?:news|insights?|analysis|stories|opinions?|views)(?:,? (?:and |& )?[\w-]+){0,4} (?:for|about|from) )",
    re.IGNORECASE,
)
_LONGEST_TAGLINE = 200
_WORD = re.compile(r"[^\W\d_]{5,}")
_SHORTEST = 60  # characters of a paragraph that says something
_LONGEST = 5000


def descriptions(page: Page, things: list[dict], title: str, known: list[str]) -> list[tuple[str, str]]:
    """Return the descriptions a page offers, each with its origin; one that was cut gives way to its whole form."""
    found = [(plain(text), origin) for text, origin in _said(page, things)]
    of_site = set() if page.is_home else set(map(squashed, site.taglines(page)))
    found = [
        (text, origin)
        for text, origin in found
        if _says_something(text, title, known) and squashed(text) not in of_site and not _is_tagline(text, title, page)
    ]
    if not found:
        return [(text, "page") for text in _opening(page, title)]
    others = [text for text, _ in found[1:] if len(text) <= 1000]
    whole = uncut(found[0][0], others)
    if whole == found[0][0] and len(whole) > 60 and whole[-1].isalnum():
        whole = uncut(f"{whole}…", others).removesuffix("…")  # cut without a mark
    return [next(one for one in found if one[0] == whole), *(one for one in found if one[0] != whole)]


def _said(page: Page, things: list[dict]) -> Iterator[tuple[str, str]]:
    yield from page.values(*_PROPERTIES[:3])
    for thing in things:
        yield text_of(thing, "description"), "JSON-LD"
    yield from page.values(*_PROPERTIES[3:])
    yield from ((value, "page") for value in page.item_values("description"))


def _says_something(text: str, title: str, known: list[str]) -> bool:
    said = squashed(text)
    return len(said) > 9 and said != squashed(title) and not site.is_name(text, known) and "{{" not in text


def _is_tagline(text: str, title: str, page: Page) -> bool:
    """Return whether a text speaks of the site as taglines do, and of nothing that the title speaks of."""
    if not title or page.is_home or not _TAGLINE.match(text) or len(text) > _LONGEST_TAGLINE:
        return False
    return _long_words(text).isdisjoint(_long_words(title))


def _long_words(text: str) -> set[str]:
    return {word[:5].casefold() for word in _WORD.findall(text)}


def _opening(page: Page, title: str) -> Iterator[str]:
    """Yield the story's first paragraph, if one is long enough to say something."""
    after = (one for one in islice(following(page.heading), 400) if one.tag == "p")
    for element in chain(after, islice(page.tree.iter("p", "blockquote"), 100)):
        words = plain(words_of(element))
        if _SHORTEST <= len(words) <= _LONGEST and squashed(words) != squashed(title) and not page.is_aside(element):
            yield words
            return
