"""The clock: when it is asked what is overdue or untouched, and what it does not tell. (What it tells: ``mail``.)"""

import pytest

from curation.models import Notice, NoticeKind
from curation.notices import clock as calendar
from tests.factories import make_article, step

pytestmark = [pytest.mark.engines, pytest.mark.django_db]


def test_of_three_a_year_old_only_what_is_seen_and_was_not_touched_is_told(curator, manager, clock):
    names = ("as it was", "touched", "withdrawn")
    briefs = {name: make_article(by=curator, title=name) for name in names}
    for name in ("submit", "approve", "publish"):
        for brief in briefs.values():
            step(name, brief)
    clock.turn(days=200)
    step("assign", briefs["touched"], manager, reviewer=manager)
    step("withdraw", briefs["withdrawn"], manager, reason="It is over.")
    clock.turn(days=166)
    calendar.tell()
    assert [notice.article.title for notice in Notice.objects.filter(kind=NoticeKind.UNTOUCHED)] == ["as it was"]


def test_the_clock_is_asked_once_an_hour_and_again_when_it_was_set_back(clock):
    assert calendar.is_time(clock.at)
    calendar.tell(clock.at)
    assert not calendar.is_time(clock.after(minutes=59))
    assert calendar.is_time(clock.after(hours=1))
    assert calendar.is_time(clock.after(hours=-1))


def test_all_that_is_late_is_told_however_much_it_is(curator, manager, clock, monkeypatch):
    monkeypatch.setattr(calendar, "_AT_ONCE", 2)
    for _ in range(5):
        step("submit", make_article(by=curator))
    clock.turn(days=4, hours=1)
    assert [calendar.tell(), calendar.tell()] == [5, 0]
