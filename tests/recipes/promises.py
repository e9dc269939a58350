"""What the worked examples of the recipes promise; only a house in which they were done can keep it."""

import pytest
from django.urls import reverse

from curation import workflow
from curation.editing import compare
from curation.models import Article, Section
from curation.models.snapshots import snapshot
from tests.curation.admin.test_admin import form_of
from tests.curation.importer import importing
from tests.factories import make_article, make_in, make_published, make_topic, step
from tests.markup import Page

pytestmark = pytest.mark.django_db

DOCUMENT = "---\ntitle: A\nlink: https://a.example/1\ncategories: [Care]\nregion: The North\n---\nWords of a brief.\n"


@pytest.fixture
def client(client, manager):
    client.force_login(manager)
    return client


def desk(name, *which):
    return reverse(f"admin:curation_article_{name}", args=which)


def test_a_field_is_read_from_documents(tmp_path):
    importing.run(importing.put(tmp_path, a=DOCUMENT))
    assert list(Article.objects.values_list("title", "region")) == [("A", "The North")]


def test_a_field_is_written_compared_previewed_and_published(client):
    article = make_article()
    before = snapshot(article)
    data = form_of(client, article) | {"region": "The North"}
    saved = client.post(desk("autosave", article.pk), data)
    assert (saved.status_code, saved.json()["status"]) == (200, "saved")
    article.refresh_from_db()
    assert 'name="region" value="The North"' in client.get(desk("change", article.pk)).content.decode()
    assert article.versions.first().content["region"] == "The North"
    assert [one.label for one in compare.differences(before, snapshot(article))] == ["Region"]
    shown = '<p class="region">The North</p>'
    assert shown in client.get(desk("preview", article.pk)).content.decode()
    for name in ("submit", "approve"):
        step(name, article)
    edition = step("publish", article).edition
    assert edition.region == "The North"
    assert shown in client.get(edition.get_absolute_url()).content.decode()


def test_a_field_is_empty_in_what_is_older_than_it():
    article = make_published().article
    version = article.versions.first()
    del version.content["region"]
    assert compare.differences(version.content, snapshot(article)) == []


def test_a_step_has_its_button_is_taken_and_logged(client, curator):
    article = make_in("changes_requested", owner=curator)
    address = desk("step", article.pk, "remind")
    assert address in client.get(desk("change", article.pk)).content.decode()
    client.post(address, {"edit": article.edit})
    assert article.log.first().step == "remind"
    assert "reminded its owner" in client.get(desk("history", article.pk)).content.decode()
    with pytest.raises(workflow.StepRefused):
        step("remind", article, curator)


def test_a_check_shows_in_the_panel_and_holds_the_step_back(client):
    article = make_article(title="ALL OF IT")
    assert "The title is all capitals" in client.get(desk("checks", article.pk)).content.decode()
    with pytest.raises(workflow.StepRefused, match="The title is all capitals"):
        step("submit", article)


def test_a_section_has_its_addresses_crumbs_and_feed(client, administrator):
    client.force_login(administrator)
    row = {
        "name": "Guides",
        "slug": "guides",
        "masthead": "GUIDE",
        "kind": "guide",
        "search_category": "",
        "first_tag": "",
    }
    assert client.post(reverse("admin:curation_section_add"), row).status_code == 302
    make_published(section_id=Section.objects.get(slug="guides").pk, slug="begin", topics=[make_topic()])
    page = Page(client.get("/guides/begin/"))
    assert ("Guides", "/guides/") in page.crumbs
    assert page.feeds == [("Guides: every guide", "/guides/feed.xml")]
    for address in ("/guides/", "/guides/feed.xml"):
        assert b"/guides/begin/" in client.get(address).content
