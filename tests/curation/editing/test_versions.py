"""Versions: one for each editing session, sealed once a step named it, signed by who wrote it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from curation import workflow
from curation.editing import versions
from curation.models import Article, Version
from curation.models.snapshots import digest, snapshot
from tests.factories import MACHINE, make_article, make_in, make_person, step, words

pytestmark = [pytest.mark.engines, pytest.mark.django_db]


def numbers(article):
    """The Versions of an article: number, whether sealed, and who signed."""
    rows = article.versions.order_by("number")
    return [(row.number, row.sealed, sorted(row.writers.values_list("pk", flat=True))) for row in rows]


def edit(article, by, title):
    return step("edit", article, by, changes={"title": title})


def test_one_session_makes_one_version(curator, clock):
    article = make_article(by=curator)
    for minutes in (5, 29, 30):
        clock.turn(minutes=minutes)
        edit(article, curator, f"After {minutes}")
    assert numbers(article) == [(1, False, [curator.pk])]
    assert article.versions.get().content["title"] == "After 30"


def test_a_pause_begins_another(curator, clock):
    article = make_article(by=curator)
    clock.turn(minutes=31)
    edit(article, curator, "Later")
    assert numbers(article) == [(1, False, [curator.pk]), (2, False, [curator.pk])]


def test_another_writer_begins_another(curator, manager, clock):
    article = make_article(by=curator)
    edit(article, manager, "By another")
    edit(article, curator, "By the first")
    assert numbers(article) == [(1, False, [curator.pk]), (2, False, [manager.pk]), (3, False, [curator.pk])]


def test_a_machine_signs_nothing_and_keeps_out_of_peoples_versions(curator, clock):
    article = make_article(by=curator)
    edit(article, None, "By a machine")
    edit(article, None, "By a machine again")
    edit(article, curator, "By a person")
    assert numbers(article) == [(1, False, [curator.pk]), (2, False, []), (3, False, [curator.pk])]


def test_an_edit_that_changes_no_word_makes_no_version(curator, clock):
    article = make_article(by=curator)
    step("submit", article, curator)
    step("take_back", article, curator)
    clock.turn(hours=2)
    edit(article, curator, article.title)
    assert numbers(article) == [(1, True, [curator.pk])]


def test_submission_and_approval_seal_and_the_next_edit_opens_another(curator, manager):
    article = make_article(by=curator)
    submitted = step("submit", article, curator).version
    words_then = submitted.content
    edit(article, manager, "Mended")
    assert numbers(article) == [(1, True, [curator.pk]), (2, False, [manager.pk])]
    step("approve", article, make_person("Manager"))
    assert [sealed for _, sealed, _ in numbers(article)] == [True, True]
    assert Version.objects.get(pk=submitted.pk).content == words_then


def test_a_restore_overwrites_no_open_version(curator):
    article = make_article(by=curator, title="First")
    first = step("submit", article, curator).version
    step("take_back", article, curator)
    edit(article, curator, "Second")
    step("restore", article, curator, version=first.pk)
    assert [version.content["title"] for version in article.versions.order_by("number")] == ["First", "Second", "First"]


def test_the_newest_version_is_what_the_working_copy_holds(curator, manager):
    article = make_article(by=curator)
    edit(article, manager, "By another")
    newest = versions.latest([article])[article.pk]
    loaded = Article.objects.with_relations().get()
    assert (newest.number, newest.content) == (2, snapshot(loaded))
    assert newest.digest == digest(snapshot(loaded))


def test_the_clock_is_no_word():
    content = {"title": "T", "modified_at": "2026-01-01T00:00:00+00:00"}
    assert digest(content) == digest(content | {"modified_at": None})
    assert digest(content) != digest(content | {"title": "t"})


@pytest.mark.parametrize("change", [{"content": {}}, {"digest": "x"}, {"number": 9}, {"sealed": False}])
def test_the_database_refuses_to_change_a_sealed_version(change):
    version = make_in("in_review").versions.get()
    with pytest.raises(IntegrityError, match="sealed Version never changes"), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(**change)


def test_a_sealed_version_can_still_be_named():
    version = make_in("in_review").versions.get()
    Version.objects.filter(pk=version.pk).update(name="As sent out")
    assert str(Version.objects.get(pk=version.pk)) == "Version 1 “As sent out”"


def test_words_that_are_taken_back_sign_nobody_and_leave_room_for_whoever_comes_next(curator, manager):
    article = make_article(by=curator, title="Wards")
    edit(article, manager, "Wardsx")
    assert numbers(article)[1:] == [(2, False, [manager.pk])]
    edit(article, manager, "Wards")
    assert numbers(article)[1:] == [(2, False, [])]
    edit(article, curator, "Wards at night")
    assert numbers(article)[1:] == [(2, False, [curator.pk])]


@pytest.mark.parametrize("given", [{"by": MACHINE}, {"by": None}])
def test_keeping_many_versions_costs_the_queries_of_two(given, clock):
    made = []
    for number in (2, 20):
        articles = workflow.begin_many([words() for _ in range(number)], by=MACHINE)
        contents = {article.pk: {"title": f"Mended {article.pk}"} for article in articles}
        with CaptureQueriesContext(connection) as queries:
            versions.record_many(contents, at=clock.at, **given)
        made.append(len(queries))
    assert made[0] == made[1] <= 4
