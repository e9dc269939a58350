"""Every cell of the table of steps, by role and state, held against what was written out by hand."""

import pytest

from curation import workflow
from curation.models import State
from tests.curation.newsroom import Newsroom

from . import matrix


def wrong_cells(newsroom, name, states=matrix.STATES):
    """The cells of one step that are not as the matrix has them: pairs of cell and what came of it, one by one."""
    for state in states:
        for person in matrix.PEOPLE:
            article = newsroom.article_of(person, state)
            found, _ = newsroom.outcome(name, article, person, **newsroom.details(name, article))
            if found != matrix.MATRIX[name, state, person]:
                yield (name, state, person), found


def reaches(newsroom, name):
    """For what readers may see: whether the step is refused because something it needs is not there."""
    state, person = matrix.open_cell(name)
    found = {}
    for reach, articles in newsroom.reaching.items():
        article = articles[state, "owner"]
        outcome, _ = newsroom.outcome(name, article, person, **newsroom.details(name, article))
        found[reach] = outcome == "needs"
    return found


def named(newsroom, name):
    """What the log row of a step names beside people and states; and whether the step asks for a reason."""
    state, person = matrix.open_cell(name)
    article = newsroom.article_of(person, state)
    details = newsroom.details(name, article)
    _, logged = newsroom.outcome(name, article, person, **details)
    if logged is None:
        return None
    refused, _ = newsroom.outcome(name, article, person, **(details | {"reason": " "}))
    fields = {field for field in ("version", "edition") if getattr(logged, f"{field}_id")}
    return fields | logged.details.keys() - {"windows", "whole", "found"}, refused == "reason"


def test_every_step_is_open_to_whom_the_matrix_says_and_to_nobody_else(db):
    newsroom = Newsroom()
    assert tuple(workflow.STEPS) == matrix.STEPS
    for name in matrix.STEPS:
        assert dict(wrong_cells(newsroom, name)) == {}


def test_every_step_says_does_asks_and_needs_what_the_matrix_says(db):
    newsroom = Newsroom()
    for name in matrix.STEPS:
        assert workflow.STEPS[name].label == matrix.LABELS[name]
        assert named(newsroom, name) == (matrix.NAMED[name], name in matrix.REASONED)
        assert reaches(newsroom, name) == {reach: name in closed for reach, closed in matrix.CLOSED.items()}


@pytest.mark.parametrize("name", workflow.STEPS)
def test_a_step_says_how_it_is_told(name):
    step = workflow.STEPS[name]
    assert step.done
    assert step.logged
    assert not step.reason or "reason" in step.asks


def test_each_state_has_one_step_that_it_is_for():
    assert workflow.PRIMARY.keys() == set(State)
    assert all(state in workflow.STEPS[name].rules for state, name in workflow.PRIMARY.items())
    assert sum(len(step.leads) for step in workflow.STEPS.values()) == len(State)
