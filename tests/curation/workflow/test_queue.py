"""The queue of whoever decides: what is theirs, in which order, and how far they have come."""

import pytest

from curation import workflow
from curation.models import Article
from curation.workflow import queue, reasons
from tests.factories import make_article, make_in, make_person, step

pytestmark = [pytest.mark.django_db]


def brief(curator):
    article = make_article(by=curator)
    step("submit", article, curator)
    return article


def test_what_waits_longest_comes_first_and_what_one_wrote_is_another_s(curator, manager, clock):
    late, own = brief(curator), brief(curator)
    clock.turn(hours=2)
    new = brief(curator)
    make_in("draft")
    step("edit", own, manager, changes={"title": "Mended by who decides"})
    assert queue.to_decide(manager) == [late.pk, new.pk]
    assert queue.to_decide(make_person("Manager")) == [late.pk, own.pk, new.pk]


def test_where_one_pair_of_eyes_is_enough_it_is_all_of_it(curator, manager, settings):
    settings.FOUR_EYES = False
    own = brief(curator)
    step("edit", own, manager, changes={"title": "Mended by who decides"})
    assert queue.to_decide(manager) == [own.pk]


@pytest.mark.parametrize(
    ("article", "place"),
    [
        (7, queue.Place(1, 3, None, 8)),
        (8, queue.Place(2, 3, 7, 9)),
        (9, queue.Place(3, 3, 8, None)),
        (1, queue.Place(0, 3, None, 7)),
    ],
)
def test_a_place_has_its_number_and_its_neighbours(article, place):
    assert queue.place_of(article, [7, 8, 9]) == place


def test_nothing_has_no_place():
    assert queue.place_of(1, []) == queue.Place(0, 0, None, None)


def test_a_sitting_tells_what_was_decided_and_forgets_what_was_taken_back(curator, manager, clock):
    for name, details in (("approve", {}), ("return", {"reason": "Too close."}), ("approve", {})):
        step(name, brief(curator), manager, **details)
        clock.turn(minutes=4)
    assert queue.sitting(manager).steps == ["approve", "return", "approve"]
    undone = brief(curator)
    step("approve", undone, manager)
    workflow.undo(undone, by=manager, edit=undone.edit)
    assert queue.sitting(manager).steps == ["approve", "return", "approve"]
    assert queue.sitting(curator).steps == []
    clock.turn(minutes=31)
    assert queue.sitting(manager).steps == []


def test_the_pace_is_the_median_of_the_last_decisions_and_breaks_are_left_out(curator, manager, clock):
    for minutes in (1, 4, 300, 4, 4, 9, 4):
        step("approve", brief(curator), manager)
        clock.turn(minutes=minutes)
    assert queue.sitting(manager).minutes == 4
    assert queue.sitting(make_person("Manager")).minutes is None


def test_the_queue_asks_the_same_whatever_waits(curator, manager, django_assert_num_queries):
    for _ in range(3):
        brief(curator)
    with django_assert_num_queries(2):
        assert len(queue.to_decide(manager)) == 3
    assert Article.objects.count() == 3


@pytest.mark.parametrize(
    ("chosen", "own", "text"),
    [
        (["Figure not found"], "", "Figure not found."),
        (["Figure not found", "Why?"], " See ¶3 ", "Figure not found. Why?\nSee ¶3"),
        ([], "Only mine", "Only mine"),
        ([], "  ", ""),
    ],
)
def test_reasons_are_sentences_of_one_text(chosen, own, text):
    assert reasons.worded(chosen, own) == text
