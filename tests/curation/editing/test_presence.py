"""Who is in an article: seen at once, written down rarely, forgotten soon."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.editing import presence
from curation.models import Article, Presence
from tests.factories import make_article, make_person, step


def address(article):
    return reverse("admin:curation_article_here", args=[article.pk])


def ago(person, seconds):
    Presence.objects.filter(user=person).update(at=timezone.now() - timedelta(seconds=seconds))


def test_two_see_each_other_from_the_first_call_on(db, curator, manager):
    article = make_article(owner=curator)
    assert presence.call(article, curator, field="title", is_typing=True) == []
    (seen,) = presence.call(article, manager)
    assert (seen.user, seen.field, seen.is_typing) == (curator, "title", True)
    assert [one.user for one in presence.call(article, curator)] == [manager]


def test_who_calls_often_is_written_down_rarely(db, curator, django_assert_num_queries):
    article = make_article(owner=curator)
    presence.call(article, curator, field="title")
    with django_assert_num_queries(1):
        presence.call(article, curator, field="body")
    ago(curator, 11)
    presence.call(article, curator, field="body")
    assert Presence.objects.get().field == "body"


def test_who_left_is_not_there_any_more(db, curator, manager):
    article = make_article(owner=curator)
    presence.call(article, curator)
    presence.leave(article, curator)
    assert presence.call(article, manager) == []


def test_who_was_not_heard_of_is_forgotten(db, curator, manager):
    article = make_article(owner=curator)
    presence.call(article, curator)
    ago(curator, 26)
    assert presence.call(article, manager) == []
    assert [row.user for row in Presence.objects.all()] == [manager]


def test_a_page_hears_who_is_there_and_how_new_the_text_is(client, curator, manager):
    article = make_article(owner=curator)
    presence.call(article, manager, field="standfirst", is_typing=True)
    client.force_login(curator)
    answer = client.post(address(article), {"field": "title"}).json()
    assert answer["edit"] == article.edit
    assert [(one["name"], one["field"], one["typing"]) for one in answer["others"]] == [
        (str(manager), "standfirst", True)
    ]
    step("edit", article, manager, changes={"title": "Newer"})
    assert client.post(address(article)).json()["edit"] == article.edit
    client.post(address(article), {"leaving": "yes"})
    assert [row.user for row in Presence.objects.all()] == [manager]


@pytest.mark.parametrize(("who", "code"), [("nobody", 401), ("reader", 403), ("colleague", 404)])
def test_who_may_not_see_an_article_is_not_in_it(client, curator, reader, who, code):
    article = make_article(owner=curator)
    if who != "nobody":
        client.force_login({"reader": reader, "colleague": make_person("Curator")}[who])
    assert client.post(address(article)).status_code == code
    assert Presence.objects.count() == 0


def test_a_field_name_of_any_length_is_taken(client, curator):
    article = make_article(owner=curator)
    client.force_login(curator)
    assert client.post(address(article), {"field": "<b>" * 400, "typing": "yes"}).status_code == 200


def test_the_pulse_says_who_is_signed_in(client, curator, reader):
    pulse = reverse("admin:curation_article_pulse")
    assert client.get(pulse).status_code == 401
    client.force_login(reader)
    assert client.get(pulse).status_code == 403
    client.force_login(curator)
    answer = client.get(pulse).json()
    assert (answer["person"], len(answer["csrf"])) == (curator.pk, 64)


@pytest.mark.parametrize("others", [1, 5])
def test_a_call_costs_the_same_however_many_are_there(client, curator, others, django_assert_num_queries):
    article = make_article(owner=curator)
    for _ in range(others):
        presence.call(article, make_person("Manager"))
    client.force_login(curator)
    client.post(address(article))
    with django_assert_num_queries(6):
        assert len(client.post(address(article)).json()["others"]) == others


READERS = reverse("admin:curation_article_readers")


def test_whoever_has_it_open_for_deciding_is_shown_as_reading_and_nothing_else_happens(at_desk, curator, manager):
    article = make_article(owner=curator, by=curator)
    step("submit", article, curator)
    before = Article.objects.values().get(), article.log.count(), article.versions.count()
    page = at_desk(manager).get(reverse("admin:curation_article_decide", args=[article.pk])).content.decode()
    assert f'data-reads data-here="{address(article)}"' in page
    at_desk(manager).post(address(article), {"reading": "yes"})
    assert at_desk(curator).get(READERS).json() == {
        "readers": {
            str(article.pk): [
                {
                    "name": "manager",
                    "initials": "MA",
                    "hue": manager.pk % 5 + 1,
                    "field": "",
                    "typing": False,
                    "reading": True,
                }
            ]
        }
    }
    (other,) = at_desk(curator).post(address(article), {"field": "title"}).json()["others"]
    assert (other["name"], other["reading"]) == ("manager", True)
    assert (Article.objects.values().get(), article.log.count(), article.versions.count()) == before
    assert manager not in article.versions.get().writers.all()
    ago(manager, 26)
    assert at_desk(curator).get(READERS).json() == {"readers": {}}


def test_who_writes_in_one_window_and_reads_in_another_is_writing(db, curator, manager):
    article = make_article(owner=curator)
    presence.call(article, manager, is_reading=True)
    presence.call(article, manager, field="title", is_typing=True)
    presence.call(article, manager, is_reading=True)
    presence.leave(article, manager, is_reading=True)
    (seen,) = presence.call(article, curator)
    assert (seen.is_reading, seen.field) == (False, "title")


def test_nobody_hears_who_reads_what_they_may_not_see(at_desk, db, curator, manager, django_assert_num_queries):
    article = make_article(owner=make_person("Curator"))
    presence.call(article, manager, is_reading=True)
    client = at_desk(curator)
    with django_assert_num_queries(4):
        assert client.get(READERS).json() == {"readers": {}}
    presence.call(article, make_person("Manager"), is_reading=True)
    assert len(at_desk(manager).get(READERS).json()["readers"][str(article.pk)]) == 1
