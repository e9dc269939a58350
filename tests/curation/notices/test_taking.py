"""Notices out of the log: who is told of what, never twice, never lost, and nothing that was undone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curation import bulk, discussion, notices, workflow
from curation.models import Absence, Article, Batch, LogEntry, Notice, NoticeCursor, NoticeKind
from curation.notices import streams
from tests.factories import make_article, make_in, make_person, step

pytestmark = pytest.mark.django_db


def told(person):
    """What somebody is told now, in words."""
    notices.take_pending()
    return [line.subject for line in notices.told_to(person)]


def kinds_made():
    return sorted(Notice.objects.filter(dropped_at=None).values_list("person__username", "kind"))


@pytest.fixture
def other(db):
    """A second manager."""
    return make_person("Manager", username="other")


def test_each_step_tells_whom_it_concerns_and_nobody_of_their_own(clock, curator, manager, other):
    brief = make_article(by=curator, title="A ward")
    step("submit", brief, by=curator)
    assert told(manager) == told(other) == ["For you to decide: “A ward”, from curator"]
    step("return", brief, by=manager, reason="Figure not found.")
    clock.turn(seconds=31)
    assert told(curator) == ["manager returned “A ward”"]
    assert told(manager) == told(other) == []  # it waits for nobody there any more
    step("submit", brief, by=curator)
    step("approve", brief, by=manager)
    step("publish", brief, by=other)
    clock.turn(seconds=31)
    assert told(manager) == ["other published “A ward”"]
    assert told(other) == []
    assert told(curator) == ["other published “A ward”"]
    assert kinds_made() == [
        *(("curator", kind) for kind in ("approved", "published", "returned")),
        *(("manager", kind) for kind in ("decide", "decide", "published")),
        ("other", "decide"),  # before the second time, a reviewer was known
    ]


def test_a_named_reviewer_alone_is_asked_unless_away(clock, curator, manager, other):
    brief = make_article(by=curator)
    step("assign", brief, reviewer=other)
    step("submit", brief, by=curator)
    assert (len(told(manager)), len(told(other))) == (0, 1)
    Absence.objects.create(person=other, first=timezone.localdate(), last=timezone.localdate())
    second = make_article(by=curator)
    step("assign", second, reviewer=other)
    step("submit", second, by=curator)
    assert (len(told(manager)), len(told(other))) == (1, 1)


def test_once_somebody_is_named_the_others_are_asked_no_more(clock, curator, manager, other):
    brief = make_article(by=curator)
    step("submit", brief, by=curator)
    assert len(told(other)) == 1
    step("assign", brief, by=manager, reviewer=manager)
    assert told(other) == []


def test_what_is_undone_is_told_to_nobody(clock, curator, manager):
    brief = make_in("in_review", by=curator)
    step("approve", brief, by=manager)
    notices.take_pending()
    clock.turn(seconds=10)
    workflow.undo(brief, by=manager, edit=brief.edit)
    clock.turn(minutes=10)
    assert told(curator) == []
    assert notices.unread(curator) == 0


def test_a_scheduled_edition_is_told_when_readers_see_it_and_a_cancelled_one_never(clock, curator, manager):
    brief, second = (make_in("approved", by=curator, title=title) for title in ("One", "Two"))
    for one in (brief, second):
        step("publish", one, by=manager, at=clock.after(hours=3))
    clock.turn(minutes=5)
    step("cancel", second, by=manager)
    assert told(curator) == []
    clock.turn(hours=3)
    assert told(curator) == ["manager published “One”"]


def test_whoever_lost_the_right_sees_nothing_of_it(clock, curator, manager):
    brief = make_in("in_review", by=curator)
    step("return", brief, by=manager, reason="Mend it.")
    clock.turn(minutes=1)
    assert len(told(curator)) == notices.unread(curator) == 1
    step("assign", brief, by=manager, owner=manager)
    assert (told(curator), notices.unread(curator)) == ([], 0)


def test_several_of_one_brief_are_one_line(clock, curator, manager):
    brief = make_in("in_review", by=curator, title="A ward")
    step("approve", brief, by=manager)
    step("publish", brief, by=manager)
    clock.turn(minutes=1)
    notices.take_pending()
    (line,) = notices.told_to(curator)
    assert (line.subject, line.earlier) == ("manager published “A ward”", ["manager approved"])
    assert notices.unread(curator) == 1


def tried(kind, articles, by, **told):
    """Bulk work, tried and begun."""
    batch = bulk.choose(kind, [(one.pk, one.edit) for one in articles], by=by)
    if batch.stage == Batch.Stage.ASKING:
        bulk.keep_details(batch, {"told": told})
    while bulk.advance(batch, by=by):
        pass
    bulk.begin(batch, by=by)
    return batch


def in_bulk(kind, articles, by, **told):
    """Bulk work, done."""
    batch = tried(kind, articles, by, **told)
    while bulk.advance(batch, by=by):
        pass
    return batch


def undo(batch, by):
    bulk.undo(batch, by=by)
    while bulk.advance(batch, by=by):
        pass


def test_what_is_done_to_many_is_told_together_once_it_cannot_be_undone(clock, curator, manager):
    briefs = [make_in("in_review", by=curator) for _ in range(3)]
    in_bulk("approve", briefs, manager)
    clock.turn(minutes=9)
    assert told(curator) == []
    clock.turn(minutes=2)
    assert told(curator) == ["manager approved 3 briefs"]
    assert notices.unread(curator) == 1


@pytest.mark.parametrize("is_read_between", [True, False])
def test_bulk_work_that_was_undone_tells_nobody(clock, curator, manager, is_read_between):
    briefs = [make_in("in_review", by=curator) for _ in range(3)]
    batch = in_bulk("approve", briefs, manager)
    clock.turn(minutes=1)
    if is_read_between:
        notices.take_pending()
    undo(batch, manager)
    clock.turn(minutes=20)
    assert told(curator) == []


def to_decide(person):
    """How many briefs somebody is asked to decide on, now."""
    notices.take_pending()
    return len([line for line in notices.told_to(person) if line.notice.kind == NoticeKind.DECIDE])


@pytest.mark.parametrize("is_read_between", [True, False])
def test_who_was_asked_before_a_bulk_assignment_is_asked_again_once_it_is_undone(
    clock, curator, manager, other, is_read_between
):
    briefs = [step("submit", make_article(by=curator), by=curator).article for _ in range(2)]
    assert (to_decide(manager), to_decide(other)) == (2, 2)
    clock.turn(minutes=1)
    batch = in_bulk("assign", Article.objects.filter(pk__in=[one.pk for one in briefs]), manager, reviewer=manager.pk)
    if is_read_between:
        assert (to_decide(manager), to_decide(other)) == (2, 0)
    clock.turn(minutes=1)
    undo(batch, manager)
    for _ in range(3):
        assert (to_decide(manager), to_decide(other)) == (2, 2)
        clock.turn(minutes=4)
    assert not Notice.objects.filter(entry__step="undo").exists()  # the same notice as before, not a second one


def test_once_nobody_is_named_any_more_all_who_can_decide_are_asked(clock, curator, manager, other):
    brief = make_article(by=curator)
    step("assign", brief, reviewer=manager)
    step("submit", brief, by=curator)
    assert (to_decide(manager), to_decide(other)) == (1, 0)
    clock.turn(minutes=1)
    step("assign", brief, by=manager, reviewer=None)
    assert (to_decide(manager), to_decide(other)) == (1, 1)
    clock.turn(minutes=1)
    step("assign", brief, by=manager, reviewer=other)
    assert (to_decide(manager), to_decide(other)) == (0, 1)


def test_bulk_work_that_was_left_half_done_is_told_once(clock, curator, manager, monkeypatch):
    monkeypatch.setattr("curation.bulk.runner._FIRST_SLICE", 2)
    briefs = [make_in("in_review", by=curator) for _ in range(3)]
    batch = tried("approve", briefs, manager)
    assert bulk.advance(batch, by=manager, seconds=0)  # its window was closed, or its worker killed
    clock.turn(minutes=19)
    assert told(curator) == []
    clock.turn(minutes=2)
    assert told(curator) == ["manager approved 2 briefs"]
    notices.mark_read(curator)
    while bulk.advance(batch, by=manager):
        pass
    clock.turn(minutes=11)
    notices.take_pending()
    assert sorted(line.subject for line in notices.told_to(curator) if line.is_new) == [
        f"manager approved “{briefs[2]}”"
    ]


def test_a_machine_tells_nobody(clock, curator, manager):
    make_in("approved", owner=curator)
    assert (told(curator), told(manager)) == ([], [])


# Killed ------------------------------------------------------------------------------------------------------------


class KilledError(Exception):
    pass


def test_a_pass_that_is_killed_at_any_statement_loses_and_doubles_nothing(clock, curator, manager, monkeypatch):
    monkeypatch.setattr(streams, "SLICE", 3)
    for number in range(3):
        brief = make_article(by=curator, title=f"Brief {number}")
        step("submit", brief, by=curator)
        step("return" if number else "approve", brief, by=manager, **({"reason": "Mend it."} if number else {}))
    NoticeCursor.objects.all().delete()
    notices.take_pending()
    whole = kinds_made()
    assert len(whole) == 6
    statement, finished = 0, False
    while not finished:
        statement += 1
        Notice.objects.all().delete()
        NoticeCursor.objects.all().delete()
        finished = _killed_at(statement)
        clock.turn(minutes=statement % 3)  # sometimes the cursor settles between
        notices.take_pending()
        clock.turn(minutes=6)
        notices.take_pending()
        notices.take_pending()
        assert kinds_made() == whole, statement
    assert statement > 15


def _killed_at(number):
    """Run the pass and kill it at its statement of this number; whether it ended before."""
    count = 0

    def counted(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == number:
            raise KilledError
        return execute(sql, params, many, context)

    try:
        with connection.execute_wrapper(counted):
            notices.take_pending()
    except KilledError:
        return False
    return True


def test_a_row_that_comes_late_with_a_lower_number_is_not_lost(clock, curator, manager):
    brief = make_article(by=curator)
    step("submit", brief, by=curator)
    notices.take_pending()
    Notice.objects.all().delete()  # as if its transaction had not ended when the newer rows were read
    step("assign", brief, by=manager, owner=curator)
    clock.turn(minutes=1)
    notices.take_pending()
    assert Notice.objects.get(kind=NoticeKind.DECIDE).entry.step == "submit"
    for _ in range(2):
        clock.turn(minutes=6)
        notices.take_pending()
    assert NoticeCursor.objects.get(pk="log").upto == LogEntry.objects.latest("pk").pk


# Prices ------------------------------------------------------------------------------------------------------------


def test_prices_do_not_grow(clock, curator, manager, django_assert_num_queries):
    asked = []
    notices.unread(manager)  # who holds which right is asked once
    for number in (2, 8):
        for _ in range(number):
            step("submit", make_article(by=curator), by=curator)
        with django_assert_num_queries(17 if not asked else asked[0]) as counted:
            notices.take_pending()
        asked.append(len(counted))
        with django_assert_num_queries(1):
            new = notices.unread(manager)
        assert new == Article.objects.count()
        with django_assert_num_queries(1):
            notices.told_to(manager)
    with django_assert_num_queries(1):
        assert not notices.is_pending()


def test_history_that_was_laid_down_is_no_news(clock, curator, manager):
    past = workflow.Past(curator)
    brief = make_article(by=curator)
    workflow.take_many("submit", [brief], by=past, now=clock.after(days=-30))
    clock.turn(minutes=1)
    assert told(manager) == []


def test_a_comment_that_is_given_or_calls_somebody_long_after_it_was_written_tells_them(clock, curator, manager, other):
    brief = make_article(by=curator, title="A ward")
    comment = discussion.add(brief, "Look at this.", by=curator)
    assert told(manager) == []
    clock.turn(hours=2)
    discussion.assign(comment, "manager", by=other)
    assert (told(manager), told(other)) == (["other gave you a comment on “A ward”"], [])
    clock.turn(hours=2)
    for _ in range(2):
        discussion.edit(comment, "Look at this, @other.", by=curator)
    assert (len(told(manager)), told(other)) == (1, ["curator mentioned you in “A ward”"])
    clock.turn(hours=2)
    discussion.assign(comment, "other", by=other)
    for _ in range(2):
        discussion.assign(comment, "manager", by=other)
    notices.take_pending()
    assert sorted(Notice.objects.values_list("person__username", "token")) == [
        ("manager", f"given:{LogEntry.objects.filter(step='given').earliest('pk').pk}"),
        ("manager", f"given:{LogEntry.objects.filter(step='given').latest('pk').pk}"),
        ("other", f"comment:{comment.pk}"),
    ]


def test_a_comment_that_is_given_as_it_is_written_is_told_once(clock, curator, manager):
    discussion.add(make_article(by=curator, title="A ward"), "@manager, see to it.", by=curator, to="manager")
    for _ in range(3):
        assert told(manager) == ["curator gave you a comment on “A ward”"]
        clock.turn(minutes=3)
    assert Notice.objects.count() == 1


def test_comments_cost_the_same_however_many(curator, manager):
    costs = []
    for number in (1, 8):
        for _ in range(number):
            comment = discussion.add(make_article(by=curator), "@managers, @manager", by=curator)
            discussion.assign(comment, "manager", by=curator)
        with CaptureQueriesContext(connection) as asked:
            notices.take_pending()
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert Notice.objects.filter(person=manager).count() == 9
