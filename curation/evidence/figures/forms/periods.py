"""Parts of a year and centuries: Q3 2024, the second half of 2024, spring, the 19th century."""

import re

from curation.evidence.figures.figure import Figure, Parsed, Reading

from . import numerals
from .dates import Day

_NTH = r"first|second|third|fourth|last|final|1st|2nd|3rd|4th"
_YEAR = r"(?:,?\s+(?:of\s+)?(?:the\s+year\s+)?(?P<year>(?:19|20)\d\d)\b)?"
_QUARTER = re.compile(
    rf"(?:Q(?P<q>[1-4])|(?P<nth>{_NTH})[\s-]quarter|H(?P<h>[12])(?=\s+(?:of\s+)?(?:19|20)\d\d)"
    rf"|(?P<half>first|second|former|latter)[\s-]half(?=\s+of\s+(?:the\s+year|(?:19|20)\d\d)))\b{_YEAR}",
    re.IGNORECASE,
)
_SEASON = re.compile(rf"(?P<season>spring|summer|autumn|fall|winter)\b{_YEAR}(?:[/–-]\d\d(?:\d\d)?)?", re.IGNORECASE)
_SEASONS = {"spring": (3, 6), "summer": (5, 9), "autumn": (9, 12), "fall": (9, 12), "winter": (10, 15)}
_LEADS = re.compile(
    r"\b(?:in|last|this|next|since|by|until|of|from|early|late|during|before|after|previous)\s(?:the\s)?$"
)
_CENTURY = re.compile(
    rf"(?:(?P<digits>1\d|2[01])(?:th|st)|(?P<word>{numerals.ORDINAL_WORDS}))[\s-]century\b", re.IGNORECASE
)
_NUMBERS = {
    "former": 1,
    "latter": 2,
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
}  # what is not here is the fourth


def period(text: str, at: int) -> Parsed | None:
    """Read a quarter, a half or a season, with its year if that is told; or a century."""
    return _quarter(text, at) or _season(text, at) or century(text, at)


def _quarter(text: str, at: int) -> Parsed | None:
    found = _QUARTER.match(text, at)
    if not found or (found["nth"] and found[0][len(found["nth"])] == "-"):
        return None
    size = 6 if found["h"] or found["half"] else 3
    told = found["q"] or found["h"]
    number = int(told) if told else _NUMBERS.get((found["nth"] or found["half"]).lower(), 4)
    return _dated(at, found, size * (number - 1) + 1, size * number)


def _season(text: str, at: int) -> Parsed | None:
    found = _SEASON.match(text, at)
    if not found or not (found["year"] or _LEADS.search(text, max(0, at - 14), at)):
        return None
    return (
        None
        if found[0] == "fall" and "the" not in text[at - 4 : at]
        else _dated(at, found, *_SEASONS[found["season"].lower()])
    )


def _dated(at: int, found: re.Match, first: int, last: int) -> Parsed:
    day = Day(int(found["year"]) if found["year"] else None, first, None, last)
    return found.end(), [
        Figure(at, found.end(), (Reading("date", 0.0, day=day),), also=(Reading("months", last - first + 1.0),))
    ]


def century(text: str, at: int) -> Parsed | None:
    """Read “the 19th century”."""
    found = _CENTURY.match(text, at)
    if not found:
        return None
    number = float(found["digits"] or numerals.ORDINALS[re.sub(r"\s", "-", found["word"].lower())])
    return found.end(), [Figure(at, found.end(), (Reading("century", number),))]
