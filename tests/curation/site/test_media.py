"""Who may have a picture: everybody what is live, the desk all, nobody anything else."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from curation import images
from curation.models import Picture
from curation.site import media
from tests.factories import (
    make_in,
    make_institution,
    make_link,
    make_offering,
    make_person,
    make_picture,
    make_published,
    step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def stored(colour="red"):
    """A picture that is really there, with its master and renditions."""
    file = BytesIO()
    Image.new("RGB", (400, 300), colour).save(file, "PNG")
    taken = images.decode_picture(file.getvalue())
    made = images.renditions(taken.name, taken.master, ("jpeg", "webp"))
    root = Path(media.settings.MEDIA_ROOT)
    for one in (taken, *made):
        images.write(root, one)
    widths = {form: [one.width for one in made if one.format == form] for form in ("jpeg", "webp")}
    return make_picture(name=taken.name, width=400, height=300, widths=widths)


def address(picture, ending="jpg"):
    return f"/media/{picture.name}-400.{ending}"


def refused(client, *addresses):
    return all(client.get(one).status_code == 404 for one in addresses)


def test_a_picture_of_what_is_live_is_public_and_kept_for_ever(client, django_assert_num_queries):
    picture = stored()
    make_published(picture_id=picture.pk)

    for ending, kind in (("jpg", "image/jpeg"), ("webp", "image/webp")):
        with django_assert_num_queries(1):
            response = client.get(address(picture, ending))
        assert response.status_code == 200
        assert response["Content-Type"] == kind
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "cookie" not in response.headers.get("Vary", "").lower()
        assert Image.open(BytesIO(b"".join(response.streaming_content))).size == (400, 300)


def test_every_picture_that_an_article_shows_can_be_had(client):
    edition = make_published(picture_id=stored().pk)

    found = set(re.findall(r"/media/[\w.-]+", client.get(edition.get_absolute_url()).text))

    assert len(found) >= 2
    assert all(client.get(name).status_code == 200 for name in found)


@pytest.mark.parametrize("state", ["draft", "in_review", "changes_requested", "approved", "declined"])
def test_a_picture_of_what_is_not_live_is_the_desks(client, curator, manager, reader, state):
    picture = stored()
    make_in(state, picture_id=picture.pk)

    assert refused(client, address(picture))
    for person in (curator, manager):
        client.force_login(person)
        response = client.get(address(picture))
        assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    for stranger in (
        reader,
        make_person(),
        make_person("Visitor", is_staff=True),
        make_person("Manager", is_active=False),
    ):
        client.force_login(stranger)
        assert refused(client, address(picture))


def test_a_picture_is_public_exactly_while_its_edition_is(client, clock):
    picture = stored()
    article = make_in("approved", picture_id=picture.pk)
    edition = step("publish", article, at=clock.after(hours=1), until=clock.after(hours=9)).edition
    assert refused(client, address(picture))

    clock.turn(hours=1)
    assert client.get(address(picture)).status_code == 200
    clock.turn(hours=8)
    assert refused(client, address(picture))

    step("publish", article)
    assert client.get(address(picture)).status_code == 200
    clock.turn(minutes=1)
    step("withdraw", edition.article, reason="Not ours to show.")
    assert refused(client, address(picture))


def test_a_picture_that_was_replaced_is_no_longer_public(client):
    old, new = stored("red"), stored("blue")
    edition = make_published(picture_id=old.pk)
    step("edit", edition.article, changes={"picture_id": new.pk})
    assert (client.get(address(old)).status_code, client.get(address(new)).status_code) == (200, 404)

    for name in ("approve", "publish"):
        step(name, edition.article)

    assert (client.get(address(old)).status_code, client.get(address(new)).status_code) == (404, 200)


def test_a_picture_in_a_live_body_is_public(client):
    picture, other = stored("red"), stored("blue")
    body = '<p>See.</p><figure><img src="{}" alt="A ward"></figure>'
    edition = make_published(body=body.format(address(picture)))
    make_in("approved", body=body.format(address(other)))

    assert address(picture) in client.get(edition.get_absolute_url()).text
    assert (client.get(address(picture)).status_code, client.get(address(other)).status_code) == (200, 404)


def test_logos_of_the_catalogue_are_public(client):
    logo, other = stored("red"), stored("blue")
    make_offering(logo=f"{logo.name}-400.webp")
    make_institution(logo=f"{other.name}-400.jpg")

    assert client.get(address(logo, "webp")).status_code == 200
    assert client.get(address(other)).status_code == 200
    assert refused(client, address(logo), address(other, "webp"))


def test_a_favicon_is_public_once_something_live_leads_to_its_site(client):
    icon = stored()
    link = make_link("https://paper.example/1", favicon=f"{icon.name}-400.webp")
    article = make_in("approved", sources=[link])
    assert refused(client, address(icon, "webp"))

    edition = step("publish", article).edition

    assert address(icon, "webp") in client.get(edition.get_absolute_url()).text
    assert client.get(address(icon, "webp")).status_code == 200


NO_NAMES = (
    "{name}.png", "{name}.jpg", "{name}-400.png", "{name}-400.JPG", "{name}-0400.jpg", "{name}-401.jpg", "{name}-400",
    "../{name}-400.jpg", "..%2f{name}-400.jpg", "%2e%2e%2fsettings.py", "{name}-400.jpg%00", "{name}-400.jpg/",
    "{name}-400.jpg%0a", "x", "", ".partial", "medigy.sqlite3", "{name}-４００.jpg", "{name}-99999.jpg",
)  # fmt: skip


def test_no_other_name_leads_to_a_file(subtests, client, administrator, media_root):
    picture = stored()
    make_published(picture_id=picture.pk)
    (media_root / "x").write_text("secret")

    for person in (None, administrator):
        if person:
            client.force_login(person)
        for name in NO_NAMES:
            with subtests.test(name, person=str(person)):
                response = client.get(f"/media/{name.format(name=picture.name)}")
                assert response.status_code in (301, 404)
                if response.status_code == 301:
                    assert response["Location"] == address(picture)


def test_a_rendition_whose_file_is_not_there_is_a_404(client, administrator, media_root):
    picture = make_picture(name="abcdefghij2345672345", widths={"jpeg": [400]})
    make_published(picture_id=picture.pk)
    client.force_login(administrator)

    assert refused(client, address(picture))
    assert Picture.objects.count() == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pictures_are_only_read(client, method):
    picture = stored()
    make_published(picture_id=picture.pk)

    assert getattr(client, method)(address(picture)).status_code == 405
    assert client.head(address(picture)).status_code == 200
