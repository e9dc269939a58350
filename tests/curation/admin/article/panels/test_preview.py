"""Previews: the readers' own page on words that nobody saved, for whoever may see the article."""

import re

import pytest
from django.urls import reverse

from curation.admin.article import rendering
from curation.models import Article, Edition
from tests.curation.admin.test_admin import form_of
from tests.factories import (
    make_article,
    make_in,
    make_link,
    make_offering,
    make_person,
    make_picture,
    make_published,
    make_topic,
    step,
)

SCRIPT = "<script>alert(1)</script>"


def address(article, look="article"):
    return reverse("admin:curation_article_preview", args=[article.pk]) + f"?as={look}"


def main_of(answer):
    """The part of a page that an article fills, without the addresses of other pages' neighbours."""
    return re.search(r'<main id="main">.*</main>', answer.content.decode(), re.DOTALL)[0]


def test_the_preview_of_what_is_live_is_the_live_page(client, manager):
    topics = [make_topic("Gartner: Digital Twin"), make_topic("Symplur: Care")]
    offering = make_offering(topics=[topics[1]], name="Ward Ear")
    sources = [{"link": make_link("https://example.org/a").pk, "role": "source"}]
    sources += [{"link": make_link("https://example.com/b").pk, "role": "via"}]
    make_published(topics=topics)
    edition = make_published(topics=topics, offerings=[offering], sources=sources, picture_id=make_picture().pk)
    live = client.get(edition.get_absolute_url())
    client.force_login(manager)
    assert main_of(client.get(address(edition.article))) == main_of(live)


def test_what_is_typed_is_shown_and_not_saved(client, curator):
    article = make_article(owner=curator, title="Old")
    client.force_login(curator)
    topic = make_topic("Field: Alpha")
    data = form_of(client, article) | {"title": "Typed just now", "topic_list": [str(topic.pk)]}
    data["body"] = f"<p>New <b>words</b>.</p>{SCRIPT}"
    page = client.post(address(article), data).content.decode()
    assert all(words in page for words in ("Typed just now", "New <strong>words</strong>.", "Field", "Alpha"))
    assert SCRIPT not in page
    assert Article.objects.get(pk=article.pk).title == "Old"
    assert Edition.objects.count() == 0


@pytest.mark.parametrize("look", ["article", "card", "social"])
def test_words_do_nothing_in_any_look(client, curator, look):
    article = make_article(owner=curator, title=f"T {SCRIPT}", standfirst=f"S {SCRIPT}.", picture_credit=SCRIPT)
    client.force_login(curator)
    page = client.get(address(article, look)).content.decode()
    assert SCRIPT not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("look", ["article", "card", "social"])
def test_a_bare_link_can_be_looked_at(client, curator, look):
    empty = {"title": "", "standfirst": "", "body": "", "topics": []}
    article = make_article(owner=curator, **empty)
    client.force_login(curator)
    assert "Untitled" in client.get(address(article, look)).content.decode()


def test_what_cannot_be_saved_is_shown_as_it_was(client, curator):
    article = make_article(owner=curator, title="Old")
    client.force_login(curator)
    data = form_of(client, article) | {"title": "T" * 501, "standfirst": "Typed."}
    page = client.post(address(article), data).content.decode()
    assert "Typed." in page
    assert "T" * 501 not in page


def test_a_version_of_before_a_field_was_there_can_be_shown(db, curator):
    article = make_article(owner=curator)
    assert rendering.preview_of(article, {"topics": [], "offerings": []}).page.topics == []


def test_the_page_has_the_readers_policy_and_only_the_desk_frames_it(client, curator):
    article = make_article(owner=curator)
    client.force_login(curator)
    answer = client.get(address(article))
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy
    assert "nonce" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(("who", "code"), [("nobody", 401), ("reader", 403), ("colleague", 404)])
def test_nobody_looks_at_what_is_not_theirs(client, curator, reader, who, code):
    article = make_article(owner=curator, title="Secret")
    if who != "nobody":
        client.force_login({"reader": reader, "colleague": make_person("Curator")}[who])
    for answer in (client.get(address(article)), client.post(address(article), {"title": "Mine"})):
        assert answer.status_code == code
        assert "Secret" not in answer.content.decode()


def test_who_may_not_write_now_sees_what_is_stored_only(client, curator):
    article = make_in("in_review", owner=curator)
    client.force_login(curator)
    assert client.get(address(article)).status_code == 200
    assert client.post(address(article), {"title": "Mine"}).status_code == 403


def test_an_unknown_look_is_not_found(client, curator):
    article = make_article(owner=curator)
    client.force_login(curator)
    assert client.get(address(article, "hologram")).status_code == 404


@pytest.mark.parametrize("things", [1, 6])
def test_a_preview_costs_the_same_however_much_is_filed(client, curator, things, django_assert_max_num_queries):
    topics = [make_topic() for _ in range(things)]
    offerings = [make_offering(topics=[topics[0]]) for _ in range(things)]
    article = make_article(owner=curator, topics=topics, offerings=offerings)
    step("edit", article, curator, changes={"title": "New"})
    client.force_login(curator)
    with django_assert_max_num_queries(32):
        assert client.get(address(article)).status_code == 200


def test_a_draft_is_shown_at_the_address_that_it_would_get(curator):
    article = make_article(owner=curator, title="Two knees", sources=[make_link("https://loop.example.org/knee")])
    shown = rendering.preview_of(Article.objects.get(pk=article.pk), {"title": "Three knees"})
    assert shown.page.url.endswith("-three-knees/")
    assert rendering.preview_of(article, {"title": " ", "slug": "mine"}).page.url.endswith("/mine/")
