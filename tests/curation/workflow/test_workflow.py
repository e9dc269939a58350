"""Steps: what each does beside the state, and what it refuses. Who may take them is in ``test_matrix``."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from curation import workflow
from curation.editing import versions
from curation.models import OPEN, Article, Edition, LogEntry, SourceLink, Version
from curation.publishing import counts
from curation.text import prose
from tests.curation.newsroom import Newsroom
from tests.factories import (
    MACHINE,
    make_article,
    make_author,
    make_in,
    make_link,
    make_offering,
    make_person,
    make_picture,
    make_published,
    make_topic,
    step,
    words,
)

from . import matrix

pytestmark = pytest.mark.engines


def refused(name, article, by=None, **details):
    """The refusal of a step, which must be refused and leave nothing behind."""
    before = Article.objects.filter(pk=article.pk).values(), LogEntry.objects.count()
    rows = list(before[0])
    with pytest.raises(workflow.StepRefused) as caught:
        step(name, article, by, **details)
    assert list(Article.objects.filter(pk=article.pk).values()) == rows
    assert LogEntry.objects.count() == before[1]
    return caught.value


def test_a_refusal_says_which_rule_and_who_can(curator, manager):
    article = make_article(by=curator)
    assert str(refused("approve", article, manager)) == (
        "“Approve” is not open while this is “Draft”; a manager can from “In review”."
    )
    assert str(refused("edit", article, make_person("Curator"), changes={"title": "Mine"})) == (
        "“Edit” is not yours to take here; its owner or a manager can."
    )
    assert str(refused("claim", article, make_person("Curator"))) == (
        "“Claim” is not yours to take here; a manager or any curator while nobody owns it can."
    )
    assert str(refused("withdraw", article, manager, reason="Gone.")) == (
        "“Withdraw” is not open to anybody: readers see nothing of it, and nothing is scheduled."
    )


def test_a_step_that_does_not_exist_is_refused(curator):
    assert refused("explode", make_article(by=curator), curator).code == "unknown"


@pytest.mark.parametrize("edit", [0, 1, "", "x", None, "-1", "1e3"])
def test_a_stale_edit_is_refused(curator, edit):
    article = make_article(by=curator)
    step("edit", article, curator, changes={"title": "Second"})
    step("edit", article, curator, changes={"title": "Third"})
    with pytest.raises(workflow.StepRefused) as caught:
        workflow.take("edit", article, by=curator, edit=edit, changes={"title": "Late"})
    assert caught.value.code == "stale"
    assert Article.objects.get().title == "Third"


def test_an_edit_is_taken_as_a_form_sends_it(curator):
    article = make_article(by=curator)
    workflow.take("edit", article, by=curator, edit="0", changes={"title": "Second"})
    assert Article.objects.values_list("title", "edit").get() == ("Second", 1)


def test_every_step_raises_the_edit_once(curator, manager):
    article = make_article(by=curator)
    log = [step("edit", article, curator, changes={"title": "Second"}), step("submit", article, curator)]
    log += [step("approve", article, manager), step("publish", article, manager)]
    assert [row.edit for row in log] == [1, 2, 3, 4]
    assert article.edit == 4


def test_a_deleted_article_is_refused_in_words(curator):
    article = make_article(by=curator)
    gone = Article.objects.get()
    article.delete()
    with pytest.raises(workflow.StepRefused) as caught:
        workflow.take("submit", gone, by=curator, edit=0)
    assert caught.value.code == "stale"


def test_the_log_tells_the_whole_story(curator, manager, clock):
    article = make_article(by=curator)
    step("edit", article, curator, changes={"title": "Second"})
    step("submit", article, curator)
    step("return", article, manager, reason="The source says more.")
    step("submit", article, curator)
    step("approve", article, manager)
    edition = step("publish", article, manager).edition
    step("withdraw", article, manager, reason="Wrong ward.")
    fields = ("step", "by", "actor", "from_state", "to_state", "edit", "version__number", "edition__number", "reason")
    assert list(LogEntry.objects.order_by("id").values_list(*fields)) == [
        ("begin", curator.pk, "curator", "", "draft", 0, 1, None, ""),
        ("edit", curator.pk, "curator", "draft", "draft", 1, 1, None, ""),
        ("submit", curator.pk, "curator", "draft", "in_review", 2, 1, None, ""),
        ("return", manager.pk, "manager", "in_review", "changes_requested", 3, None, None, "The source says more."),
        ("submit", curator.pk, "curator", "changes_requested", "in_review", 4, 1, None, ""),
        ("approve", manager.pk, "manager", "in_review", "approved", 5, 1, None, ""),
        ("publish", manager.pk, "manager", "approved", "approved", 6, 1, 1, ""),
        ("withdraw", manager.pk, "manager", "approved", "approved", 7, None, 1, "Wrong ward."),
    ]
    assert set(LogEntry.objects.values_list("at", flat=True)) == {clock.at}
    now = clock.at.isoformat()
    assert LogEntry.objects.get(step="publish").details == {
        "windows": [{"edition": 1, "from": now, "until": None, "ended": ""}],
        "found": {"is_pressed": False, "windows": [[1, None]]},
    }
    assert LogEntry.objects.get(step="withdraw").details == {
        "windows": [{"edition": 1, "from": now, "until": now, "ended": "withdrawn"}],
        "found": {"windows": [[1, {"live_until": OPEN.isoformat(), "ended": "", "reason": ""}]]},
    }
    assert LogEntry.objects.get(step="publish").edition == edition


# Beginning ------------------------------------------------------------------------------------------------------------


def test_nothing_at_all_is_a_valid_draft_of_whoever_began_it(curator):
    article = workflow.begin(by=curator)
    assert (article.state, article.owner, article.slug, article.title, article.edit) == ("draft", curator, "", "", 0)
    assert article.section.slug == "news"
    assert list(Version.objects.values_list("number", "sealed", "writers")) == [(1, False, curator.pk)]


def test_a_machine_begins_what_nobody_owns_at_its_own_hour(db):
    hour = datetime(2020, 2, 2, tzinfo=UTC)
    (article,) = workflow.begin_many([words()], by=MACHINE, now=hour)
    assert (article.owner, article.modified_at) == (None, hour)
    assert list(LogEntry.objects.values_list("by", "actor", "at")) == [(None, "import", hour)]
    assert list(Version.objects.values_list("created_at", "writers")) == [(hour, None)]


def test_people_bring_no_clock(curator, clock):
    (article,) = workflow.begin_many([{}], by=curator, now=clock.after(days=-9))
    taken = workflow.take_many("edit", [article], by=curator, now=clock.after(days=9), changes={"title": "Now"})
    assert {row.at for row in [*article.log.all(), taken.log[article.pk]]} == {clock.at}


def test_only_who_may_write_begins(db, reader):
    for person in (reader, AnonymousUser(), make_person(is_staff=True), make_person("Curator", is_active=False)):
        with pytest.raises(workflow.StepRefused) as caught:
            workflow.begin(by=person, title="Hello")
        assert caught.value.code == "who"
    assert not Article.objects.exists()


def test_what_an_article_cannot_hold_is_said_before_anything_is_written(curator):
    for changes, said in [({"headline": "x"}, "no headline"), ({"title": "x" * 501}, "title is 501 characters long")]:
        with pytest.raises(ValueError, match=said):
            workflow.begin(by=curator, **changes)
    assert not Article.objects.exists()


def test_the_first_version_is_what_the_database_holds(curator):
    lists = {
        "topics": [make_topic(), make_topic()],
        "bylines": [make_author()],
        "sources": [make_link(), {"link": make_link().pk, "role": "via", "label": "Elsewhere", "reason": "Saw it."}],
        "offerings": [make_offering(), {"offering": make_offering().pk, "role": "about"}],
    }
    article = make_article(by=curator, picture_id=make_picture().pk, dated_at="2026-01-02T03:04:05+00:00", **lists)
    step("edit", article, curator, changes={})
    assert Version.objects.count() == 1
    assert LogEntry.objects.filter(step="edit").get().version == Version.objects.get()


def test_doubles_in_a_list_keep_their_first_place(curator):
    first, second = make_topic(), make_topic()
    article = make_article(by=curator, topics=[first, second, first])
    assert list(article.topics.all()) == [first, second]


# Editing --------------------------------------------------------------------------------------------------------------


def test_asking_for_changes_takes_the_approval_back(manager):
    article = make_in("approved")
    step("return", article, manager, reason="On reflection.")
    assert (article.state, article.approved_version) == ("changes_requested", None)


def test_bodies_are_cleaned_on_the_way_in(curator):
    article = make_article(by=curator, body="<script>x</script><p>Well.</p>")
    assert article.body == "<p>Well.</p>"
    step("edit", article, curator, changes={"body": "<p onclick=x>Better.</p>"})
    assert article.body == prose.clean("<p>Better.</p>")


def test_an_edit_writes_only_what_it_names(curator):
    article = make_article(by=curator, title="First", standfirst="Stays.")
    stale = Article.objects.get()
    step("edit", article, curator, changes={"title": "Second"})
    stale.standfirst = "An object that fell behind."
    stale.edit = 1
    workflow.take_many("edit", [stale], by=curator, changes={"picture_credit": "Somebody"})
    assert Article.objects.values_list("title", "standfirst").get() == ("Second", "Stays.")


def test_many_edits_at_once_each_write_their_own(curator):
    one, two = workflow.begin_many([words(title="One", standfirst="a"), words(title="Two", standfirst="b")], by=curator)
    each = {one.pk: {"changes": {"title": "Uno"}}, two.pk: {"changes": {"standfirst": "bb"}}}
    assert not workflow.take_many("edit", [one, two, one], by=curator, each=each).refused
    assert list(Article.objects.order_by("pk").values_list("title", "standfirst", "edit")) == [
        ("Uno", "a", 1),
        ("Two", "bb", 1),
    ]


# Addresses ------------------------------------------------------------------------------------------------------------


def at_brand(title, brand="www.example.org"):
    """Words with a title and a source of this brand."""
    return words(title=title, sources=[make_link(f"https://{brand}/{title.replace(' ', '-')}{timezone.now():%f}")])


def test_the_slug_is_proposed_by_submission_from_source_and_title(curator):
    article = workflow.begin(by=curator, **at_brand("AT&T calls the ward"))
    assert article.slug == ""
    step("submit", article, curator)
    assert article.slug == "example-atandt-calls-the-ward"
    assert Version.objects.get().content["slug"] == article.slug


def test_a_proposed_slug_follows_title_and_source_until_the_first_press(curator, manager):
    article = workflow.begin(by=curator, **at_brand("First"))
    step("submit", article, curator)
    step("edit", article, manager, changes={"title": "Second"})
    assert article.slug == "example-second"
    step("edit", article, manager, changes={"sources": at_brand("x", "news.example.net")["sources"]})
    assert article.slug == "news-example-second"
    step("edit", article, manager, changes={"standfirst": "Nothing to do with it."})
    assert article.slug == "news-example-second"


def test_a_chosen_slug_does_not_follow(curator):
    article = workflow.begin(by=curator, **at_brand("First"))
    step("edit", article, curator, changes={"slug": "my-own"})
    step("edit", article, curator, changes={"title": "Second"})
    assert article.slug == "my-own"
    step("submit", article, curator)
    assert article.slug == "my-own"


def test_an_emptied_slug_is_proposed_again(curator, manager):
    article = workflow.begin(by=curator, **at_brand("First"), slug="my-own")
    step("submit", article, curator)
    step("edit", article, manager, changes={"slug": ""})
    assert article.slug == "example-first"


def test_the_press_freezes_the_slug_even_before_its_hour(curator, manager, clock):
    article = workflow.begin(by=curator, **at_brand("First"))
    for name, by in (("submit", curator), ("approve", manager)):
        step(name, article, by)
    step("publish", article, manager, at=clock.after(days=1))
    step("edit", article, curator, changes={"title": "Second", "slug": ""})
    assert article.slug == "example-first"


def test_a_slug_that_is_taken_gets_the_next_number(curator):
    articles = workflow.begin_many([at_brand("Same") for _ in range(13)], by=curator)
    workflow.take_many("submit", articles[:2], by=curator)
    workflow.take_many("submit", articles[2:], by=curator)
    made = list(Article.objects.order_by("pk").values_list("slug", flat=True))
    assert made == ["example-same", *(f"example-same-{number}" for number in range(2, 14))]


def test_an_address_that_readers_knew_is_nobody_elses(curator, manager):
    edition = make_published(**at_brand("First"))
    step("edit", edition.article, manager, changes={"slug": "example-renamed"})
    other = workflow.begin(by=curator, **at_brand("First"))
    step("submit", other, curator)
    assert other.slug == "example-first-2"


def test_an_article_without_source_and_title_is_untitled(db):
    article = workflow.begin(by=MACHINE)
    workflow.take_many("submit", [article], by=MACHINE, gates=False)
    assert Article.objects.get().slug == "untitled"


def test_a_slug_is_never_longer_than_its_column(db):
    article = workflow.begin(by=MACHINE, **at_brand("&" * 500))
    workflow.take_many("submit", [article], by=MACHINE)
    assert len(Article.objects.get().slug) <= 590


def test_asking_for_an_address_that_is_anothers_is_refused(curator):
    make_in("in_review", **at_brand("First"))
    article = make_article(by=curator)
    refusal = refused("edit", article, curator, changes={"slug": "example-first"})
    assert (refusal.code, "example-first" in str(refusal)) == ("slug", True)


def test_two_articles_cannot_ask_for_one_address_at_once(curator):
    articles = workflow.begin_many([words(), words()], by=curator)
    taken = workflow.take_many("edit", articles, by=curator, changes={"slug": "the-one"})
    assert [refusal.code for refusal in taken.refused.values()] == ["slug"]
    assert Article.objects.filter(slug="the-one").count() == 1


def test_people_choose_addresses_as_the_site_writes_them(curator):
    refusal = refused("edit", make_article(by=curator), curator, changes={"slug": "My Own/Address"})
    assert (refusal.code, "my-own-address" in str(refusal)) == ("slug", True)


# Review ---------------------------------------------------------------------------------------------------------------


def test_submission_waits_for_title_text_source_and_topic(curator):
    article = workflow.begin(by=curator)
    refusal = refused("submit", article, curator)
    assert refusal.code == "checks"
    assert [word in str(refusal) for word in ("title", "text", "source", "topic")] == [True] * 4
    step("edit", article, curator, changes=words(standfirst=""))
    assert step("submit", article, curator).to_state == "in_review"


def test_approval_waits_for_standfirst(curator, manager):
    article = make_in("in_review", standfirst="")
    refusal = refused("approve", article, manager)
    assert refusal.code == "checks"
    assert "standfirst" in str(refusal)


def test_a_machine_passes_the_gates_and_is_told_what_is_amiss(db):
    articles = workflow.begin_many([{"title": "Only a title"}, words()], by=MACHINE)
    first = workflow.take_many("submit", articles, by=MACHINE)
    assert list(first.refused) == [articles[0].pk]
    second = workflow.take_many("submit", articles[:1], by=MACHINE, gates=False)
    assert not second.refused
    assert {finding.code for finding in second.findings[articles[0].pk]} == {
        "no-body",
        "no-source",
        "no-standfirst",
        "no-topics",
    }


def test_people_do_not_pass_the_gates(manager):
    article = workflow.begin(by=MACHINE, title="Only a title")
    taken = workflow.take_many("submit", [article], by=manager, gates=False)
    assert [refusal.code for refusal in taken.refused.values()] == ["checks"]


def test_nobody_approves_what_they_wrote(curator, manager):
    article = make_article(by=manager)
    step("submit", article, manager)
    assert refused("approve", article, manager).code == "four-eyes"
    assert step("approve", article, make_person("Manager")).to_state == "approved"


def test_who_mends_it_in_review_becomes_one_of_its_authors(curator, manager):
    article = make_article(by=curator)
    step("submit", article, curator)
    step("edit", article, manager, changes={"title": "Mended"})
    assert refused("approve", article, manager).code == "four-eyes"
    assert step("approve", article, make_person("Manager")).version.number == 2


def test_another_persons_edit_does_not_hide_an_author(manager):
    article = make_article(by=manager)
    step("submit", article, manager)
    step("edit", article, make_person("Manager"), changes={"title": "Mended"})
    assert refused("approve", article, manager).code == "four-eyes"


def test_what_was_approved_once_is_no_longer_counted(curator, manager):
    article = make_article(by=manager)
    step("submit", article, manager)
    step("approve", article, make_person("Manager"))
    step("edit", article, manager, changes={"title": "Again"})
    assert refused("approve", article, manager).code == "four-eyes"
    step("approve", article, make_person("Manager"))
    step("assign", article, manager, owner=curator)
    step("edit", article, curator, changes={"title": "By somebody else"})
    assert step("approve", article, manager).to_state == "approved"


def test_an_approval_taken_back_does_not_free_the_author(manager):
    other = make_person("Manager")
    article = make_article(by=manager)
    step("submit", article, manager)
    step("approve", article, other)
    step("return", article, other, reason="On reflection.")
    step("submit", article, other)
    assert refused("approve", article, manager).code == "four-eyes"


def test_restoring_somebodys_words_does_not_free_them_of_being_theirs(curator, manager):
    article = make_article(by=manager, title="The manager's")
    first = Version.objects.get()
    step("assign", article, owner=curator)
    step("edit", article, curator, changes={"title": "The curator's"})
    step("submit", article, curator)
    step("approve", article, make_person("Manager"))
    step("edit", article, curator, changes={"title": "The curator's again"})
    step("take_back", article, curator)
    step("restore", article, curator, version=first.pk)
    step("submit", article, curator)
    assert article.title == "The manager's"
    assert refused("approve", article, manager).code == "four-eyes"


def test_sending_to_review_makes_nobody_an_author(curator, manager):
    article = make_article(by=curator)
    step("submit", article, manager)
    assert step("approve", article, manager).to_state == "approved"


def test_four_eyes_is_a_setting(manager, settings):
    settings.FOUR_EYES = False
    article = make_article(by=manager)
    step("submit", article, manager)
    assert step("approve", article, manager).to_state == "approved"


def test_approval_names_the_version_on_the_screen(curator, manager):
    article = make_article(by=curator)
    seen = step("submit", article, curator).version
    step("edit", article, make_person("Manager"), changes={"title": "Meanwhile"})
    assert refused("approve", article, manager, version=seen.pk).code == "stale"
    newest = versions.latest([article])[article.pk]
    assert step("approve", article, manager, version=str(newest.pk)).version == newest
    assert article.approved_version == newest


def test_the_first_to_approve_becomes_the_reviewer(curator, manager):
    article = make_in("in_review")
    step("approve", article, manager)
    assert article.reviewer == manager
    other = make_in("in_review")
    step("assign", other, manager, reviewer=manager)
    step("approve", other, make_person("Manager"))
    assert other.reviewer == manager


# Restoring ------------------------------------------------------------------------------------------------------------


def test_a_restored_version_is_the_working_copy_again(curator):
    topics = [make_topic(), make_topic()]
    article = make_article(by=curator, title="First", topics=topics, offerings=[make_offering()])
    first = Version.objects.get()
    step("submit", article, curator)
    step("take_back", article, curator)
    step("edit", article, curator, changes={"title": "Second", "topics": [], "offerings": []})
    logged = step("restore", article, curator, version=str(first.pk))
    assert (article.title, list(article.topics.all())) == ("First", topics)
    assert (logged.version.number, logged.version.digest) == (3, Version.objects.get(pk=first.pk).digest)
    assert (logged.details["restored"], logged.details["whole"]) == (1, True)


@pytest.mark.parametrize("version", [None, "", "x", 999_999])
def test_restoring_what_is_no_version_of_it_is_refused(curator, version):
    assert refused("restore", make_article(by=curator), curator, version=version).code == "version"


def test_anothers_version_cannot_be_restored(curator):
    other = make_article()
    strange = versions.latest([other])[other.pk]
    assert refused("restore", make_article(by=curator), curator, version=strange.pk).code == "version"


def test_a_restore_keeps_an_address_that_readers_know(curator, manager):
    article = make_published(owner=curator, slug="first-address").article
    first = Version.objects.get()
    step("edit", article, curator, changes={"slug": "second-address", "title": "Second"})
    step("take_back", article, curator)
    step("restore", article, curator, version=first.pk)
    assert (article.slug, article.title) == ("second-address", first.content["title"])


def test_a_restored_slug_that_is_anothers_by_now_is_numbered(curator):
    article = make_article(by=curator, slug="the-one")
    first = step("submit", article, curator).version
    step("take_back", article, curator)
    step("edit", article, curator, changes={"slug": "another"})
    make_article(by=curator, slug="the-one")
    step("restore", article, curator, version=first.pk)
    assert article.slug == "the-one-2"


def test_a_restore_leaves_out_what_was_deleted_and_says_so(curator):
    topic, offering, author, link, picture = make_topic(), make_offering(), make_author(), make_link(), make_picture()
    lists = {"topics": [topic], "offerings": [offering], "bylines": [author], "sources": [link]}
    article = make_article(by=curator, picture_id=picture.pk, **lists)
    first = step("submit", article, curator).version
    step("take_back", article, curator)
    empty = dict.fromkeys(lists, []) | {"picture_id": None}
    step("edit", article, curator, changes=empty)
    for thing in (topic, offering, author, link, picture):
        thing.delete()
    logged = step("restore", article, curator, version=first.pk)
    content = logged.version.content
    assert {name: content[name] for name in empty} == empty
    assert {name: logged.details[name] for name in ("restored", "whole")} == {"restored": 1, "whole": False}


# Whose it is ----------------------------------------------------------------------------------------------------------


def test_claiming_releasing_and_assigning_change_hands_and_are_logged(curator, manager):
    article = make_article()
    step("claim", article, curator)
    assert article.owner == curator
    step("release", article, curator)
    assert article.owner is None
    step("assign", article, manager, owner=curator, reviewer=manager)
    assert (article.owner, article.reviewer) == (curator, manager)
    step("assign", article, manager, reviewer=None)
    assert (article.owner, article.reviewer) == (curator, None)
    told = LogEntry.objects.exclude(step="begin").order_by("id").values_list("details", flat=True)
    assert [{name: one[name] for name in one if name != "found"} for one in told] == [
        {"owner": "curator"},
        {"owner": ""},
        {"owner": "curator", "reviewer": "manager"},
        {"reviewer": ""},
    ]


def test_only_the_first_curator_claims(curator):
    article = make_article()
    step("claim", article, curator)
    assert refused("claim", article, make_person("Curator")).code == "who"


def test_articles_go_only_to_people_with_the_role_for_it(curator, manager, reader):
    article = make_article()
    for people in ({}, {"owner": reader}, {"reviewer": curator}, {"owner": make_person("Curator", is_active=False)}):
        assert refused("assign", article, manager, **people).code == "nobody"


def test_a_machine_owns_nothing(db):
    assert refused("claim", make_article()).code == "nobody"


# Publishing -----------------------------------------------------------------------------------------------------------


def test_what_is_published_is_the_approved_version_whatever_the_row_holds(manager):
    article = make_in("approved", title="Approved words")
    Article.objects.update(title="Words that nobody approved")
    assert step("publish", article, manager).edition.title == "Approved words"


def test_without_an_approved_version_nothing_is_published(manager):
    article = make_in("approved")
    Article.objects.update(approved_version=None)
    assert refused("publish", article, manager).code == "version"


def test_a_person_publishes_no_earlier_than_now(manager, clock):
    edition = step("publish", make_in("approved"), manager, at=clock.after(days=-3)).edition
    assert (edition.live_from, edition.first_published_at) == (clock.at, clock.at)


def test_a_machine_may_date_back_the_first_edition_only(db, clock):
    first = make_published(at=clock.after(days=-300))
    assert first.live_from == clock.after(days=-300)
    second = step("publish", first.article, at=clock.after(days=-200)).edition
    assert (second.live_from, second.first_published_at) == (clock.at, first.live_from)


@pytest.mark.parametrize("days", [-1, 0])
def test_nothing_expires_before_it_is_published(manager, clock, days):
    assert refused("publish", make_in("approved"), manager, until=clock.after(days=days)).code == "window"


@pytest.mark.parametrize(
    ("hours", "until"), [(None, None), (-1, None), (0, None), (2, 1), (2, 2), (24 * 10, None), (24 * 12, None)]
)
def test_a_schedule_moves_only_to_an_hour_to_come_before_its_end(manager, clock, hours, until):
    article = make_published(at=clock.after(days=1), until=clock.after(days=10)).article
    given = {"at": clock.after(hours=hours) if hours is not None else None}
    given |= {"until": clock.after(hours=until)} if until else {}
    assert refused("reschedule", article, manager, **given).code == "window"


def test_a_successor_is_another_article_that_readers_can_see(manager):
    article = make_published().article
    for successor in (article, make_in("approved")):
        assert refused("withdraw", article, manager, reason="Merged.", successor=successor).code == "successor"
    logged = step("withdraw", article, manager, reason="Merged.", successor=make_published().article)
    successor = Edition.objects.get(pk=logged.edition_id).successor
    assert logged.details["successor"] == successor.pk == Edition.objects.live().get().article_id


def test_many_are_withdrawn_each_for_its_own_reason(manager):
    first, second = make_published().article, make_published().article
    each = {first.pk: {"reason": "One."}, second.pk: {"reason": "Two."}}
    taken = workflow.take_many("withdraw", [first, second], by=manager, each=each)
    assert sorted(taken.log) == [first.pk, second.pk]
    assert set(Edition.objects.values_list("article_id", "reason")) == {(first.pk, "One."), (second.pk, "Two.")}


@pytest.mark.parametrize("edition", ["x", "", 999_999])
def test_rolling_back_to_what_readers_never_saw_is_refused(manager, edition):
    article = make_published().article
    step("publish", article, manager)
    assert refused("roll_back", article, manager, edition=edition).code == "edition"


def test_rolling_back_to_what_is_live_or_was_only_scheduled_is_refused(manager, clock):
    first = make_published()
    clock.turn(hours=1)
    scheduled = step("publish", first.article, manager, at=clock.after(days=1)).edition
    live = step("publish", first.article, manager).edition
    clock.turn(days=2)
    for edition in (scheduled, live):
        assert refused("roll_back", first.article, manager, edition=edition.pk).code == "edition"


def test_a_roll_back_presses_the_version_of_the_edition_asked_for(curator, manager, clock):
    first = make_published(owner=curator, title="One")
    article = first.article
    for title in ("Two", "Three"):
        clock.turn(hours=1)
        step("edit", article, curator, changes={"title": title})
        step("approve", article, manager)
        step("publish", article, manager)
    clock.turn(hours=1)
    logged = step("roll_back", article, manager, edition=str(first.pk), note="Back to the first.")
    assert (logged.version, logged.edition.title, logged.edition.number) == (first.version, "One", 4)
    assert logged.edition.update_note == "Back to the first."
    clock.turn(hours=1)
    assert step("roll_back", article, manager).edition.title == "Three"


def test_a_roll_back_to_what_names_something_deleted_is_refused(curator, manager):
    link = make_link()
    first = make_published(owner=curator, sources=[link])
    step("edit", first.article, curator, changes={"sources": words()["sources"]})
    for name, by in (("approve", manager), ("publish", manager)):
        step(name, first.article, by)
    SourceLink.objects.filter(pk=link.pk).delete()
    assert refused("roll_back", first.article, manager).code == "gone"


# Many at once ---------------------------------------------------------------------------------------------------------

_ALL_STEPS = {
    "edit": {"changes": {"title": "Same for all", "topics": []}},
    "submit": {},
    "approve": {},
    "publish": {},
    "again": {"name": "publish"},
    "schedule": {"name": "publish", "days": 1},
    "reschedule": {"days": 2},
    "cancel": {},
    "roll_back": {},
    "withdraw": {"reason": "Over."},
    "return": {"reason": "Over."},
    "restore": {"first": True},
    "decline": {"reason": "Over."},
    "reopen": {},
    "assign": {"owner": True},
    "release": {},
    "claim": {},
}


def capture():
    """What the block asks of the database."""
    return CaptureQueriesContext(connection)


def queries_of_all_steps(number, manager):
    """How many queries each step takes for ``number`` articles, begun and taken together."""
    topics, made = [make_topic(), make_topic()], {}
    drafts = [words(topics=topics, bylines=[make_author()], offerings=[make_offering()]) for _ in range(number)]
    with capture() as queries:
        articles = workflow.begin_many(drafts, by=MACHINE)
    made["begin"] = len(queries)
    first = {article.pk: {"version": article.versions.get().pk} for article in articles}
    for label, details in _ALL_STEPS.items():
        details = dict(details)
        name, days = details.pop("name", label), details.pop("days", None)
        if days:
            details["at"] = timezone.now() + timedelta(days=days)
        if details.pop("first", None):
            details["each"] = first
        if "owner" in details:
            details["owner"] = manager
        by = manager if name == "claim" else MACHINE
        gates = name in ("submit", "approve")
        with capture() as queries:
            taken = workflow.take_many(name, articles, by=by, gates=not gates, **details)
        assert not taken.refused, (label, taken.refused)
        assert len(taken.log) == number
        made[label] = len(queries)
    return made


def test_queries_do_not_grow_with_the_articles(manager):
    queries_of_all_steps(1, manager)  # what is made once is made
    few, many = (queries_of_all_steps(number, manager) for number in (2, 20))
    assert many == few
    assert max(few.values()) < 40


def test_four_eyes_costs_the_same_for_many(manager):
    made, curator = [], make_person("Curator")
    for person in (curator, manager):
        person.has_perm("curation.write_article")  # what is asked once of each person
    for number in (2, 20):
        articles = workflow.begin_many([words() for _ in range(number)], by=curator)
        workflow.take_many("submit", articles, by=MACHINE)
        with capture() as queries:
            assert not workflow.take_many("approve", articles, by=manager).refused
        made.append(len(queries))
    assert made[0] == made[1]


def test_those_that_may_not_are_left_out_and_the_others_go_on(curator, manager):
    articles = [make_in("in_review"), make_article(by=curator), make_in("in_review", standfirst="")]
    taken = workflow.take_many("approve", articles, by=manager)
    assert list(taken.log) == [articles[0].pk]
    assert {pk: refusal.code for pk, refusal in taken.refused.items()} == {
        articles[1].pk: "state",
        articles[2].pk: "checks",
    }
    assert [Article.objects.get(pk=article.pk).state for article in articles] == ["approved", "draft", "in_review"]


def test_the_open_steps_are_those_that_can_be_taken(db):
    newsroom = Newsroom()
    for state in matrix.STATES:
        for person in ("owner", "manager", "reader", "anonymous"):
            article = Article.objects.get(pk=newsroom.article_of(person, state).pk)
            offered = set(workflow.open_steps(article, newsroom.people[person]))
            assert offered == {name for name in matrix.STEPS if matrix.MATRIX[name, state, person] in matrix.STATES}


# One session, one row of the log -----------------------------------------------------------------------------------


def test_edits_of_one_session_share_a_row_of_the_log_and_a_version(curator, manager):
    article = make_article(owner=curator)
    for title in ("One", "Two", "Three"):
        logged = step("edit", article, curator, changes={"title": title})
    assert [(row.step, row.edit) for row in article.log.all()] == [("edit", logged.edit), ("assign", 1), ("begin", 0)]
    step("edit", article, manager, changes={"title": "Theirs"})
    step("edit", article, curator, changes={"title": "Mine again"})
    assert [row.by for row in article.log.filter(step="edit")] == [curator, manager, curator]


def test_an_edit_after_another_step_has_a_row_of_its_own(curator):
    article = make_article(owner=curator)
    step("edit", article, curator, changes={"title": "Before"})
    step("submit", article, curator)
    step("take_back", article, curator)
    step("edit", article, curator, changes={"title": "After"})
    assert [row.step for row in article.log.all()][:4] == ["edit", "take_back", "submit", "edit"]


def test_what_moved_on_between_the_look_and_the_write_is_not_written(curator, monkeypatch):
    article = make_article(owner=curator, title="Old")
    then = workflow.STEPS["edit"].then

    def somebody_is_faster(transition):
        then(transition)
        Article.objects.filter(pk=article.pk).update(edit=99)

    moved = replace(workflow.STEPS["edit"], then=somebody_is_faster)
    monkeypatch.setitem(workflow.STEPS, "edit", moved)
    with pytest.raises(workflow.StepRefused) as refused, transaction.atomic():
        workflow.take("edit", article, by=curator, edit=article.edit, changes={"title": "New"})
    assert refused.value.code == "stale"
    assert Article.objects.get(pk=article.pk).title == "Old"


# Two at once ----------------------------------------------------------------------------------------------------------


def at_once(*actions):
    """Run these together, each on a connection of its own; gives what each gave, or the code of its refusal."""
    barrier = Barrier(len(actions))

    def run(action):
        try:
            barrier.wait()
            return action()
        except workflow.StepRefused as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result() for future in [pool.submit(run, action) for action in actions]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("state", "name"), [("in_review", "approve"), ("approved", "publish"), ("draft", "edit")])
def test_of_two_who_act_at_once_one_goes_on(state, name):
    article = make_in(state)
    people = [make_person("Manager"), make_person("Manager")]
    details = {"changes": {"title": "Mine"}} if name == "edit" else {}

    def acting(person):
        own = Article.objects.get(pk=article.pk)
        return lambda: workflow.take(name, own, by=person, edit=own.edit, **details).step

    for _ in range(5):
        before = Article.objects.get(pk=article.pk).edit
        assert sorted(at_once(*map(acting, people))) == sorted([name, "stale"])
        assert Article.objects.get(pk=article.pk).edit == before + 1
        if name == "approve":
            break


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_different_articles_at_once_both_succeed_and_are_counted():
    topic = make_topic()
    manager = make_person("Manager")
    articles = [make_in("approved", topics=[topic]) for _ in range(6)]

    def publishing(article):
        own = Article.objects.get(pk=article.pk)
        return lambda: workflow.take("publish", own, by=manager, edit=own.edit).step

    assert at_once(*map(publishing, articles)) == ["publish"] * 6
    counts.settle()
    assert counts.counts_of("topic", topic.pk)[""] == 6
    assert Edition.objects.filter(tallied=True).count() == 6


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_for_one_address_at_once_do_not_both_get_it():
    manager = make_person("Manager")
    articles = [make_article(), make_article()]

    def asking(article):
        own = Article.objects.get(pk=article.pk)
        return lambda: workflow.take("edit", own, by=manager, edit=own.edit, changes={"slug": "the-one"}).step

    assert sorted(at_once(*map(asking, articles))) == ["edit", "slug"]
    assert Article.objects.filter(slug="the-one").count() == 1
