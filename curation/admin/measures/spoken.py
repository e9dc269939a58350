"""Days, times and numbers as the measures say them."""

from collections.abc import Sequence
from datetime import date, timedelta

from curation.text import dates

_SMALL = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def span(time: timedelta) -> str:
    """Return a length of time in its two largest units: “1 d 4 h”, “9 h”, “12 min”."""
    minutes = round(time.total_seconds() / 60)
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days >= 10:
        return f"{days} d"
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours >= 10:
        return f"{hours} h"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def short_day(day: date) -> str:
    """Return a day in short: “9 Jan”."""
    return f"{day.day} {dates.MONTHS[day.month - 1][:3]}"


def long_day(day: date) -> str:
    """Return a day with its weekday: “Thursday 19 January”."""
    return f"{dates.WEEKDAYS[day.weekday()]} {day.day} {dates.MONTHS[day.month - 1]}"


def days_ago(days: int) -> str:
    """Return how long ago a day was: “today”, “19 d ago”."""
    return "today" if days <= 0 else f"{days:,} d ago"


def mean_of(numbers: Sequence[int]) -> str:
    """Return the mean of numbers of briefs in words, as a sentence begins: “Seven briefs”, “134 briefs”."""
    mean = sum(numbers) / len(numbers)
    if 0 < mean < 1:
        return "Less than one brief"
    whole = round(mean)
    said = _SMALL[whole] if whole < len(_SMALL) else f"{whole:,}"
    return f"{said} brief{'' if whole == 1 else 's'}"


def topics(count: int) -> str:
    """Return a number of topics with its verb, as a sentence begins: “One topic was”, “88 topics were”."""
    return "One topic was" if count == 1 else f"{count:,} topics were"
