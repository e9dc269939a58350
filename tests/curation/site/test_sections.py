"""A section is data: beside News another one has addresses, crumbs, lists, months and a feed of its own."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from curation.models import Section, Tally
from curation.models.people import section, section_at, sections
from curation.publishing import counts
from tests.factories import make_in, make_published, make_topic, step
from tests.markup import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def guides():
    return Section.objects.create(name="Guides", slug="guides", masthead="GUIDE", kind="guide")


def published(place, **given):
    return make_published(section_id=place.pk, **given)


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return Page(response)


def test_an_article_stands_in_its_own_section_and_nowhere_else(client, guides):
    topic = make_topic("Field: Wards")
    edition = published(guides, title="How to begin", slug="begin", topics=[topic])

    page = page_of(client, "/guides/begin/")

    assert edition.get_absolute_url() == "/guides/begin/"
    assert page.crumbs == [
        ("Home", "/"),
        ("Guides", "/guides/"),
        ("Wards", topic.get_absolute_url()),
        ("How to begin", None),
    ]
    assert page.feeds == [("Guides: every guide", "/guides/feed.xml")]
    elsewhere = client.get("/news/begin/")
    assert (elsewhere.status_code, elsewhere["Location"]) == (301, "/guides/begin/")


def test_every_crumb_and_feed_of_a_section_leads_to_a_page(client, guides):
    published(guides, slug="begin")
    page = page_of(client, "/guides/begin/")
    for _, address in [*page.crumbs, *page.feeds]:
        assert address is None or client.get(address).status_code == 200, address


def test_lists_months_and_feeds_hold_their_own_articles(client, guides):
    told = make_published(title="Told", dated_at=datetime(2025, 3, 4, 12, tzinfo=UTC))
    shown = published(guides, title="Shown", dated_at=datetime(2025, 3, 5, 12, tzinfo=UTC))
    for place, edition in ((Section.news(), told), (guides, shown)):
        for address in (place.base_path, f"{place.base_path}2025/03/"):
            page = page_of(client, address)
            assert page.main.stories == [(edition.title, edition.get_absolute_url())], address
        feed = client.get(f"{place.base_path}feed.xml").content.decode()
        assert feed.count("<item>") == 1
        assert edition.get_absolute_url() in feed
        assert counts.counts_of(Tally.Kind.SECTION, place.pk)[""] == 1


def test_the_menu_leads_to_every_section(client, guides):
    (menu,) = page_of(client, "/").all("nav", aria_label="Sections")
    assert menu.links[:2] == [("News", "/news/"), ("Guides", "/guides/")]


def test_an_article_that_moves_leads_its_readers_on(client, guides):
    edition = make_published(slug="moved")
    article = edition.article
    step("edit", article, changes={"section_id": guides.pk})
    for name in ("approve", "publish"):
        step(name, article)
    answer = client.get("/news/moved/")
    assert (answer.status_code, answer["Location"]) == (301, "/guides/moved/")
    assert client.get("/guides/moved/").status_code == 200


def test_what_ended_in_a_section_is_gone_there(client, guides):
    edition = published(guides, slug="over")
    step("withdraw", edition.article, reason="It was wrong.")
    assert client.get("/guides/over/").status_code == 410


def test_what_is_no_section_is_not_found(client, guides):
    make_in("draft", slug="draft")
    for address in ("/nothing/", "/nothing/feed.xml", "/nothing/2025/03/", "/nothing/draft/", "/guides/draft/"):
        assert client.get(address).status_code == 404, address


def test_sitemaps_name_each_article_under_its_section(client, guides):
    edition = published(guides, dated_at=datetime(2025, 3, 5, 12, tzinfo=UTC))
    assert edition.get_absolute_url() in client.get("/sitemap-news-2025-03.xml").content.decode()


@pytest.mark.parametrize("slug", ["topic", "admin", "media", "about", "source", "welcome"])
def test_a_section_takes_no_address_of_another_page(slug):
    with pytest.raises(ValidationError, match="another page"):
        Section(name="Guides", slug=slug, masthead="G").full_clean()


def test_an_address_that_readers_have_stays(guides):
    guides.slug = "handbook"
    guides.full_clean()  # nobody was sent there yet
    guides.slug = "guides"
    published(guides)
    guides.slug = "handbook"
    with pytest.raises(ValidationError, match="Readers have this address"):
        guides.full_clean()


def test_a_process_asks_for_the_sections_once(guides, django_assert_num_queries):
    sections()
    with django_assert_num_queries(0):
        assert section_at("guides") == section(guides.pk) == guides
        assert section_at("nothing") is None


def test_a_section_made_elsewhere_a_moment_ago_is_found(django_assert_num_queries):
    sections()
    made = Section.objects.bulk_create([Section(name="Guides", slug="guides", masthead="G")])[0]
    assert section(made.pk).base_path == "/guides/"
    with pytest.raises(KeyError):
        section(0)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("articles", {"section": "guides"}),
        ("feed", {"section": "guides"}),
        ("month", {"section": "guides", "year": 2025, "month": 3}),
        ("article", {"section": "guides", "slug": "a"}),
    ],
)
def test_addresses_are_those_of_the_map(name, given):
    assert reverse(f"curation:{name}", kwargs=given).startswith("/guides/")


def test_a_renamed_section_is_renamed_in_every_menu_though_menus_are_kept(client, guides):
    published(guides, title="How to begin", slug="begin")
    assert ">Guides</a>" in client.get("/guides/begin/").text

    guides.name = "Manuals"
    guides.save()

    text = client.get("/guides/begin/").text
    assert text.count(">Manuals</a>") == 3  # menu, crumbs, foot
    assert ">Guides</a>" not in text
    assert ">Guides</a>" not in client.get("/about/").text
