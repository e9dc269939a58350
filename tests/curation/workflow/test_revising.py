"""Edits of what was approved: back to review, whose they are, and approved again where nothing changed after all."""

import pytest

from curation import workflow
from curation.models import Article
from tests.factories import make_in, make_person, make_published, step

pytestmark = [pytest.mark.engines, pytest.mark.django_db]

KEPT = ("state", "entered_at", "approved_version_id", "revised_by_id", "owner_id")
BODY = "<p>One.</p><p>Two.</p><p>Three.</p>"


@pytest.fixture
def approved(curator, clock):
    article = make_in("approved", owner=curator, body=BODY)
    clock.turn(hours=5)
    return article


def facts(article):
    return Article.objects.values(*KEPT).get(pk=article.pk)


def write(article, by, **changes):
    return step("edit", article, by, changes=changes)


def test_a_material_edit_sends_it_back_to_review_and_its_writer_may_go_on(approved, curator):
    write(approved, curator, title="B")
    write(approved, curator, title="Be", body=BODY.replace("Two", "2").replace("Three", "3"))
    assert (approved.state, approved.approved_version, approved.revised_by) == ("in_review", None, curator)
    logged = approved.log.get(step="edit", at__gte=approved.entered_at)
    assert (logged.from_state, logged.to_state, logged.edit) == ("approved", "in_review", approved.edit)
    assert logged.details["changed"] == "title, 2 paragraphs and address"


def test_words_put_back_as_they_were_are_approved_as_before(approved, curator, manager, clock):
    before = facts(approved)
    write(approved, curator, standfirst=approved.standfirst + "x")
    clock.turn(minutes=45)
    logged = write(approved, curator, standfirst=approved.standfirst[:-1])
    assert facts(approved) == before
    assert (logged.from_state, logged.to_state, logged.details["again"]) == ("in_review", "approved", True)
    step("publish", approved, manager)


def test_a_manager_may_put_it_back_as_well_and_an_edit_that_changes_nothing_leaves_it_approved(approved, manager):
    before = facts(approved)
    write(approved, manager, title=approved.title)
    assert facts(approved) == before
    title = approved.title
    write(approved, make_person("Manager"), title="Another")
    write(approved, manager, title=title)
    assert facts(approved) == before


@pytest.mark.parametrize("decision", ["return", "decline"])
def test_once_somebody_decided_the_same_words_are_not_approved_any_more(approved, curator, manager, decision):
    title = approved.title
    write(approved, curator, title="Another")
    step(decision, approved, manager, reason="For the test.")
    if decision == "decline":
        step("reopen", approved, curator)
    write(approved, curator, title=title)
    assert approved.state == {"return": "changes_requested", "decline": "draft"}[decision]
    step("submit", approved, curator)
    with pytest.raises(workflow.StepRefused, match="its owner whose edit sent it back to review"):
        write(approved, curator, title="More")


def test_whoever_lost_the_article_may_not_go_on(approved, curator, manager):
    write(approved, curator, title="Another")
    step("assign", approved, manager, owner=make_person("Curator"))
    with pytest.raises(workflow.StepRefused):
        write(approved, curator, title="More")


def test_a_decision_that_is_undone_gives_the_pen_back(approved, curator, manager):
    write(approved, curator, title="Another")
    before = facts(approved)
    step("return", approved, manager, reason="For the test.")
    workflow.undo(approved, by=manager, edit=approved.edit)
    assert facts(approved) == before


def test_an_undone_approval_of_what_came_back_by_itself_keeps_its_hour(approved, curator, manager, clock):
    title = approved.title
    write(approved, curator, title="Another")
    write(approved, curator, title=title)
    clock.turn(hours=1)
    before = facts(approved)
    step("return", approved, manager, reason="For the test.")
    workflow.undo(approved, by=manager, edit=approved.edit)
    assert facts(approved) == before


def test_what_is_said_of_a_sentence_is_not_material(approved, curator):
    before = facts(approved)
    logged = write(approved, curator, evidence=[{"sentence": approved.standfirst}])
    assert facts(approved) == before
    assert "changed" not in logged.details


def test_readers_see_nothing_of_it(curator):
    edition = make_published(owner=curator)
    write(edition.article, curator, title="Better")
    edition.refresh_from_db()
    assert edition.title != "Better"
    assert edition.closes_at.year == 9999


def test_a_draft_instead_is_a_setting(approved, curator, settings):
    settings.EDITED_AFTER_APPROVAL = "draft"
    before, title = facts(approved), approved.title
    write(approved, curator, title="Another")
    assert approved.state == "draft"
    write(approved, curator, title=title)
    assert facts(approved) == before


@pytest.mark.parametrize("number", [1, 4])
def test_it_costs_the_same_for_many(curator, manager, number, django_assert_num_queries):
    articles = [make_in("approved", owner=curator) for _ in range(number)]
    each = {article.pk: {"changes": {"title": f"T{article.pk}"}} for article in articles}
    with django_assert_num_queries(22):
        workflow.take_many("edit", articles, by=manager, each=each)
