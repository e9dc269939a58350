"""Every address reaches its page in at most one step, and what has ended or never was says so plainly."""

import re

import pytest
from django.core.cache import cache

from offerings import addresses
from tests.bulk import on_day, publish_many
from tests.factories import (
    make_author,
    make_in,
    make_institution,
    make_link,
    make_offering,
    make_published,
    make_topic,
    step,
)
from tests.markup import Page

pytestmark = pytest.mark.django_db


def published(article, **details):
    """Bring an article through review once more, and publish it."""
    step("approve", article)
    return step("publish", article, **details).edition


def withdraw(edition, **details):
    step("withdraw", edition.article, reason="It was wrong.", **details)


def move(edition, slug):
    """Give the article another address, and publish it there."""
    step("edit", edition.article, changes={"slug": slug})
    return published(edition.article)


@pytest.fixture
def site():
    """One of everything that has an address."""
    topic = make_topic("Gartner: Digital Twin")
    maker = make_institution(name="Acme")
    make_offering([topic], name="Jope - ExamRoom Live", institution=maker)
    make_offering(name="Médi Box")
    given = {"topics": [topic], "bylines": [make_author(name="Ada Stein")], "sources": [make_link()]}
    return publish_many([on_day(0, title="A heart in numbers", **given)])[0]


PAGES = [
    "/", "/news/", "/news/2026/01/", "/news/example-a-heart-in-numbers/", "/topic/", "/topic/gartner-digital-twin/",
    "/topic/gartner-digital-twin/2026/01/", "/offering/", "/offering/jope---examroom-live/", "/offering/médi-box/",
    "/institution/", "/institution/acme/", "/author/", "/author/ada-stein/", "/source/", "/source/example.org/",
    "/about/", "/news/feed.xml", "/topic/gartner-digital-twin/feed.xml", "/sitemap.xml", "/sitemap-topics.xml",
    "/sitemap-news-2026-01.xml", "/robots.txt", "/.well-known/security.txt",
]  # fmt: skip


def ways_to_write(address):
    """An address in other cases, with and without its slash, and with one too many."""
    bare = address.rstrip("/") or "/"
    more = f"{bare}//" if bare != "/" else "/"
    for way in (address, bare, f"{bare.rstrip('/')}/", more):
        yield from (way, way.upper(), way.title())


def test_every_address_reaches_its_page_in_one_step_with_its_query(subtests, client, site):
    for address in PAGES:
        plain = client.get(address)
        assert plain.status_code == 200
        for way in ways_to_write(address):
            for query in ("", "?utm_source=x%26y&b=a+b"):
                response = client.get(way + query)
                with subtests.test(way + query):
                    if way == address:
                        assert response.status_code == 200
                        continue
                    assert response.status_code == 301
                    assert response["Location"] == plain.wsgi_request.get_full_path() + query
                    assert client.get(response["Location"]).status_code == 200


def test_the_desk_is_found_without_its_slash(client):
    assert client.get("/admin?x=1")["Location"] == "/admin/?x=1"
    assert client.get("/Admin/Login")["Location"] == "/admin/login/"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, site, method):
    assert {address: getattr(client, method)(address).status_code for address in PAGES} == dict.fromkeys(PAGES, 405)


def test_head_answers_like_get_without_a_body(subtests, client, site):
    for address in PAGES:
        told, shown = client.head(address), client.get(address)

        with subtests.test(address):
            assert (told.status_code, told.content) == (200, b"")
            assert told["Content-Type"] == shown["Content-Type"]


def test_no_page_touches_a_session_or_a_user(subtests, client, site, curator, django_assert_max_num_queries):
    client.force_login(curator)
    for address in [page for page in PAGES if not page.startswith("/.well-known")]:
        cache.clear()
        with subtests.test(address), django_assert_max_num_queries(20) as asked:
            response = client.get(address)

            assert response.status_code == 200
            assert not response.cookies
            assert "cookie" not in response.headers.get("Vary", "").lower()
            assert [query["sql"] for query in asked if re.search("django_session|auth_user", query["sql"])] == []


@pytest.mark.parametrize("address", ["/nothing/", "/news/nothing/", "/topic/nothing/", "/author/nobody/", "/cover/x"])
def test_no_missing_page_touches_a_session_or_a_user(client, site, curator, address, django_assert_max_num_queries):
    client.force_login(curator)
    with django_assert_max_num_queries(20) as asked:
        response = client.get(address)

    assert response.status_code == 404
    assert not response.cookies
    assert "cookie" not in response.headers.get("Vary", "").lower()
    assert [query["sql"] for query in asked if re.search("django_session|auth_user", query["sql"])] == []


# Moved


@pytest.mark.parametrize("way", ["/news/{}/", "/news/{}", "/NEWS/{}", "/News/{}//"])
def test_an_old_slug_leads_to_the_new_one(client, way):
    edition = make_published(title="First words")
    new = move(edition, "new-words")
    newest = move(new, "newest-words")

    for slug in (edition.slug, new.slug, edition.slug.upper()):
        response = client.get(way.format(slug) + "?a=1&b=%26")
        assert (response.status_code, response["Location"]) == (301, "/news/newest-words/?a=1&b=%26")
    assert client.get(newest.get_absolute_url()).status_code == 200


def test_an_old_slug_leads_on_from_the_moment_that_its_successor_opens(client, clock):
    """By the clock alone: no worker has settled anything yet."""
    edition = make_published()
    step("edit", edition.article, changes={"slug": "new-words"})
    published(edition.article, at=clock.after(hours=2))
    assert client.get(edition.get_absolute_url()).status_code == 200
    assert client.get("/news/new-words/").status_code == 404

    clock.turn(hours=3)

    assert client.get(edition.get_absolute_url())["Location"] == "/news/new-words/"
    assert client.get("/news/new-words/").status_code == 200


@pytest.mark.parametrize(
    "way", ["/news/an-old-title", "/news/an-old-title/", "/NEWS/An-Old-Title", "/News/AN-OLD-TITLE/"]
)
def test_an_alias_leads_to_its_article(client, way):
    edition = make_published()
    addresses.redirect("/news/an-old-title", edition.get_absolute_url())

    response = client.get(f"{way}?x=1")

    assert (response.status_code, response["Location"]) == (301, f"{edition.get_absolute_url()}?x=1")


def test_an_alias_of_anything_else_leads_there_too(client, site):
    moves = {
        "/post/2019/03/04/an-old-title/": site.get_absolute_url(),
        "/topic/twins": "/topic/gartner-digital-twin/",
        "/offering/Jope": "/offering/jope---examroom-live/",
        "/author/A.-Stein": "/author/ada-stein/",
    }
    for path, target in moves.items():
        addresses.redirect(path, target)

    for path, target in moves.items():
        for way in (path, path.rstrip("/"), path.upper()):
            assert (client.get(way).status_code, client.get(way)["Location"]) == (301, target)


def test_a_live_page_wins_over_a_redirect(client, site):
    addresses.redirect(site.get_absolute_url(), "/about/")
    addresses.redirect("/topic/gartner-digital-twin/", "/about/")

    for address in (site.get_absolute_url(), "/topic/gartner-digital-twin/"):
        assert client.get(address).status_code == 200
        assert client.get(address.upper())["Location"] == address


# Ended


@pytest.mark.parametrize("way", ["{}", "/NEWS/{}"])
def test_what_was_withdrawn_is_gone_with_ways_on(client, way):
    edition, other = make_published(title="Wrong words"), make_published(title="Right words")
    withdraw(edition)

    response = client.get(edition.get_absolute_url().upper() if "NEWS" in way else edition.get_absolute_url())
    page = Page(response)

    assert response.status_code == 410
    assert page.heading == "This brief is no longer here"
    assert "Wrong words" not in page.source
    assert page.main.stories == [("Right words", other.get_absolute_url())]
    assert page.main.one("form", action="/news/").one("input", name="q")
    assert page.meta("robots") == "noindex, follow"


def test_what_has_expired_is_gone(client, clock):
    edition = make_published(until=clock.after(hours=1))
    assert client.get(edition.get_absolute_url()).status_code == 200

    clock.turn(hours=1)

    assert client.get(edition.get_absolute_url()).status_code == 410


def test_what_was_withdrawn_leads_to_its_live_successor(client):
    edition, successor = make_published(), make_published()
    withdraw(edition, successor=successor.article)

    response = client.get(edition.get_absolute_url() + "?x=1")

    assert (response.status_code, response["Location"]) == (301, f"{successor.get_absolute_url()}?x=1")
    withdraw(successor)
    assert client.get(edition.get_absolute_url())["Location"] == successor.get_absolute_url()
    assert client.get(successor.get_absolute_url()).status_code == 410


def test_a_successor_whose_hour_is_to_come_is_nobodys_business(client, clock):
    edition, article = make_published(), make_in("approved")
    later = step("publish", article, at=clock.after(hours=1)).edition
    clock.turn(minutes=1)
    withdraw(edition, successor=article)
    assert client.get(edition.get_absolute_url()).status_code == 410

    clock.turn(hours=1)

    assert client.get(edition.get_absolute_url())["Location"] == later.get_absolute_url()


def test_a_long_way_on_is_one_step(client):
    """An alias of an old address of an article that was withdrawn for another, which was withdrawn for a third."""
    first, second, third = make_published(), make_published(), make_published()
    addresses.redirect("/news/an-old-title", first.get_absolute_url())
    old = first.get_absolute_url()
    first = move(first, "first-moved")
    withdraw(first, successor=second.article)
    withdraw(second, successor=third.article)
    third = move(third, "third-moved")

    for way in ("/News/An-Old-Title", old, old.upper(), first.get_absolute_url(), second.get_absolute_url()[:-1]):
        response = client.get(f"{way}?x=1")
        assert (response.status_code, response["Location"]) == (301, "/news/third-moved/?x=1"), way


def test_successors_that_lead_round_in_a_circle_end(client):
    first, second = make_published(), make_published()
    withdraw(first, successor=second.article)
    step("roll_back", first.article)
    withdraw(second, successor=first.article)
    withdraw(first, successor=None)
    addresses.redirect("/news/an-old-title", first.get_absolute_url())

    assert client.get(first.get_absolute_url()).status_code == 410
    assert client.get(second.get_absolute_url())["Location"] == first.get_absolute_url()
    assert client.get("/news/an-old-title/")["Location"] == first.get_absolute_url()


def test_what_is_published_again_is_a_page_again(client):
    edition = make_published()
    withdraw(edition)
    step("publish", edition.article)

    assert client.get(edition.get_absolute_url()).status_code == 200


# Never was


def less_the_address(response, address):
    """A page without what it says of the address it was asked at."""
    return response.content.decode().replace(address, "…").replace(address.lower(), "…")


def test_scheduled_drafted_and_unknown_are_the_same_404(client, clock):
    make_published()
    scheduled = step("publish", make_in("approved"), at=clock.after(days=1)).edition
    cancelled = step("publish", make_in("approved"), at=clock.after(days=1)).edition
    step("cancel", cancelled.article)
    never = step("publish", make_in("approved"), at=clock.after(days=1)).edition
    withdraw(never)
    slugs = [edition.slug for edition in (scheduled, cancelled, never)]
    slugs += [make_in(state).slug for state in ("in_review", "changes_requested", "approved")]
    drafted, declined = make_in("draft", slug="drafted-words"), make_in("draft", slug="declined-words")
    step("decline", declined, reason="Not for us.")
    slugs += [drafted.slug, declined.slug]
    assert all(slugs)

    unknown = client.get("/news/there-never-was-such-a-thing/")

    assert unknown.status_code == 404
    expected = less_the_address(unknown, "/news/there-never-was-such-a-thing/")
    for slug in slugs:
        for way in (f"/news/{slug}/", f"/news/{slug}", f"/NEWS/{slug}"):
            response = client.get(way)
            assert response.status_code == 404, way
            assert less_the_address(client.get(f"/news/{slug}/"), f"/news/{slug}/") == expected
            assert dict(response.headers) | {"X-Request-ID": ""} == dict(unknown.headers) | {"X-Request-ID": ""} | {
                "Content-Length": response.headers["Content-Length"]
            }


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_an_alias_of_what_readers_have_not_seen_leads_nowhere(client, clock, state):
    article = make_in(state, slug="hidden-words")
    addresses.redirect("/news/an-old-title", "/news/hidden-words/")
    assert client.get("/news/an-old-title/").status_code == 404

    if state == "approved":
        step("publish", article, at=clock.after(hours=1))
        assert client.get("/news/an-old-title/").status_code == 404
        clock.turn(hours=1)
        assert client.get("/news/an-old-title/")["Location"] == "/news/hidden-words/"


def test_a_404_helps(client, site):
    response = client.get("/nothing/here/")
    page = Page(response)

    assert response.status_code == 404
    assert page.heading == "No such page"
    assert page.main.stories == [("A heart in numbers", site.get_absolute_url())]
    assert ("Digital Twin", "/topic/gartner-digital-twin/") in page.main.links
    assert page.main.one("form", action="/news/").one("input", name="q")
    assert page.meta("robots") == "noindex, follow"


@pytest.mark.parametrize(
    "address",
    [
        "//example.org/",
        "/%00/",
        "/news/a%00b",
        "/offering/a%00b/",
        "/Source/%00",
        "/topic/%00/",
        "/sitemap-%00.xml",
        "/news/%0d%0aSet-Cookie:x=1/",
        "/news/../admin/",
        "/%F0%9F%92%A9",
        "/news/" + "x" * 5000,
    ],
)
def test_strange_addresses_lead_nowhere(client, address):
    response = client.get("/", PATH_INFO=address) if address.startswith("//") else client.get(address)

    assert response.status_code == 404
    assert not response.has_header("Location")
