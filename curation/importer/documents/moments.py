"""Dates as the old generators read them: ISO 8601 in all its spellings, words, slashes, RFC 822, seconds of Unix."""

import math
import re
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateutil import parser

_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")
_LONGEST = 60  # characters; no date is longer
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
# What repeats a zone: browsers' GMT+0100 (CET), Go's -0500 EST m=+0.1, Java's Z[UTC].
_ZONE_AGAIN = re.compile(
    r"\b(?:GMT|UTC)(?=[+-]\d)|\([^()]*\)$|\s+m=[+-][\d.]+$|\[[\w/+-]+\]$|(?<=[+-]\d{4})\s+[A-Z]{3,5}(?=$|\s+m=)"
)
_PLACE = re.compile(r"(?<=\d)\s+([A-Z][a-z]+(?:/[A-Z]\w+){1,2})$")
_DRESS = str.maketrans(
    {**dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"), **dict.fromkeys("\xa0\u2009\u202f", " ")}
)
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{1,2}[ -][A-Za-z]{3}[ -])(\d\d)(?=$|[ ,]+\d{1,2}:)")  # RFC 850, and RFC 822 of old
_BARE = re.compile(r"(?:19|20)\d{6}")
_MONTHS = {  # beginnings of months as French, German, Spanish, Italian, Portuguese and Dutch write them
    **dict.fromkeys(("janv", "januar", "jänner", "enero", "gennaio", "janeiro"), "January"),
    **dict.fromkeys(("févr", "fevr", "februar", "febrero", "febbraio", "fevereiro"), "February"),
    **dict.fromkeys(("mars", "märz", "maerz", "marzo", "março", "maart"), "March"),
    **dict.fromkeys(("avril", "abril", "aprile"), "April"),
    **dict.fromkeys(("mai", "mayo", "maggio", "maio", "mei"), "May"),
    **dict.fromkeys(("juin", "juni", "junio", "giugno", "junho"), "June"),
    **dict.fromkeys(("juil", "juli", "julio", "luglio", "julho"), "July"),
    **dict.fromkeys(("août", "aout", "agosto", "augustus"), "August"),
    **dict.fromkeys(("septiembre", "setiembre", "settembre", "setembro", "septembre"), "September"),
    **dict.fromkeys(("oktober", "octobre", "octubre", "ottobre", "outubro"), "October"),
    **dict.fromkeys(("noviembre", "novembre", "novembro"), "November"),
    **dict.fromkeys(("dezember", "décembre", "decembre", "diciembre", "dicembre", "dezembro"), "December"),
}
_SPELLINGS = "|".join(sorted(_MONTHS, key=len, reverse=True))
_FOREIGN = re.compile(
    rf"\b(\d{{1,2}})(?:er|º|°|\.)?\s+(?:de\s+)?({_SPELLINGS})[a-zû]*\.?,?\s+(?:de\s+)?(?=\d{{4}}\b)", re.IGNORECASE
)
_CLOCK = re.compile(r"\d:\d|\d\s*[ap]\.?m\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_UNIX = range(10**8, 10**10)  # 1973 to 2286, in seconds: what no day written as one number is
_THOUSANDTHS = range(10**11, 10**13)  # the same in thousandths of a second, as scripts count
_ZONES = {  # hours east of Greenwich; other names of zones mean several things, or nothing
    **{"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "EEST": 3},
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
    **{"JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "MSK": 3},
}
# Two sets of what a text may leave out: where the results differ, it left out something that makes a date.
_FILLS = (datetime(2001, 1, 1), datetime(2004, 2, 2))


class AmbiguousDateError(ValueError):
    """A date that is one day to some readers and another day to others, such as 02/03/2023."""


def read(value: object) -> date | datetime | None:
    """Return the day or the instant a value of front matter means; None where it means none.

    Raises :class:`AmbiguousDateError` for numbers of which day and month cannot be told apart. A text costs
    up to 0.2 ms.
    """
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    return _from_words(value.translate(_DRESS).strip()) if isinstance(value, str) else None


def _from_number(value):
    """Return the instant of so many seconds or thousandths since 1970; a shorter number is no date."""
    if math.isfinite(value) and int(value) in _THOUSANDTHS:
        value /= 1000
    return datetime.fromtimestamp(value, UTC) if math.isfinite(value) and int(value) in _UNIX else None


def in_name(name: str) -> tuple[date | None, str]:
    """Return the day a file's or a folder's name begins with, and the rest of the name: ``2019-03-04-a-ward-opens``."""
    found = _NAMED.fullmatch(name)
    if found is None:
        return None, name
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), found[4]
    except ValueError:
        return None, name


_NAMED = re.compile(r"(\d{4})[-_.](\d\d?)[-_.](\d\d?)(?:[-_ .](.*))?", re.DOTALL)


def _from_words(words):
    try:
        if _DAY.fullmatch(words):
            return date(*map(int, words.split("-")))
        if _BARE.fullmatch(words):
            return date.fromisoformat(words)
        return datetime.fromisoformat(words)
    except ValueError:
        return _from_free_words(words)


def _from_free_words(words):
    """Return a date written for people; None for one that leaves out its day, month or year."""
    if len(words) > _LONGEST or not words.isprintable():
        return None
    words, zone = _plainer(words)
    if not _YEAR.search(words):
        return None
    day_first = _is_day_first(words)
    try:
        first, second = (parser.parse(words, default=fill, dayfirst=day_first, tzinfos=_zone) for fill in _FILLS)
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None
    if first.date() != second.date():
        return None
    if not _CLOCK.search(words) and first.time() == _FILLS[0].time():
        return first.date()
    return first.replace(tzinfo=zone) if zone and first.tzinfo is None else first


def _plainer(words):
    """Return a date in words that the parser knows, and the zone of a place it names (``America/New_York``) or None."""
    words = _SHORT_YEAR.sub(_whole_year, _ZONE_AGAIN.sub("", _ZONE_AGAIN.sub("", words)))
    words = _FOREIGN.sub(lambda found: f"{found[1]} {_MONTHS[found[2].lower()]} ", words)
    zone = None
    if found := _PLACE.search(words):
        with suppress(ZoneInfoNotFoundError, ValueError):  # then it is refused below, as any other word is
            words, zone = words[: found.start()], ZoneInfo(found[1])
    return _YEAR_FIRST.sub(r"\1-\2-\3", _ORDINAL.sub("", words)), zone


def _whole_year(found):
    """Return a day with its century: up to 68 it is the present one's, as POSIX has it."""
    return f"{found[1]}{'20' if int(found[2]) < 69 else '19'}{found[2]}"


def _is_day_first(words):
    """Return whether the first of two numbers is the day, where one of them is too great for a month."""
    found = _NUMBERS.search(words)
    if found is None:
        return False
    first, second = int(found[1]), int(found[2])
    if first <= 12 and second <= 12 and first != second:
        raise AmbiguousDateError(f"{found[0]} may be two different days; write the year first, such as 2023-02-03")
    return first > 12


def _zone(name, offset):
    """Return the zone of a name or of an offset in seconds. Raises ValueError for a name that is no known zone's."""
    if name is None and offset is None:
        return None
    if offset is None:
        offset = _ZONES[name.upper()] * 3600 if name.upper() in _ZONES else None
    if offset is None:
        raise ValueError(f"{name} is no time zone")
    return timezone(timedelta(seconds=offset))
