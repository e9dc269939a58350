"""Forecast of when a queue is clear: past weeks drawn by lot and played again, many times. Pure, and fixed by a seed.

Whole weeks are drawn, so that weekends stay weekends and a quiet day after a busy one stays behind it. Clear is the
queue once what waits in it now was decided, first come first served: what comes meanwhile stands behind it.
"""

import random
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

RUNS, HORIZON = 200, 26  # times that the future is played, weeks that it is played for
DAILY = 21  # days up to which a forecast is told day by day
#: Below so many weeks with any work, or decisions in them, nobody can tell.
FEWEST_WEEKS, FEWEST_LEFT = 3, 8
_LOW, _HALF, _HIGH = 0.1, 0.5, 0.9


@dataclass(frozen=True)
class Point:
    """A number that waits as a day ends: in nine of ten runs at least, in half of them, in nine of ten at most."""

    day: date
    low: int
    half: int
    high: int


@dataclass(frozen=True)
class Forecast:
    """The days by which the queue is clear in one run of ten, in half of them and in nine of ten.

    None is beyond the horizon: not in sight. ``points`` lead from today to where most runs have ended.
    """

    soon: date | None
    half: date | None
    sure: date | None
    points: list[Point]


def is_enough(weeks: Sequence[Sequence[int]]) -> bool:
    """Return whether past weeks (how many were decided on each of seven days) tell enough to play them again."""
    worked = [week for week in weeks if any(week)]
    return len(worked) >= FEWEST_WEEKS and sum(map(sum, worked)) >= FEWEST_LEFT


def forecast(waiting: int, weeks: Sequence[Sequence[int]], today: date, seed: int, runs: int = RUNS) -> Forecast:
    """Return when ``waiting`` briefs are decided if past weeks, Monday to Sunday, come again in any order.

    Two milliseconds. Raises ValueError where there are no weeks.
    """
    if not weeks:
        raise ValueError("A forecast needs weeks to play again.")
    if waiting <= 0:
        return Forecast(today, today, today, [Point(today, 0, 0, 0)])
    paces = [_turned(week, today.weekday()) for week in weeks]
    drawn = random.Random(seed).choices(paces, k=runs * HORIZON)
    played = [_Run(waiting, drawn[at : at + HORIZON]) for at in range(0, runs * HORIZON, HORIZON)]
    ends = sorted(run.end for run in played)
    soon, half, sure = (_at(ends, share) for share in (_LOW, _HALF, _HIGH))
    points = _points(waiting, played, _days(half, sure), today)
    return Forecast(*(_day(today, end) for end in (soon, half, sure)), points)


_NEVER = HORIZON * 7 + 1


def _turned(week, weekday):
    """Return what is decided by the end of each of seven days from tomorrow on, so that weekdays fall on weekdays."""
    start = (weekday + 1) % 7
    return list(accumulate([*week[start:], *week[:start]]))


class _Run:
    """A future that is played: the weeks drawn for it, and after how many days it is clear, ``_NEVER`` beyond them."""

    def __init__(self, waiting, plan):
        self.waiting, self.plan = waiting, plan
        self.done = [0, *accumulate(week[-1] for week in plan)]  # by the end of each week
        week = bisect_left(self.done, waiting) - 1
        is_clear = week < len(plan)
        self.end = week * 7 + bisect_left(plan[week], waiting - self.done[week]) + 1 if is_clear else _NEVER

    def left(self, day):
        """Return how many of them wait at the end of a day."""
        weeks, days = divmod(day, 7)
        done = self.done[weeks] + (self.plan[weeks][days - 1] if days else 0)
        return max(0, self.waiting - done)


def _at(ordered, share):
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _day(today, end):
    return None if end == _NEVER else today + timedelta(days=end)


def _days(half, sure):
    """Return after which days the points stand: daily where it is soon clear, else at the ends of weeks."""
    last = sure if sure != _NEVER else half if half != _NEVER else HORIZON * 7
    if last <= DAILY:
        return range(1, last + 1)
    return range(7, min(HORIZON * 7, -(-last // 7) * 7) + 1, 7)


def _points(waiting, played, days, today):
    found = [Point(today, waiting, waiting, waiting)]
    for day in days:
        at = sorted(run.left(day) for run in played)
        found.append(Point(today + timedelta(days=day), *(_at(at, share) for share in (_LOW, _HALF, _HIGH))))
    return found
