"""Facts of a brief: what its steps and openings say, days of the newsroom, undoing, machines, and times in steps."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.measures import durations
from curation.measures.facts import AGAIN, FIRST, LATER, ONCE, SCHEDULED, Brief, Done, Fact, Kind, Opening, facts_of

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)  # a Monday
MONDAY = date(2026, 11, 2)
STATES = {
    "begin": ("", "draft"),
    "submit": ("draft", "in_review"),
    "resubmit": ("changes_requested", "in_review"),
    "return": ("in_review", "changes_requested"),
    "approve": ("in_review", "approved"),
    "publish": ("approved", "approved"),
    "decline": ("in_review", "declined"),
    "edit": ("approved", "in_review"),
}


def done(name, hour, by=1, edition=None):
    """A step at an hour after nine."""
    step = "submit" if name == "resubmit" else name
    return Done(step, by, NINE + timedelta(hours=hour), *STATES[name], edition)


def told(*steps, openings=(), owner=7):
    """The facts of a brief but for its stays, and its stays as state → minutes."""
    found = facts_of(Brief(owner, list(steps), list(openings)))
    stays = {fact.key: fact.minutes for fact in found if fact.kind == Kind.STAY}
    return {(str(fact.kind), fact.key, fact.person) for fact in found if fact.kind != Kind.STAY}, stays


def test_each_step_is_a_fact_of_its_day_and_each_state_left_a_stay():
    opening = Opening(5, NINE + timedelta(hours=30), NINE + timedelta(hours=30), (3,))
    steps = [done("begin", 0), done("submit", 2), done("approve", 5, 2), done("publish", 6, 2, 5)]
    facts, stays = told(*steps, openings=[opening])
    assert facts == {("submitted", ONCE, 1), ("approved", FIRST, 2), ("published", ONCE, 7), ("told", "3", None)}
    assert stays == {"draft": 120, "in_review": 180, "approved": 60, SCHEDULED: 24 * 60}


def test_what_comes_back_is_not_approved_the_first_time_and_a_correction_is_a_round_of_its_own():
    back = [done("begin", 0), done("submit", 1), done("return", 2, 2), done("resubmit", 3), done("approve", 4, 2)]
    facts, _ = told(*back)
    assert {("returned", FIRST, 2), ("approved", LATER, 2)} <= facts
    assert ("submitted", AGAIN, 1) in facts  # in the same week: counted as one brief
    corrected, _ = told(*back, done("edit", 200), done("approve", 201, 2))
    assert ("approved", FIRST, 2) in corrected


def test_what_was_undone_did_not_happen():
    undo = Done("undo", 2, NINE + timedelta(hours=3), "approved", "in_review", None, ["publish", "approve"])
    before = [done("begin", 0), done("submit", 1)]
    taken = [done("approve", 2, 2), done("publish", 2, 2, 5), undo]
    assert told(*before, *taken) == told(*before)
    assert told(*before, *taken, done("return", 8, 2))[1]["in_review"] == 7 * 60


def test_machines_do_no_work_but_readers_find_what_they_published():
    opening = Opening(5, NINE, datetime(2015, 3, 1, 12, tzinfo=UTC), (3,))
    steps = [
        done(name, 0, None, 5 if name == "publish" else None) for name in ("begin", "submit", "approve", "publish")
    ]
    found = facts_of(Brief(None, steps, [opening]))
    assert found == Counter([Fact(Kind.TOLD, "3", None, date(2015, 3, 1))])


def test_days_are_the_newsrooms(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    late = Done("submit", 1, datetime(2026, 11, 1, 12, 0, tzinfo=UTC), "draft", "in_review")
    (fact,) = facts_of(Brief(None, [late]))
    assert fact.day == MONDAY  # Sunday noon in London


def test_a_clock_that_was_set_back_makes_no_time_negative():
    assert told(done("begin", 5), done("submit", 1))[1] == {"draft": 0}


def test_an_hour_that_was_moved_counts_as_it_came_and_one_to_come_not_yet():
    steps = [done("begin", 0), done("submit", 1), done("approve", 2, 2), done("publish", 3, 2, 5)]
    facts, stays = told(*steps)
    assert SCHEDULED not in stays
    assert not {kind for kind, *_ in facts} & {"published", "told"}


@given(st.integers(0, 5_000_000))
def test_a_time_is_kept_to_within_five_per_cent(minutes):
    kept = durations.time_of(durations.step_of(minutes)) / timedelta(minutes=1)
    assert abs(kept - minutes) <= 0.05 * (minutes + 1)


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
def test_a_quantile_of_the_histogram_is_that_of_the_times(times, share):
    at = sorted(times)[max(0, -(-int(share * 10) * len(times) // 10) - 1)]
    kept = durations.quantile(Counter(map(durations.step_of, times)), share)
    assert kept == durations.time_of(durations.step_of(at))


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="no time of nothing"):
        durations.quantile({}, 0.5)
