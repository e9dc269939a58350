"""Absences: who is away today, and what a person's own settings keep of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.models import Absence
from curation.workflow.board import absences
from tests.factories import make_in, make_person, step


def days(first, last):
    today = timezone.localdate()
    return today + timedelta(days=first), today + timedelta(days=last)


@pytest.mark.parametrize(
    ("first", "last", "is_away"), [(0, 0, True), (-3, 2, True), (-3, -1, False), (1, 4, False), (-1, 0, True)]
)
def test_somebody_is_away_from_the_first_day_to_the_last(curator, first, last, is_away):
    absences.keep(curator, *days(first, last))
    assert absences.away() == ({curator.pk: days(first, last)[1]} if is_away else {})


def test_a_new_absence_takes_the_place_of_the_old_and_no_days_end_it(curator):
    absences.keep(curator, *days(0, 3))
    absences.keep(curator, *days(2, 5))
    assert (Absence.objects.count(), absences.absence_of(curator).last) == (1, days(2, 5)[1])
    absences.keep(curator, None, None)
    assert absences.absence_of(curator) is None


def test_what_waits_for_somebody_away_is_offered_to_others(at_desk, curator, manager):
    away = make_person("Manager")
    article = make_in("in_review", owner=curator)
    step("assign", article, manager, reviewer=away)
    client, board = at_desk(manager), reverse("admin:curation_article_board")
    card = reverse("admin:curation_article_card", args=[article.pk])
    assert "reviewer away" not in client.get(board).content.decode()
    absences.keep(away, *days(0, 3))
    assert "reviewer away" in client.get(board).content.decode()
    assert ": anyone may decide" in client.get(card).content.decode()
    assert "who is away: anyone may decide" in client.get(reverse("admin:index")).content.decode()
    assert f'data-article="{article.pk}"' in client.get(f"{board}?reviewer=away").content.decode()
    absences.keep(away, None, None)
    assert f'data-article="{article.pk}"' not in client.get(f"{board}?reviewer=away").content.decode()
