"""What feed readers get: valid RSS, in order, with dates, ids and topics, and never a word that breaks it."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

import pytest

from curation.site.feeds import LENGTH, printable
from tests.bulk import on_day, publish_many
from tests.factories import make_article, make_in, make_published, make_topic, step

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def channel_of(client, **headers):
    response = client.get("/news/feed.xml", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert (root.tag, root.attrib["version"]) == ("rss", "2.0")
    return root.find("channel")


def items(channel):
    return [{child.tag: child.text for child in item} for item in channel.iter("item")]


def test_the_feed_says_what_it_is(client):
    channel = channel_of(client, host="testserver")

    assert channel.findtext("title") == "Medigy: News"
    assert channel.findtext("link") == "http://localhost/news/"
    assert channel.findtext("description") == "News: healthcare innovation, read closely and told briefly."
    own = channel.find(f"{ATOM}link")
    assert (own.attrib["rel"], own.attrib["href"]) == ("self", "http://localhost/news/feed.xml")
    assert items(channel) == []


def test_an_item_is_whole(client):
    twin, ehealth, third = make_topic("Gartner: Digital Twin"), make_topic("Symplur: #eHealth"), make_topic("Nursing")
    edition = make_published(
        title="Hearts & <numbers>",
        standfirst="A “model” of one heart & its <beat>.",
        topics=[twin, ehealth, third],
        dated_at=datetime(2026, 1, 13, 8, 30, tzinfo=UTC),
    )

    channel = channel_of(client)
    item = channel.find("item")

    assert {child.tag: child.text for child in item if child.tag != "category"} == {
        "title": "Hearts & <numbers>",
        "link": f"http://localhost{edition.get_absolute_url()}",
        "description": "A “model” of one heart & its <beat>.",
        "pubDate": "Tue, 13 Jan 2026 08:30:00 +0000",
        "guid": f"http://localhost{edition.get_absolute_url()}",
    }
    assert item.find("guid").attrib == {"isPermaLink": "true"}
    assert [category.text for category in item.iter("category")] == ["Digital Twin", "#eHealth", "Nursing"]
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")) == edition.first_published_at


def test_a_day_stands_at_its_noon_in_the_newsrooms_zone(client, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    make_published(dated_at=datetime(2026, 1, 12, 23, 0, tzinfo=UTC), dated_day=True)

    assert items(channel_of(client))[0]["pubDate"] == "Tue, 13 Jan 2026 12:00:00 +1300"


def test_the_newest_come_first_and_the_feed_is_not_endless(client):
    editions = publish_many([on_day(number // 2) for number in range(LENGTH + 5)])

    found = items(channel_of(client))

    assert [item["link"] for item in found] == [
        f"http://localhost{edition.get_absolute_url()}" for edition in reversed(editions[5:])
    ]


def test_only_what_is_live_stands_in_it(client, clock):
    live = make_published(title="Live words")
    withdrawn = make_published(title="Withdrawn words", until=clock.after(days=1))
    make_published(title="Expired words", until=clock.after(hours=1))
    step("publish", make_in("approved", title="Scheduled words"), at=clock.after(hours=3))
    make_article(title="Drafted words")
    step("edit", live.article, changes={"title": "Edited words"})
    clock.turn(hours=2)
    step("withdraw", withdrawn.article, reason="It was wrong.")

    assert [item["title"] for item in items(channel_of(client))] == ["Live words"]
    clock.turn(hours=2)
    assert [item["title"] for item in items(channel_of(client))] == ["Scheduled words", "Live words"]


def test_an_article_that_was_mended_keeps_its_id_and_date(client, clock):
    edition = make_published(title="First words")
    before = items(channel_of(client))[0]
    clock.turn(days=2)
    step("edit", edition.article, changes={"title": "Mended words"})
    for name in ("approve", "publish"):
        step(name, edition.article)

    after = items(channel_of(client))

    assert after == [before | {"title": "Mended words"}]


def test_characters_that_xml_cannot_hold_do_not_cost_the_feed(client):
    publish_many([{"title": "Bell \x07 and \x0b tab", "standfirst": "Form\x0cfeed\ufffe.", "topics": []}])

    found = items(channel_of(client))

    assert found[0]["title"] == "Bell  and  tab"
    assert "\x0c" not in found[0]["description"]


@pytest.mark.parametrize(
    ("words", "printed"),
    [("", ""), ("plain\ttext\n", "plain\ttext\n"), ("a\x00b\x1fc\x7f", "abc\x7f"), ("é😀", "é😀")],
)
def test_words_are_printed_without_what_xml_refuses(words, printed):
    assert printable(words) == printed
    ElementTree.fromstring(f"<a>{printable(words)}</a>")


@pytest.mark.parametrize("size", [2, 40])
def test_the_feed_costs_two_queries(client, size, django_assert_num_queries):
    publish_many([on_day(number) for number in range(size)])

    with django_assert_num_queries(2):
        client.get("/news/feed.xml")
