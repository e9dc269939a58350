"""Versions on the desk: any two compared, one named, what was typed held against what is stored."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from curation.models import Article, LogEntry
from tests.curation.admin.test_admin import form_of
from tests.factories import MACHINE, make_article, make_person, make_published, step

SCRIPT = "<script>alert(1)</script>"


def compared(client, article, **sides):
    return client.get(reverse("admin:curation_article_compare", args=[article.pk]), sides)


@pytest.fixture
def rewritten(curator, manager):
    """An article of the curator with three Versions."""
    article = make_article(owner=curator, title="One")
    step("edit", article, curator, changes={"title": "Two"})
    step("edit", article, manager, changes={"title": f"Three {SCRIPT}"})
    return article


def test_any_two_versions_are_compared(client, curator, rewritten):
    client.force_login(curator)
    response = compared(client, rewritten, **{"from": "1", "to": "2"})
    (title,) = [one for one in response.context["differences"] if one.name == "title"]
    assert [(span.kind, span.words) for span in title.spans] == [("removed", "One"), ("added", "Two")]


def test_what_stands_now_is_compared_with_what_readers_see(client, manager):
    edition = make_published(title="As it is")
    step("edit", edition.article, manager, changes={"title": "As it will be"})
    client.force_login(manager)
    response = compared(client, edition.article)
    assert (response.context["start"].key, response.context["end"].key) == ("live", "now")
    assert "title" in [one.name for one in response.context["differences"]]


def test_words_of_a_version_do_nothing_on_the_page(client, curator, rewritten):
    client.force_login(curator)
    page = compared(client, rewritten, **{"from": "1", "to": "3"}).content.decode()
    assert SCRIPT not in page
    assert "&lt;" in page


@pytest.mark.parametrize("side", ["99", "x", "-1", ""])
def test_a_side_that_is_not_there_is_not_found(client, curator, rewritten, side):
    client.force_login(curator)
    assert compared(client, rewritten, **{"from": side, "to": "now"}).status_code == 404


def test_an_older_version_is_restored_from_the_comparison(client, curator, rewritten):
    client.force_login(curator)
    page = compared(client, rewritten, **{"from": "1", "to": "now"}).content.decode()
    assert "Restore version 1" in page
    form = {"edit": rewritten.edit, "version": rewritten.versions.get(number=1).pk}
    client.post(reverse("admin:curation_article_step", args=[rewritten.pk, "restore"]), form)
    assert Article.objects.get(pk=rewritten.pk).title == "One"


def test_restoring_is_offered_only_where_it_can_be_done_and_changes_something(client, curator, manager, rewritten):
    client.force_login(manager)
    shown = {"from": "1", "to": "now"}
    assert "Restore version 1" in compared(client, rewritten, **shown).content.decode()
    same = compared(client, rewritten, **{"from": "3", "to": "now"}).content.decode()
    assert ("Both say the same" in same, "Restore version" in same) == (True, False)
    step("submit", rewritten, curator)
    assert "Restore version" not in compared(client, rewritten, **shown).content.decode()


def test_a_named_version_is_sealed_and_the_next_edit_opens_another(client, curator, rewritten):
    client.force_login(curator)
    newest = rewritten.versions.first()
    client.post(
        reverse("admin:curation_article_name_version", args=[rewritten.pk, newest.pk]), {"name": " Before  cuts "}
    )
    newest.refresh_from_db()
    assert (newest.name, newest.sealed) == ("Before cuts", True)
    step("edit", rewritten, curator, changes={"title": "Four"})
    assert (rewritten.versions.first().number, newest.content["title"]) == (newest.number + 1, f"Three {SCRIPT}")
    assert [row.step for row in rewritten.log.all()][:2] == ["edit", "name"]


@pytest.mark.parametrize("name", ["", "  ", "n" * 121])
def test_a_name_that_is_none_is_refused_with_words(client, curator, rewritten, name):
    client.force_login(curator)
    newest = rewritten.versions.first()
    address = reverse("admin:curation_article_name_version", args=[rewritten.pk, newest.pk])
    response = client.post(address, {"name": name}, follow=True)
    assert "1 to 120 characters" in str(list(response.context["messages"])[0])
    newest.refresh_from_db()
    assert (newest.name, newest.sealed) == ("", False)


def test_what_was_typed_is_held_against_what_is_stored(client, curator, rewritten):
    client.force_login(curator)
    data = form_of(client, rewritten) | {"title": "Typed offline"}
    response = client.post(reverse("admin:curation_article_differences", args=[rewritten.pk]), data)
    assert [one.label for one in response.context["differences"]] == ["Title"]
    assert "<ins>Typed offline</ins>" in response.content.decode()


@pytest.mark.parametrize(("who", "codes"), [("reader", (302, 403, 302)), ("colleague", (404, 404, 404))])
def test_nobody_sees_or_names_versions_of_what_is_not_theirs(client, rewritten, reader, who, codes):
    client.force_login({"reader": reader, "colleague": make_person("Curator")}[who])
    newest = rewritten.versions.first()
    naming = reverse("admin:curation_article_name_version", args=[rewritten.pk, newest.pk])
    typed = reverse("admin:curation_article_differences", args=[rewritten.pk])
    found = (
        compared(client, rewritten).status_code,
        client.post(typed).status_code,
        client.post(naming, {"name": "Mine"}).status_code,
    )
    assert found == codes
    newest.refresh_from_db()
    assert newest.name == ""


@pytest.mark.parametrize("versions", [1, 6])
def test_comparing_costs_the_same_however_many_versions(
    client, curator, manager, versions, django_assert_max_num_queries
):
    article = make_article(owner=curator)
    for number in range(versions):
        step("edit", article, (curator, manager)[number % 2], changes={"title": f"Title {number}"})
    client.force_login(curator)
    with django_assert_max_num_queries(16):
        assert compared(client, article).status_code == 200


@pytest.mark.parametrize("page", ["record", "history"])
def test_the_log_calls_people_as_they_are_called_and_costs_the_same_however_long(
    client, curator, manager, django_assert_max_num_queries, page
):
    User.objects.filter(pk=curator.pk).update(first_name="Tamsin", last_name="Adeyemi-Holt")
    article, address = make_article(by=curator), f"admin:curation_article_{page}"
    client.force_login(manager)
    costs = []
    for _ in range(2):
        with django_assert_max_num_queries(30) as counted:
            words = client.get(reverse(address, args=[article.pk])).content.decode()
        costs.append(len(counted))
        for number in range(3):
            step("edit", article, manager, changes={"title": f"Title {number}"})
    assert "<b>Tamsin Adeyemi-Holt</b>" in words
    assert "<b>curator</b>" not in words
    assert "<b>manager</b>" in words
    assert costs[0] == costs[1]


def test_the_name_of_an_account_that_is_gone_stays_in_the_log(client, curator, manager):
    article = make_article(by=curator)
    LogEntry.objects.update(by=None)
    client.force_login(manager)
    assert "<b>curator</b>" in client.get(reverse("admin:curation_article_history", args=[article.pk])).content.decode()


def test_a_version_that_a_machine_wrote_bears_its_name(client, manager):
    article = make_article()
    client.force_login(manager)
    words = client.get(reverse("admin:curation_article_record", args=[article.pk])).content.decode()
    assert "nobody's hand" not in words
    assert f"<small>{MACHINE}" in words


def test_what_became_of_an_article_has_a_page(client, manager):
    edition = make_published(title="As it is", note="A typo")
    client.force_login(manager)
    page = client.get(reverse("admin:curation_article_record", args=[edition.article_id])).content.decode()
    assert all(words in page for words in ("live now: A typo", "sealed", "published", "data-fragment"))


@pytest.mark.parametrize(("who", "code"), [("reader", 302), ("colleague", 404)])
def test_nobody_reads_what_became_of_what_is_not_theirs(client, rewritten, reader, who, code):
    client.force_login({"reader": reader, "colleague": make_person("Curator")}[who])
    assert client.get(reverse("admin:curation_article_record", args=[rewritten.pk])).status_code == code


@pytest.mark.parametrize("versions", [1, 6])
def test_the_record_costs_the_same_however_long(client, manager, versions, django_assert_num_queries):
    article = make_article(owner=manager)
    for number in range(versions):
        step("edit", article, make_person("Manager"), changes={"title": f"Title {number}"})
    client.force_login(manager)
    address = reverse("admin:curation_article_record", args=[article.pk])
    client.get(address)
    with django_assert_num_queries(9):
        assert client.get(address).status_code == 200
