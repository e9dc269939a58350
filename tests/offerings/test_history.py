"""Old versions of the catalogue: read by whoever sees the thing, and saved by nobody from there."""

import pytest
from django.urls import reverse

from offerings.models import Offering
from tests.factories import make_institution, make_offering, make_taxonomy, make_topic

KINDS = {"topic": make_topic, "institution": make_institution, "offering": make_offering, "taxonomy": make_taxonomy}


def version_of(thing, which="first"):
    kind, record = thing._meta.model_name, getattr(thing.history.order_by("history_id"), which)()
    return reverse(f"admin:offerings_{kind}_simple_history", args=[thing.pk, record.history_id])


def renamed(kind):
    """A thing with two versions: its first name was “As it was”."""
    name = "Field: As it was" if kind == "topic" else "As it was"
    thing = KINDS[kind](name=name)
    thing.name = "Field: As it is" if kind == "topic" else "As it is"
    thing.save()
    return thing


def words():
    """What the form of any of the kinds would take."""
    sent = {"name": "Mine: by hand", "slug": "mine", "label": "Mine", "hue": 3, "position": 0, "permalink": "/x/mine"}
    return sent | {"taxonomy": make_taxonomy().pk}


@pytest.mark.parametrize("kind", KINDS)
def test_an_old_version_is_shown_in_words(client, curator, kind):
    client.force_login(curator)
    page = client.get(version_of(renamed(kind)))
    assert page.status_code == 200
    assert "As it was" in page.content.decode()
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["curator", "manager", "administrator"])
def test_nobody_saves_from_an_old_version(db, client, request, kind, who):
    thing = renamed(kind)
    client.force_login(request.getfixturevalue(who))
    before = type(thing).objects.values().get(pk=thing.pk)
    for button in ("_save", "_change_history", "_continue"):
        assert client.post(version_of(thing), words() | {button: "1"}).status_code == 405
    assert type(thing).objects.values().get(pk=thing.pk) == before
    assert thing.history.count() == 2


def test_an_offering_of_a_deleted_maker_shows_its_old_version(client, curator):
    maker = make_institution(name="Gone Works")
    offering = make_offering(institution=maker)
    Offering.objects.filter(pk=offering.pk).update(institution=None)
    maker.delete()
    client.force_login(curator)
    assert "which is not there any more" in client.get(version_of(offering)).content.decode()


@pytest.mark.parametrize("number", ["x", "0", "²", "9" * 19, "1.5", "-1"])
def test_a_made_up_version_or_thing_is_not_there(client, curator, number):
    topic = renamed("topic")
    client.force_login(curator)
    history = f"/admin/offerings/topic/{topic.pk}/history/"
    assert client.get(f"{history}{number}/").status_code == 404
    assert client.get(f"/admin/offerings/topic/{number}/history/").status_code == 404
    assert client.get(f"/admin/offerings/topic/{number}/history/1/").status_code == 404


def test_a_version_of_one_thing_is_not_shown_under_another(client, curator):
    one, other = renamed("institution"), make_institution()
    client.force_login(curator)
    record = one.history.first().history_id
    assert client.get(reverse("admin:offerings_institution_simple_history", args=[other.pk, record])).status_code == 404


def test_what_was_deleted_keeps_its_history_readable(client, curator):
    topic = renamed("topic")
    page = version_of(topic)
    topic.delete()
    client.force_login(curator)
    assert client.get(page).status_code == 200
