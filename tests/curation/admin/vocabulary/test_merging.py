"""Merging topics at the desk: choosing, the preview, the decision, and undoing, by those who may."""

import pytest
from django.urls import reverse

from curation.models import SavedSearch, TopicMerge
from curation.publishing import counts
from curation.vocabulary import merging
from offerings.models import Topic
from tests.factories import make_article, make_offering, make_published, make_topic
from tests.markup import Page

MERGES = "admin:topic_merges"


def text_of(answer):
    return Page(answer).main.text


@pytest.fixture
def pair(db):
    """A topic with something of everything, and the one that it shall go into."""
    one, other = make_topic("Care: Twin"), make_topic("Tools: Double")
    one.synonyms.create(spelling="Zwilling")
    make_published(topics=[one])
    make_published(topics=[one, other])
    make_article(topics=[one])
    make_offering(topics=[one])
    counts.settle()
    return one, other


def page_of(one):
    return reverse("admin:topic_merge", args=[one.pk])


def test_the_preview_says_what_moves_in_numbers_that_open_their_lists(pair, at_desk, manager):
    one, other = pair
    SavedSearch.objects.create(owner=manager, name="Twins", query="reach=live&topic=Care%3A+twin")
    desk = at_desk(manager)
    page = desk.get(page_of(one), {"into": "tools: double"})
    said = text_of(page)
    for words in (
        "2 live briefs are found at the page of “Tools: Double”",
        "3 briefs are filed under “Tools: Double” (one of them is under both, and keeps the earlier place)",
        "One offering is filed under",
        "One synonym goes over to “Tools: Double”: “Zwilling”",
        "One saved list shows “Tools: Double”: “Twins”",
        "They are of different taxonomies",
        "/topic/care-twin/ leads readers to /topic/tools-double/",
    ):
        assert words in said, words
    for line in page.context["lines"]:
        if line.address:
            assert desk.get(line.address).status_code == 200
    listed = desk.get(reverse("admin:offerings_offering_changelist"), {"topics": one.pk})
    assert listed.context["cl"].result_count == 1
    assert not TopicMerge.objects.exists()
    assert one in Topic.objects.in_use()


def test_a_topic_goes_into_another_and_out_again(pair, at_desk, manager, client):
    one, other = pair
    desk = at_desk(manager)
    sent = {"into": other.pk}
    done = desk.post(page_of(one), sent, follow=True)
    assert "“Care: Twin” went into “Tools: Double”." in text_of(done)
    again = desk.post(page_of(one), sent, follow=True)
    assert "“Care: Twin” went into “Tools: Double” already." in text_of(again)
    assert client.get(one.get_absolute_url()).headers["Location"] == other.get_absolute_url()
    found = desk.get(reverse("admin:curation_find_topics"), {"term": "care: twin"}).json()["results"]
    assert [row["text"] for row in found] == ["Tools: Double"]
    own = desk.get(reverse("admin:offerings_topic_change", args=[one.pk]))
    assert "went into" in text_of(own)
    assert 'name="_save"' not in own.content.decode()
    listed = desk.get(reverse("admin:offerings_topic_changelist")).context["cl"].result_list
    assert [topic for topic in listed if topic == one] == []
    undone = desk.post(reverse("admin:topic_merge_undo", args=[TopicMerge.objects.get().pk]), follow=True)
    assert "“Care: Twin” is a topic of its own again." in text_of(undone)
    assert client.get(one.get_absolute_url()).status_code == 200


def test_only_those_who_keep_topics_may_merge(pair, at_desk, curator, reader):
    one, other = pair
    for person, status in ((curator, 403), (reader, 302)):
        desk = at_desk(person)
        assert desk.get(page_of(one)).status_code == status
        assert desk.post(page_of(one), {"into": other.pk}).status_code == status
        assert desk.get(reverse(MERGES)).status_code == status
        assert desk.post(reverse("admin:topic_merge_undo", args=[1])).status_code == status
    assert not TopicMerge.objects.exists()


@pytest.mark.parametrize("many", [1, 6])
def test_the_list_of_merges_costs_the_same_however_long(at_desk, manager, many, django_assert_max_num_queries):
    into = make_topic()
    for _ in range(many):
        merging.merge(make_topic().pk, into.pk, by=manager)
    desk = at_desk(manager)
    desk.get(reverse(MERGES))
    with django_assert_max_num_queries(12):
        page = desk.get(reverse(MERGES))
    assert page.content.decode().count(">Undo</button>") == many


def test_readers_find_feed_and_months_of_the_old_address_at_the_new_one(pair, client, manager):
    one, other = pair
    merging.merge(one.pk, other.pk, by=manager)
    feed = client.get(f"{one.get_absolute_url()}feed.xml")
    assert (feed.status_code, feed.headers["Location"]) == (301, f"{other.get_absolute_url()}feed.xml")
    assert client.get(feed.headers["Location"]).status_code == 200
