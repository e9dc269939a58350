"""Dates in a text, as far as each is told: day, month and year, or some of them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from curation.text.dates import MONTHS

from .numerals import ORDINAL_WORDS, ORDINALS

_MONTH_WORDS = {month.lower(): number for number, month in enumerate(MONTHS, 1)}
_MONTH_WORDS |= {month[:3]: number for month, number in list(_MONTH_WORDS.items())} | {"sept": 9}
_M = "|".join(sorted(_MONTH_WORDS, key=len, reverse=True))
_D = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th)?"
_D_WORD = rf"(?P<d>{ORDINAL_WORDS})"
_Y = r"(?P<y>(?:1[5-9]|20|21)\d\d)(?![\d]|[.,]\d)"
_DAY_FIRST = rf"{_D}\s+(?:of\s+)?(?P<m>{_M})\b\.?(?:,?\s+{_Y})?"
_WORD_FIRST = rf"{_D_WORD}\s+(?:of\s+)?(?P<m>{_M})\b(?:,?\s+{_Y})?"
_MONTH_FIRST = rf"(?P<m>{_M})\b\.?\s+{_D}(?![\d%]|\s?%|[.,:]\d)(?:,?\s+{_Y})?"
_MONTH = rf"(?P<m>{_M})\b\.?(?:(?:,|\s+of)?\s+{_Y})?"
_ISO = r"(?P<y>\d{4})-(?P<m>[01]\d)(?:-(?P<d>[0-3]\d))?(?![\d-])"
_NUMERIC = r"(?P<d>[0-3]?\d)(?P<mark>[/.])(?P<m>[0-3]?\d)(?P=mark)(?P<y>(?:19|20)?\d\d)(?![\d/.]\d)"
_MONTH_OF_YEAR = r"(?P<m>0[1-9]|1[0-2])/(?P<y>20\d\d)(?![\d/])"
_IN_DIGITS = tuple(re.compile(form, re.IGNORECASE) for form in (_ISO, _NUMERIC, _MONTH_OF_YEAR, _DAY_FIRST))
_IN_WORDS = tuple(re.compile(form, re.IGNORECASE) for form in (_WORD_FIRST, _MONTH_FIRST, _MONTH))
_AMBIGUOUS = {"may", "march", "mar", "sep", "dec", "jan", "oct", "august"}
_LEADS = re.compile(
    r"\b(?:in|of|since|by|until|till|from|during|to|last|this|next|and|between|before|after|early|mid|late|for)[\s-]+$",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """A date as far as it is told; what is not told is None. A part of a year goes on until another month."""

    year: int | None
    month: int | None
    day: int | None
    until: int | None = None

    def holds(self, other: "Day") -> bool:
        """Return whether a source's date says this one: what both tell is alike, and it tells day and month if we do.

        A year that the source leaves out is looked for elsewhere.
        """
        if self.until or other.until:
            return self._spans(other)
        return all(
            mine is None or mine == its or (its is None and place == 0)
            for place, (mine, its) in enumerate(zip(self[:3], other[:3], strict=True))
        )

    def later(self, days: float) -> "Day | None":
        """Return the date so many days later, in a common year where none is told."""
        try:
            then = date(self.year or 2023, self.month or 1, self.day or 1) + timedelta(days)
        except (ValueError, OverflowError):  # 30 February, or a year that no calendar has
            return None
        return Day(then.year if self.year else None, then.month, then.day)

    def _spans(self, other: "Day") -> bool:
        """Return whether a part of a year has the other date in it; the months of a winter go on after the twelfth."""
        if not self.until or not other.month or (self.year and other.year and self.year != other.year):
            return False
        return any(
            self.month <= other.month + more and (other.until or other.month) + more <= self.until for more in (0, 12)
        )


_HOLIDAY = re.compile(
    r"(?:(?P<eve>New\s+Year['’]?s?\s+Eve)|(?P<new>New\s+Year['’]?s\s+Day)|(?P<christ>Christmas\s+Eve)|(?P<day>Christmas\s+Day)"
    r"|(?P<boxing>Boxing\s+Day)|(?P<val>Valentine['’]s\s+Day)|(?P<hall>Hallowe['’]?en)"
    r"|(?P<fools>(?:All|April)\s+Fools?['’]?s?\s+Day)|(?P<may>May\s+Day)|(?P<women>(?:International\s+)?Women['’]s\s+Day)"
    r"|(?P<patrick>St\.?\s+Patrick['’]s\s+Day)|(?P<bastille>Bastille\s+Day)|(?P<independence>Independence\s+Day)"
    rf"|(?P<saints>All\s+Saints['’]?\s+Day)|(?P<nicholas>St\.?\s+Nicholas['’]?\s+Day)|(?P<leap>Leap\s+Day))\b(?:,?\s+{_Y})?"
)
_HOLIDAYS = {
    "eve": (12, 31),
    "new": (1, 1),
    "christ": (12, 24),
    "day": (12, 25),
    "boxing": (12, 26),
    "val": (2, 14),
    "hall": (10, 31),
    "fools": (4, 1),
    "may": (5, 1),
    "women": (3, 8),
    "patrick": (3, 17),
    "bastille": (7, 14),
    "independence": (7, 4),
    "saints": (11, 1),
    "nicholas": (12, 6),
    "leap": (2, 29),
}


def holiday_at(text: str, at: int) -> tuple[int, list[Day]] | None:
    """Return where a holiday that has one date begins and ends, and that date."""
    found = _HOLIDAY.match(text, at)
    if not found:
        return None
    name = next(name for name in _HOLIDAYS if found[name])
    return found.end(), [Day(int(found["y"]) if found["y"] else None, *_HOLIDAYS[name])]


def day_at(text: str, at: int) -> tuple[int, list[Day]] | None:
    """Return where a date that begins here ends, and what it may be: “3/4/2023” is in March or in April."""
    for pattern in _IN_DIGITS if text[at].isdigit() else _IN_WORDS:
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


def _day(told: str) -> int:
    return int(told) if told.isdigit() else int(ORDINALS[re.sub(r"\s", "-", told.lower())])


def _days(parts: dict[str, str | None]) -> Iterator[Day]:
    day, year = parts.get("d"), parts["y"]
    month = parts["m"].lower()
    number = _MONTH_WORDS.get(month) or int(month)
    whole_year = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    told = (number, _day(day)) if day else (number, None)
    swapped = [told[::-1]] if parts.get("mark") and day else []
    for its_month, its_day in dict.fromkeys([told, *swapped]):
        if 1 <= its_month <= 12 and (its_day is None or 1 <= its_day <= 31):
            yield Day(whole_year, its_month, its_day)
