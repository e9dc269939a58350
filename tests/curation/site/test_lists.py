"""Leafing through lists: every live article once, in order, whatever the months and pages."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from curation.models import Edition
from curation.site import lists
from curation.site.queries import cards
from tests.bulk import on_day, publish_many
from tests.examples import costly
from tests.factories import make_author, make_institution, make_link, make_offering, make_published, make_topic, step
from tests.markup import Page

pytestmark = pytest.mark.django_db
LEAF = 3


def leaf_through(client, address):
    """The addresses of all stories from here on, page after page."""
    met, seen = [], set()
    while address:
        assert address not in seen
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        page = Page(response)
        met += [url for _, url in page.main.stories]
        _, further = page.paging.get("next", ("", ""))
        address = address.split("?")[0] + further if further.startswith("?") else further
    return met


def leaf_by_number(client, address):
    """The addresses of all stories of a list paged by number, up to the first page that there is not."""
    met, number = [], 1
    while (response := client.get(address, {"page": number})).status_code == 200:
        met += [url for _, url in Page(response).part("Briefs that name it").stories]
        number += 1
    return met


def in_order(editions):
    return [e.get_absolute_url() for e in sorted(editions, key=lambda e: (e.first_published_at, e.pk), reverse=True)]


def newest_month(editions):
    return f"{max(edition.first_published_at for edition in editions):%Y/%m/}"


@costly
@given(
    days=st.lists(st.integers(0, 8).map(lambda week: week * 11), min_size=1, max_size=14),
    gone=st.sets(st.integers(0, 13), max_size=4),
)
def test_every_live_article_is_met_once_and_in_order(client, monkeypatch, days, gone):
    monkeypatch.setattr(cards, "PAGE", LEAF)
    cache.clear()
    with transaction.atomic():
        topic, author, offering = make_topic(), make_author(), make_offering(institution=make_institution())
        filed = {"topics": [topic], "bylines": [author], "offerings": [offering]}
        editions = publish_many([on_day(day, **filed, sources=[make_link()]) for day in days])
        for place in gone & set(range(len(editions))):
            step("withdraw", editions[place].article, reason="For the test.")
        live = [edition for place, edition in enumerate(editions) if place not in gone]
        if live:
            month, expected = newest_month(live), in_order(live)
            assert leaf_through(client, f"/news/{month}") == expected
            assert leaf_through(client, f"/topic/{topic.slug}/{month}") == expected
            for whole in (author.get_absolute_url(), "/source/example.org/"):
                assert leaf_through(client, whole) == expected
            assert leaf_by_number(client, offering.get_absolute_url()) == expected
            assert leaf_through(client, f"/news/?topic={topic.slug}") == expected
        assert Page(client.get("/news/")).main.stories == [
            (edition.title, edition.get_absolute_url())
            for edition in sorted(live, key=lambda e: (e.first_published_at, e.pk), reverse=True)[:LEAF]
        ]
        transaction.set_rollback(True)


def test_an_old_page_never_changes_because_of_a_new_article(client):
    publish_many([on_day(number // 2) for number in range(45)])
    old = {address: client.get(address).content for address in ("/news/2026/01/", "/news/2026/01/?page=2")}
    publish_many([on_day(60)])

    for address, content in old.items():
        stories = Page(client.get(address)).main.stories
        cache.clear()
        assert stories == _stories(content)
        assert Page(client.get(address)).main.stories == stories


def _stories(content):
    class Kept:
        pass

    Kept.content = content
    return Page(Kept).main.stories


def test_months_that_lost_their_last_article_are_passed_over(client):
    first, middle, last = publish_many([on_day(0), on_day(31), on_day(62)])
    step("withdraw", middle.article, reason="It was wrong.")

    assert Page(client.get("/news/2026/03/")).paging == {"next": ("January 2026", "/news/2026/01/")}
    assert Page(client.get("/news/2026/01/")).paging == {"prev": ("March 2026", "/news/2026/03/")}
    assert client.get("/news/2026/02/").status_code == 404
    assert leaf_through(client, "/news/2026/03/") == [last.get_absolute_url(), first.get_absolute_url()]


def asks(query):
    return RequestFactory().get(f"/news/?{query}")


@pytest.mark.parametrize(("query", "number"), [("", 1), ("page=1", 1), ("page=7&q=x", 7), ("page=500", 500)])
def test_a_page_number_is_read(query, number):
    assert lists.page_number(asks(query)) == number


@pytest.mark.parametrize(
    "given", ["", "0", "-1", "+1", "01", "1.0", "abc", "501", "1000", "٣", "1e2", "1%00", "9" * 99]
)
def test_what_is_no_page_number_is_a_404(given):
    with pytest.raises(Http404):
        lists.page_number(asks(f"page={given}"))


@pytest.mark.parametrize(
    ("query", "number", "address"),
    [
        ("", 1, "/news/"),
        ("", 2, "?page=2"),
        ("page=3", 1, "/news/"),
        ("q=a+b&page=3", 1, "?q=a+b"),
        ("q=a%26b&q=c&page=3&page=4", 5, "?q=a%26b&q=c&page=5"),
    ],
)
def test_pages_keep_what_else_was_asked(query, number, address):
    assert lists.paged_address(asks(query))(number) == address


def test_filters_in_force_can_each_be_taken_away():
    asked = {"q": "hearts", "topic": "x", "source": "a.example", "until": "2026-01-01"}
    request = asks("q=hearts&topic=x&source=a.example&until=2026-01-01&page=4")

    links = lists.without_each(request, asked, {"topic": "{X}"})

    assert [(link.label, link.url) for link in links] == [
        ("“hearts”", "?topic=x&source=a.example&until=2026-01-01"),
        ("{X}", "?q=hearts&source=a.example&until=2026-01-01"),
        ("From a.example", "?q=hearts&topic=x&until=2026-01-01"),
        ("Until 2026-01-01", "?q=hearts&topic=x&source=a.example"),
    ]
    assert lists.without_each(asks("q=x"), {"q": "x"}, {})[0].url == "/news/"


@pytest.mark.parametrize(("year", "month"), [(1899, 1), (9001, 1), (2026, 0), (2026, 13), (0, 1)])
def test_what_is_no_month_of_a_newsroom_is_a_404(year, month):
    with pytest.raises(Http404):
        lists.bounds(year, month)


def test_ids_read_the_same_kept_ready_or_not():
    """Every list's question, asked through ``compiled_queries`` and plainly, inside a month and without."""
    topic, author, offering = make_topic(), make_author(), make_offering(institution=make_institution())
    filed = {"topics": [topic], "bylines": [author], "offerings": [offering]}
    publish_many([on_day(day, **filed) for day in (0, 3, 40)] + [on_day(day) for day in (1, 2, 41)])
    at = datetime.now(tz=UTC) + timedelta(minutes=1)
    asked = [
        lists.ids_of_all(at),
        lists.ids_about(topic.pk, at),
        lists.ids_by(author.pk, at),
        lists.ids_naming(offering.pk, at),
        lists.ids_naming_any_of(offering.institution_id, at),
        lists.ids_from("example.org", at),
    ]

    for ids in asked + [ids.within(*lists.bounds(2026, 1)) for ids in asked]:
        plain = Edition.objects.filter(pk__in=ids.build(**ids.given)).newest_first()
        assert [story.url for story in cards.newest(ids, 0, 10)] == [edition.get_absolute_url() for edition in plain]
        assert cards.newest(ids, 1, 1) == cards.newest(ids.build(**ids.given), 1, 1) == cards.newest(ids, 0, 2)[1:]


def test_mending_a_typo_moves_nothing_among_articles_of_one_instant():
    noon, topic = timezone.now() - timedelta(days=3), make_topic()
    editions = [make_published(title=f"Told at noon, part {part}", dated_at=noon, topics=[topic]) for part in "123"]

    def told():
        now = timezone.now()
        return [
            [story.title for story in cards.newest(ids, 0, 9)]
            for ids in (lists.ids_of_all(now), lists.ids_about(topic.pk, now))
        ]

    before, mended = told(), editions[1].article
    step("edit", mended, changes={"body": "<p>What was said at noon, with its typo mended.</p>"})
    for name in ("approve", "publish"):
        step(name, mended)
    assert mended.editions.count() == 2
    assert told() == before
