"""Who wrote a page: names as a reader would say them, each once."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from . import site
from .linked_data import types_of
from .page import Page, following, is_aside, marked, words_of
from .wording import each, line, squashed

_BY = re.compile(
    r"^(?:authors?\s*:\s*)?(?:(?:written|posted|reported|reviewed|published|story|words|article|authored)\s+)?"
    r"(?:by|von|par|por|door)\b[:\s]+|^authors?\s*:\s*",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:written\s+)?by:?\s+[A-Z]|By:?\s")
_APART = re.compile(r"\s*[;|]\s*")
_AND = re.compile(r"\s*(?:,\s*)?(?:\b(?:and|und|et|y)\b|&|\+)\s+(?:by\s+)?", re.IGNORECASE)
_NO_PERSON = re.compile(
    r"[\d:!?@/]|\b(?:the|department|cent(?:er|re)s?|university|institute|health|society|association|hospital|office|agency"
    r"|ministry|group|council|team|board|foundation|administration|committee|organi[sz]ation|services|college|company"
    r"|news|staff|more|read|share|about|author|follow|contact|subscribe)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(each("de da del della der den di dos du el la le van von zu bin ibn al ten ter y e bint af"))
_COMMA = re.compile(r"\s*,\s*(?:and\s+)?")
_DEGREES = frozenset(
    each(
        "md phd do rn mph mba msc bsc dds dmd ma ms jd np pa facp facs frcp frcs mbbs mbchb bs ba bsn msn dnp pharmd"
        " psyd edd mpp mhs mha dphil drph scd dsc dvm rd rdn ld cpa cfa esq jr sr ii iii iv lcsw lpc crna aprn fnp dc"
        " dpm od mpa med fache chcio facep faan faha facc inc llc ltd"
    )
)
_ENDS_IN_STOP = re.compile(r"\b(?:[a-z]|jr|sr|inc|ltd|esq|co)\.$", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:reporter|editor|editors|correspondent|writer|contributor|staff|journalist|desk|columnist|director|officer|ceo"
    r"|founder|manager|professor|university|president|author|news|media|senior|associate|analyst|chief|producer)\b",
    re.I,
)
_NOBODY = frozenset(
    each(
        "by admin administrator editor editors staff webmaster unknown root wordpress guest anonymous none null na"
        " author user"
        " nobody superuser default siteadmin webadmin marketing test"
    )
)
_AFTER = re.compile(
    r"\s*(?:\bon\s+(?:\w+\s+)?\d|\b(?:updated|published|posted|last|reviewed|medically|share|follow|read|\d+ min)\b|"
    r"\d{1,2}[./:]\d|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,|"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)"
    r"[a-z]*\.? \d).*",
    re.IGNORECASE | re.DOTALL,
)
_META = ("author", "authors", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator")
_MORE_META = (
    "dc.creator.personalname",
    "dcterms.creator",
    "dc.contributor",
    "byl",
    "byline",
    "article.author",
    "creator",
    "og:author",
)
_LABELS = {"writtenby", "author", "by", "authors", "postedby", "verfasstvon", "ecritpar", "escritopor"}
_SMALL = each("a span p div address cite li h2 h3 strong")
_AUTHOR_MARKS = re.compile(r"byline|author|\bfn\b", re.IGNORECASE)
MOST = 200  # names of one page


def authors(page: Page, thing: dict, known: list[str]) -> list[tuple[list[str], str]]:
    """Return the lists of authors a page offers, each with its origin, the likeliest first.

    ``thing`` is what its JSON-LD says it is about, or empty; ``known`` the names of the site: the site itself is
    named as author only if nobody else is.
    """
    found = [(_once(names), origin) for names, origin in _said(page, thing)]
    found = [one for one in found if one[0]]
    found = [(_without_site(names, known), origin) for names, origin in found]
    found.sort(key=lambda one: all(site.is_like(name, known) for name in one[0]))
    if not found or all(site.is_like(name, known) for name in found[0][0]):
        bylines = (_once(names) for names in _bylines(page))
        found = [(names, "page") for names in islice(filter(None, bylines), 2)] + found
    return found


def _said(page: Page, thing: dict) -> Iterator[tuple[list[str], str]]:
    cited = [
        _turned(line(value))
        for value, _ in page.values("citation_author", "citation_authors", "bepress_citation_author")
    ]
    yield [name for names in cited for name in names], "meta"
    for key in ("author", "creator"):
        yield [name for one in page.data.many(thing.get(key)) for name in _of_data(page, one)], "JSON-LD"
    for name in (*_META, *_MORE_META):
        values = list(page.values(name))
        if values:
            yield [each for value, _ in values for each in _of_meta(name, line(value))], values[0][1]
    yield list(_labelled(page)), "Twitter"
    yield [name for value in page.item_values("author") for name in split(value)], "page"


def _without_site(names: list[str], known: list[str]) -> list[str]:
    return [name for name in names if not site.is_like(name, known)] or names


def _of_data(page: Page, one: Any) -> list[str]:
    """Return the names of one author in JSON-LD; an institution's stays whole, whatever it holds."""
    names = page.data.names(one)
    if isinstance(one, dict) and types_of(one) - {"person", "thing"}:
        return names
    return [name for said in names for name in split(said)]


def _of_meta(name: str, value: str) -> list[str]:
    return _turned(value) if name.startswith("dc") else split(value)


def _labelled(page: Page) -> Iterator[str]:
    """Yield the author a Twitter card shows in one of its two labelled fields."""
    for number in "12":
        labels = [squashed(value) for value, _ in page.values(f"twitter:label{number}")]
        if labels and labels[0] in _LABELS:
            for value, _ in page.values(f"twitter:data{number}"):
                yield from split(line(value))


def _bylines(page: Page) -> Iterator[list[str]]:
    """Yield the names in the places where pages show who wrote them."""
    for element in islice(marked(page.tree, _SMALL, _AUTHOR_MARKS), 40):
        words = words_of(element)
        if 3 < len(words) < 160 and not is_aside(element):
            yield [name for name in split(words) if _is_personal(name)]
    for heading in page.headings[:1]:
        for element in islice(following(heading), 30):
            words = line(element.text or "", 200)
            if _SIGNED.match(words) and len(words) < 100:
                yield [name for name in split(words) if _is_personal(name)]


def _is_personal(name: str) -> bool:
    """Say whether this is written like a person's name: two to six words, all of them capital or between names."""
    words = name.partition(",")[0].split()
    if not 1 < len(words) <= 6 or _NO_PERSON.search(name):
        return False
    capital = [word for word in words if word[0].isupper() or not word.isascii()]
    return len(capital) > 1 and all(word in capital or word.lower() in _PARTICLES for word in words)


def split(text: str) -> list[str]:
    """Return the names in “By Jane Doe, MD, and John Roe”: degrees stay with their name, offices go.

    What is no row of people, such as “Ministry of Health and Family Welfare”, stays one name.
    """
    text = _AFTER.sub("", _BY.sub("", line(text)))
    person = text.partition(" for ")[0]
    text = person if _is_personal(person) else text
    found: list[str] = []
    for part in _APART.split(text):
        people = [name for group in _AND.split(part) for name in _comma_separated(_BY.sub("", group.strip()))]
        found += people if len(people) < 2 or all(map(_is_personal, people)) else _comma_separated(part.strip())
    return found


def _comma_separated(group: str) -> list[str]:
    first, *rest = _COMMA.split(group)
    found = [first]
    for part in rest:
        if _is_degree(part):
            found[-1] += f", {part}"
        elif " " in part and not _ROLE.search(part):
            found.append(part)
    return found


def _turned(name: str) -> list[str]:
    """Return the names in “Doe, Jane; Roe, John”, each the way it is spoken."""
    parts = [part.strip() for part in name.split(";")]
    return [_spoken(part) for part in parts if part]


def _spoken(name: str) -> str:
    family, comma, given = name.partition(",")
    if not comma or "," in given or _is_degree(given):
        return name
    return f"{given.strip()} {family.strip()}"


def _is_degree(text: str) -> bool:
    """Say whether this follows a name and is none: “MD, PhD”, “Jr.”, “Inc.”"""
    words = re.findall(r"[^\W\d_]+", text.replace(".", "").lower())
    return 0 < len(words) <= 4 and _DEGREES.issuperset(words)


def _once(names: list[str]) -> list[str]:
    """Return the names that are names, each once."""
    found: dict[str, str] = {}
    for name in names[:MOST]:
        name = name.strip(" ,;:-–|").lstrip(".")
        name = name if _ENDS_IN_STOP.search(name) else name.rstrip(".")
        if _is_name(name):
            found.setdefault(squashed(name), name)
    return list(found.values())


def _is_name(name: str) -> bool:
    if not 1 < len(name) <= 120 or squashed(name) in _NOBODY or "@" in name:
        return False
    return "://" not in name and "www." not in name and not name.replace(" ", "").isdigit() and bool(squashed(name))
