"""Redirects keep chains flat and never lead in circles; the counter only rises."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from offerings import addresses
from offerings.models import Redirect

pytestmark = [pytest.mark.engines, pytest.mark.django_db]


def table():
    return dict(Redirect.objects.values_list("path", "target"))


@pytest.mark.parametrize("path", ["/news/A-b", "news/a-b/", "/NEWS/a-b/?q=1", " /news/a-b#top ", "//news/a-b//"])
def test_an_address_has_one_normal_form(path):
    assert addresses.normal(path) == "/news/a-b"


def test_a_redirect_is_found_however_its_address_is_written():
    addresses.redirect("/News/Old/", "/news/new/")
    assert addresses.lookup("/news/old") == addresses.lookup("/NEWS/OLD/?page=2") == "/news/new/"
    assert addresses.lookup("/news/new/") is None


def test_what_led_to_an_old_address_leads_on():
    addresses.redirect("/a", "/b/")
    addresses.redirect("/b", "/c/")
    assert table() == {"/a": "/c/", "/b": "/c/"}


def test_a_target_that_is_itself_old_is_followed_first():
    addresses.redirect("/b", "/c/")
    addresses.redirect("/a", "/b/")
    assert table() == {"/a": "/c/", "/b": "/c/"}


def test_many_at_once_are_as_flat_as_one_by_one():
    addresses.redirect_many([("/a", "/b/"), ("/b", "/c/"), ("/c", "/d/")])
    assert table() == {"/a": "/d/", "/b": "/d/", "/c": "/d/"}


def test_a_page_that_goes_back_takes_its_address_again():
    addresses.redirect_many([("/a", "/b/"), ("/z", "/b/")])
    addresses.redirect("/b", "/a/")
    assert table() == {"/b": "/a/", "/z": "/a/"}


def test_nothing_leads_to_itself():
    addresses.redirect("/a", "/b/")
    addresses.redirect("/a", "/A/")
    assert table() == {}


def test_of_words_that_contradict_each_other_the_last_hold():
    addresses.redirect_many([("/b", "/c/"), ("/c", "/b/")])
    assert table() == {"/c": "/b/"}


def test_a_new_target_replaces_the_old_one():
    addresses.redirect("/a", "/b/")
    addresses.redirect("/a", "/c/")
    assert table() == {"/a": "/c/"}


def test_many_are_forgotten_at_once(django_assert_num_queries):
    addresses.redirect_many([(f"/{name}", "/z/") for name in "abc"])
    with django_assert_num_queries(1):
        addresses.forget_many(["/a/", "/B"])
    assert table() == {"/c": "/z/"}


def test_redirecting_many_costs_the_queries_of_two():
    made = []
    for number in (2, 20):
        pairs = [(f"/{number}-{one}", f"/new-{number}-{one}/") for one in range(number)]
        with CaptureQueriesContext(connection) as queries:
            addresses.redirect_many(pairs)
        made.append(len(queries))
    assert made[0] == made[1]


PATHS = st.sampled_from("abcde")


class Flatness(TestCase):
    """Whatever is redirected in whatever order, no reader is sent on twice or in circles."""

    @given(st.lists(st.lists(st.tuples(PATHS, PATHS), max_size=4), max_size=6))
    def test_no_target_is_ever_an_old_address(self, calls):
        for pairs in calls:
            addresses.redirect_many([(f"/{path}", f"/{target}/") for path, target in pairs])
            rows = table()
            assert not {addresses.normal(target) for target in rows.values()} & rows.keys()
            if pairs and pairs[-1][0] != pairs[-1][1]:
                assert f"/{pairs[-1][0]}" in rows


def test_the_counter_begins_at_nothing_and_only_rises(django_assert_num_queries):
    assert addresses.edition_of_site() == 0
    addresses.touch()
    with django_assert_num_queries(2):
        addresses.touch()
        assert addresses.edition_of_site() == 2


def test_what_lies_beneath_a_topic_leads_to_the_same_beneath_the_one_it_leads_to():
    addresses.redirect_many([("/topic/old", "/topic/new/"), ("/topic/gone", "/about/"), ("/news/old", "/news/new/")])
    assert addresses.lookup("/topic/old/feed.xml") == "/topic/new/feed.xml"
    assert addresses.lookup("/Topic/Old/2026/11/?page=2") == "/topic/new/2026/11/"
    assert addresses.lookup("/topic/old/") == "/topic/new/"
    for path in ("/topic/gone/feed.xml", "/news/old/more", "/topic/new/feed.xml", "/topic/", "/topic", "/"):
        assert addresses.lookup(path) is None
