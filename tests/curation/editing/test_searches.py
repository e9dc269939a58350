"""Saved searches: what is kept, who sees and changes them, and with which one a list opens."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from curation.editing import searches
from curation.models import SavedSearch
from tests.factories import make_article, make_person
from tests.sent_forms import sent_forms

LIST = "admin:curation_article_changelist"
SAVE = "admin:curation_article_searches"


def said(response):
    return [str(message) for message in response.context["messages"]]


def page_of(search):
    return reverse("admin:curation_article_search", args=[search.pk])


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("state=draft&owner=me", "owner=me&state=draft"),
        ("owner=me&state=draft&p=7&all=1", "owner=me&state=draft"),
        ("state=draft&state=approved", "state=approved"),
        ("q=a%26b", "q=a%26b"),
        ("owner__password=x&_popup=1&e=1", ""),
        ("q=%00a", "q=a"),
        ("state=", ""),
        (f"q={'x' * 999}", f"q={'x' * 300}"),
    ],
)
def test_of_an_address_is_kept_what_the_list_knows(asked, kept):
    assert searches.query(QueryDict(asked)) == kept
    assert searches.query(QueryDict(kept)) == kept


def test_a_list_is_named_and_found_again(at_desk, curator):
    make_article(owner=curator)
    client = at_desk(curator)
    response = client.post(reverse(SAVE), {"name": " Mine  to do ", "query": "state=draft&owner=me&p=3"}, follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse(LIST)}?owner=me&state=draft"
    assert said(response) == ["“Mine to do” is saved."]
    assert response.context["list"]["search"] == SavedSearch.objects.get()


def test_a_list_opens_with_ones_default_and_everything_is_one_link_away(at_desk, curator, manager):
    make_article(owner=curator)
    searches.save(manager, name="Theirs", asked="state=approved", is_shared=True, is_default=True)
    client = at_desk(curator)
    assert client.get(reverse(LIST)).status_code == 200
    searches.save(curator, name="Mine", asked="owner=me", is_default=True)
    assert client.get(reverse(LIST)).url == f"{reverse(LIST)}?owner=me"
    assert client.get(f"{reverse(LIST)}?all=1").status_code == 200
    searches.save(curator, name="Other", asked="state=draft", is_default=True)
    assert client.get(reverse(LIST)).url == f"{reverse(LIST)}?state=draft"
    assert SavedSearch.objects.filter(owner=curator, is_default=True).count() == 1


def test_one_sees_ones_own_and_what_is_shared(curator, manager):
    mine = searches.save(curator, name="b", asked="owner=me")
    shared = searches.save(manager, name="a", asked="state=draft", is_shared=True)
    searches.save(manager, name="c", asked="state=approved")
    assert searches.searches_of(curator) == [mine, shared]


@pytest.mark.parametrize(
    ("whose", "shared", "by", "may"),
    [
        ("curator", False, "curator", True),
        ("curator", True, "curator", True),
        ("curator", True, "manager", True),
        ("curator", False, "manager", None),
        ("manager", True, "curator", False),
        ("manager", False, "curator", None),
    ],
)
@pytest.mark.parametrize("wish", ["rename", "delete"])
def test_a_search_is_its_owners_and_shared_a_managers_to_change(
    at_desk, curator, manager, whose, shared, by, may, wish
):
    people = {"curator": curator, "manager": manager}
    search = searches.save(people[whose], name="Old", asked="state=draft", is_shared=shared, is_default=True)
    data = {"name": "New", "is_shared": "on"} | ({"delete": "1"} if wish == "delete" else {})
    response = at_desk(people[by]).post(page_of(search), data, follow=True)
    assert response.status_code == (404 if may is None else 200)
    if may is False:
        assert said(response) == ["A saved search is its owner's to change; one that is shared, also a manager's."]
    left = SavedSearch.objects.filter(pk=search.pk).values_list("name", flat=True).first()
    assert left == ((None if wish == "delete" else "New") if may else "Old")


def test_who_is_not_its_owner_does_not_make_it_a_default(at_desk, curator, manager):
    search = searches.save(curator, name="Old", asked="state=draft", is_shared=True, is_default=True)
    at_desk(manager).post(page_of(search), {"name": "Old", "is_shared": "on"})
    search.refresh_from_db()
    assert (search.is_default, search.owner) == (True, curator)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": "  ", "query": "state=draft"}, "Give the search a name."),
        ({"name": "All", "query": "all=1"}, "There is nothing to save: choose a filter or search for something first."),
        ({"name": "All", "query": "owner__password=x"}, "There is nothing to save: choose a filter"),
        ({"name": "Taken", "query": "state=draft"}, "There is a search called “Taken” already. Choose another name."),
    ],
)
def test_what_cannot_be_saved_says_why(at_desk, curator, data, words):
    searches.save(curator, name="Taken", asked="owner=me")
    response = at_desk(curator).post(reverse(SAVE), data, follow=True)
    assert said(response)[0].startswith(words)
    assert SavedSearch.objects.count() == 1


def test_nobody_saves_without_end(at_desk, curator, monkeypatch):
    monkeypatch.setattr(searches, "MOST", 1)
    searches.save(curator, name="One", asked="owner=me")
    response = at_desk(curator).post(reverse(SAVE), {"name": "Two", "query": "owner=me"}, follow=True)
    assert said(response) == ["You have 1 saved searches already. Delete one that you no longer need."]


def test_a_search_that_asks_what_the_list_forgot_is_answered(at_desk, curator):
    search = searches.save(curator, name="Old", asked="state=draft", is_default=True)
    SavedSearch.objects.filter(pk=search.pk).update(query="mood=good&state=draft&topic=No+such+topic")
    response = at_desk(curator).get(reverse(LIST), follow=True)
    assert response.status_code == 200
    assert said(response) == ["This list cannot be narrowed by “mood”, so that was left out."]


def test_who_has_no_right_saves_and_changes_nothing(at_desk, curator, reader):
    search = searches.save(curator, name="Mine", asked="owner=me", is_shared=True)
    for person in (reader, make_person()):
        client = at_desk(person)
        for address in (reverse(SAVE), page_of(search)):
            response = client.post(address, {"name": "x", "query": "state=draft", "delete": "1"})
            assert response.status_code in (302, 403)
            assert response.status_code == 403 or response.url.startswith(reverse("admin:login"))
    assert SavedSearch.objects.get() == search
    assert at_desk(curator).get(page_of(search)).status_code == 405


def test_a_stale_page_of_a_search_undoes_nothing(at_desk, curator, manager):
    search = searches.save(curator, name="Old", asked="state=draft", is_shared=True)
    client = at_desk(manager)
    sent = dict(sent_forms(client.get(f"{reverse(LIST)}?state=draft")))[page_of(search)]
    searches.change(search, by=curator, name="Theirs", is_shared=False, is_default=True)
    searches.change(search, by=curator, is_shared=True)
    client.post(page_of(search), sent | {"name": "Mine"})
    client.post(page_of(search), {name: value for name, value in sent.items() if name != "is_shared"})
    search.refresh_from_db()
    assert (search.name, search.is_shared, search.is_default) == ("Mine", False, True)
