"""The table of deadlines: a wait is told alike in one article's colour and in the lists that ask for many."""

from datetime import timedelta

import pytest
from django.utils import timezone

from curation.models import Article, State
from curation.workflow import deadlines
from tests.factories import make_in

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("state", "days", "wait"),
    [
        ("draft", 7, ""),
        ("draft", 8, "slow"),
        ("draft", 22, "late"),
        ("in_review", 3, "slow"),
        ("in_review", 5, "late"),
        ("changes_requested", 8, "late"),
        ("approved", 3, "slow"),
        ("declined", 900, ""),
    ],
)
def test_a_wait_is_told_by_its_state(state, days, wait):
    assert deadlines.wait_of(state, days * DAY) == wait


def test_every_state_that_is_left_again_has_a_deadline():
    assert set(deadlines.DEADLINES) == set(State) - {State.DECLINED}


@pytest.mark.django_db
def test_lists_find_what_the_colour_says():
    now, article = timezone.now(), make_in("in_review")
    for days, expected in ((1, ()), (3, ("slow",)), (5, ("slow", "late"))):
        Article.objects.update(entered_at=now - days * DAY)
        found = [wait for wait in ("slow", "late") if Article.objects.filter(deadlines.waiting(wait, now)).exists()]
        assert tuple(found) == expected
        assert deadlines.wait_of(article.state, days * DAY) == (expected[-1] if expected else "")
    assert not Article.objects.filter(deadlines.waiting("late", now, states=[State.DRAFT])).exists()
