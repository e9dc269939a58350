"""Spans of days as the calendar shows them: a month in whole weeks, a week, fourteen days, a day. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property

from curation.text import dates

MONTH, WEEK, AGENDA, DAY = "month", "week", "agenda", "day"
VIEWS = (MONTH, WEEK, AGENDA, DAY)
LISTED = 14  # days of an agenda
_ONE, _SEVEN = timedelta(days=1), timedelta(days=7)
_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)  # further than anybody looks; beyond it calendars end


@dataclass(frozen=True)
class Span:
    """Days that are shown, both ends included; ``on`` is the day that it is about, which gives it its name."""

    view: str
    on: date
    first: date
    last: date

    @cached_property
    def days(self) -> list[date]:
        """Every day of it, in order."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    @cached_property
    def edges(self) -> list[datetime]:
        """The first instant of each day in the newsroom's zone, and the first after them all; told in UTC."""
        return [dates.midnight(day).astimezone(UTC) for day in (*self.days, self.last + _ONE)]

    @property
    def name(self) -> str:
        """The span in an address: “2026-11”, “2026-w48”, “2026-11-28”."""
        return name_of(self.view, self.on)

    @property
    def weeks(self) -> Iterator[tuple[int, list[date]]]:
        """Its weeks, each with its number by ISO 8601: that of its Thursday."""
        days = self.days
        for start in range(0, len(days), 7):
            week = days[start : start + 7]
            yield next((day for day in week if day.weekday() == 3), week[0]).isocalendar().week, week


def name_of(view: str, day: date) -> str:
    """Return how an address names the span of a view that a day lies in."""
    if view == MONTH:
        return f"{day:%Y-%m}"
    if view == WEEK:
        year, week, _ = day.isocalendar()
        return f"{year}-w{week:02}"
    return day.isoformat()


def named(view: str, name: str, first_weekday: int = 0) -> Span | None:
    """Return the span that an address names; None for what names none, or lies where nobody plans."""
    day = _day(view, name)
    return span(view, day, first_weekday) if day and _FIRST <= day <= _LAST else None


_NAMES = {MONTH: re.compile(r"\d{4}-\d{2}"), WEEK: re.compile(r"\d{4}-w\d{2}")}
_DAYS = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(view, name):
    if not name.isascii() or not _NAMES.get(view, _DAYS).fullmatch(name):
        return None
    try:  # of a week the Thursday, which lies in the year that the week is of
        return date.fromisoformat({MONTH: f"{name}-01", WEEK: f"{name.upper()}-4"}.get(view, name))
    except ValueError:
        return None


def span(view: str, day: date, first_weekday: int = 0) -> Span:
    """Return the span of a view that a day lies in; ``first_weekday`` begins weeks, 0 for Monday."""
    if view == MONTH:
        first, last = day.replace(day=1), _next_month(day) - _ONE
        return Span(view, first, _week_of(first, first_weekday), _week_of(last, first_weekday) + 6 * _ONE)
    if view == WEEK:
        first = _week_of(day, first_weekday)
        return Span(view, day, first, first + 6 * _ONE)
    return Span(view, day, day, day + (LISTED - 1) * _ONE if view == AGENDA else day)


def _next_month(day):
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _week_of(day, first_weekday):
    return day - (day.weekday() - first_weekday) % 7 * _ONE


def beside(one: Span, first_weekday: int = 0) -> tuple[Span, Span]:
    """Return the spans before and after one."""
    if one.view == MONTH:
        before, after = one.on - _ONE, _next_month(one.on)
    else:
        by = {WEEK: 7, AGENDA: LISTED, DAY: 1}[one.view] * _ONE
        before, after = one.on - by, one.on + by
    return span(one.view, before, first_weekday), span(one.view, after, first_weekday)


def shift_of(day: date) -> timedelta:
    """Return by how much the newsroom's clock is put forward on a day (less than nothing: back); mostly nothing."""
    here, there = dates.midnight(day), dates.midnight(day + _ONE)
    return there.utcoffset() - here.utcoffset()
