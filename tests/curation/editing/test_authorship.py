"""Authorship: it follows the words that remain since the last approval, not who once saved."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from curation.editing import authorship, versions
from tests.factories import make_article, make_person, make_topic, step

ENGINES = [pytest.mark.engines, pytest.mark.django_db]


def edit(article, by, **changes):
    return step("edit", article, by, changes=changes)


def authors(article, among=None):
    """The ids of the authors of an article's newest Version."""
    (found,) = authorship.authors(versions.latest([article]), among=among).values()
    return found


class TestOfArticles:
    pytestmark = ENGINES

    def test_authors_are_those_who_wrote_since_the_last_approval(self, curator, manager):
        article = make_article(by=curator)
        other = make_person("Manager")
        edit(article, manager, title="Two wards")
        step("submit", article, curator)
        assert authors(article) == {curator.pk, manager.pk}
        step("approve", article, other)
        assert authors(article) == {curator.pk, manager.pk}
        edit(article, other, title="Three wards")
        assert authors(article) == {other.pk}

    def test_a_letter_typed_and_deleted_makes_nobody_an_author(self, curator, manager):
        article = make_article(by=curator, title="Wards at night")
        edit(article, manager, title="Wards at nightx")
        edit(article, manager, title="Wards at night")
        assert authors(article) == {curator.pk}
        step("submit", article, curator)
        step("approve", article, manager)

    def test_words_that_another_wrote_over_are_nobodys_any_more(self, curator, manager):
        article = make_article(by=curator, title="Wards at night")
        edit(article, manager, title="Wards at noon")
        edit(article, curator, title="Wards in winter")
        assert authors(article) == {curator.pk}

    def test_who_takes_approved_words_out_is_an_author_until_they_are_back(self, curator, manager):
        article = make_article(by=curator, title="It does not help")
        step("submit", article, curator)
        step("approve", article, manager)
        edit(article, manager, title="It does help")
        assert authors(article) == {manager.pk}
        edit(article, make_person("Manager"), title="It does not help")
        assert authors(article) == set()

    def test_a_list_is_signed_thing_by_thing(self, curator, manager):
        mine, theirs = make_topic("Field: Wards"), make_topic("Field: Beds")
        article = make_article(by=curator, topics=[mine])
        step("submit", article, curator)
        step("approve", article, manager)
        step("edit", article, manager, changes={"topics": [{"topic": theirs.pk}, {"topic": mine.pk}]})
        assert authors(article) == {manager.pk}
        step("edit", article, make_person("Manager"), changes={"topics": [{"topic": mine.pk}]})
        assert authors(article) == set()

    def test_asking_about_somebody_who_signed_nothing_reads_no_version(self, curator, manager):
        article = make_article(by=curator)
        newest = versions.latest([article])
        with CaptureQueriesContext(connection) as queries:
            assert manager.pk not in authorship.authors(newest, among=[manager.pk])[article.pk]
        assert len(queries) == 3

    def test_many_articles_cost_the_queries_of_one(self, curator, manager):
        counts = []
        for number in (1, 6):
            articles = [make_article(by=curator) for _ in range(number)]
            newest = versions.latest(articles)
            with CaptureQueriesContext(connection) as queries:
                assert all(who == {curator.pk} for who in authorship.authors(newest).values())
            counts.append(len(queries))
        assert counts[0] == counts[1] == 4


TEXTS = st.text("ab c.", max_size=12)
WRITTEN = st.lists(st.tuples(TEXTS, st.sets(st.integers(1, 3), max_size=2)), min_size=1, max_size=5)


@given(TEXTS | st.none(), WRITTEN)
def test_whoever_is_found_signed_and_nobody_is_where_nothing_differs(base, written):
    contents = {number: {"title": text} for number, (text, _) in enumerate(written, 1)}
    signers = {number: who for number, (_, who) in enumerate(written, 1)}
    found = authorship.remaining(None if base is None else {"title": base}, contents, signers)
    assert found <= set().union(*signers.values())
    if base is not None and written[-1][0] == base:
        assert found == set()
    if all(signers.values()) and authorship.remaining(None, {1: contents[len(written)]}, {1: {9}}) and base is None:
        assert found


@given(TEXTS, TEXTS, TEXTS)
def test_one_writer_of_all_is_the_author_wherever_a_word_differs(base, between, last):
    contents = {1: {"title": between}, 2: {"title": last}}
    found = authorship.remaining({"title": base}, contents, {1: {1}, 2: {1}})
    assert bool(found) == (authorship._TOKEN.findall(base) != authorship._TOKEN.findall(last))
