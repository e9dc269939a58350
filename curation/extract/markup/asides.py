"""Asides of a page: what lies beside a story is left out of its source before parsing, where its ends are certain.

A parser's time grows with the elements of a page, and half of them are menus, other stories and comments, which no
field is read from (``marks.is_aside``). An element stays whole where anything within it might matter or mislead: a main
heading, a paragraph as long as a story's, facts for programs, a script.
"""

import re
from collections.abc import Iterator

from curation.extract import marks

_NAMES = ("nav", "section", "div", "ul", "ol", "aside")
_WORDS = ("<nav", "<aside", "related", "recommend", "comment")  # one stands in each tag that opens such an element
_LEAST = 2_000  # characters within an element that are worth the looking
_FIRST = 3_000  # characters of a menu that stay: the way to the front page, and what the site is called
_LONGEST_TAG = 2_000
_MOST = 5_000  # places that are looked at
_AGAIN = 4  # times a page is gone through at most, where such elements hold each other or are never closed
_TAG = re.compile(rf"<([a-z]+)\b[^<>]{{0,{_LONGEST_TAG}}}>")
_BORNE = re.compile(r"""\b(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
#: A main heading, facts for programs, and what makes it doubtful where an element ends.
_FACTS = "[hH]1|main|MAIN|script|SCRIPT|style|meta|META|link|title|base|template|textarea|xmp|iframe|noscript|!"
_MATTERS_IN_COMMENTS = re.compile(f"<(?:{_FACTS})")
#: And a paragraph as long as a story's; comments may be as long.
_MATTERS = re.compile(rf"<(?:{_FACTS}|(?:p|li|td|dd|blockquote)\b[^<>]*>[^<]{{200}})")
_ENDS = {name: re.compile(rf"<(/?){name}\b") for name in _NAMES}
_QUOTES = frozenset("\"'=")


def without_asides(source: str) -> str:
    """Return a page without what such elements hold. Time is linear in the page."""
    kept, begun = [], 0
    for inner, end in _asides(source):
        kept.append(source[begun:inner])
        begun = end
    return "".join([*kept, source[begun:]]) if kept else source


def _asides(source: str) -> Iterator[tuple[int, int]]:
    """Yield where what may be left out begins and ends."""
    at, left = max(source.find("<body"), 0), _AGAIN * len(source)
    places = {word: source.find(word, at) for word in _WORDS}
    for _ in range(_MOST):
        found = _next(source, places, at)
        if found is None or left <= 0:
            return
        at, tag = found
        if tag is None:
            continue
        end = _end(source, tag[1], tag.end())
        left -= (end if end >= 0 else len(source)) - tag.end()
        if end - tag.end() >= _LEAST and _is_idle(source, tag, end):
            yield _menu(source, tag.end(), end) if tag[1] == "nav" else tag.end(), end
            at = end


def _next(source: str, places: dict[str, int], at: int) -> tuple[int, re.Match | None] | None:
    """Return the next place of one of the words and the tag of such an element that it stands in; None at the end.

    ``places`` holds the next place of each word, and is kept up to date.
    """
    for word, place in places.items():
        if 0 <= place < at:
            places[word] = source.find(word, at)
    place, word = min(((place, word) for word, place in places.items() if place >= 0), default=(-1, ""))
    if place < 0:
        return None
    start = source.rfind("<", max(at, place - _LONGEST_TAG), place + 1)
    tag = _TAG.match(source, start) if start >= 0 else None
    is_aside = tag is not None and tag.end() > place and tag[1] in _NAMES and _is_aside(tag)
    return place + len(word), tag if is_aside else None


def _is_aside(tag: re.Match) -> bool:
    said = _said(tag)
    # Many a page that has a sidebar says so around all of it.
    return tag[1] in marks.ASIDE or ("sidebar" not in said and marks.is_aside(said))


def _said(tag: re.Match) -> str:
    """Return class and id of a tag in lower case."""
    return " ".join("".join(borne) for borne in _BORNE.findall(tag[0])).lower()


def _end(source: str, name: str, inner: int) -> int:
    """Return where the tag begins that closes an element; -1 where none does, or one may stand within an attribute."""
    depth = 1
    for found in _ENDS[name].finditer(source, inner):
        if source[found.start() - 1] in _QUOTES:
            return -1
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    return -1


def _is_idle(source: str, tag: re.Match, end: int) -> bool:
    """Return whether nothing within an element might matter, or mislead about its end."""
    matters = _MATTERS_IN_COMMENTS if marks.is_comments(_said(tag)) else _MATTERS
    return matters.search(source, tag.end(), end) is None


def _menu(source: str, inner: int, end: int) -> int:
    """Return where the first entries of a menu end."""
    last = source.rfind("</li>", inner, min(end, inner + _FIRST))
    return last + len("</li>") if last >= 0 else inner
