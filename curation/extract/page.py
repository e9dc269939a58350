"""A page parsed once: its properties, links, headings and linked data, each where the readers of fields find it."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice, takewhile
from urllib.parse import urljoin

from lxml import etree

from curation.text import links

from . import linked_data, marks
from .addresses import is_home
from .markup.asides import without_asides
from .markup.tree import parsed
from .markup.words import words_of
from .offers import Remembered
from .wording import each, squashed

LONGEST = 4_000_000  # characters; what comes after is not looked at
MOST = 2_000  # elements of one kind; a page that has more is not read any better
_PARSELY = {
    "title": "parsely-title",
    "author": "parsely-author",
    "authors": "parsely-author",
    "pub_date": "parsely-pub-date",
    "image_url": "parsely-image-url",
}
_OUTER = 40  # elements around another that are asked what it belongs to
_LOOKED_AT = 5_000  # elements of which class and id are asked
OF_A_PERSON = re.compile(
    r"/(?:authors?|contributors?|columnists?|writers?|reporters?|journalists?|people|person|staff|bios?|profiles?|by"
    r"|experts?|users?)/[^/?#]+",
    re.IGNORECASE,
)
_CARD = 40  # elements of a story's card at most
_ITEMS = etree.XPath("//*[@itemprop]")
_WALKED = [*marks.BEARERS, *marks.ASIDE, "article", "main", "header", "form", "ol", "table"]
_PARTS = re.compile(
    r"/(?:\w*ImageObject|Photograph|Music\w+|(?:User)?Comments?|Rating|AggregateRating)$", re.IGNORECASE
)
#: What is gathered of a page, and how many of each at most.
_GATHERED = {"meta": MOST, "link": MOST, "script": MOST, "title": 50, "base": 20, "h1": 20, "h2": 20, "time": 60}
_GATHERED |= {"article": MOST, "main": MOST}
_OF_BROWSERS = frozenset(each("stylesheet preload prefetch preconnect dns-prefetch modulepreload"))


def origin_of(name: str) -> str:
    """Return what the desk calls the place a property comes from."""
    if name.startswith("twitter:"):
        return "Twitter"
    return "Open Graph" if name.startswith(("og:", "article:", "video:", "book:")) else "meta"


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the boxes around an element that are small enough for a card."""
    for outer in islice(element.iterancestors("div", "li", "section"), 3):
        if next(islice(outer.iter(), _CARD, None), None) is not None:
            return
        yield outer


def _is_card(box: etree._Element) -> bool:
    return any(map(_leads_elsewhere, box.iter("h2", "h3", "h4")))


def _leads_elsewhere(title: etree._Element) -> bool:
    """Return whether this is the linked title of a story, and not a person's name."""
    around = title.getparent()
    link = around if around is not None and around.tag == "a" else next(title.iter("a"), None)
    href = "" if link is None else link.get("href", "")
    return bool(href) and href[0] != "#" and len(words_of(title).split()) > 3 and not OF_A_PERSON.search(href)


def following(element: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the elements that come after one in the page, in their order; none after none."""
    at = element
    while at is not None:
        for sibling in at.itersiblings():
            yield from sibling.iter()
        at = at.getparent()


def preceding(element: etree._Element | None) -> Iterator[etree._Element]:
    """Yield the elements that come before one in the page, the nearest first; of a large one its beginning."""
    at = element
    while at is not None:
        for sibling in at.itersiblings(preceding=True):
            yield from reversed(list(islice(sibling.iter(), 60)))
        at = at.getparent()


class Page:
    """One page and where it was found.

    What most fields are told by is gathered in one walk, because each walk over all elements costs as much as many
    questions to a few: ``gathered`` holds the first elements of some names, in the page's order. ``kept`` is what was
    parsed of the source, ``begun`` where its body begins.
    """

    def __init__(self, source: str, url: str) -> None:
        self.url = url
        self.source = source[:LONGEST]
        whole = self.source.replace("\x00", "")
        self.begun = max(whole.find("<body"), 0)
        self.kept = without_asides(whole, self.begun)
        self.tree = parsed(self.kept)
        self.properties: dict[str, list[str]] = {}
        self._aside: dict[etree._Element, bool] = {}
        self._asked: dict[tuple[str, str], bool] = {}  # a page's classes are few, and its elements many
        self.gathered: dict[str, list[etree._Element]] = {name: [] for name in _GATHERED}
        self.gathered["main"] = self.gathered["article"]  # both may hold the story
        for element in self.tree.iter(*_GATHERED):
            bucket = self.gathered[element.tag]
            if len(bucket) < _GATHERED[element.tag]:
                bucket.append(element)
        for element in self.gathered["meta"]:
            self._take_meta(element)

    def _take_meta(self, element: etree._Element) -> None:
        content = element.get("content") or element.get("value")
        content = content.strip() if content else ""
        if not content or len(self.properties) >= MOST:
            return
        names = _names_of(element)
        if "parsely-page" in names:
            self._take_parsely(content)
        for name in names or [(element.get("http-equiv") or "").lower().strip()]:
            values = self.properties.setdefault(name, [])
            if name and len(values) < MOST:
                values.append(content)

    def _take_parsely(self, content: str) -> None:
        """Take the one property that holds a story's facts as JSON as the properties it stands for."""
        for said in linked_data.parse(content)[:1]:
            for key, name in _PARSELY.items() if isinstance(said, dict) else ():
                values = said.get(key)
                for value in values[:MOST] if isinstance(values, list) else [values]:
                    if isinstance(value, str) and value.strip():
                        self.properties.setdefault(name, []).append(value.strip())

    @cached_property
    def _links(self) -> dict[str, list[tuple[int, etree._Element]]]:
        """The links of the head that tell of the page, by their relations, each with its place among them."""
        found: dict[str, list[tuple[int, etree._Element]]] = {}
        for place, one in enumerate(self.gathered["link"]):
            rel = one.get("rel", "")
            for relation in () if rel in _OF_BROWSERS else rel.lower().split():
                found.setdefault(relation, []).append((place, one))
        return found

    @cached_property
    def titles(self) -> list[str]:
        """The words of the page's title elements, those of drawings left out."""
        return [words_of(one) for one in self.gathered["title"] if not self.is_aside(one)][:5]

    def is_aside(self, element: etree._Element) -> bool:
        """Return whether an element lies beside the story: in navigation, a footer, a list of related stories.

        Each element of the page is judged once, however many within it ask.
        """
        unknown = []
        at = element
        while at is not None and at not in self._aside:
            unknown.append(at)
            at = at.getparent()
        lies_aside = at is not None and self._aside[at]
        for outer in reversed(unknown):
            lies_aside = self._aside[outer] = lies_aside or self._is_marked_aside(outer)
        return lies_aside

    def _is_marked_aside(self, element: etree._Element) -> bool:
        if element.tag in marks.ASIDE:
            return True
        borne = element.get("class", ""), element.get("id", "")
        if borne not in self._asked:
            self._asked[borne] = marks.is_aside(" ".join(borne).lower())
        return self._asked[borne]

    def is_of_another(self, element: etree._Element) -> bool:
        """Return whether an element belongs to the card of another story."""
        if self.heading is None:
            return False
        card = next(element.iterancestors("article"), None)
        if card is not None and card not in self._around:
            return next(card.iter("h2", "h3", "h4"), None) is not None
        return any(map(_is_card, takewhile(lambda one: one not in self._around, _boxes(element))))

    @cached_property
    def _around(self) -> frozenset[etree._Element]:
        """The elements around the story's heading."""
        return frozenset(self.heading.iterancestors())

    @cached_property
    def base(self) -> str:
        """The address that relative ones are relative to."""
        told = ((one.get("href") or "").strip() for one in self.gathered["base"])
        try:
            found = urljoin(self.url, first(told))
        except ValueError:
            return self.url
        return found if found.startswith(("http://", "https://")) else self.url

    @cached_property
    def brand(self) -> str:
        """The site the page was found on."""
        return links.brand(self.url)

    @cached_property
    def is_home(self) -> bool:
        """True if this is a site's front page, whose stories, writers and days are others'."""
        return is_home(self.url)

    @cached_property
    def data(self) -> linked_data.LinkedData:
        """The page's JSON-LD."""
        told = (one for one in self.gathered["script"] if "ld+json" in (one.get("type") or "").lower())
        return linked_data.LinkedData([one.text for one in islice(told, 100) if one.text])

    @cached_property
    def items(self) -> dict[str, list[etree._Element]]:
        """Elements by their ``itemprop``, those beside the story left out."""
        found: dict[str, list[etree._Element]] = {}
        for element in _ITEMS(self.tree)[:MOST] if "itemprop" in self.kept else ():
            for name in element.get("itemprop").lower().split():
                found.setdefault(name, []).append(element)
        return found

    def item_values(self, name: str) -> Iterator[str]:
        """Yield what the page's microdata says: an attribute made for programs, else the words."""
        for element in self.items.get(name, [])[:50]:
            if not self.is_aside(element) and not _is_of_part(element):
                yield said_by(element)

    @cached_property
    def _marked(self) -> Remembered[tuple[etree._Element, str]]:
        """The elements of the story that bear a mark of any kind, and what they bear."""
        return Remembered(_walk_marked(self.tree))

    def marked(self, names: frozenset[str], kind: re.Pattern) -> Iterator[etree._Element]:
        """Yield the elements of these names that bear marks of this kind, in the page's order.

        ``names`` are of ``marks.BEARERS``, ``kind`` is part of ``marks.ANY``. What lies beside the story is passed
        over; looks no further than it is asked.
        """
        return (element for element, said in self._marked if kind.search(said) and element.tag in names)

    def values(self, *names: str) -> Iterator[tuple[str, str]]:
        """Yield ``(value, origin)`` of the properties of these names, in the order of the names."""
        for name in filter(self.properties.__contains__, names):
            origin = origin_of(name)
            yield from ((value, origin) for value in self.properties[name])

    def card_fields(self) -> Iterator[tuple[list[str], list[tuple[str, str]]]]:
        """Yield the labels of each of a Twitter card's two labelled fields, and its values with their origin."""
        for number in "12":
            labels = [label for label, _ in self.values(f"twitter:label{number}")]
            yield labels, list(self.values(f"twitter:data{number}"))

    def hrefs(self, *rels: str) -> Iterator[etree._Element]:
        """Yield the links of the head that have one of these relations and an address."""
        several = [self._links[rel] for rel in rels if rel in self._links]
        found = sorted(set(chain(*several))) if len(several) > 1 else chain(*several)
        return (one for _, one in found if one.get("href"))

    @cached_property
    def heading(self) -> etree._Element | None:
        """The story's heading: a main one that the title repeats, else such a second one, else the first main one."""
        named = squashed(" ".join(self.titles[:1] + self.properties.get("og:title", [])[:1]))
        for one in (*self.gathered["h1"], *self.gathered["h2"]):
            said = squashed(words_of(one))
            if len(said) > 9 and said in named and not self.is_aside(one):
                return one
        return next((one for one in self.gathered["h1"] if words_of(one)), None)

    @cached_property
    def heading_words(self) -> list[str]:
        """The main headings, the story's own first where the page says which it is."""
        inside = [words_of(one) for one in self.gathered["h1"] if not self.is_aside(one)]
        return [words for words in inside if words]


def _walk_marked(tree: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements that bear marks; knows no page, so that none waits for a collector of cycles to be freed."""
    asked: dict[str, tuple[str, bool]] = {}  # a page's classes are few, and its elements many
    walk = etree.iterwalk(tree, events=("start",), tag=_WALKED)
    for _, element in islice(walk, _LOOKED_AT):
        borne = " ".join(filter(None, map(element.get, marks.ATTRIBUTES)))
        if borne not in asked:
            said = borne.lower()
            asked[borne] = said if marks.ANY.search(said) else "", marks.is_aside(said)
        said, lies_aside = asked[borne]
        if lies_aside or element.tag in marks.ASIDE:
            walk.skip_subtree()
        elif said:
            yield element, said


def _names_of(element: etree._Element) -> list[str]:
    """Return the names of a property, in lower case and in their order."""
    name, more = element.get("name", "").lower().strip(), element.get("property", "")
    if not more:
        return [name] if name else []
    return sorted({*more.lower().split(), name} - {""})


def _is_of_part(element: etree._Element) -> bool:
    """Return whether what an ``itemprop`` tells is told of a picture, a song or a comment within the page."""
    owner = next((one for one in islice(element.iterancestors(), _OUTER) if one.get("itemscope") is not None), None)
    return owner is not None and _PARTS.search(owner.get("itemtype") or "") is not None


def said_by(element: etree._Element) -> str:
    """Return what an element with an ``itemprop`` says; of a thing with properties of its own, the name."""
    if element.get("itemscope") is not None:
        inner = next((one for one in element.iterdescendants() if one.get("itemprop") == "name"), None)
        if inner is not None:
            return said_by(inner)
    told = [element.get(name, "").strip() for name in ("content", "datetime", "src", "href")]
    if element.tag == "a":  # an author's name or a headline stands in the link; of a picture there is only the address
        return told[0] or words_of(element) or told[-1]
    return first(told) or words_of(element)


def first(values: Iterable[str]) -> str:
    """Return the first that says something, else an empty string."""
    return next(filter(None, values), "")
