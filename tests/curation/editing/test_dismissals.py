"""What is put aside for an article stays aside, for both of two articles, and comes back when somebody says so."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from curation import suggestions
from curation.editing import dismissals
from curation.models import Dismissal
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return factories.make_article()


def test_a_topic_and_an_offering_are_put_aside_with_who_and_when(article, curator):
    topic, offering = factories.make_topic(), factories.make_offering()
    assert dismissals.hide(article, [("topic", topic.pk), ("offering", offering.pk)], by=curator) == 2
    kept = dismissals.dismissals_of(article)
    assert list(kept) == [("topic", topic.pk), ("offering", offering.pk)]
    row = kept["topic", topic.pk]
    assert (row.by, row.topic, str(row)) == (curator, topic, f"not {topic}")
    assert abs((timezone.now() - row.at).total_seconds()) < 60


def test_twice_is_once_and_the_first_one_is_remembered(article, curator, manager):
    things = [("topic", factories.make_topic().pk)] * 2
    assert [dismissals.hide(article, things, by=person) for person in (curator, manager)] == [1, 0]
    assert Dismissal.objects.get().by == curator


def test_that_two_articles_are_not_the_same_holds_for_both(article, curator):
    other = factories.make_article()
    dismissals.hide(article, [("other", other.pk)], by=curator)
    assert list(dismissals.dismissals_of(other)) == [("other", article.pk)]
    assert dismissals.hide(other, [("other", article.pk)], by=curator) == 0
    assert dismissals.show(other, [("other", article.pk)]) == 1
    assert dismissals.dismissals_of(article) == {}


def test_what_is_shown_again_is_gone_and_once_more_is_nothing(article, curator):
    things = [("offering", factories.make_offering().pk)]
    dismissals.hide(article, things, by=curator)
    assert [dismissals.show(article, things) for _ in range(2)] == [1, 0]
    assert not Dismissal.objects.exists()


def test_of_another_article_nothing_is_put_aside(article, curator):
    dismissals.hide(article, [("topic", factories.make_topic().pk)], by=curator)
    assert dismissals.dismissals_of(factories.make_article()) == {}


def test_what_is_not_there_and_the_article_itself_are_passed_over(article, curator):
    things = [("topic", 10**9), ("offering", 10**9), ("other", 10**9), ("other", article.pk)]
    assert dismissals.hide(article, things, by=curator) == 0


def test_whose_account_is_gone_leaves_what_they_put_aside(article, curator):
    dismissals.hide(article, [("topic", factories.make_topic().pk)], by=curator)
    curator.delete()
    assert [row.by for row in dismissals.dismissals_of(article).values()] == [None]


def test_suggestions_themselves_know_nothing_of_it(curator):
    topic = factories.make_topic("Atlas: Night Shifts")
    article = factories.make_article(title="Night shifts are quiet")
    dismissals.hide(article, [("topic", topic.pk)], by=curator)
    assert topic in [one.topic for one in suggestions.topics(article)]


@pytest.mark.parametrize("given", [(), ("topic", "offering"), ("topic", "other"), ("topic", "offering", "other")])
def test_the_database_keeps_one_thing_in_each_row(article, given):
    make = {"topic": factories.make_topic, "offering": factories.make_offering, "other": factories.make_article}
    things = {name: make[name]() for name in given}
    with pytest.raises(IntegrityError), transaction.atomic():
        Dismissal.objects.create(article=article, at=timezone.now(), **things)
    assert not Dismissal.objects.exists()


def test_it_costs_the_same_however_much_was_put_aside(article, curator, django_assert_num_queries):
    for many in (1, 8):
        things = [("topic", factories.make_topic().pk) for _ in range(many)]
        with django_assert_num_queries(3):
            dismissals.hide(article, things, by=curator)
        with django_assert_num_queries(1):
            dismissals.dismissals_of(article)
