"""Hours on a clock that is put forward and back."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.text import hours

BERLIN = ZoneInfo("Europe/Berlin")
FORWARD, BACK = datetime(2027, 3, 28, 2, 30), datetime(2026, 10, 25, 2, 30)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"]


def test_an_hour_that_the_clock_leaves_out_is_refused_with_those_around_it():
    with pytest.raises(hours.HourError) as refusal:
        hours.instant_of(FORWARD, BERLIN)
    assert str(refusal.value) == (
        "There is no 02:30 on 28 March 2027: the clocks go forward in that night (Europe/Berlin). "
        "Choose 01:30 or 03:30."
    )


def test_an_hour_that_comes_twice_is_asked_for():
    with pytest.raises(hours.HourTwiceError) as refusal:
        hours.instant_of(BACK, BERLIN)
    assert str(refusal.value) == (
        "02:30 comes twice on 25 October 2026: the clocks go back in that night (Europe/Berlin). Say which: "
        "the first one, CEST, UTC+02:00 or the second one, CET, UTC+01:00."
    )
    first, second = (hours.instant_of(BACK, BERLIN, turn).astimezone(UTC) for turn in ("first", "second"))
    assert (first.hour, second - first) == (0, timedelta(hours=1))


def test_elsewhere_a_turn_says_nothing():
    shown = datetime(2026, 11, 28, 8)
    assert hours.instant_of(shown, BERLIN, "second") == hours.instant_of(shown, BERLIN) == shown.replace(tzinfo=BERLIN)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)), st.sampled_from(ZONES))
def test_whatever_the_clock_shows_is_read_as_what_it_shows_or_refused(shown, name):
    zone = ZoneInfo(name)
    assert not (hours.is_skipped(shown, zone) and hours.is_twice(shown, zone))
    if hours.is_skipped(shown, zone):
        return
    instants = {hours.instant_of(shown, zone, turn).astimezone(UTC) for turn in ("first", "second")}
    assert len(instants) == 1 + hours.is_twice(shown, zone)
    assert {one.astimezone(zone).replace(tzinfo=None, fold=0) for one in instants} == {shown}


def test_hours_that_are_often_chosen_are_to_come_and_in_order():
    friday = datetime(2026, 11, 27, 11, tzinfo=BERLIN)
    found = [f"{one:%a %d %H:%M}" for one in hours.choices(friday, BERLIN)]
    assert found == ["Fri 27 17:00", "Sat 28 08:00", "Mon 30 08:00"]
    assert [f"{one:%a %d %H:%M}" for one in hours.choices(friday + timedelta(hours=6), BERLIN)] == found[1:]
