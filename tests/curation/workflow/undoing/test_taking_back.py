"""Undo: a decision taken back within thirty seconds by whoever took it, exactly."""

import pytest

from curation import workflow
from curation.models import Article, Edition
from curation.workflow import undoing
from tests.factories import make_article, make_in, make_person, step

pytestmark = [pytest.mark.engines, pytest.mark.django_db]

KEPT = ("state", "entered_at", "approved_version_id", "owner_id")


@pytest.fixture
def deputy():
    return make_person("Manager")


@pytest.fixture
def waiting(curator, clock):
    article = make_article(by=curator)
    step("submit", article, curator)
    clock.turn(hours=3)
    return Article.objects.get()


def facts(article):
    return Article.objects.values(*KEPT).get(pk=article.pk)


def test_an_approval_and_a_return_are_as_if_they_had_not_been(waiting, manager, clock):
    before = facts(waiting)
    for name, details in (("approve", {}), ("return", {"reason": "Too close to the source."})):
        step(name, waiting, manager, **details)
        assert facts(waiting) != before
        clock.turn(seconds=29)
        undone = workflow.undo(waiting, by=manager, edit=waiting.edit)
        assert facts(waiting) == before
        assert (undone.step, undone.details["undone"], undone.by) == ("undo", [name], manager)


def test_a_return_of_what_was_approved_leaves_it_approved(waiting, manager):
    step("approve", waiting, manager)
    before = facts(waiting)
    step("return", waiting, manager, reason="A name is wrong.")
    workflow.undo(waiting, by=manager, edit=waiting.edit)
    assert facts(waiting) == before


def test_publishing_at_once_is_undone_with_its_approval_before_readers_saw_any_of_it(waiting, manager, clock):
    before = facts(waiting)
    step("approve", waiting, manager)
    step("publish", waiting, manager, at=undoing.soonest())
    assert not Edition.objects.live().exists()
    clock.turn(seconds=20)
    workflow.undo(waiting, by=manager, edit=waiting.edit)
    assert facts(waiting) == before
    clock.turn(minutes=5)
    assert not Edition.objects.live().exists()
    assert not Edition.objects.scheduled().exists()


def test_what_is_published_goes_out_when_it_cannot_be_undone_any_more(waiting, manager, clock):
    step("approve", waiting, manager)
    step("publish", waiting, manager, at=undoing.soonest())
    clock.turn(seconds=31)
    assert Edition.objects.live().exists()
    with pytest.raises(workflow.StepRefused, match="too late") as refused:
        workflow.undo(waiting, by=manager, edit=waiting.edit)
    assert refused.value.code == "undo"


def test_an_approval_of_another_time_stays_when_its_publication_is_undone(waiting, manager, clock):
    step("approve", waiting, manager)
    clock.turn(minutes=5)
    step("publish", waiting, manager, at=undoing.soonest())
    workflow.undo(waiting, by=manager, edit=waiting.edit)
    assert facts(waiting)["state"] == "approved"


@pytest.mark.parametrize("seconds", [31, 3600])
def test_it_is_too_late_after_thirty_seconds(waiting, manager, clock, seconds):
    step("approve", waiting, manager)
    clock.turn(seconds=seconds)
    with pytest.raises(workflow.StepRefused, match="too late"):
        workflow.undo(waiting, by=manager, edit=waiting.edit)
    assert facts(waiting)["state"] == "approved"


def test_nobody_undoes_what_another_decided_nor_what_was_touched_since(waiting, manager, deputy, curator):
    step("approve", waiting, manager)
    seen = waiting.edit
    for person in (deputy, curator):
        with pytest.raises(workflow.StepRefused, match="Somebody was at it"):
            workflow.undo(waiting, by=person, edit=seen)
    step("assign", waiting, deputy, reviewer=deputy)
    for edit in (seen, waiting.edit):
        with pytest.raises(workflow.StepRefused):
            workflow.undo(Article.objects.get(), by=manager, edit=edit)
    assert facts(waiting)["state"] == "approved"


def test_undoing_twice_does_nothing_more(waiting, manager):
    step("approve", waiting, manager)
    workflow.undo(waiting, by=manager, edit=waiting.edit)
    with pytest.raises(workflow.StepRefused):
        workflow.undo(waiting, by=manager, edit=waiting.edit)
    assert facts(waiting)["state"] == "in_review"


def test_who_lost_the_right_undoes_nothing(waiting, manager):
    step("approve", waiting, manager)
    manager.groups.clear()
    again = type(manager).objects.get(pk=manager.pk)
    with pytest.raises(workflow.StepRefused, match="not yours"):
        workflow.undo(waiting, by=again, edit=waiting.edit)


@pytest.mark.parametrize("state", ["draft", "declined"])
def test_other_steps_are_not_undone_this_way(state, manager):
    article = make_in(state)
    with pytest.raises(workflow.StepRefused):
        workflow.undo(article, by=manager, edit=article.edit)


def test_a_schedule_that_was_replaced_by_what_is_undone_stands_again(waiting, manager, clock):
    step("approve", waiting, manager)
    first = step("publish", waiting, manager, at=clock.after(days=2), until=clock.after(days=9)).edition
    hours = Edition.objects.values_list("live_from", "live_until", "closes_at", "ended").get(pk=first.pk)
    second = step("publish", waiting, manager, at=clock.after(days=1)).edition
    undone = workflow.undo(waiting, by=manager, edit=waiting.edit)
    assert Edition.objects.values_list("live_from", "live_until", "closes_at", "ended").get(pk=first.pk) == hours
    assert {move["edition"] for move in undone.details["windows"]} == {first.number, second.number}
    clock.turn(days=3)
    assert list(Edition.objects.live()) == [first]
    assert Article.objects.get().is_pressed
