"""What the rules of risk are told: records of curators, how much is told from a source, what is newly connected."""

import pytest
from django.core.cache import cache

from curation.editing import versions
from curation.models import Article
from curation.risk import Record, cases_of, levels_of, remember
from curation.risk.facts import records_of
from tests.factories import make_article, make_link, make_offering, make_person, make_published, step

pytestmark = [pytest.mark.django_db, pytest.mark.engines]


def sent(curator, **given):
    article = make_article(by=curator, **given)
    step("submit", article, curator)
    return article


def record_of(person):
    cache.clear()
    return records_of({person.pk: person})[person.pk]


def test_a_record_is_made_of_first_decisions(curator, manager):
    assert record_of(curator) == Record("curator", 0, 0)
    through, back, waiting = (sent(curator) for _ in range(3))
    step("approve", through, manager)
    step("return", back, manager, reason="A figure is wrong.")
    step("submit", back, curator)
    step("approve", back, manager)
    assert record_of(curator) == Record("curator", 2, 1)
    step("approve", waiting, manager)
    assert record_of(curator) == Record("curator", 3, 2)


def test_records_are_remembered_and_cost_one_question_each(curator, django_assert_num_queries):
    another = make_person("Curator")
    sent(curator)
    cache.clear()
    with django_assert_num_queries(3):
        records_of({one.pk: one for one in (curator, another)})
    with django_assert_num_queries(0):
        records_of({one.pk: one for one in (curator, another)})


def cases(*articles):
    contents = {pk: one.content for pk, one in versions.latest(articles).items()}
    lives = {one.pk: one.editions.get().version.content for one in articles if one.editions.exists()}
    owners = {one.pk: one.owner for one in articles}
    return cases_of(contents, lives, owners)


def test_a_case_knows_its_source_and_what_it_connects(curator, manager):
    offering = make_offering(name="Acme Scribe")
    fresh = sent(curator, offerings=[offering], sources=[make_link("https://www.ward.example/one")])
    case = cases(fresh)[fresh.pk]
    assert (case.told, case.offerings, case.live, case.record.who) == (0, ["Acme Scribe"], None, "curator")
    live = Article.objects.get(pk=make_published(offerings=[offering]).article.pk)
    case = cases(live)[live.pk]
    assert (case.told, case.offerings) == (1, [])
    assert case.live is not None


def test_cases_cost_the_same_for_one_and_for_many(curator, django_assert_max_num_queries):
    articles = [sent(curator) for _ in range(4)]
    for some in (articles[:1], articles):
        contents = {pk: one.content for pk, one in versions.latest(some).items()}
        with django_assert_max_num_queries(11):
            assert len(cases_of(contents, {}, {one.pk: curator for one in some})) == len(some)


def test_a_level_is_known_of_a_version_beside_what_readers_see():
    remember(7, None, "low")
    assert levels_of({1: (7, None), 2: (7, 3), 3: (8, None)}) == {1: "low"}
