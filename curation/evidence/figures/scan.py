"""The figures of a text, in order: each is read by the first reader that knows it."""

import re
from collections.abc import Callable

from . import amounts, labels, numerals, shares, units
from .figure import Figure, Parsed
from .labels import THINGS
from .ranges import with_ranges

MOST = 2_000  # figures that are read of one sentence or paragraph: a table of numbers, not a sentence, has more
_PREFIXED = re.compile(r"(?:[A-Za-z][\w’']*-|[A-Za-z_/#@&]|[A-Za-z]\.)$")
_PLAIN_PREFIX = re.compile(r"(?:^|[^\w-])(?:(?i:mid|pre|post|over|under|sub|early|late|non)|[a-z]{2,})-$")
_GLUED = re.compile(r"\d+(?:[A-Z](?![A-Za-z]*\$)[\w-]*|[a-z]\d[\w-]*|-?[A-Z][A-Za-z]*\b)")
_GLUED_UNIT = re.compile(
    r"\d+(?:K|M|B|BN|GB|MB|KB|TB|C|F|X|%|AM|PM|KG|MG|ML|KM|H|MIN)\b|\d+-(?:Year|Bed|Day|Week|Month|Hour|Minute)"
)
_STARTS = re.compile(
    rf"https?://\S+|www\.\S+|\d|['’]\d0s\b|[{''.join('½⅓⅔¼¾⅕⅛')}]|\.\d"
    rf"|\b(?:(?:{THINGS})s?\s+(?:no\.?\s?|number\s)?(?=\d|[IVX]|{'|'.join(numerals.SMALL)})"
    rf"|{'|'.join(numerals.SMALL)}|an?\s+(?:{'|'.join(numerals.SCALES)})|half|halves|{'|'.join(numerals.PARTS)}|first"
    rf"|{'|'.join(numerals.ORDINALS)}|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july"
    r"|august|september|october|november|december|doubl\w+|twice|two-?fold|three-?fold|tripl\w+|trebl\w+|quadrupl\w+|four-?fold|halv\w+"
    r"|fortnight|an?\s+quarter(?=\s+of\s+an\s+hour)|thrice|noon|midday|midnight|both|couple|pair|none|nobody"
    r"|an?\s+(?:single\s+)?(?:second|minute|hour|day|week|fortnight|month|year|decade))\b",
    re.IGNORECASE,
)
_Reader = Callable[[str, int], Parsed | None]
_READERS: tuple[_Reader, ...] = (
    labels.label,
    labels.date,
    labels.time,
    labels.year,
    shares.multiple,
    shares.half_measure,
    shares.part,
    shares.glyph,
    amounts.ordinal,
    amounts.unit_alone,
    amounts.number,
)


def figures(text: str) -> list[Figure]:
    """Return the figures of a text, in order; the ends of a range are two, and share its unit."""
    found: list[Figure] = []
    at = 0
    while len(found) < MOST and (start := _STARTS.search(text, at)):
        at, more = _parse(text, start)
        found += more
    return with_ranges(text, found)


def _parse(text: str, start: re.Match) -> Parsed:
    """Return where the figure that begins here ends, and what it is: the first reader that knows it says so."""
    if start[0][:4] in {"http", "www."} or _is_in_a_name(text, start.start()):
        return max(start.end(), _end_of_token(text, start.start())), []
    for reader in _READERS:
        read = reader(text, start.start())
        if read and read[0] > start.start():
            return read
    return start.end(), []


def _end_of_token(text: str, at: int) -> int:
    return re.compile(r"[\w-]*").match(text, at).end()


def _is_in_a_name(text: str, at: int) -> bool:
    """Return whether a digit is part of a word that is a name: COVID-19, H1N1, 5G."""
    if not text[at].isdigit():
        return False
    before = text[max(0, at - 24) : at]
    if (
        before[-1:].isascii()
        and _PREFIXED.search(before)
        and not (_PLAIN_PREFIX.search(before) or units.BEFORE.search(before))
    ):
        return True
    glued = _GLUED.match(text, at)
    return bool(glued) and not _GLUED_UNIT.match(text, at)
