"""The catalogue: what follows from a name, what is unique, what stays in order."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from offerings.models import Institution, Offering, Synonym, Taxonomy, Topic
from tests.factories import make_institution, make_offering, make_published, make_taxonomy, make_topic

pytestmark = pytest.mark.django_db


def test_a_topics_address_key_and_label_follow_from_its_name():
    topic = make_topic("Gartner: Digital  Twin")
    assert (topic.slug, topic.label, topic.get_absolute_url()) == (
        "gartner-digital-twin",
        "Digital  Twin",
        "/topic/gartner-digital-twin/",
    )
    assert topic.key == make_topic_key("gartner: digital twin")


def make_topic_key(name):
    return Topic(name=name).derive().key


def test_two_topics_with_one_address_are_numbered():
    assert [make_topic("A: B").slug, make_topic("A: b?").slug, make_topic("A: (b)").slug] == ["a-b", "a-b-2", "a-b-3"]


def test_a_topic_spelled_a_little_differently_is_no_new_topic():
    make_topic("Gartner: Digital Twin")
    twin = Topic(name="gartner:  digital twin", slug="x", taxonomy=make_taxonomy(), label="x")
    with pytest.raises(ValidationError, match="exists already"):
        twin.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def test_a_topic_that_is_saved_again_keeps_its_address():
    topic = make_topic("A: B")
    topic.description = "More."
    topic.save()
    topic.full_clean()
    assert topic.slug == "a-b"


def test_a_synonym_is_found_by_the_key_of_its_topic():
    synonym = Synonym.objects.create(topic=make_topic("A: B"), spelling="a:  b")
    assert synonym.key == synonym.topic.key


def test_the_taxonomy_without_a_name_is_called_topics():
    plain = Taxonomy.objects.create(name="")
    assert (plain.slug, str(plain)) == ("topics", "Topics")
    assert Taxonomy.objects.create(name="The Healthcare Guys").slug == "the-healthcare-guys"


def test_an_offerings_permalink_is_kept_word_for_word_and_leads_to_its_page():
    given = make_offering(name="Jope", permalink="/offering/Jope---ExamRoom-Live/")
    assert (given.permalink, given.slug) == ("/offering/Jope---ExamRoom-Live/", "jope---examroom-live")
    made = make_offering(name="Virgin Pulse's Coach")
    assert (made.permalink, made.get_absolute_url()) == (
        "/offering/virgin-pulses-coach",
        "/offering/virgin-pulses-coach/",
    )


def test_an_institutions_address_follows_from_its_name():
    assert make_institution(name="Zürich & Co").get_absolute_url() == "/institution/zuerich-and-co/"


def test_an_offerings_topics_keep_their_order():
    first, second, third = make_topic(), make_topic(), make_topic()
    offering = make_offering(topics=[third, first, third, second])
    assert list(offering.topics.all()) == [third, first, second]
    offering.topics.add(first, make_topic("Z: Last"))
    assert [topic.name for topic in offering.topics.all()][-1] == "Z: Last"
    assert list(offering.topics.all())[:3] == [third, first, second]


def test_a_word_is_no_topic():
    offering = make_offering()
    with pytest.raises(ValueError, match="is a word, not a topic"):
        offering.topics.add("telehealth")
    with pytest.raises(ValueError, match="is a word, not a topic"):
        offering.topics.set(["telehealth"])
    assert not Topic.objects.exists()


def test_what_is_in_use_is_retired_and_not_deleted():
    topic, offering = make_topic(), make_offering()
    make_published(topics=[topic], offerings=[offering])
    for thing in (topic, offering, topic.taxonomy):
        with pytest.raises(ProtectedError):
            thing.delete()


def test_what_is_retired_is_offered_to_nobody():
    make_topic(retired=True)
    make_offering(retired=True)
    kept, shown = make_topic(), make_offering()
    assert list(Topic.objects.in_use()) == [kept]
    assert list(Offering.objects.in_use()) == [shown]


def test_topics_are_picked_by_vocabulary(django_assert_num_queries):
    late, early = make_taxonomy(name="A", position=2), make_taxonomy(name="B", position=1)
    topics = [make_topic("A: x", taxonomy=late), make_topic("B: y", taxonomy=early), make_topic("B: x", taxonomy=early)]
    with django_assert_num_queries(1):
        assert [str(topic.taxonomy) + topic.label for topic in Topic.objects.for_choices()] == ["Bx", "By", "Ax"]
    assert len(topics) == 3


def test_offerings_are_picked_by_topic_and_shown_with_their_maker(django_assert_num_queries):
    topic, maker = make_topic(), make_institution(name="Maker")
    offering = make_offering(topics=[topic], institution=maker)
    make_offering()
    with django_assert_num_queries(1):
        assert [(row, row.institution.name) for row in Offering.objects.about(topic).for_cards()] == [
            (offering, "Maker")
        ]


def test_the_catalogue_remembers_who_it_was():
    maker = make_institution(name="Old name")
    maker.name = "New name"
    maker.save()
    assert [row.name for row in Institution.history.filter(id=maker.pk)] == ["New name", "Old name"]
