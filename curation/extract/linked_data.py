"""JSON-LD as it is found: mended where it is broken, and asked which of its things the page is about."""

import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from curation.text import links
from curation.text.entities import unescape

from .wording import each, line, squashed

LONGEST = 1_500_000  # characters of one script
MOST = 5_000  # things looked at on a page
_DEEPEST = 12
_WRAPPING = re.compile(
    r"^\s*(?:/[*/]\s*)?(?:<!--|<!\[CDATA\[)\s*(?:\*/)?|\s*(?:/[*/]\s*)?(?:-->|\]\]>)\s*(?:\*/)?\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_FIELD = re.compile(r'"(headline|datePublished|dateModified|@type|description|url)"\s*:\s*"((?:[^"\\\n]|\\.){1,2000})"')
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,500}?"name"\s*:\s*"([^"\n]{1,200})"')
STORIES = frozenset(
    each(
        "article newsarticle blogposting reportagenewsarticle analysisnewsarticle opinionnewsarticle"
        " backgroundnewsarticle"
        " reviewnewsarticle askpublicnewsarticle advertisercontentarticle scholarlyarticle medicalscholarlyarticle"
        " techarticle report liveblogposting socialmediaposting discussionforumposting satiricalarticle"
    )
)
OTHERS = frozenset(
    each(
        "videoobject podcastepisode audioobject event product course dataset softwareapplication recipe book review"
        " medicalwebpage medicalcondition creativework howto qapage jobposting presentationdigitaldocument"
    )
)
PAGES = frozenset(each("webpage itempage aboutpage contactpage faqpage profilepage collectionpage"))


class LinkedData:
    """All things a page's JSON-LD speaks of: ``objects`` as parsed, ``things`` those it may be about."""

    def __init__(self, scripts: list[str]) -> None:
        self.objects = [parsed for script in scripts for parsed in parse(script)]
        self.by_id: dict[str, dict] = {}
        self.things: list[dict] = []
        for thing, is_named in self._walk():
            if isinstance(name := thing.get("@id"), str) and len(thing) > len(self.by_id.get(name, ())):
                self.by_id[name] = thing
            if is_named and types_of(thing):
                self.things.append(thing)

    def _walk(self) -> Iterator[tuple[dict, bool]]:
        """Yield each thing and whether it stands for itself and is not just a part of another."""
        waiting = deque((parsed, True, 0) for parsed in self.objects)
        for _ in range(MOST):
            if not waiting:
                return
            at, is_named, depth = waiting.popleft()
            if isinstance(at, dict):
                yield at, is_named
            if depth < _DEEPEST:
                waiting.extend((part, is_named and stays, depth + 1) for part, stays in _parts_of(at))

    def resolved(self, thing: Any) -> Any:
        """Return what an object that is only an ``@id`` stands for, else the object itself."""
        if isinstance(thing, dict) and isinstance(name := thing.get("@id"), str) and len(thing) <= 2:
            return self.by_id.get(name, thing)
        return thing

    def many(self, value: Any) -> list:
        """Return the values of a key as a list, each resolved."""
        values = value if isinstance(value, list) else [] if value is None else [value]
        return [self.resolved(one) for one in values[:500]]

    def names(self, value: Any) -> list[str]:
        """Return the names of people, institutions and plain strings."""
        found = []
        for one in map(self._whole, self.many(value)):
            name = one.get("name") or _full_name(one) if isinstance(one, dict) else one
            found += [each for each in (name if isinstance(name, list) else [name]) if isinstance(each, str)]
        return [name for name in map(line, found) if name]

    def _whole(self, one: Any) -> Any:
        """Return a thing that a text holds as JSON; for one without a name, what stands elsewhere under its ``@id``."""
        one = _unquoted(one)
        if isinstance(one, dict) and not one.get("name") and isinstance(one.get("@id"), str):
            return self.by_id.get(one["@id"], one)
        return one

    def ranked(self, titles: list[str], same_page: Callable[[str], bool]) -> list[dict]:
        """Return the things this page may be about, the likeliest first.

        ``titles`` is what the page is called elsewhere, ``same_page`` says whether an address is this page's.
        """
        if not self.things:
            return []
        wanted = {squashed(title) for title in titles} - {""}
        alone = sum(bool(types_of(thing) & STORIES) for thing in self.things) == 1
        scored = [(_score(thing, wanted, same_page, alone), -place, thing) for place, thing in enumerate(self.things)]
        return [thing for score, _, thing in sorted(scored, key=lambda one: one[:2], reverse=True) if score > 0]


def _score(thing: dict, wanted: set[str], same_page: Callable[[str], bool], alone: bool) -> int:
    """Return how likely a page is about this; ``alone`` says that the page's JSON-LD tells of one story only."""
    kind = _kind_score(types_of(thing))
    if not kind:
        return 0
    called = squashed(text_of(thing, "headline") or text_of(thing, "name"))
    likeness = _likeness(called, wanted)
    addresses = [address for address in _addresses_of(thing) if address.startswith("http")]
    here = any(map(same_page, addresses))
    if addresses and not here and not likeness and not (alone and kind == 40) and wanted and called:
        return 0  # a story of its own that is named on this page
    return kind + 30 * here + 30 * likeness + 5 * ("datePublished" in thing) + 3 * ("author" in thing)


def _likeness(called: str, wanted: set[str]) -> bool:
    return bool(called) and any(called in name or (len(name) > 9 and name in called) for name in wanted)


def _kind_score(types: set[str]) -> int:
    if types & STORIES:
        return 40
    if types & OTHERS:
        return 20
    return 10 if types & PAGES else 0


def _addresses_of(thing: dict) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in thing[key] if isinstance(thing.get(key), list) else [thing.get(key)]:
            value = (value.get("@id") or value.get("url")) if isinstance(value, dict) else value
            if isinstance(value, str) and len(value) <= links.MAX_LENGTH:
                yield value


def _unquoted(value: Any) -> Any:
    if not isinstance(value, str) or not value.lstrip().startswith("{"):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _full_name(person: dict) -> str:
    names = [person.get(key) for key in ("givenName", "familyName")]
    return " ".join(name for name in names if isinstance(name, str))


def types_of(thing: dict) -> set[str]:
    """Return the types of a thing in lower case, without the vocabulary's address."""
    types = thing.get("@type")
    types = types if isinstance(types, list) else [types]
    return {one.rpartition("/")[2].rpartition(":")[2].lower() for one in types if isinstance(one, str)}


def text_of(thing: dict, key: str) -> str:
    """Return a text of a thing on one line; where there are several, the first."""
    value = thing.get(key)
    value = next(iter(value), None) if isinstance(value, list) else value
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return line(str(value)) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _parts_of(at: Any) -> Iterator[tuple[Any, bool]]:
    """Yield what lies inside; in a list, a graph or as main entity a thing keeps its standing."""
    if isinstance(at, list):
        yield from ((part, True) for part in at[:MOST])
    elif isinstance(at, dict):
        for key, part in at.items():
            if isinstance(part, dict | list):
                yield part, key in {"@graph", "mainEntity", "mainEntityOfPage"}


def parse(script: str) -> list:
    """Return the JSON values of a script; of one that cannot be mended, what can be read of its story."""
    script = _unwrapped(script[:LONGEST])
    for text in _mended(script):
        try:
            return _values(text)
        except (ValueError, RecursionError):
            continue
    return _salvaged(script)


def _unwrapped(script: str) -> str:
    for _ in range(3):
        bare = (
            _WRAPPING.sub("", script[:200]) + script[200:-200] + _WRAPPING.sub("", script[-200:])
            if len(script) > 400
            else _WRAPPING.sub("", script)
        )
        if bare == script:
            break
        script = bare
    return script.strip().rstrip(";")


def _mended(script: str) -> Iterator[str]:
    yield script
    yield _TRAILING_COMMA.sub("", script)
    if "&quot;" in script or "&#34;" in script:
        yield _TRAILING_COMMA.sub("", unescape(script))


def _values(text: str) -> list:
    """Return the JSON values that follow each other in a text."""
    decoder, found, at = json.JSONDecoder(strict=False), [], 0
    while at < len(text) and len(found) < 100:
        value, end = decoder.raw_decode(text, at)
        found.append(value)
        at = end + len(text[end:]) - len(text[end:].lstrip(" \t\r\n,;"))
    return found


def _salvaged(script: str) -> list:
    """Return one thing made of the plain fields of broken JSON, the first of each; nothing if there are none."""
    found: dict[str, Any] = {}
    for field in _FIELD.finditer(script[:200_000]):
        found.setdefault(field[1], field[2].replace('\\"', '"').replace("\\/", "/"))
    if author := _AUTHOR.search(script[:200_000]):
        found["author"] = {"name": author[1]}
    return [found] if "headline" in found or "datePublished" in found else []
