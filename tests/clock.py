"""A clock that tests turn by hand: everything that asks Django for the time is told this one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

#: When tests with a clock begin: a Monday morning.
MORNING = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class Clock:
    """``now()`` stands still until somebody calls ``turn``."""

    def __init__(self, at=MORNING):
        self.at = at

    def now(self):
        """What Django is told."""
        return self.at

    def turn(self, **by):
        """Let time pass: ``turn(hours=2)``. Gives the new time."""
        self.at += timedelta(**by)
        return self.at

    def after(self, **by):
        """An instant to come, or one gone by: ``after(days=-1)``."""
        return self.at + timedelta(**by)


@pytest.fixture
def clock(monkeypatch):
    """Time stands still at ``clock.at`` until the test turns it."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock.now)
    return clock
