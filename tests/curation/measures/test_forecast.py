"""The forecast of when a queue is clear: ranges, monotony, weekdays, the same for a seed, and what cannot be told."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from curation.measures.forecast import HORIZON, forecast, is_enough

TODAY = date(2026, 11, 4)  # a Wednesday
FAR = date.max
weeks = st.lists(st.lists(st.integers(0, 9), min_size=7, max_size=7), min_size=1, max_size=8)


def ends(found):
    return [found.soon or FAR, found.half or FAR, found.sure or FAR]


@given(st.integers(0, 300), weeks, st.integers(0, 2**20))
def test_the_range_holds_the_median_and_every_point_does(waiting, past, seed):
    found = forecast(waiting, past, TODAY, seed, runs=20)
    assert ends(found) == sorted(ends(found))
    assert all(point.low <= point.half <= point.high <= waiting for point in found.points)
    assert [point.day for point in found.points] == sorted({point.day for point in found.points})
    assert found == forecast(waiting, past, TODAY, seed, runs=20)


@given(st.integers(0, 200), st.integers(1, 100), weeks, st.integers(0, 2**20))
def test_more_that_waits_is_never_clear_sooner(waiting, more, past, seed):
    few, many = (forecast(count, past, TODAY, seed, runs=20) for count in (waiting, waiting + more))
    assert all(one <= other for one, other in zip(ends(few), ends(many), strict=True))


def test_it_is_clear_on_the_weekday_on_which_work_is_done():
    mondays = [[5, 0, 0, 0, 0, 0, 0]] * 4
    assert ends(forecast(5, mondays, TODAY, 1)) == [date(2026, 11, 9)] * 3
    assert ends(forecast(6, mondays, TODAY, 1)) == [date(2026, 11, 16)] * 3


def test_where_nothing_is_decided_it_is_not_in_sight():
    found = forecast(3, [[0] * 7] * 8, TODAY, 1)
    assert ends(found) == [FAR] * 3
    assert found.points[-1].day == TODAY + timedelta(weeks=HORIZON)
    assert found.points[-1].low == 3


def test_nothing_that_waits_is_clear_now():
    assert ends(forecast(0, [[0] * 7], TODAY, 1)) == [TODAY] * 3


def test_few_weeks_or_decisions_are_too_few_to_tell():
    busy, idle = [2, 0, 0, 0, 0, 0, 1], [0] * 7
    assert is_enough([busy, busy, busy, idle])
    assert not is_enough([busy, busy, idle, idle])
    assert not is_enough([[1, 0, 0, 0, 0, 0, 0]] * 7)
