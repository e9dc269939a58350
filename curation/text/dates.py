"""Dates as people read them, always in the newsroom's own zone."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from django.conf import settings

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@cache
def zone(name: str) -> ZoneInfo:
    """Return a time zone by its name, read once."""
    return ZoneInfo(name)


def local(moment: datetime) -> datetime:
    """Return an instant in the newsroom's zone."""
    return moment.astimezone(zone(settings.TIME_ZONE))


def day(moment: date) -> str:
    """Return a day in words: “13 January 2023”."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def month(year: int, number: int) -> str:
    """Return a month in words: “January 2023”."""
    return f"{MONTHS[number - 1]} {year}"


def noon(given: date) -> datetime:
    """Return noon of a day in the newsroom's zone: the instant that stands for a day without a time."""
    return datetime.combine(given, time(12), tzinfo=zone(settings.TIME_ZONE))


def midnight(given: date) -> datetime:
    """Return the first instant of a day in the newsroom's zone."""
    return datetime.combine(given, time(), tzinfo=zone(settings.TIME_ZONE))


def bounds(year: int, number: int) -> tuple[datetime, datetime]:
    """Return the first instant of a month in the newsroom's zone, and the first after it."""
    tz = zone(settings.TIME_ZONE)
    start = datetime(year, number, 1, tzinfo=tz)
    return start, (start + timedelta(days=32)).replace(day=1)


def machine(moment: datetime, *, is_day: bool) -> str:
    """Return the ``datetime`` attribute of ``<time>``: a day alone where only the day is known."""
    return local_machine(local(moment), is_day=is_day)


def local_machine(here: datetime, *, is_day: bool) -> str:
    """Return the same of an instant that is in the newsroom's zone already."""
    return here.date().isoformat() if is_day else here.isoformat(timespec="seconds")
