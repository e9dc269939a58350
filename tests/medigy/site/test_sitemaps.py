"""What search engines are told of: exactly what readers can visit."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from tests.bulk import on_day, publish_many
from tests.factories import make_in, make_institution, make_offering, make_published, make_topic, step

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CATALOGUE = [f"http://localhost/sitemap-{name}.xml" for name in ("topics", "offerings", "institutions")]


def told(client, address):
    """Address → last change of every entry of a map."""
    response = client.get(address, headers={"host": "testserver"})
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/xml"
    entries = ElementTree.fromstring(response.content)
    return {entry.findtext(f"{NAMESPACE}loc"): entry.findtext(f"{NAMESPACE}lastmod") for entry in entries}


def test_the_index_of_an_empty_newsroom_names_the_catalogue(client):
    assert list(told(client, "/sitemap.xml")) == CATALOGUE
    for address in CATALOGUE:
        assert told(client, address.removeprefix("http://localhost")) == {}


def test_the_index_names_every_month_that_has_news(client, clock):
    publish_many([on_day(number * 20) for number in range(4)])  # January to March 2026
    gone = publish_many([on_day(-100)])[0]
    step("withdraw", gone.article, reason="It was wrong.")
    step("publish", make_in("approved"), at=clock.after(days=60))
    make_published()

    index = told(client, "/sitemap.xml")

    assert list(index)[3:] == [
        f"http://localhost/sitemap-news-{month}.xml" for month in ("2026-11", "2026-03", "2026-02", "2026-01")
    ]
    assert index["http://localhost/sitemap-news-2026-11.xml"] == "2026-11-02"


def test_a_month_lists_exactly_what_is_live(client, clock):
    stays, goes, ends = publish_many([on_day(0), on_day(1), on_day(40)])
    mended = publish_many([on_day(2)])[0]
    step("withdraw", goes.article, reason="It was wrong.")
    step("publish", make_in("approved", dated_at=datetime(2026, 1, 9, tzinfo=UTC)), at=clock.after(hours=1))
    make_in("approved", dated_at=datetime(2026, 1, 9, tzinfo=UTC))

    month = told(client, "/sitemap-news-2026-01.xml")

    assert list(month) == [f"http://localhost{edition.get_absolute_url()}" for edition in (mended, stays)]
    assert list(told(client, "/sitemap-news-2026-02.xml")) == [f"http://localhost{ends.get_absolute_url()}"]
    for address in month:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200


def test_the_last_change_of_an_article_is_never_before_it_was_published(client):
    old = {"modified_at": datetime(2025, 1, 1, tzinfo=UTC)}
    new = {"modified_at": datetime(2026, 1, 20, tzinfo=UTC)}
    publish_many([on_day(0, **old), on_day(1, **new)])

    assert list(told(client, "/sitemap-news-2026-01.xml").values()) == ["2026-01-20", "2026-01-05"]


def test_catalogue_maps_list_what_is_in_use(client):
    topic, maker = make_topic("Gartner: Digital Twin"), make_institution(name="Acme")
    make_topic("Gartner: Gone", retired=True)
    make_institution(name="Gone", retired=True)
    make_offering([topic], name="Heart Box", institution=maker)
    make_offering(name="Médi Box")
    make_offering(name="Gone", retired=True)

    assert list(told(client, "/sitemap-topics.xml")) == ["http://localhost/topic/gartner-digital-twin/"]
    assert list(told(client, "/sitemap-institutions.xml")) == ["http://localhost/institution/acme/"]
    offerings = list(told(client, "/sitemap-offerings.xml"))
    assert offerings == ["http://localhost/offering/heart-box/", "http://localhost/offering/médi-box/"]


@pytest.mark.parametrize(
    "name",
    ["nothing", "news-2026-13", "news-2026-1", "news-0001-01", "news-9999-12", "2026-01", "news-news-2026-01", "news-",
     "news-2026-01-01", "news-٢٠٢٦-01", "topics-x"],
)  # fmt: skip
def test_there_is_no_other_map(client, name):
    publish_many([on_day(0)])

    assert client.get(f"/sitemap-{name}.xml").status_code == 404


@pytest.mark.parametrize("page", ["2", "0", "x"])
def test_a_map_ends(client, page):
    publish_many([on_day(0)])

    assert client.get(f"/sitemap-news-2026-01.xml?p={page}").status_code == 404


@pytest.mark.parametrize("size", [2, 30])
def test_maps_cost_the_same_however_much_there_is(client, size, django_assert_num_queries):
    publish_many([on_day(number % 20) for number in range(size)])

    with django_assert_num_queries(1):
        client.get("/sitemap.xml")
    with django_assert_num_queries(2):
        client.get("/sitemap-news-2026-01.xml")
    with django_assert_num_queries(2):
        client.get("/sitemap-topics.xml")
