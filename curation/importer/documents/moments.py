"""Dates as the old generators read them: ISO 8601 in all its spellings, words, slashes, RFC 822, seconds of Unix."""

import re
from datetime import UTC, date, datetime, timedelta, timezone

from dateutil import parser

_DAY = re.compile(r"\d{4}-\d\d?-\d\d?")
_LONGEST = 60  # characters; no date is longer
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-]\d{4}(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")
_SCRIPTS_ZONE = re.compile(r"\b(?:GMT|UTC)(?=[+-]\d)|\([^()]*\)$")  # as browsers write it: GMT+0100 (CET)
_CLOCK = re.compile(r"\d:\d|\d\s*[ap]\.?m\b", re.IGNORECASE)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_UNIX = range(10**8, 10**10)  # 1973 to 2286, in seconds: what no day written as one number is
_ZONES = {  # hours east of Greenwich; other names of zones mean several things, or nothing
    **{"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "CET": 1, "WEST": 1, "CEST": 2, "EET": 2, "EEST": 3},
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
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
    if isinstance(value, int) and not isinstance(value, bool) and value in _UNIX:
        return datetime.fromtimestamp(value, UTC)
    return _from_words(value.strip()) if isinstance(value, str) else None


def in_name(name: str) -> tuple[date | None, str]:
    """Return the day a file's or a folder's name begins with, and the rest of the name: ``2019-03-04-a-ward-opens``."""
    found = _NAMED.fullmatch(name)
    if found is None:
        return None, name
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), found[4]
    except ValueError:
        return None, name


_NAMED = re.compile(r"(\d{4})[-_](\d\d?)[-_](\d\d?)(?:[-_ ](.*))?", re.DOTALL)


def _from_words(words):
    try:
        if _DAY.fullmatch(words):
            return date(*map(int, words.split("-")))
        return datetime.fromisoformat(words)
    except ValueError:
        return _from_free_words(words)


def _from_free_words(words):
    """Return a date written for people; None for one that leaves out its day, month or year."""
    if len(words) > _LONGEST or not _YEAR.search(words) or not words.isprintable():
        return None
    words = _YEAR_FIRST.sub(r"\1-\2-\3", _ORDINAL.sub("", _SCRIPTS_ZONE.sub("", words)))
    day_first = _is_day_first(words)
    try:
        first, second = (parser.parse(words, default=fill, dayfirst=day_first, tzinfos=_zone) for fill in _FILLS)
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None
    if first.date() != second.date():
        return None
    return first if _CLOCK.search(words) or first.time() != _FILLS[0].time() else first.date()


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
