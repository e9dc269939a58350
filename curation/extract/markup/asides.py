"""Asides of a page: what lies beside a story is left out of its source before parsing, where its ends are certain.

A parser's time grows with the elements of a page, and half of them are menus, other stories and comments, which no
field is read from (``marks.is_aside``). An element stays whole where anything within it might matter or mislead: a main
heading, a paragraph as long as a story's, facts for programs, a script.
"""

import re
from collections.abc import Iterator

from curation.extract import marks

_NAMES = ("nav", "section", "div", "ul", "ol", "aside", "footer")
#: One of these stands in each tag that opens such an element.
_WORDS = ("<nav", "<aside", "<footer", "related", "recommend", "comment")
_LEAST = 2_000  # characters within an element that are worth the looking
_FIRST = 3_000  # characters of a menu that stay: the way to the front page, and what the site is called
_FIRST_OF_FOOTER = 1_000
_LONGEST_TAG = 2_000
_PIECE, _LONGEST_PIECE = 250, 4_000  # characters that are looked through at a time, ever more until something is found
_MOST = 5_000  # places that are looked at
_AGAIN = 4  # times a page is gone through at most, where such elements hold each other or are never closed
_TAG = re.compile(rf"<([a-z]+)\b[^<>]{{0,{_LONGEST_TAG}}}>")
_BORNE = re.compile(r"""\b(?:class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
#: A main heading, facts for programs, and what makes it doubtful where an element ends; of most tags the first letter
#: tells that they are none of these.
_FACTS = "[hH]1|main|MAIN|meta|META|script|SCRIPT|style|link|title|template|textarea|base|xmp|iframe|noscript|!"
_ENDS = {name: re.compile(rf"<(?:/{name}\b|(?=[hHmMsSltbixn!{name[0]}])(?:{name}\b|{_FACTS}))") for name in _NAMES}
#: A paragraph as long as a story's.
_PARAGRAPH = re.compile(r"<(?:p|li|td|dd|blockquote)\b[^<>]*>[^<]{200}")
_LONG = re.compile(r">[^<]{200}")
#: Of a footer's entries: another list, what asks something of readers, and words that tell whose the site is.
_NO_ENTRY = re.compile(r"<(?:/?[uo]l\b|form|button|input)")
_OF_OWNERS = ("©", "&copy", "&#169", "opyright", "OPYRIGHT", "(c)")
_ENTRY_ENDS = "</li>"
_QUOTES = frozenset("\"'=")


def without_asides(source: str, begun: int = 0) -> str:
    """Return a page without what such elements hold behind ``begun``, its body. Time is linear in the page."""
    kept, taken = [], 0
    for inner, end in _asides(source, begun):
        kept.append(source[taken:inner])
        taken = end
    return "".join([*kept, source[taken:]]) if kept else source


def _asides(source: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where what may be left out begins and ends."""
    left = _AGAIN * len(source)
    for _ in range(_MOST):
        place, tag = _next(source, at)
        if place < 0 or left <= 0:
            return
        at = place
        if tag is None:
            continue
        end, is_idle = _end(source, tag[1], tag.end())
        left -= end - tag.end()
        if is_idle and _is_worth_it(source, tag, end):
            parts = _PARTS.get(tag[1], _all)(source, tag.end(), end)
            yield from parts
            at = end if parts else at


def _next(source: str, at: int) -> tuple[int, re.Match | None]:
    """Return where the next of the words ends, -1 if none comes, and the tag of such an element that it stands in."""
    place, word = _next_word(source, at)
    if place < 0:
        return -1, None
    start = source.rfind("<", max(at, place - _LONGEST_TAG), place + 1)
    tag = _TAG.match(source, start) if start >= 0 else None
    is_aside = tag is not None and tag.end() > place and tag[1] in _NAMES and _is_aside(tag)
    return place + len(word), tag if is_aside else None


def _next_word(source: str, at: int) -> tuple[int, str]:
    """Return the next of the words and its place; looks piece by piece, as what is left out need not be looked at."""
    size = _PIECE
    while at < len(source):
        place, nearest = at + size, ""
        for word in _WORDS:
            found = source.find(word, at, place + len(word) - 1)
            if found >= 0:
                place, nearest = found, word
        if nearest:
            return place, nearest
        at, size = at + size, min(2 * size, _LONGEST_PIECE)
    return -1, ""


def _is_aside(tag: re.Match) -> bool:
    said = _said(tag)
    # Many a page that has a sidebar says so around all of it.
    return tag[1] in marks.ASIDE or ("sidebar" not in said and marks.is_aside(said))


def _said(tag: re.Match) -> str:
    """Return class and id of a tag in lower case."""
    return " ".join("".join(borne) for borne in _BORNE.findall(tag[0])).lower()


def _end(source: str, name: str, inner: int) -> tuple[int, bool]:
    """Return where the tag begins that closes an element, and whether nothing within might matter, or mislead.

    Where a fact stands within, or what closes it may stand within an attribute, that is the place.
    """
    depth, opening, closing = 1, f"<{name}", f"</{name}"
    for found in _ENDS[name].finditer(source, inner):
        if found[0] not in (opening, closing) or source[found.start() - 1] in _QUOTES:
            return found.start(), False
        depth += 1 if found[0] == opening else -1
        if not depth:
            return found.start(), True
    return len(source), False


def _is_worth_it(source: str, tag: re.Match, end: int) -> bool:
    """Return whether an element is large, and holds no paragraph as long as a story's; comments may be as long."""
    is_large = end - tag.end() >= _LEAST
    return is_large and (marks.is_comments(_said(tag)) or _is_brief(source, tag.end(), end))


def _is_brief(source: str, inner: int, end: int) -> bool:
    """Return whether no paragraph as long as a story's stands within an element, nor a tag without end."""
    for found in _LONG.finditer(source, inner, end):
        start = source.rfind("<", max(inner, found.start() - _LONGEST_TAG), found.start())
        if start < 0 or _PARAGRAPH.match(source, start, end):
            return False
    return True


def _all(source: str, inner: int, end: int) -> list[tuple[int, int]]:
    return [(inner, end)]


def _menu(source: str, inner: int, end: int) -> list[tuple[int, int]]:
    """Return what of a menu is left out: all but its first entries."""
    return [(_first_entries(source, inner, end, _FIRST), end)]


def _footer(source: str, inner: int, end: int) -> list[tuple[int, int]]:
    """Return what of a footer is left out: of each list the entries behind the first, where they are but links."""
    begin = _first_entries(source, inner, end, _FIRST_OF_FOOTER)
    return [part for part in _entries(source, begin, end) if _are_idle(source, *part)]


def _entries(source: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the entries of each list that are behind the first begin and end."""
    while begin < end:
        close = source.find("</ul", begin, end)
        close = close if close >= 0 else end
        yield begin, source.rfind(_ENTRY_ENDS, begin, close) + len(_ENTRY_ENDS)
        behind = source.find(_ENTRY_ENDS, close, end)
        begin = behind + len(_ENTRY_ENDS) if behind >= 0 else end


def _are_idle(source: str, begin: int, end: int) -> bool:
    """Return whether entries of a footer hold no other list, ask nothing, and do not tell whose the site is."""
    if begin >= end or _NO_ENTRY.search(source, begin, end):
        return False
    return all(source.find(word, begin, end) < 0 for word in _OF_OWNERS)


def _first_entries(source: str, inner: int, end: int, most: int) -> int:
    """Return where the first entries of a list end that take so many characters at most."""
    last = source.rfind(_ENTRY_ENDS, inner, min(end, inner + most))
    return last + len(_ENTRY_ENDS) if last >= 0 else inner


#: What of an element is left out.
_PARTS = {"nav": _menu, "footer": _footer}
