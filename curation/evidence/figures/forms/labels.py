"""Numbered things (Ward 7, phase three), dates, years and decades."""

import re

from curation.evidence.figures.figure import Figure, Parsed, Reading
from curation.text.dates import WEEKDAYS

from . import dates, numerals, units

THINGS = (
    "ward|room|bay|level|phase|type|stage|grade|tier|band|floor|theatre|version|article|section|chapter|table|figure"
    "|annex|appendix|schedule|category|class|zone|clause|paragraph|step|pod|round|wave|cohort|cycle|arm|gate|block|part"
    "|building|lot|line|platform|module|generation|recommendation|question|tranche|edition"
)
FIRST_OF = frozenset({"lot", "cohort", "arm", "tranche", "ward", "question", "table", "theatre", "building"})
STRETCHES = "day|week|month|year"  # “day 14”, which is no 14 days
_THINGS_AFTER = re.compile(r"\s[a-z]{3,}s\b")
_STRETCHES = frozenset(STRETCHES.split("|"))
_A_YEAR = re.compile(r"[12]\d{3}")
_CODE = r"\d{1,4}[A-Za-z]?(?![\w%]|[.,:]\d|\s?%|\s?per\b)"
_LABEL = re.compile(
    rf"(?P<what>{THINGS}|{STRETCHES})(?P<many>s)?\s+(?:no\.?\s?|number\s)?(?P<one>{_CODE}|(?:{'|'.join(numerals.SMALL)})\b|[IVX]{{1,4}}\b)"
    rf"(?P<more>(?(many)(?:(?:,\s*|\s*(?:and|or|to|[-–&])\s*){_CODE}){{0,9}}))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?P<y>1[6-9]\d\d|20\d\d|21\d\d)(?:(?P<decade>s)\b|(?:[-–/](?P<to>\d\d))?(?![\w%]|[.,:]\d|\s?%))")
_SHORT_DECADE = re.compile(r"['’](\d0)s\b")
_TENS = {f"{word[:-1]}ies": value for word, value in numerals.SMALL.items() if value >= 20}
_SPOKEN_DECADE = re.compile(rf"(?P<word>{'|'.join(_TENS)})\b", re.IGNORECASE)
_OF_A_CENTURY = re.compile(r"\bthe\s(?:(?:early|mid|late)[\s-])?$", re.IGNORECASE)


def label(text: str, at: int) -> Parsed | None:
    found = _LABEL.match(text, at)
    if not found or (found["what"].lower() in _STRETCHES and _A_YEAR.fullmatch(found["one"])):
        return None
    if units.AFTER.match(text, found.end()):  # “it steps 12 mm aside”
        return None
    if found["one"].lower() in numerals.SMALL and _THINGS_AFTER.match(
        text, found.end()
    ):  # “in the second lot six firms competed”
        return None
    what = f"label {found['what'].lower()}"
    readings = [_reading_of(what, found["one"])]
    if found["what"].lower() in _STRETCHES:  # “each week 12 of them come”
        readings.append(readings[0]._replace(unit=""))
    things = [Figure(found.start(), found.end("one"), tuple(readings))]
    for more in re.finditer(r"\d{1,4}[A-Za-z]?", found["more"]):
        begin = found.start("more") + more.start()
        things.append(Figure(begin, begin + len(more[0]), (_reading_of(what, more[0]),)))
    return found.end(), things


def _reading_of(what: str, code: str) -> Reading:
    word = code.lower()
    if word in numerals.SMALL:
        return Reading(what, numerals.SMALL[word])
    digits = re.match(r"\d*", word)[0]
    if not digits:
        return Reading(what, float({"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}.get(word, 0)))
    return Reading(f"{what} {word[len(digits) :]}".strip(), float(digits))


_VERSION = re.compile(r"\d{1,3}(?:\.\d{1,2}){2,3}(?![\w%]|\.\d)")


def version(text: str, at: int) -> Parsed | None:
    """Read “5.1.2”, which is a name of digits and no number."""
    found = _VERSION.match(text, at)
    return found and (found.end(), [Figure(at, found.end(), (Reading(f"code {found[0]}", 0.0),))])


def date(text: str, at: int) -> Parsed | None:
    read = dates.day_at(text, at) or dates.holiday_at(text, at)
    if not read:
        return None
    also = tuple(
        Reading("date", 0.0, day=day._replace(day=edge))
        for day in read[1]
        if day.day is None
        for edge in _edge(text, at)
    )
    return read[0], [Figure(at, read[0], tuple(Reading("date", 0.0, day=day) for day in read[1]), also=also)]


_EDGE = re.compile(r"\b(?:(?P<end>end)|start|beginning)\s+of\s+(?:the\s+year\s+)?$")


def _edge(text: str, at: int) -> tuple[int, ...]:
    """Return which days of its month are meant by “the end of August”."""
    found = _EDGE.search(text, max(0, at - 16), at)
    return () if not found else (28, 29, 30, 31) if found["end"] else (1,)


def weekday(text: str, at: int) -> Parsed | None:
    """Read the day of a week; beside a date it says nothing that the date does not."""
    found = _WEEKDAY.match(text, at)
    if not found:
        return None
    number = _DAYS.index(found["day"].capitalize())
    return found.end(), [
        Figure(at, found.end(), (Reading("weekday", number),), weak=bool(_A_DATE.match(text, found.end())))
    ]


_DAYS = list(WEEKDAYS)
_WEEKDAY = re.compile(rf"(?P<day>{'|'.join(WEEKDAYS)})s?\b")
_A_DATE = re.compile(r",?\s(?:the\s)?(?:\d|[A-Z][a-z]{2,8}\.?\s\d)")


def year(text: str, at: int) -> Parsed | None:
    short = _SPOKEN_DECADE.match(text, at)
    if short and _OF_A_CENTURY.search(text, max(0, at - 11), at):
        return short.end(), [Figure(at, short.end(), (Reading("decade", 1900.0 + _TENS[short["word"].lower()]),))]
    short = _SHORT_DECADE.match(text, at)
    if short:
        return short.end(), [Figure(at, short.end(), (Reading("decade", 1900.0 + float(short[1])),))]
    found = _YEAR.match(text, at)
    if not found or units.BEFORE.search(text[max(0, at - 5) : at]) or units.AFTER.match(text, found.end()):
        return None
    year = float(found["y"])
    if found["decade"]:
        return found.end(), [Figure(at, found.end(), (Reading("decade", year),))]
    bare = () if found["to"] else (Reading("", year),)
    end = (Reading("year", year // 100 * 100 + float(found["to"])),) if found["to"] else ()
    edge = _EDGE.search(text, max(0, at - 16), at)
    last = dates.Day(int(year), 12, 31) if edge and edge["end"] else dates.Day(int(year), 1, 1)
    also = (Reading("date", 0.0, day=last),) if edge else ()
    return found.end(), [Figure(at, found.end(), (Reading("year", year), *bare, *end), also=also)]
