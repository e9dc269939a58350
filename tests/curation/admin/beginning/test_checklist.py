"""First steps: ticked from what is there, gone once all are done or somebody put the list away, one query."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from curation.admin.beginning import checklist
from tests.factories import make_article, make_person, make_topic

HOME = reverse("admin:index")


def steps_of(page):
    """The first steps that a page shows, each with whether it is ticked."""
    rows = re.findall(r'<li( class="is-done")?><span class="first-mark">.*?<h3>(.*?)</h3>', page.content.decode(), re.S)
    return [(name, bool(done)) for done, name in rows]


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("Administrator", ["Invite your people", "Say what you write about", "Paste a first link"]),
        ("Manager", ["Say what you write about", "Paste a first link"]),
        ("Curator", []),
    ],
)
def test_an_empty_newsroom_begins_with_what_each_may_do(db, client, role, names):
    client.force_login(make_person(role))
    assert steps_of(client.get(HOME)) == [(name, False) for name in names]


def test_steps_are_ticked_by_what_is_there_and_go_once_all_are_done(client, administrator):
    client.force_login(administrator)
    done = []
    for make in (lambda: make_person("Curator"), make_topic, make_article):
        assert [is_done for _, is_done in steps_of(client.get(HOME))] == [*done, *[False] * (3 - len(done))]
        make()
        done.append(True)
    assert steps_of(client.get(HOME)) == []


def test_a_step_that_is_undone_is_open_again(client, administrator):
    client.force_login(administrator)
    topic = make_topic()
    assert ("Say what you write about", True) in steps_of(client.get(HOME))
    topic.delete()
    assert ("Say what you write about", False) in steps_of(client.get(HOME))


def test_who_puts_the_list_away_sees_it_no_more_and_others_do(client, administrator):
    client.force_login(administrator)
    assert client.post(reverse("admin:begin_hide")).status_code == 302
    assert steps_of(client.get(HOME)) == []
    client.force_login(administrator)  # another session
    assert steps_of(client.get(HOME)) == []
    client.force_login(make_person("Administrator"))
    assert len(steps_of(client.get(HOME))) == 3


@pytest.mark.parametrize(("role", "queries"), [("Administrator", 1), ("Manager", 1), ("Curator", 0)])
def test_the_list_costs_one_query_and_curators_none(db, client, rf, role, queries):
    person = make_person(role)
    client.force_login(person)
    request = rf.get(HOME)
    request.user, request.session = person, client.session
    checklist.preferences.preferences_of(request)
    person.has_perm("curation.add_article")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        checklist.first_steps(request)
    assert len(asked) == queries
