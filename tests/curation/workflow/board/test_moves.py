"""Moves on the board: the same steps as everywhere, and words where there is none."""

import pytest

from curation import workflow
from curation.models import Article, State
from curation.workflow.board import moves as board
from tests.factories import make_in, make_person

#: The columns, and where one may go from each, by which step: by hand, and not read from the table.
LEADS = {
    "draft": {"in_review": "submit", "declined": "decline"},
    "in_review": {"draft": "take_back", "changes_requested": "return", "approved": "approve", "declined": "decline"},
    "changes_requested": {"in_review": "submit", "declined": "decline"},
    "approved": {"changes_requested": "return", "scheduled": "publish"},
    "scheduled": {"approved": "cancel"},
    "declined": {"draft": "reopen"},
}


def test_every_way_from_column_to_column_is_a_step():
    assert {(here, there): name for here, ends in LEADS.items() for there, name in ends.items()} == board.MOVES


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("role", ["Curator", "Manager", ""])
def test_a_card_may_go_where_its_step_is_open(role, state, curator):
    person = make_person(role) if role != "Curator" else curator
    article = make_in(state, owner=curator)
    opened = workflow.open_steps(article, person)
    ways = {there for there, name in LEADS[state].items() if name in opened}
    assert set(board.Ways(person).reachable(article, state)) == ways


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Curator", "Manager"])
def test_what_is_found_once_is_right_for_all_that_stand_alike(role):
    person, other = make_person(role), make_person("Curator")
    owners = [(owner, reviser) for owner in (None, person, other) for reviser in (None, person, other)]
    articles = [Article(state=state, owner=owner, revised_by=reviser) for state in State for owner, reviser in owners]
    ways = board.Ways(person)
    for article in articles:
        assert ways.reachable(article, article.state) == board.Ways(person).reachable(article, article.state)


def test_who_wrote_part_of_it_may_not_put_it_into_approved(manager, curator):
    article = make_in("in_review", owner=curator)
    assert "approved" in board.Ways(manager).reachable(article, "in_review")
    assert "approved" not in board.Ways(manager).reachable(article, "in_review", is_own=True)


def test_what_is_scheduled_is_taken_off_by_who_publishes(manager, curator):
    article = make_in("approved", owner=curator)
    assert board.Ways(manager).reachable(article, "scheduled") == ["approved"]
    assert board.Ways(curator).reachable(article, "scheduled") == []


@pytest.mark.parametrize(
    ("here", "there", "words"),
    [
        ("draft", "approved", "A brief comes to “Approved” from “In review”, not from “Draft”."),
        (
            "draft",
            "changes_requested",
            "A brief comes to “Changes requested” from “In review” or “Approved”, not from “Draft”.",
        ),
        ("in_review", "draft", "“Take back” is not yours to take here; its owner can."),
        (
            "in_review",
            "approved",
            "“Approve” is not yours to take here; a manager can; nobody approves their own words.",
        ),
        ("approved", "scheduled", "“Publish” is not yours to take here; a manager can."),
        ("scheduled", "approved", "“Cancel the schedule” is not yours to take here; a manager can."),
    ],
)
def test_why_a_card_may_not_go_there_is_said(here, there, words):
    assert board.why_not(here, there) == words
