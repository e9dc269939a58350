"""Spans that are measured: whole weeks up to this one, in the newsroom's days. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from .facts import monday

WEEKS = (4, 12, 26, 52)
USUAL = 12


@dataclass(frozen=True)
class Span:
    """A span of so many weeks, the last of which is the week of ``today`` and not over."""

    weeks: int
    today: date

    @property
    def first(self) -> date:
        """Its first day, a Monday."""
        return monday(self.today) - timedelta(weeks=self.weeks - 1)

    @property
    def last(self) -> date:
        """The Sunday of this week."""
        return monday(self.today) + timedelta(days=6)

    @property
    def mondays(self) -> list[date]:
        """The Mondays of its weeks, the first first."""
        return [self.first + timedelta(weeks=number) for number in range(self.weeks)]


def span_of(asked: int | None, today: date) -> Span:
    """Return the span of so many weeks; of the usual number where there is no such choice."""
    return Span(asked if asked in WEEKS else USUAL, today)
