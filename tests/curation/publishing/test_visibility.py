"""Topics that readers know: what only an unpublished brief names stays unknown on every page of theirs."""

import pytest
from django.utils import timezone

from curation.publishing import visibility
from tests.factories import make_article, make_in, make_offering, make_published, make_topic, step

NAME, SLUG = "Field: Quiet Wards", "field-quiet-wards"
PAGES = ("/", "/topic/", "/news/", "/offering/", "/sitemap-topics.xml", "/no/such/page/")
OWN = (f"/topic/{SLUG}/", f"/topic/{SLUG}/feed.xml")

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic():
    return make_topic(NAME)


def known(client):
    """Whether readers may visit the topic, by every way there is: all of them must agree."""
    own = {client.get(one).status_code == 200 for one in OWN}
    chosen = {"Quiet Wards" in client.get("/news/").text, SLUG in client.get("/sitemap-topics.xml").text}
    by_rule = {visibility.topics(timezone.now()).filter(slug=SLUG).exists()}
    assert len(own | chosen | by_rule) == 1
    return own == {True}


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested", "approved", "declined"])
def test_what_only_an_unpublished_brief_names_is_unknown(client, topic, state):
    make_in(state, topics=[topic])
    assert not known(client)
    assert [page for page in (*PAGES, *OWN) if "quiet" in client.get(page).text.casefold()] == []
    refused = client.get("/offering/", {"topic": SLUG})
    assert "Quiet Wards" not in refused.text


def test_a_scheduled_brief_makes_its_topics_known_at_its_hour(client, topic, clock):
    article = make_in("approved", topics=[topic])
    step("publish", article, at=clock.after(hours=1))
    assert not known(client)
    clock.turn(hours=2)
    client.get("/")
    assert all(client.get(one).status_code == 200 for one in OWN)


def test_what_readers_knew_once_stays_known(client, topic):
    edition = make_published(topics=[topic])
    assert known(client)
    step("withdraw", edition.article, reason="For the test.")
    make_article(topics=[topic])
    assert known(client)


def test_what_the_catalogue_has_of_itself_is_known(client, topic):
    assert known(client)
    make_article(topics=[topic])
    offering = make_offering([topic])
    assert visibility.topics(timezone.now()).filter(slug=SLUG).exists()
    offering.retired = True
    offering.save()
    assert not visibility.topics(timezone.now()).filter(slug=SLUG).exists()
