"""Pasting at the desk: the boxes, what is said of a page that is curated already, and who may not."""

import pytest
from django.urls import reverse

from curation import intake
from curation.models import Article, SourceLink
from tests import factories

STORY = "https://www.example.org/story?utm_source=mail"
HOSTILE = "https://example.org/<script>alert(1)</script>"


@pytest.fixture
def people(db):
    return {role: factories.make_person(role) for role in ("Curator", "Manager", "Administrator", "")}


@pytest.fixture
def at_desk(client, people):
    """Sign somebody in by role: ``at_desk("Curator").get(…)``."""

    def sign_in(role):
        client.force_login(people[role])
        return client

    return sign_in


PASTE, KNOWN = "admin:curation_article_paste", "admin:curation_article_known"


def test_a_pasted_link_leads_to_its_draft(at_desk):
    answer = at_desk("Curator").post(reverse(PASTE), {"link": f" {STORY} "}, follow=True)
    article = Article.objects.get()
    assert answer.redirect_chain == [(reverse("admin:curation_article_change", args=[article.pk]), 302)]
    assert "The draft is begun." in answer.content.decode()


def test_a_second_click_leads_to_the_same_draft(at_desk):
    client = at_desk("Curator")
    first, second = (client.post(reverse(PASTE), {"link": STORY}) for _ in range(2))
    assert first.url == second.url
    assert Article.objects.count() == 1


def test_a_page_that_is_curated_is_shown_and_begun_again_with_a_reason(at_desk, people):
    theirs = intake.paste(STORY, by=people["Curator"]).article
    client = at_desk("Manager")
    page = client.post(reverse(PASTE), {"link": STORY})
    words = page.content.decode()
    assert "This page is curated already." in words
    assert reverse("admin:curation_article_change", args=[theirs.pk]) in words
    assert Article.objects.count() == 1
    again = client.post(reverse(PASTE), {"link": STORY, "reason": "A year on."})
    assert again.status_code == 302
    assert Article.objects.count() == 2


def test_what_is_known_is_told_while_typing(at_desk, people):
    client = at_desk("Manager")
    assert client.get(reverse(KNOWN), {"link": "http://example.org/story"}).status_code == 204
    intake.paste(STORY, by=people["Curator"])
    told = client.get(reverse(KNOWN), {"link": "http://example.org/story"})
    assert "This page is curated already." in told.content.decode()
    assert client.get(reverse(KNOWN), {"link": "not a li"}).status_code == 204


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (
            "https://example.org/a?b=1&utm_source=x&fbclid=y&utm_source=z",
            '<b>utm_source and fbclid</b> will be left out. Opens at <span class="address">example.org/a?b=1</span>',
        ),
        (
            "https://www.google.com/url?q=https%3A%2F%2Fexample.org%2Fa%3Fgclid%3D1",
            "<b>google.com</b> only leads on. <b>gclid</b> will be left out. "
            'Opens at <span class="address">example.org/a</span>',
        ),
        (
            "https://example.org/<img>?utm_<script>=1",
            '<b>utm_&lt;script&gt;</b> will be left out. Opens at <span class="address">example.org/&lt;img&gt;</span>',
        ),
        (f"https://example.org/?utm_{'x' * 1000}", f"<b>utm_{'x' * 55}…</b>"),
    ],
)
def test_what_is_left_out_of_a_link_is_told_while_typing(at_desk, link, said):
    told = at_desk("Curator").get(reverse(KNOWN), {"link": link}).content.decode()
    assert said in told
    assert "curated already" not in told


def test_a_clean_link_that_nobody_curated_is_told_nothing(at_desk):
    assert at_desk("Curator").get(reverse(KNOWN), {"link": "https://example.org/a?b=1"}).status_code == 204


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "There is no link here."),
        ({"link": "javascript:alert(1)"}, "A link starts with https:// or http://"),
        ({"link": "x" * 9000}, "at most"),
        ({"links": "\n".join(["https://example.org/"] * 201)}, "at most 200"),
    ],
)
def test_what_is_refused_is_explained_and_given_back(at_desk, given, said):
    page = at_desk("Curator").post(reverse(PASTE), given)
    words = page.content.decode()
    assert page.status_code == 200
    assert said in words
    assert given.get("link", "")[:100] in words
    assert (Article.objects.count(), SourceLink.objects.count()) == (0, 0)


def test_many_links_say_what_came_of_each(at_desk, people):
    intake.paste("https://example.org/known", by=people["Manager"])
    text = f"https://example.org/one\n{HOSTILE}\nhttps://example.org/known\nno link"
    words = at_desk("Curator").post(reverse(PASTE), {"links": text}).content.decode()
    assert "What came of 4 links" in words
    assert words.count("Draft begun") == 2
    assert words.count("Already curated") == 1
    assert words.count("Refused.") == 1
    assert "<script>alert" not in words
    assert Article.objects.count() == 3


def test_a_bookmark_fills_the_box_and_begins_nothing(at_desk):
    words = at_desk("Curator").get(reverse(PASTE), {"link": HOSTILE}).content.decode()
    assert "https://example.org/&lt;script&gt;" in words
    assert Article.objects.count() == 0


@pytest.mark.parametrize("role", ["", None])
@pytest.mark.parametrize(("name", "method"), [(PASTE, "get"), (PASTE, "post"), (KNOWN, "get")])
def test_who_may_not_write_learns_and_begins_nothing(at_desk, client, people, role, name, method):
    intake.paste(STORY, by=people["Curator"])
    client = client if role is None else at_desk(role)
    answer = getattr(client, method)(reverse(name), {"link": STORY})
    assert answer.status_code == (302 if role is None else 403)
    assert "curated already" not in answer.content.decode()
    assert Article.objects.count() == 1
