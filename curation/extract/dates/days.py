"""Dates as pages write them: an instant where a time is told, a day where only a day is, else nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero gennaio januari janeiro jänner",
            "feb february februar février fevrier febrero febbraio februari fevereiro",
            "mar march märz maerz mars marzo maart março",
            "apr april avril abril aprile",
            "may mai mayo maggio mei maio",
            "jun june juni juin junio giugno junho",
            "jul july juli juillet julio luglio julho",
            "aug august août aout agosto augustus",
            "sep sept september septembre septiembre settembre setembro",
            "oct october oktober octobre octubre ottobre okt outubro",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre decembre diciembre dicembre dez dezembro",
        ),
        1,
    )
    for name in names.split()
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2}\b)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?")
_MONTH_DAY = re.compile(rf"\b({_NAME})\b\.?,?\s+(\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\.\s*|\s+)(\d{{4}})\b", re.I)
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?[\s-]+(?:of\s+|de\s+)?({_NAME})\b\.?,?[\s-]+(?:de\s+)?(\d{{4}})\b", re.I
)
_YEAR_NAME_DAY = re.compile(rf"\b(\d{{4}})[\s/.-]+({_NAME})\b\.?[\s/.-]+(\d{{1,2}})\b(?!:\d)", re.I)
_YEAR_MONTH_DAY = re.compile(r"\b(\d{4})(\s{0,3}[/.-]\s{0,3})(\d{1,2})\2(\d{1,2})\b(?!:\d)")
#: Before a number that is no day: “Issue 12 May 2023”.
_NUMBERED = re.compile(r"\b(?:issue|vol|volume|no|nr|number|part|chapter|page|pp?|edition|ausgabe)\b\W{0,3}$|#$", re.I)
#: As date(1) and Java write it: “Tue Dec 30 11:03:00 UTC 2014”.
_CLOCK = re.compile(
    rf"\b({_NAME})\s+(\d{{1,2}})\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s+(?:[A-Z]{{2,5}}\s+|[+-]\d{{4}}\s+)?(\d{{4}})\b",
    re.I,
)
_DIGIT = re.compile(r"\d")
_MAY_HOLD_DATE = re.compile(r"\d{4}|\d[/.-]\d")  # of most texts that are asked, nothing more has to be
_NUMBERS = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})\b")
_TIME = re.compile(
    r"^[\s,|at@–-]*(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap])?\.?m?\.?\s*(UTC|GMT|Z|E[SD]?T|C[SD]T|M[SD]T|P[SD]T)?\b", re.I
)
_ZONES = {
    "UTC": 0,
    "GMT": 0,
    "Z": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
}
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?")
#: ``/2023/01/13/story`` and ``/2023-01-13-story``; in ``/2023/12/27-things`` the number belongs to the headline.
_IN_ADDRESS = re.compile(
    r"/((?:19|20)\d{2})(?:[/-](\d{1,2})[/-](\d{1,2})(?=/|$)|-(\d{1,2})-(\d{1,2})(?=[_-])|(\d{2})(\d{2})(?=[/_-]|$))"
)
_OLDEST = date(1900, 1, 1)
_NO_DAYS = {date(1970, 1, 1), date(1900, 1, 1)}  # what programs write when they know nothing

Moment = date | datetime


def parse(text: str, *, day_first: bool = False) -> Moment | None:
    """Return the date a short text gives: a datetime (aware if a zone is told), a date, or None.

    ``day_first`` says how ``03/04/2023`` is meant. Months without a day give None.
    """
    text = text.strip()[:100]
    if not _DIGIT.search(text):
        return None
    for read in (_iso, _compact, _epoch, _mail, lambda said: _written(said, day_first)):
        try:
            found = read(text)
        except (ValueError, OverflowError, OSError):
            continue
        if found is not None and _is_possible(found):
            return found
    return None


def _is_possible(moment: Moment) -> bool:
    return day_of(moment) > _OLDEST and day_of(moment) not in _NO_DAYS


def day_of(moment: Moment) -> date:
    """Return the day of a moment, as its own clock shows it."""
    return moment.date() if isinstance(moment, datetime) else moment


def _iso(text: str) -> Moment | None:
    found = _ISO.match(text)
    if not found:
        return None
    day = date(*map(int, found.group(1, 2, 3)))
    if not found[4] or int(found[4]) > 23:
        return day
    second, micro = int(found[6] or 0), int((found[7] or "0")[:6].ljust(6, "0"))
    zone = _zone(found[8])
    return datetime(day.year, day.month, day.day, int(found[4]), int(found[5]), min(second, 59), micro, tzinfo=zone)


def _zone(said: str | None) -> timezone | None:
    if not said:
        return None
    if said.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = said[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-ahead if said[0] == "-" else ahead) if ahead else UTC


def _compact(text: str) -> Moment | None:
    found = _COMPACT.fullmatch(text)
    if not found or not 1900 < int(found[1]) < 2100:
        return None
    if found[4] is None:
        return date(*map(int, found.group(1, 2, 3)))
    return datetime(*(int(part or 0) for part in found.groups()[:6]), tzinfo=UTC if found[7] else None)


def _epoch(text: str) -> Moment | None:
    if not _EPOCH.fullmatch(text):
        return None
    number = float(text)
    return datetime.fromtimestamp(number / 1000 if number > 1e11 else number, UTC)


def _mail(text: str) -> Moment | None:
    """Read “Fri, 13 Jan 2023 08:00:00 GMT”."""
    if not re.search(r"\d{4} \d{1,2}:\d{2}", text) or "/" in text:
        return None
    return parsedate_to_datetime(text)


def _written(text: str, day_first: bool) -> Moment | None:
    return next(within(text, day_first=day_first), None)


def within(text: str, *, day_first: bool = False) -> Iterator[Moment]:
    """Yield the dates in running text, in the order they stand there."""
    if not _MAY_HOLD_DATE.search(text):
        return
    found = []
    for pattern, order in (
        (_ISO, (1, 2, 3)),
        (_MONTH_DAY, (3, 1, 2)),
        (_CLOCK, (3, 1, 2)),
        (_DAY_MONTH, (3, 2, 1)),
        (_YEAR_NAME_DAY, (1, 2, 3)),
        (_YEAR_MONTH_DAY, (1, 3, 4)),
    ):
        found += [(each.start(), each.end(), *each.group(*order)) for each in pattern.finditer(text)]
    for each in _NUMBERS.finditer(text):
        found.append((each.start(), each.end(), *_ordered(each, day_first)))
    for begin, end, year, month, day in sorted(found):
        if _NUMBERED.search(text[max(0, begin - 20) : begin]):
            continue
        moment = _moment(year, month, day, text[end : end + 30])
        if moment is not None:
            yield moment


def _ordered(found: re.Match, day_first: bool) -> tuple[str, str, str]:
    """Return year, month and day of ``13/01/2023``; what is no month is a day, and full stops mean day first."""
    one, two, year = found[1], found[3], found[4]
    if int(one) > 12 or (int(two) <= 12 and (day_first or found[2] == ".")):
        one, two = two, one
    return (year if len(year) == 4 else f"20{year}"), one, two


def _moment(year: str, month: str, day: str, after: str) -> Moment | None:
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    try:
        whole = date(int(year), number, int(day))
    except ValueError:
        return None
    return _at_time(whole, after) if _is_possible(whole) else None


def _at_time(day: date, after: str) -> Moment:
    found = _TIME.match(after)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return day
    hour = int(found[1])
    if found[3] and hour <= 12:
        hour = hour % 12 + (12 if found[3].lower() == "p" else 0)
    zone = _ZONES.get((found[4] or "").upper())
    aware = None if zone is None else timezone(timedelta(hours=zone)) if zone else UTC
    return datetime(day.year, day.month, day.day, hour, int(found[2]), tzinfo=aware)


def of_address(url: str) -> date | None:
    """Return the day an address such as ``/2023/01/13/story`` names."""
    found = _IN_ADDRESS.search(url[:2048])
    try:
        return date(*map(int, filter(None, found.groups()))) if found else None
    except ValueError:
        return None
