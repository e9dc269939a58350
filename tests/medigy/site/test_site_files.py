"""The small files that programs ask for, and what every page knows of its site."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory

from medigy.site.context import site
from tests.markup import Page


def lines(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    return response.text.splitlines()


def test_robots_may_read_what_readers_do(client, settings):
    settings.SITE_URL = "https://news.example.org"

    assert lines(client.get("/robots.txt")) == [
        "User-agent: *",
        "Disallow: /admin/",
        "",
        "Sitemap: https://news.example.org/sitemap.xml",
    ]


def test_whom_to_tell_about_a_hole(client, clock, settings):
    settings.SITE_URL = "https://news.example.org"
    settings.SECURITY_CONTACT = "mailto:security@example.org"

    assert lines(client.get("/.well-known/security.txt")) == [
        "Contact: mailto:security@example.org",
        "Expires: 2027-05-01T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://news.example.org/.well-known/security.txt",
    ]


@pytest.mark.parametrize("address", ["/robots.txt", "/.well-known/security.txt"])
def test_small_files_ask_nothing_of_the_database(client, db, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(address)


def test_every_page_knows_its_own_address_and_the_day(client, db, clock, settings):
    settings.SITE_URL = "https://news.example.org"
    settings.TIME_ZONE = "Pacific/Auckland"
    clock.at = datetime(2026, 11, 1, 12, 30, tzinfo=UTC)

    page = Page(client.get("/about/?utm_source=x", headers={"host": "testserver"}))

    assert page.canonical == "https://news.example.org/about/"
    assert page.title == "About | Medigy"
    today = page.one("nav", aria_label="Sections").one("time")
    assert (today.text, today.attributes["datetime"]) == ("Monday 2 November 2026", "2026-11-02")


def test_what_every_page_knows_is_free(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        known = site(RequestFactory().get("/news/"))

    assert known["canonical"] == "http://localhost/news/"
    assert known["site"].name == "Medigy"
