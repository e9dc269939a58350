"""Columns of the board: what stands in which, in which order, and how many there are."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curation.models import Article, Priority
from curation.workflow.board import columns as board
from tests.bulk import draft_many
from tests.factories import make_in, make_published, step

pytestmark = pytest.mark.django_db


def columns(articles=None):
    """The columns as they are found: the titles in each by its name."""
    found = board.found_in(Article.objects.all() if articles is None else articles, timezone.now(), board.COLUMNS)
    titles = dict(Article.objects.values_list("pk", "title"))
    return {one.column.name: [titles[pk] for pk in one.ids] for one in found if one.ids}


def test_every_state_has_its_column_and_what_is_out_stands_in_none(curator, manager):
    for state in ("draft", "in_review", "changes_requested", "approved", "declined"):
        make_in(state, owner=curator, title=state)
    soon = make_in("approved", title="soon")
    step("publish", soon, manager, at=timezone.now() + timedelta(hours=3))
    make_published(title="live")
    step("withdraw", make_published(title="gone").article, manager, reason="Wrong.")
    every = ("draft", "in_review", "changes_requested", "approved", "declined")
    assert columns() == {state: [state] for state in every} | {"scheduled": ["soon"]}


def test_what_is_taken_off_the_schedule_waits_to_be_published_again(manager):
    article = make_in("approved", title="soon")
    step("publish", article, manager, at=timezone.now() + timedelta(hours=3))
    step("cancel", article, manager)
    assert columns() == {"approved": ["soon"]}


def test_the_most_urgent_come_first_by_priority_then_by_day_then_by_age():
    now = timezone.now()
    for title, priority, day, age in (
        ("old", Priority.NORMAL, None, 9),
        ("new", Priority.NORMAL, None, 1),
        ("due later", Priority.NORMAL, 20, 1),
        ("due soon", Priority.NORMAL, 10, 1),
        ("low, due", Priority.LOW, 1, 30),
        ("high", Priority.HIGH, None, 1),
    ):
        pk = make_in("draft", title=title).pk
        given = {"due_on": date(2026, 1, day)} if day else {}
        Article.objects.filter(pk=pk).update(priority=priority, entered_at=now - timedelta(days=age), **given)
    assert columns() == {"draft": ["high", "due soon", "due later", "old", "new", "low, due"]}


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_a_column_shows_its_first_and_counts_all(state, manager):
    draft_many([{}] * (board.SHOWN + 3))
    Article.objects.update(state=state)
    out = Article.objects.first()  # of what is out, none waits
    Article.objects.filter(pk=out.pk).update(state="approved", is_pressed=True)
    oldest = timezone.now() - timedelta(days=40)
    last = Article.objects.exclude(pk=out.pk).last()
    Article.objects.filter(pk=last.pk).update(priority=Priority.LOW, entered_at=oldest)
    found = next(
        one for one in board.found_in(Article.objects.all(), timezone.now(), board.COLUMNS) if one.column.name == state
    )
    assert (len(found.ids), found.count, found.more, found.oldest) == (board.SHOWN, board.SHOWN + 2, 2, oldest)


@pytest.mark.parametrize("column", board.COLUMNS, ids=lambda column: column.name)
def test_no_column_is_found_by_looking_at_every_article(column):
    with CaptureQueriesContext(connection) as asked:
        board.found_in(Article.objects.all(), timezone.now(), [column])
    plan = explained(asked[0]["sql"])
    assert "SCAN curation_article" not in plan
    assert "Seq Scan on curation_article " not in plan


def explained(sql):
    """How the database would answer, told not to think that a small table is soonest read whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())
