"""Jobs: what is somebody's to do now, by the steps that are open to them, and what is late with others."""

from datetime import timedelta

import pytest
from django.utils import timezone

from curation import workflow
from curation.models import Article
from curation.workflow import waiting
from tests.factories import make_article, make_in, make_person, make_picture, make_published, step


def seen_by(user):
    """What the list shows to somebody: pairs of pile and title."""
    work = waiting.work_of(user, timezone.now())
    return [(job.pile.name, job.article.title) for job in work.jobs]


def since(article, **ago):
    """Let an article be in its state for a while already."""
    Article.objects.filter(pk=article.pk).update(entered_at=timezone.now() - timedelta(**ago))
    return article


def unowned(article):
    Article.objects.filter(pk=article.pk).update(owner=None)
    return article


@pytest.fixture
def one_of_each(curator, manager):
    """A brief in every state, of the curator, of the manager and of nobody."""
    for owner in (curator, manager, None):
        for state in ("draft", "in_review", "changes_requested", "approved", "declined"):
            article = make_in(state, title=f"{state} of {owner or 'nobody'}", owner=owner or curator)
            if owner is None:
                unowned(article)


@pytest.mark.usefixtures("one_of_each")
def test_each_finds_what_they_can_do_and_nothing_else(curator, manager, reader):
    assert sorted(seen_by(curator)) == [
        ("claim", "changes_requested of nobody"),
        ("claim", "draft of nobody"),
        ("mend", "changes_requested of curator"),
        ("write", "draft of curator"),
    ]
    assert sorted(seen_by(manager)) == [
        ("claim", "changes_requested of nobody"),
        ("claim", "draft of nobody"),
        ("decide", "in_review of curator"),
        ("decide", "in_review of manager"),
        ("decide", "in_review of nobody"),
        ("mend", "changes_requested of manager"),
        ("write", "draft of manager"),
    ]
    assert seen_by(reader) == []


def test_who_wrote_the_words_does_not_decide_on_them_and_another_does(curator, manager, settings):
    other = make_person("Manager")
    mine = make_article(by=manager, title="Mine")
    step("submit", mine, manager)
    theirs = make_article(by=curator, title="Theirs")
    step("submit", theirs, curator)
    assert (seen_by(manager), seen_by(other)) == ([("decide", "Theirs")], [("decide", "Mine"), ("decide", "Theirs")])
    assert [waiting.work_of(one, timezone.now()).count for one in (manager, other)] == [1, 2]
    settings.FOUR_EYES = False
    assert seen_by(manager) == [("decide", "Mine"), ("decide", "Theirs")]


def test_what_somebody_wrote_and_nobody_decides_is_late_with_others_in_time(manager):
    mine = make_article(by=manager, title="Mine")
    step("submit", mine, manager)
    since(mine, days=6)
    work = waiting.work_of(manager, timezone.now())
    assert ([job.article for job in work.overdue], work.overdue_count, work.count, work.late) == ([mine], 1, 0, 0)


def test_late_comes_before_slow_and_decisions_before_drafts_and_what_is_nobody_s_comes_last(curator, manager):
    since(make_in("in_review", title="fresh", owner=curator), hours=1)
    since(make_in("in_review", title="slow", owner=curator), days=3)
    since(make_in("draft", title="late draft", owner=manager), days=30)
    since(make_in("in_review", title="late", owner=curator), days=9)
    since(make_in("changes_requested", title="mend", owner=manager), hours=2)
    unowned(since(make_in("draft", title="anybody", owner=curator), days=90))
    work = waiting.work_of(manager, timezone.now())
    titles = ["late", "late draft", "slow", "fresh", "mend", "anybody"]
    assert [job.article.title for job in work.jobs] == titles
    assert [job.wait for job in work.jobs] == ["late", "late", "slow", "", "", "late"]
    assert (work.count, work.late) == (6, 3)


def test_managers_are_told_what_is_late_with_others_and_curators_what_is_late_with_managers(curator, manager):
    back = since(make_in("changes_requested", owner=curator), days=20)
    draft = since(make_in("draft", owner=curator), days=40)
    review = since(make_in("in_review", owner=curator), days=5)
    since(make_in("draft", owner=manager), days=40)
    make_in("draft", owner=curator)
    of_manager, of_curator = (waiting.work_of(one, timezone.now()) for one in (manager, curator))
    assert ({job.article for job in of_manager.overdue}, of_manager.overdue_count) == ({back, draft}, 2)
    assert ([job.article for job in of_curator.overdue], of_curator.overdue_count) == ([review], 1)


def test_a_row_tells_checks_and_what_changed_since_the_live_edition(curator, manager):
    live = make_published(title="A ward", owner=curator, body="<p>The waits were halved.</p>").article
    step("edit", live, curator, changes={"body": "<p>The waits fell by a third.</p>", "picture_id": make_picture().pk})
    step("edit", live, curator, changes={"picture_alt": "Two nurses"})
    (job,) = waiting.work_of(manager, timezone.now()).jobs
    assert (job.change.removed, job.change.added) == ("were halved", "fell by a third")
    assert job.change.notes == ["new alternative text", "new picture"]
    assert (job.article.live_number, job.first, job.article.newest) == (1, "", live.versions.first().pk)
    assert 0 < job.passed < job.asked


def test_a_first_edition_says_what_it_is_made_of_and_a_returned_one_why(curator, manager):
    first = make_in("in_review", owner=curator, body="<p>Three small words.</p>")
    (job,) = waiting.work_of(manager, timezone.now()).jobs
    assert (job.change, job.first) == (None, "3 words, one topic, source not read")
    step("return", first, manager, reason="Which trust?")
    (job,) = waiting.work_of(curator, timezone.now()).jobs
    assert (job.asked_back.reason, job.asked_back.by, job.steps) == ("Which trust?", manager.pk, ("submit",))


def test_no_more_is_shown_than_a_screen_and_everything_is_counted(curator, manager, monkeypatch):
    monkeypatch.setattr(waiting.jobs, "SHOWN", 2)
    for _ in range(3):
        make_in("in_review", owner=curator)
    make_article(owner=manager)
    work = waiting.work_of(manager, timezone.now())
    assert ([job.pile.name for job in work.jobs], work.count) == (["decide", "decide"], 4)
    assert [(found.pile.name, found.count) for found in work.piles] == [("decide", 3), ("write", 1)]


def unpublished(user):
    work = waiting.work_of(user, timezone.now())
    return [job.article.title for job in work.unpublished], work.unpublished_count


def test_what_is_approved_waits_in_a_pile_until_it_is_pressed(curator, manager):
    article = make_in("approved", title="Ready", owner=curator)
    make_published(owner=curator)
    assert (unpublished(manager), unpublished(curator)) == ((["Ready"], 1), ([], 0))
    step("publish", article, manager, at=timezone.now() + timedelta(days=1))
    assert unpublished(manager) == ([], 0)
    step("cancel", article, manager)
    assert unpublished(manager) == (["Ready"], 1)
    step("publish", article, manager)
    assert unpublished(manager) == ([], 0)
    step("return", article, manager, reason="A slip.")
    step("submit", article, curator)
    step("approve", article, manager)
    assert unpublished(manager) == ([], 0)  # the same words are out already
    step("withdraw", article, manager, reason="Wrong.")
    step("edit", article, curator, changes={"title": "Mended"})
    assert unpublished(manager) == ([], 0)


def test_a_publication_that_was_undone_is_in_the_pile_again(curator, manager):
    article = make_in("approved", title="Ready", owner=curator)
    logged = step("publish", article, manager, at=timezone.now() + timedelta(days=1))
    workflow.undo(article, by=manager, edit=logged.edit)
    assert unpublished(manager) == (["Ready"], 1)
