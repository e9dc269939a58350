"""The catalogue in bulk: what documents name is found or made, in order, and what people wrote is left alone."""

import pytest

from offerings.importer import Catalogue, Named
from offerings.models import Institution, Offering, OfferingTopic, Synonym, Taxonomy, Topic
from tests.factories import make_institution, make_offering, make_topic

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_made_in_order_with_its_history():
    catalogue = Catalogue()
    catalogue.ensure(
        ["Atlas: Sleep", "Rest"], [Named("Anchor Desk", topics=("Atlas: Sleep",), institution="Harbour Works")]
    )
    assert list(Taxonomy.objects.order_by("position").values_list("name", "slug")) == [
        ("Atlas", "atlas"),
        ("", "topics"),
    ]
    assert list(Topic.objects.order_by("pk").values_list("name", "label", "slug", "key")) == [
        ("Atlas: Sleep", "Sleep", "atlas-sleep", "atlas: sleep"),
        ("Rest", "Rest", "rest", "rest"),
    ]
    offering = Offering.objects.get()
    assert (offering.permalink, offering.institution.slug) == ("/offering/anchor-desk", "harbour-works")
    assert [topic.name for topic in offering.topics.all()] == ["Atlas: Sleep"]
    for model in (Taxonomy, Topic, Institution, Offering):
        assert {row.history.get().history_change_reason for row in model.objects.all()} == {"import"}


def test_the_names_of_what_was_made_are_given_once():
    catalogue = Catalogue()
    catalogue.ensure(["Rest", "Atlas: Sleep"], [Named("Anchor Desk", institution="Harbour Works")])
    assert catalogue.take_new() == {
        "taxonomies": {"Topics", "Atlas"},
        "topics": {"Rest", "Atlas: Sleep"},
        "institutions": {"Harbour Works"},
        "offerings": {"Anchor Desk"},
    }
    assert catalogue.take_new() == {}


def test_what_is_there_costs_no_query(django_assert_num_queries):
    topic, maker = make_topic("Atlas: Sleep"), make_institution(name="Harbour Works")
    offering = make_offering([topic], name="Anchor", external_id=5, institution=maker)
    catalogue = Catalogue()
    named = Named("Anchor renamed", "/offering/elsewhere", 5, ("Atlas: Sleep",), "harbour  works")
    with django_assert_num_queries(0):
        catalogue.ensure(["Atlas: Sleep"], [named])
    assert (catalogue.topic("ATLAS:  sleep"), catalogue.offering(named)) == (topic.pk, offering.pk)


def test_the_queries_do_not_grow_with_what_is_made(django_assert_num_queries):
    few = [Named(f"Few {n}", topics=(f"Rest {n}",), institution=f"Maker {n}") for n in range(2)]
    many = [Named(f"Many {n}", topics=(f"Sleep {n}",), institution=f"Works {n}") for n in range(60)]
    catalogue = Catalogue()
    catalogue.ensure(["Known"])
    with django_assert_num_queries(7):
        catalogue.ensure([named.topics[0] for named in few], few)
    with django_assert_num_queries(7):
        catalogue.ensure([named.topics[0] for named in many], many)


def test_other_spellings_become_synonyms_once():
    catalogue = Catalogue()
    for _ in range(2):
        catalogue.ensure(["Night Care", "night care", "NIGHT  CARE"])
    assert list(Synonym.objects.order_by("spelling").values_list("spelling", "key")) == [
        ("NIGHT  CARE", "night care"),
        ("night care", "night care"),
    ]
    assert [catalogue.own_spelling(name) for name in ("Night Care", "night care")] == ["", "night care"]


def test_a_synonym_that_a_person_gave_finds_its_topic_unless_a_topic_has_that_name():
    topic, other = make_topic("Internet of Things"), make_topic("Web")
    Synonym.objects.create(topic=topic, spelling="IoT")
    Synonym.objects.create(topic=topic, spelling="Web")
    catalogue = Catalogue()
    assert (catalogue.topic("iot"), catalogue.topic("web")) == (topic.pk, other.pk)


def test_addresses_that_clash_are_numbered():
    catalogue = Catalogue()
    catalogue.ensure(["A&B", "AandB", "東", "京"], [], ["Works!", "Works?"])
    assert list(Topic.objects.order_by("pk").values_list("slug", flat=True)) == ["aandb", "aandb-2", "topic", "topic-2"]
    assert list(Institution.objects.order_by("pk").values_list("slug", flat=True)) == ["works", "works-2"]


def test_an_offering_is_known_by_its_number_then_by_its_address():
    catalogue = Catalogue()
    catalogue.ensure(
        [],
        [
            Named("Anchor", "/offering/anchor", 5),
            Named("Renamed", "/offering/renamed", 5),
            Named("Elsewhere", "/products/Anchor/"),
            Named("Pebble"),
            Named("Pebble", external_id=6),
        ],
    )
    assert list(Offering.objects.order_by("pk").values_list("name", "external_id")) == [("Anchor", 5), ("Pebble", 6)]
    assert catalogue.offering(Named("Elsewhere", "/products/Anchor/")) == Offering.objects.get(external_id=5).pk


def test_an_offering_without_a_number_gets_the_one_that_a_document_knows():
    offering = make_offering(name="Anchor")
    Catalogue().ensure([], [Named("Anchor", external_id=9)])
    offering.refresh_from_db()
    assert offering.external_id == 9
    assert offering.history.latest().history_change_reason == "import"


def test_topics_of_an_offering_are_added_behind_those_it_has():
    topic = make_topic("Rest")
    offering = make_offering([topic], name="Anchor")
    Catalogue().ensure(["Sleep", "Rest", "Day"], [Named("Anchor", topics=("Sleep", "rest", "Day"))])
    assert list(OfferingTopic.objects.filter(content_object=offering).values_list("tag__name", "position")) == [
        ("Rest", 0),
        ("Sleep", 1),
        ("Day", 2),
    ]


def test_after_a_rollback_the_catalogue_is_read_anew():
    catalogue = Catalogue()
    catalogue.ensure(["Rest"])
    Topic.objects.all().delete()
    catalogue.reload()
    catalogue.ensure(["Rest"])
    assert catalogue.topic("rest") == Topic.objects.get().pk
