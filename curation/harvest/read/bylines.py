"""The places where pages show readers who wrote them; asked only if they tell programs nothing."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from .names import has_office, is_personal, split
from .page import Page, following, is_aside, lines_of, words_of
from .wording import each

_PLACES = frozenset(each("a span p div address cite li ul h2 h3 h4 h5 h6 strong b em i small section td dd figcaption"))
_MARKS = re.compile(
    r"by[-_]?line|author|contributor|columnist|\bfn\b|submitted|created-?by|(?:posted|written)-?by|writer-?name|creator",
    re.IGNORECASE,
)
_NO_MARKS = re.compile(
    r"(?:photo|image|comment)[-_]?author|author[-_]?(?:title|role|job|bio|desc|social|image|photo|avatar)",
    re.IGNORECASE,
)
#: “By Jane Doe”, at the beginning or behind a date.
_SIGNED = re.compile(
    r"(?:^|(?<=[|•·–—/\d]\s)|(?<=\d,\s)|(?<=\d\s[ap]m\s))"
    r"(?:(?:[Ww]ritten|[Pp]osted|[Ss]ubmitted|[Cc]ontributed|[Rr]eported|[Aa]uthored|[Pp]ublished|[Ss]tory|[Ww]ords"
    r"|[Gg]uest [Pp]ost|[Aa]rticle)\s+)?(?:by|By|BY):?\s+(?=\w)(?=[^a-z])|^Authors?:\s"
)
_LABEL = re.compile(r"^(?:authors?|byline|contributors?|writers?|by)\b:?\s+(?=[^a-z])", re.IGNORECASE)
_BEHIND_NAME = re.compile(
    r"\s+(?:[•·|–—-]+(?:\s|$)|[@(]|in\s+[A-Z]|\d+\s+(?:comments?|min)|\d{4}-\d|\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]).*"
    r"|\s+(?:and|&)\s+(?:medically\s+)?(?:reviewed|edited|fact).*",
    re.IGNORECASE | re.DOTALL,
)
_OFFICE_BEHIND = re.compile(
    r"^([^,;]+?)\s+(?:staff|contribut(?:or|ing)|senior|correspondent|reporter|editor|email|twitter|linkedin)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_OF_A_WRITER = re.compile(r"/(?:authors?|contributors?|columnists?|writers?|reporters?)/[^/?#]+", re.IGNORECASE)
_OF_A_PERSON = re.compile(
    r"/(?:authors?|contributors?|columnists?|writers?|reporters?|journalists?|people|person|staff|bios?|profiles?|by"
    r"|experts?|users?)/[^/?#]+",
    re.IGNORECASE,
)
_NEAR = 60  # elements below the heading
_MOST = 40  # places that are asked
_LONGEST = 160  # characters of a byline


def signed(page: Page) -> Iterator[list[str]]:
    """Yield the names in each place of the page that shows who wrote it, the likeliest first; some lists are empty."""
    for element in islice(page.marked(_PLACES, _MARKS), _MOST):
        if _is_of_story(element, page.heading) and (found := _names_in(element)):
            yield found + [name for other in _row(element) for name in _names_in(other)]
    near = [] if page.heading is None else list(islice(following(page.heading), _NEAR))
    for element in near:
        yield _by(element)
    for element in near:
        # Writers only: press releases link the professor whom they quote.
        if element.tag == "a" and _OF_A_WRITER.search(element.get("href", "")) and _is_short(element.getparent()):
            yield _persons(words_of(element))


def _is_of_story(element: etree._Element, heading: etree._Element | None) -> bool:
    marks = f"{element.get('class', '')} {element.get('id', '')}"
    return not _NO_MARKS.search(marks) and not is_aside(element) and not _is_of_another(element, heading)


def _is_of_another(element: etree._Element, heading: etree._Element | None) -> bool:
    """Say whether an element belongs to the card of another story."""
    card = next(element.iterancestors("article"), None)
    if card is None or heading is None or any(outer is card for outer in heading.iterancestors()):
        return False
    return next(card.iter("h2", "h3", "h4"), None) is not None


def _by(element: etree._Element) -> list[str]:
    """Return the names in a text that begins with “By”, or says it behind a date."""
    words = words_of(element)
    found = _SIGNED.search(words) if len(words) < _LONGEST else None
    if found is None or found.start() > 40:
        return []
    return _linked(element) or _persons(words[found.start() :])


def _is_short(element: etree._Element) -> bool:
    return len(words_of(element)) < 100


def _names_in(element: etree._Element) -> list[str]:
    """Return the names in a byline: of its links, else line by line."""
    linked = _linked(element)
    if linked or len(words_of(element)) > _LONGEST:
        return linked
    found: list[str] = []
    for said in lines_of(element):
        by = _SIGNED.search(said)
        found += _persons(said[by.start() :] if by else said)
    return found


def _linked(element: etree._Element) -> list[str]:
    """Return the people a byline links to, those whose address says that they write if any does."""
    if len(words_of(element)) > 2 * _LONGEST:
        return []
    links = [one for one in islice(element.iter("a"), 20) if words_of(one)]
    of_people = [
        one for one in links if "author" in one.get("rel", "").lower() or _OF_A_PERSON.search(one.get("href", ""))
    ]
    return [name for one in of_people or links for name in _persons(words_of(one))]


def _row(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements of the same make beside one: further authors."""
    for one in islice(element.itersiblings(), 20):
        if (one.tag, one.get("class")) == (element.tag, element.get("class")):
            yield one


def _persons(words: str) -> list[str]:
    """Return the people in a byline; what follows a dash, a dot or a handle is no name."""
    words = _OFFICE_BEHIND.sub(r"\1", _BEHIND_NAME.sub("", _LABEL.sub("", words)))
    return [name for name in split(words) if is_personal(name) and not has_office(name)]
