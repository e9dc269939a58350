"""Dates and times of day in a text, as far as each is told: day, month and year, or some of them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from curation.text.dates import MONTHS

_MONTH_WORDS = {month.lower(): number for number, month in enumerate(MONTHS, 1)}
_MONTH_WORDS |= {month[:3]: number for month, number in list(_MONTH_WORDS.items())} | {"sept": 9}
_M = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_D = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?"
_Y = r"(?P<y>(?:1[5-9]|20|21)\d\d)(?![\d]|[.,]\d)"
_DAY_FIRST = rf"{_D}\s+(?:of\s+)?(?P<m>{_M})\b\.?(?:,?\s+{_Y})?"
_MONTH_FIRST = rf"(?P<m>{_M})\b\.?\s+{_D}(?![\d%]|\s?%|[.,:]\d)(?:,?\s+{_Y})?"
_MONTH = rf"(?P<m>{_M})\b\.?(?:(?:,|\s+of)?\s+{_Y})?"
_ISO = r"(?P<y>\d{4})-(?P<m>[01]\d)(?:-(?P<d>[0-3]\d))?(?![\d-])"
_NUMERIC = r"(?P<d>[0-3]?\d)(?P<mark>[/.])(?P<m>[0-3]?\d)(?P=mark)(?P<y>(?:19|20)?\d\d)(?![\d/.]\d)"
_DATES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (_ISO, _NUMERIC, _DAY_FIRST, _MONTH_FIRST, _MONTH))
_AMBIGUOUS = {"may", "march", "mar", "sep", "dec", "jan", "oct", "august"}
_LEADS = re.compile(
    r"\b(?:in|of|since|by|until|till|from|during|to|last|this|next|and|between|before|after|early|mid|late|for)[\s-]+$"
)
_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
TIME = re.compile(
    rf"(?<![\d:.,£$€])(?:(?P<h>[0-2]?\d)(?P<mark>[:.h])(?P<min>[0-5]\d)(?!\d|[:.]\d|\s?%)"
    rf"(?:\s?{_HALF.replace('half', 'half1')})?"
    rf"|(?P<hour>[01]?\d)(?:\s?{_HALF}|\s?o['’]clock)|\b(?P<word>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
_AT = re.compile(r"\b(?:at|by|until|till|before|after|from|since|between|and|to)\s$")


class Day(NamedTuple):
    """A date as far as it is told; what is not told is None."""

    year: int | None
    month: int | None
    day: int | None

    def holds(self, other: "Day") -> bool:
        """Return whether a source's date says this one: what both tell is alike, and it tells day and month if we do.

        A year that the source leaves out is looked for elsewhere.
        """
        return all(
            mine is None or mine == its or (its is None and place == 0)
            for place, (mine, its) in enumerate(zip(self, other, strict=True))
        )


def day_at(text: str, at: int) -> tuple[int, list[Day]] | None:
    """Return where a date that begins here ends, and what it may be: “3/4/2023” is in March or in April."""
    for pattern in _DATES:
        found = pattern.match(text, at)
        if found and _is_month(text, found):
            days = list(_days(found.groupdict()))
            if days:
                return found.end(), days
    return None


def _is_month(text: str, found: re.Match) -> bool:
    """Return whether a word like “may” or “march” is the month: with a capital, and a day, a year or “in” beside it."""
    word = found["m"].lower()
    if word.isdigit():
        return True
    if not found["m"][0].isupper():
        return False
    beside = found.groupdict().get("d") or found["y"]
    return (
        bool(beside) or word not in _AMBIGUOUS or bool(_LEADS.search(text, max(0, found.start() - 12), found.start()))
    )


def _days(parts: dict[str, str | None]) -> Iterator[Day]:
    day, year = parts.get("d"), parts["y"]
    month = parts["m"].lower()
    number = _MONTH_WORDS.get(month) or int(month)
    whole_year = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    told = (number, int(day)) if day else (number, None)
    swapped = [told[::-1]] if parts.get("mark") and day else []
    for its_month, its_day in dict.fromkeys([told, *swapped]):
        if 1 <= its_month <= 12 and (its_day is None or 1 <= its_day <= 31):
            yield Day(whole_year, its_month, its_day)


def time_at(text: str, at: int) -> tuple[int, list[float]] | None:
    """Return where a time of day that begins here ends, and the minutes since midnight that it may mean."""
    found = TIME.match(text, at)
    if not found:
        return None
    if found["word"]:
        return found.end(), [0.0 if found["word"].lower() == "midnight" else 720.0]
    half = (found["half"] or found["half1"] or "").lower()
    is_sure = half or found["mark"] in {":", None} or bool(_AT.search(text, max(0, at - 9), at))
    hour = int(found["h"] or found["hour"])
    if not is_sure or hour > 24:
        return None
    return found.end(), _minutes(hour, int(found["min"] or 0), half)


def _minutes(hour: int, minutes: int, half: str) -> list[float]:
    if half:
        return [float((hour % 12 + 12 * (half == "p")) * 60 + minutes)]
    hours = [hour, hour + 12] if 0 < hour < 12 else [hour]
    return [float(one * 60 + minutes) for one in hours]
