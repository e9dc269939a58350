"""What feed readers get of the topics' feeds."""

from xml.etree import ElementTree

import pytest

from tests.bulk import on_day, publish_many
from tests.factories import make_in, make_topic, step

pytestmark = pytest.mark.django_db


def channel_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content).find("channel")


def test_a_topics_feed_holds_its_live_articles_newest_first(client):
    twin, other = make_topic("Gartner: Digital Twin", description="A model of one thing."), make_topic()
    editions = publish_many([on_day(number, topics=[other, twin]) for number in range(3)])
    publish_many([on_day(9, topics=[other])])
    step("withdraw", editions[1].article, reason="It was wrong.")
    make_in("approved", topics=[twin])

    channel = channel_of(client, "/topic/gartner-digital-twin/feed.xml")

    assert [item.findtext("link") for item in channel.iter("item")] == [
        f"http://localhost{edition.get_absolute_url()}" for edition in (editions[2], editions[0])
    ]
    assert channel.findtext("title") == "Medigy: Digital Twin"
    assert channel.findtext("link") == "http://localhost/topic/gartner-digital-twin/"
    assert channel.findtext("description") == "A model of one thing."


def test_the_feed_of_an_empty_topic_is_an_empty_feed(client):
    make_topic("Gartner: Digital Twin")

    channel = channel_of(client, "/topic/gartner-digital-twin/feed.xml")

    assert list(channel.iter("item")) == []
    assert channel.findtext("description") == "Briefs on Digital Twin, newest first."


def test_an_unknown_topic_has_no_feed(client):
    assert client.get("/topic/nothing/feed.xml").status_code == 404


@pytest.mark.parametrize("size", [2, 35])
def test_a_feed_costs_three_queries(client, size, django_assert_num_queries):
    topic = make_topic("Gartner: Digital Twin")
    publish_many([on_day(number, topics=[topic]) for number in range(size)])

    with django_assert_num_queries(3):
        client.get("/topic/gartner-digital-twin/feed.xml")
