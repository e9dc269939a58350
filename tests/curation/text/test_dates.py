"""Dates as people read them, in the newsroom's own zone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.publishing.counts import month_of
from curation.text import dates

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo"]


def test_a_date_is_written_out():
    assert dates.day(date(2023, 1, 13)) == "13 January 2023"
    assert dates.day(datetime(2024, 12, 1, 23, 59, tzinfo=UTC)) == "1 December 2024"
    assert [dates.month(2023, number) for number in (1, 9, 12)] == ["January 2023", "September 2023", "December 2023"]


def test_an_instant_is_shown_in_the_newsrooms_zone(settings):
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    assert dates.machine(late, is_day=False) == "2026-01-31T23:30:00+00:00"

    settings.TIME_ZONE = "Europe/Berlin"

    assert dates.machine(late, is_day=False) == "2026-02-01T00:30:00+01:00"
    assert dates.machine(late, is_day=True) == "2026-02-01"
    assert dates.day(dates.local(late)) == "1 February 2026"


@pytest.mark.parametrize("zone", ZONES)
@given(day=st.dates(date(1950, 1, 1), date(2200, 1, 1)))
def test_a_day_is_the_same_day_in_every_zone(settings, zone, day):
    settings.TIME_ZONE = zone

    assert dates.machine(dates.noon(day), is_day=True) == str(day)
    assert dates.local(dates.midnight(day)).date() == day
    assert dates.local(dates.midnight(day) - timedelta(microseconds=1)).date() < day


@pytest.mark.parametrize("zone", ZONES)
@given(year=st.integers(1950, 2200), number=st.integers(1, 12))
def test_months_meet_and_hold_what_is_tallied_in_them(settings, zone, year, number):
    settings.TIME_ZONE = zone
    start, end = dates.bounds(year, number)
    here = f"{year}-{number:02}"

    assert end == dates.bounds(year + number // 12, number % 12 + 1)[0]
    assert month_of(start) == month_of(end - timedelta(microseconds=1)) == here
    assert month_of(end) != here != month_of(start - timedelta(microseconds=1))
