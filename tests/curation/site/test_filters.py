"""What readers narrow lists by: each filter alone, together, and when it is asked for what cannot be."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from tests.bulk import on_day, publish_many
from tests.factories import make_link, make_published, make_topic, step
from tests.markup import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    """Four articles: by day, topic, source."""
    twin, ehealth = make_topic("Gartner: Digital Twin"), make_topic("Symplur: #eHealth")
    innotech, lancet = "https://www.innotech.example", "https://lancet.example"
    return publish_many(
        [
            on_day(0, title="Hearts in Numbers", topics=[twin], sources=[make_link(f"{innotech}/1")]),
            on_day(1, title="Wards that listen", topics=[ehealth, twin], sources=[make_link(f"{lancet}/1")]),
            on_day(2, title="Numbers for wards", topics=[ehealth], sources=[make_link(f"{innotech}/2")]),
            on_day(3, title="100% of Müller_s hearts", topics=[], sources=[make_link(f"{lancet}/2")]),
        ]
    )


#: What the list is asked, and the places on the shelf of what it finds.
NARROWED = [
    ("q=numbers", [2, 0]),
    ("q=wards+NUMBERS", [2]),
    ("q=++hearts++", [3, 0]),
    ("q=Müller", [3]),
    ("q=100%25", [3]),
    ("q=r_s", [3]),
    ("q=nothing", []),
    ("topic=gartner-digital-twin", [1, 0]),
    ("topic=symplur-ehealth", [2, 1]),
    ("taxonomy=symplur", [2, 1]),
    ("taxonomy=gartner", [1, 0]),
    ("source=lancet.example", [3, 1]),
    ("source=WWW.Lancet.example", [3, 1]),
    ("source=https://www.innotech.example/any/page?x=1", [2, 0]),
    ("source=nowhere.example", []),
    ("since=2026-01-07", [3, 2]),
    ("until=2026-01-06", [1, 0]),
    ("since=2026-01-06&until=2026-01-07", [2, 1]),
    ("since=2026-01-07&until=2026-01-06", []),
    ("taxonomy=gartner&topic=symplur-ehealth", [1]),
    ("q=hearts&source=innotech.example&since=2026-01-05", [0]),
    ("q=", [3, 2, 1, 0]),
    ("q=+&topic=&since=", [3, 2, 1, 0]),
    ("unknown=1", [3, 2, 1, 0]),
]

NOTHING = (
    "topic=nothing", "taxonomy=nothing", "topic=%00", "q=%00", "source=%00", "since=tomorrow", "until=2026-02-30",
    "since=2026", "since=0001-01-01", "until=9999-12-31", "since=2026-01-05&until=x", "source=http://[", "source=//",
)  # fmt: skip


def test_lists_are_narrowed(subtests, client, shelf):
    for asked, found in NARROWED:
        cache.clear()
        page = Page(client.get(f"/news/?{asked}"))

        with subtests.test(asked):
            assert page.main.stories == [(shelf[place].title, shelf[place].get_absolute_url()) for place in found]


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "Pacific/Honolulu"])
def test_what_cannot_be_finds_nothing(subtests, client, shelf, settings, zone):
    settings.TIME_ZONE = zone

    for asked in NOTHING:
        cache.clear()
        with subtests.test(asked):
            response = client.get(f"/news/?{asked}")
            assert response.status_code == 200
            assert Page(response).main.stories == []
            assert "No brief matches" in Page(response).main.text


@pytest.mark.parametrize("name", ["since", "until"])
def test_a_day_that_is_none_is_said_at_its_field(client, shelf, name):
    page = Page(client.get(f"/news/?{name}=yesterday"))

    field = page.main.one("input", name=name)
    assert field.attributes["value"] == "yesterday"
    assert field.attributes["aria-invalid"] == "true"
    assert page.one("p", id=field.attributes["aria-describedby"]).text == "Enter a valid date."


def test_days_are_the_newsrooms_own_to_the_last_moment(client, settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    first, last, after = (
        make_published(dated_at=moment)
        for moment in (
            datetime(2026, 1, 12, 11, 0, tzinfo=UTC),  # midnight of the 13th over there
            datetime(2026, 1, 13, 10, 59, 59, 999_999, tzinfo=UTC),
            datetime(2026, 1, 13, 11, 0, tzinfo=UTC),
        )
    )

    page = Page(client.get("/news/?since=2026-01-13&until=2026-01-13"))

    assert [address for _, address in page.main.stories] == [last.get_absolute_url(), first.get_absolute_url()]
    assert after.get_absolute_url() not in page.source


def test_the_form_shows_what_was_asked_and_how_to_take_it_away(client, shelf):
    page = Page(client.get("/news/?q=hearts&topic=gartner-digital-twin&since=2026-01-01&utm_source=x"))

    assert page.main.one("input", name="q").attributes["value"] == "hearts"
    assert page.main.one("input", name="since").attributes["value"] == "2026-01-01"
    chosen = [o.attributes["value"] for o in page.main.one("select", name="topic").all("option", selected="")]
    assert chosen == ["gartner-digital-twin"]
    assert [href for _, href in page.part("Chosen").links] == [
        "?topic=gartner-digital-twin&since=2026-01-01&utm_source=x",
        "?q=hearts&since=2026-01-01&utm_source=x",
        "?q=hearts&topic=gartner-digital-twin&utm_source=x",
    ]
    assert [words for words, _ in page.part("Chosen").links] == [
        "Remove “hearts”",
        "Remove Digital Twin (Gartner)",
        "Remove Since 2026-01-01",
    ]
    assert "Briefs with “hearts” in the title" in page.main.text
    assert page.meta("robots") == "noindex, follow"
    assert page.canonical == "http://localhost/news/"


def test_a_narrowed_list_is_paged_and_keeps_its_filters(client):
    topic = make_topic("Gartner: Digital Twin")
    editions = publish_many([on_day(number, title=f"Ward & more {number}", topics=[topic]) for number in range(25)])

    first = Page(client.get("/news/?q=ward+%26&topic=gartner-digital-twin"))
    second = Page(client.get("/news/" + first.paging["next"][1]))

    assert first.paging["next"] == ("Older briefs", "?q=ward+%26&topic=gartner-digital-twin&page=2")
    assert [url for _, url in first.main.stories + second.main.stories] == [
        edition.get_absolute_url() for edition in reversed(editions)
    ]
    assert second.paging == {"prev": ("Newer briefs", "?q=ward+%26&topic=gartner-digital-twin")}


def test_choices_are_every_topic_and_taxonomy_in_the_order_people_pick_them(client):
    for name in ("Symplur: #eHealth", "Nursing", "Gartner: Digital Twin"):
        make_topic(name)

    page = Page(client.get("/news/"))

    def options(name):
        return [(o.attributes["value"], o.text) for o in page.main.one("select", name=name).all("option")]

    assert options("topic") == [
        ("", "Any topic"),
        ("nursing", "Nursing"),
        ("gartner-digital-twin", "Digital Twin (Gartner)"),
        ("symplur-ehealth", "#eHealth (Symplur)"),
    ]
    assert options("taxonomy") == [
        ("", "Any taxonomy"),
        ("topics", "Topics"),
        ("gartner", "Gartner"),
        ("symplur", "Symplur"),
    ]


def test_choices_are_kept_until_readers_pages_change(client, django_assert_num_queries):
    edition = make_published(topics=[make_topic("Gartner: Digital Twin")])
    client.get("/news/")
    with django_assert_num_queries(4):
        client.get("/news/")

    make_topic("Gartner: Swarms")
    step("withdraw", edition.article, reason="It was wrong.")

    assert "Swarms (Gartner)" in Page(client.get("/news/")).main.text


@given(
    asked=st.dictionaries(
        st.sampled_from(["q", "topic", "taxonomy", "source", "since", "until", "page", "x"]),
        st.text(st.characters(codec="utf-8"), max_size=30)
        | st.dates().map(str)
        | st.sampled_from(["gartner-digital-twin", "lancet.example", "2"]),
    )
)
def test_whatever_is_asked_gets_an_answer(client, shelf, asked):
    cache.clear()

    response = client.get("/news/", asked)

    assert response.status_code in ((200,) if "page" not in asked else (200, 404))
    assert len(Page(response).heading) > 0
