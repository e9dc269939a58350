"""What only unpublished briefs know of is nobody's business yet: no page, feed, list, filter, map, count or search."""

from datetime import timedelta

import pytest
from django.utils import timezone

from offerings.importer import Catalogue, Named
from offerings.models import Offering, Topic
from tests.factories import (
    make_article,
    make_author,
    make_in,
    make_institution,
    make_link,
    make_offering,
    make_published,
    make_topic,
    step,
)

pytestmark = [pytest.mark.engines, pytest.mark.django_db]

#: Everything that lists, and in which a name must not stand.
LISTS = (
    "/",
    "/news/",
    "/news/?q=ward",
    "/topic/",
    "/offering/",
    "/offering/?q=secret",
    "/institution/",
    "/author/",
    "/source/",
    "/news/feed.xml",
    "/sitemap-topics.xml",
    "/sitemap-offerings.xml",
    "/sitemap-institutions.xml",
    "/no/such/page/",
)
STATES = ("draft", "in_review", "changes_requested", "approved", "declined", "scheduled", "cancelled")


def brought_to(state, **given):
    """A brief that readers never saw."""
    if state not in ("scheduled", "cancelled"):
        return make_in(state, **given)
    edition = make_published(at=timezone.now() + timedelta(days=1), **given)
    if state == "cancelled":
        step("cancel", edition.article)
    return edition.article


def said(client, names):
    """Which of these lists say one of the names."""
    pages = {address: client.get(address).content.decode().lower() for address in LISTS}
    return {address for address, words in pages.items() for name in names if name in words}


@pytest.fixture(autouse=True)
def _something_else(db):
    """Lists with something in them."""
    make_published(topics=[make_topic("Field: Open")], offerings=[make_offering(topics=[make_topic("Field: Seen")])])


@pytest.mark.parametrize("state", STATES)
def test_nothing_of_what_only_an_unpublished_brief_names_is_public(client, state):
    topic, maker = make_topic("Field: Secretome"), make_institution(name="Secret Works")
    product = make_offering(name="Secret Product", institution=maker, topics=[make_topic("Field: Secretive")])
    link = make_link("https://secret.example.org/story")
    author = make_author(name="Secret Writer")
    brought_to(state, topics=[topic], offerings=[product], sources=[link], bylines=[author])
    assert said(client, ["secret"]) == set()
    for address in (
        topic.get_absolute_url(),
        f"{topic.get_absolute_url()}feed.xml",
        "/topic/field-secretive/",
        product.get_absolute_url(),
        maker.get_absolute_url(),
        "/author/secret-writer/",
        "/source/secret.example.org/",
    ):
        assert client.get(address).status_code == 404, address


def test_all_of_it_is_public_once_the_brief_is(client, clock):
    topic, maker = make_topic("Field: Secretome"), make_institution(name="Secret Works")
    product = make_offering(name="Secret Product", institution=maker, topics=[make_topic("Field: Secretive")])
    article = make_in("approved", topics=[topic], offerings=[product])
    step("publish", article, at=clock.after(hours=1))
    addresses = [one.get_absolute_url() for one in (topic, maker, product)]
    addresses += [f"{topic.get_absolute_url()}feed.xml", "/topic/field-secretive/"]
    assert {client.get(address).status_code for address in addresses} == {404}
    clock.turn(hours=2)
    assert {client.get(address).status_code for address in addresses} == {200}
    assert {"/offering/", "/institution/"} <= said(client, ["secret"])


@pytest.mark.parametrize("ending", ["expired", "withdrawn"])
def test_what_readers_once_knew_keeps_its_page(client, clock, ending):
    topic, product = make_topic("Field: Known"), make_offering(name="Known Product")
    until = clock.after(hours=1) if ending == "expired" else None
    edition = make_published(topics=[topic], offerings=[product], until=until)
    if ending == "withdrawn":
        step("withdraw", edition.article, reason="For the test.")
    clock.turn(hours=2)
    assert client.get(topic.get_absolute_url()).status_code == 200
    assert client.get(product.get_absolute_url()).status_code == 200


def test_a_topic_shows_with_what_is_filed_under_it(client):
    topic = make_topic("Field: Filed")
    assert client.get(topic.get_absolute_url()).status_code == 404
    make_offering(topics=[topic])
    assert client.get(topic.get_absolute_url()).status_code == 200


def test_an_offering_that_somebody_keeps_at_the_desk_does_not_vanish_for_a_draft(client, manager):
    product = make_offering(name="Kept Product")
    product.history.update(history_user=manager)
    make_article(offerings=[product])
    assert client.get(product.get_absolute_url()).status_code == 200


def test_what_an_import_made_for_a_draft_waits_for_it(client):
    Catalogue().ensure(["Field: Secretome"], [Named("Secret Product", institution="Secret Works")])
    assert said(client, ["secret"]) == set()
    product = Offering.objects.get(name="Secret Product")
    make_published(offerings=[product], topics=[Topic.objects.get(name="Field: Secretome")])
    assert client.get(product.get_absolute_url()).status_code == 200
    assert client.get("/institution/secret-works/").status_code == 200


def test_filters_offer_and_know_only_what_is_public(client):
    topic, maker = make_topic("Field: Secretome"), make_institution(name="Secret Works")
    make_article(topics=[topic], offerings=[make_offering(institution=maker, topics=[topic])])
    for address in ("/news/?topic=field-secretome", "/offering/?topic=field-secretome"):
        page = client.get(address).content.decode()
        assert "Secretome" not in page
        assert "Select a valid choice" in page
    assert "Secret Works" not in client.get("/offering/?institution=secret-works").content.decode()


def test_counts_and_neighbours_leave_out_what_is_not_public(client):
    topic, maker = make_topic("Field: Shared"), make_institution(name="Open Works")
    seen = make_offering(name="Seen Product", institution=maker, topics=[topic])
    hidden = make_offering(name="Secret Product", institution=maker, topics=[topic], logo="secret.webp")
    make_published(topics=[topic], offerings=[seen])
    make_article(offerings=[hidden])
    for address in (topic, maker, seen):
        assert "Secret" not in client.get(address.get_absolute_url()).content.decode()
    assert client.get("/institution/").context["groups"][-1][1][-1].count == 1
    assert client.get(topic.get_absolute_url()).context["topic"].offerings == 1
