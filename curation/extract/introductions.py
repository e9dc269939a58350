"""How a page introduces its story: the description it gives, else its first paragraph."""

from collections.abc import Iterator
from itertools import islice

from . import site
from .linked_data import text_of
from .page import Page, following, is_aside, words_of
from .wording import each, plain, squashed, uncut

_PROPERTIES = each(
    "og:description description twitter:description sailthru.description dc.description dcterms.description"
    " citation_abstract dcterms.abstract abstract"
)
_SHORTEST = 60  # characters of a paragraph that says something
_LONGEST = 5000


def descriptions(page: Page, things: list[dict], title: str, known: list[str]) -> list[tuple[str, str]]:
    """Return the descriptions a page offers, each with its origin; one that was cut gives way to its whole form."""
    found = [(plain(text), origin) for text, origin in _said(page, things)]
    found = [(text, origin) for text, origin in found if _says_something(text, title, known)]
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


def _opening(page: Page, title: str) -> Iterator[str]:
    """Yield the story's first paragraph, if one is long enough to say something."""
    after = islice(following(page.heading), 400)
    for element in [*(one for one in after if one.tag == "p"), *islice(page.tree.iter("p", "blockquote"), 100)]:
        words = plain(words_of(element))
        if _SHORTEST <= len(words) <= _LONGEST and squashed(words) != squashed(title) and not is_aside(element):
            yield words
            return
