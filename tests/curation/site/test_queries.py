"""What readers' pages read: the shapes that templates take, out of few and narrow queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from curation.models import Edition
from curation.site import lists
from curation.site.queries import articles, cards, offerings, topics
from curation.site.shapes import Link, Shown, Story, TopicChip
from offerings.models import Offering
from tests.bulk import on_day, publish_many
from tests.factories import make_in, make_institution, make_link, make_offering, make_published, make_topic, step

pytestmark = pytest.mark.django_db
WIDTHS = {"jpeg": [320, 640, 960], "webp": [320], "avif": []}


def soon():
    return timezone.now() + timedelta(minutes=1)


def story(title, *chips):
    return Story(title, f"/{title}/", "", "", "", "", "", 1, None, list(chips))


A, B, C = (
    TopicChip(name, f"/topic/{name}/", taxonomy=taxonomy) for name, taxonomy in (("a", "X"), ("b", "Y"), ("c", "X"))
)


def test_topics_are_grouped_by_taxonomy_in_the_order_they_came():
    assert cards.by_taxonomy([B, A, C]) == [("Y", [B]), ("X", [A, C])]
    assert cards.by_taxonomy([]) == []


def test_neighbouring_topics_are_counted_over_stories():
    stories = [story("1", A, B), story("2", A, C), story("3", B, A)]

    assert topics.neighbours(stories, but=A.url) == [(B, 2), (C, 1)]
    assert topics.neighbours([], but=A.url) == []


def test_a_page_of_a_topic_does_not_repeat_its_own_on_every_row():
    stories = [story("1", A, B, C), story("2", A), story("3", B, C, TopicChip("d", "/topic/d/"))]

    topics.trim(stories, but=A.url)

    assert [[chip.label for chip in one.topics] for one in stories] == [["b", "c"], [], ["b", "c"]]


def test_a_picture_has_an_address_for_every_format_and_width():
    shown = cards.picture("abcdefghij2345672345", 1200, 800, 9, WIDTHS, alt="A ward", credit="Ada", focus=(20, 80))

    assert shown.src == "/media/abcdefghij2345672345-960.jpg"
    assert shown.jpeg == ", ".join(f"/media/abcdefghij2345672345-{width}.jpg {width}w" for width in (320, 640, 960))
    assert (shown.webp, shown.avif) == ("/media/abcdefghij2345672345-320.webp 320w", "")
    assert (shown.alt, shown.credit, shown.width, shown.height, shown.is_cover) == ("A ward", "Ada", 1200, 800, False)
    assert shown.classes.split() == ["ph-9", "fx-4", "fy-16"]
    assert cards.picture("abcdefghij2345672345", 1, 1, 0, WIDTHS).classes == "ph-0"


@pytest.mark.parametrize(
    ("state", "widths", "is_cover"),
    [("ready", WIDTHS, False), ("ready", {}, True), ("ready", {"webp": [320]}, True), ("queued", WIDTHS, True),
     ("missing", {}, True), ("failed", WIDTHS, True), (None, None, True)],
)  # fmt: skip
def test_a_cover_stands_wherever_no_picture_is_ready(state, widths, is_cover):
    shown = cards.shown("dots-1-abcdef01.svg", "alt", "credit", 50, 50, state, "n" * 20, 9, 9, 0, widths)

    assert shown.is_cover is is_cover
    assert (shown.src == "/cover/dots-1-abcdef01.svg") is is_cover


def test_a_story_is_ready_to_print():
    topics = [make_topic("Gartner: Digital Twin"), make_topic("Nursing"), make_topic()]
    edition = make_published(
        title="A heart",
        standfirst="One heart.",
        topics=topics,
        sources=[make_link("https://www.paper.example/1")],
        dated_at=datetime(2026, 1, 13, 8, 30, tzinfo=UTC),
    )

    (shown,) = cards.newest(lists.ids_of_all(soon()), 0, 5)

    assert shown == Story(
        title="A heart",
        url="/news/paper-a-heart/",
        summary="One heart.",
        brand="paper.example",
        brand_url="/source/paper.example/",
        iso="2026-01-13T08:30:00+00:00",
        day="13 January 2026",
        minutes=1,
        picture=Shown(f"/cover/{edition.cover}", 1200, 750, is_cover=True),
        topics=[
            TopicChip("Digital Twin", "/topic/gartner-digital-twin/", "hue-17", "Gartner"),
            TopicChip("Nursing", "/topic/nursing/", "hue-17", "Topics"),
        ],
    )
    (whole,) = cards.newest(lists.ids_of_all(soon()), 0, 5, topics=None)
    assert len(whole.topics) == 3


@pytest.mark.parametrize("size", [1, 25])
def test_cards_cost_two_queries_kept_ready_or_not(size, django_assert_num_queries):
    publish_many([on_day(number) for number in range(size)])
    ids = lists.ids_of_all(soon())

    for asked in (ids, Edition.objects.live().newest_first().values("pk")):
        with django_assert_num_queries(2):
            assert len(cards.newest(asked, 0, 20)) == min(size, 20)


def test_a_page_of_a_list_looks_one_further_and_counts_nothing():
    publish_many([on_day(number) for number in range(cards.PAGE + 1)])
    ids = lists.ids_of_all(soon())

    def at(number):
        stories, paging = cards.page_of_list(ids, number, "?page={}".format)
        return len(stories), paging.number, paging.newer, paging.older

    assert at(1) == (20, 1, None, Link("Older briefs", "?page=2"))
    assert at(2) == (1, 2, Link("Newer briefs", "?page=1"), None)
    assert at(3) == (0, 3, Link("Newer briefs", "?page=2"), None)


def test_an_article_is_read_as_it_is_at_an_hour(clock):
    article = make_in("approved", title="At noon")
    edition = step("publish", article, at=clock.after(hours=3), until=clock.after(hours=5)).edition

    read = [articles.find(edition.section_id, edition.slug, clock.after(hours=hours)) for hours in (2.9, 3, 4.9, 5)]

    assert [page and page.title for page in read] == [None, "At noon", "At noon", None]
    assert articles.find(edition.section_id, "nothing") is None


@pytest.mark.parametrize(("topics", "boxes"), [(0, 0), (1, 1), (9, 9)])
def test_an_article_costs_at_most_five_queries(topics, boxes, django_assert_max_num_queries):
    filed = {
        "topics": [make_topic() for _ in range(topics)],
        "offerings": [make_offering([make_topic()], institution=make_institution()) for _ in range(boxes)],
    }
    edition = publish_many([on_day(number, **filed) for number in range(6)])[3]

    with django_assert_max_num_queries(5):
        page = articles.find(edition.section_id, edition.slug)

    assert (len(page.topics), len(page.related), len(page.more)) == (topics, boxes, 3 if topics else 0)


@pytest.mark.parametrize(
    ("published", "changed", "note", "told"),
    [
        ("2026-01-05", "2026-01-05", "", ""),
        ("2026-01-05", "2026-01-04", "", ""),
        ("2026-01-05", "2026-01-06", "", "6 January 2026"),
        ("2026-01-05", "2026-01-05", "Said.", "5 January 2026"),
        ("2026-01-05", None, "", ""),
    ],
)
def test_a_change_is_told_where_it_came_after_the_day_or_has_a_note(published, changed, note, told):
    noon = {day: datetime.fromisoformat(f"{day}T12:00:00+00:00") for day in (published, changed) if day}
    modified = {"modified_at": noon[changed]} if changed else {"modified_at": None}
    edition = make_published(dated_at=noon[published], note=note, **modified)

    page = articles.find(edition.section_id, edition.slug)

    assert (page.updated, page.update_note) == (told, note)
    assert page.updated_iso == (f"{changed}T12:00:00+00:00" if told else "")


def test_a_standfirst_that_the_body_repeats_stands_in_lists_only():
    body = "<p>It listens to the ward all night. Then it writes down what it heard, and sleeps.</p>"
    edition = make_published(standfirst="It listens to the ward all night.", body=body)

    page = articles.find(edition.section_id, edition.slug)

    assert page.standfirst == ""
    assert page.summary.startswith("It listens to the ward all night.")


def test_offerings_say_their_role_and_what_they_share():
    twin, ward = make_topic("Gartner: Digital Twin"), make_topic("Nursing")
    maker = make_institution(name="Acme")
    box = make_offering([ward, twin], name="box", institution=maker, logo="abc.webp", summary="It beats.")
    bare = make_offering(name="Bare")
    edition = make_published(
        topics=[twin],
        offerings=[{"offering": bare.pk, "role": "related"}, {"offering": box.pk, "role": "about"}],
    )

    (first, plain), (second, full) = offerings.of_edition(
        edition.pk, articles.find(edition.section_id, edition.slug).topics
    )

    assert (first, second) == ("related", "about")
    assert (plain.name, plain.maker, plain.logo, plain.shared, plain.also) == ("Bare", "", None, [], [])
    assert (full.letter, full.maker_url, full.logo.src) == ("B", "/institution/acme/", "/media/abc.webp")
    assert [chip.label for chip in full.shared] == ["Digital Twin"]
    assert [chip.label for chip in full.also] == ["Nursing"]
    assert offerings.of_edition(0, []) == []


def test_cards_of_offerings_keep_the_order_of_their_queryset(django_assert_num_queries):
    topics = [make_topic(), make_topic()]
    for name in ("b", "c", "a"):
        make_offering(topics, name=name)

    with django_assert_num_queries(2):
        cards = offerings.cards_in(Offering.objects.order_by("-name"))

    assert [card.name for card in cards] == ["c", "b", "a"]
    assert {len(card.also) for card in cards} == {2}


def test_a_topic_knows_its_synonyms_and_its_offerings(django_assert_num_queries):
    twin = make_topic("Gartner: Digital Twin", description="A model.")
    for spelling in ("Twin, Digital", "digital twin", "Digital  twins"):
        twin.synonyms.create(spelling=spelling)
    for number in range(8):
        make_offering([make_topic(), twin], name=f"Box {number}", retired=number == 3)

    with django_assert_num_queries(1):
        page = topics.find("gartner-digital-twin")
    with django_assert_num_queries(1):
        cards = offerings.about(page)

    assert (page.label, page.taxonomy, page.taxonomy_url) == ("Digital Twin", "Gartner", "/topic/#gartner")
    assert (page.offerings, page.synonyms) == (7, ["Digital  twins", "Twin, Digital"])
    assert [card.name for card in cards] == [f"Box {number}" for number in (0, 1, 2, 4, 5, 6)]
    assert all(len(card.also) == 1 and card.shared == [] for card in cards)
    assert topics.find("nothing") is None


def test_two_offerings_of_one_name_are_two_cards():
    twin = make_topic()
    for number in range(2):
        make_offering([twin, make_topic()], name="Box", permalink=f"/offering/box-{number}")

    cards = offerings.about(topics.find(twin.slug))

    assert sorted(card.url for card in cards) == ["/offering/box-0/", "/offering/box-1/"]


def test_offerings_nearby_share_most_topics_first():
    topics = [make_topic() for _ in range(3)]
    make_offering(topics, name="Here")
    for name, shared in (("One", 1), ("Three", 3), ("Two", 2), ("Also two", 2), ("None", 0)):
        make_offering(topics[:shared], name=name)
    make_offering(topics, name="Retired", retired=True)

    near = offerings.near(offerings.find("here"))

    assert [card.name for card in near] == ["Three", "Also two", "Two", "One"]
    assert [len(card.shared) for card in near] == [3, 2, 2, 1]
    assert offerings.find("nothing") is None
