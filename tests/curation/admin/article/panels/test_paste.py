"""Pasting at the desk: the boxes, what is said of a page that is curated already, and who may not."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from curation import workflow
from curation.harvest import intake
from curation.models import Article, Harvest, SourceLink
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
FURTHER = "https://other.example.org/on-the-same"


def attach(article):
    return reverse("admin:curation_article_attach", args=[article.pk])


def page_of(article):
    return reverse("admin:curation_article_change", args=[article.pk])


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


@pytest.mark.parametrize("typed", ["https://example.org/2023/a-ward-that-listens/", "a ward, that listens"])
def test_what_has_nearly_that_title_is_told_while_typing(at_desk, people, typed):
    mine = factories.make_article(owner=people["Curator"], title="A ward that listens <now>")
    theirs = factories.make_article(owner=people["Manager"], title="A ward that listens!")
    words = at_desk("Curator").get(reverse(KNOWN), {"link": typed}).content.decode()
    assert "Perhaps already told." in words
    assert "title 100 % alike" in words
    assert "A ward that listens &lt;now&gt;" in words
    assert (page_of(mine) in words, page_of(theirs) in words) == (True, False)
    assert (f'formaction="{attach(mine)}"' in words) == typed.startswith("https")
    assert attach(theirs) not in words
    assert at_desk("Curator").get(reverse(KNOWN), {"link": "https://example.org/soup"}).status_code == 204


def test_of_a_page_that_is_curated_only_that_is_told_and_where_else_it_may_go(at_desk, people):
    link = "https://example.org/a-ward-that-listens"
    intake.paste(link, by=people["Curator"])
    factories.make_article(title="A ward that listens")
    words = at_desk("Manager").get(reverse(KNOWN), {"link": link}).content.decode()
    assert "This page is curated already." in words
    assert "Perhaps already told" not in words
    assert f'{reverse(PASTE)}?link=https%3A%2F%2Fexample.org%2Fa-ward-that-listens&amp;find="' in words


def test_what_is_told_while_typing_costs_twelve_queries(at_desk, people, django_assert_max_num_queries):
    for number in range(12):
        factories.make_article(owner=people["Curator"], title=f"A ward that listens {number}")
    client = at_desk("Curator")
    given = {"link": "https://example.org/a-ward-that-listens"}
    client.get(reverse(KNOWN), given)
    with django_assert_max_num_queries(12):
        assert client.get(reverse(KNOWN), given).status_code == 200


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


@pytest.mark.parametrize("link", ["www.example.org/story", "Read this: https://www.example.org/story."])
def test_a_link_is_taken_as_people_send_it(at_desk, link):
    at_desk("Curator").post(reverse(PASTE), {"link": link})
    assert SourceLink.objects.get().cleaned == "https://www.example.org/story"
    told = at_desk("Manager").get(reverse(KNOWN), {"link": f"- {link}"}).content.decode()
    assert "This page is curated already." in told


def test_refused_lines_stay_in_the_box_and_the_others_leave_it(at_desk):
    text = "- https://example.org/one\n<b>nothing</b> here\njavascript:alert(1)"
    page = at_desk("Curator").post(reverse(PASTE), {"links": text})
    assert page.context["left"] == "<b>nothing</b> here\njavascript:alert(1)"
    assert ">&lt;b&gt;nothing&lt;/b&gt; here\njavascript:alert(1)</textarea>" in page.content.decode()


def test_of_many_links_each_says_what_is_like_it(at_desk, people):
    mine = factories.make_article(owner=people["Curator"], title="A ward that <listens>")
    factories.make_article(owner=people["Manager"], title="A ward that listen")
    text = "https://example.org/a-ward-that-listens\nhttps://example.org/soup"
    words = at_desk("Curator").post(reverse(PASTE), {"links": text}).content.decode()
    assert f'like “<a class="link" href="{page_of(mine)}">A ward that &lt;listens&gt;</a>”, 100 %' in words
    assert "like “A ward that listen”, 97 %" in words
    assert words.count('class="like"') == 2


def test_the_bookmark_opens_this_page_with_the_link_of_another(at_desk):
    page = at_desk("Curator").get(reverse(PASTE))
    script = (
        'javascript:void(window.open("http://testserver/admin/curation/article/paste/?link="'
        '+encodeURIComponent(location.href),"_blank","noopener"))'
    )
    assert page.content.decode().count(escape(script)) == 2
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe" not in policy.partition("script-src ")[2].partition(";")[0]


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
    assert answer.status_code == 302
    assert "curated already" not in answer.content.decode()
    assert Article.objects.count() == 1


# Further sources ---------------------------------------------------------------------------------------------------


def test_a_curated_page_is_added_to_a_brief_that_is_found_by_its_title(at_desk, people):
    intake.paste(STORY, by=people["Manager"])
    mine = workflow.begin(by=people["Curator"], title="<b>Wards</b> & more")
    client = at_desk("Curator")
    assert "Words of its title" in client.post(reverse(PASTE), {"link": STORY}).content.decode()
    words = client.get(reverse(PASTE), {"link": STORY, "find": "wards"}).content.decode()
    assert "This page is curated already." in words
    assert f'formaction="{attach(mine)}"' in words
    assert "<b>Wards</b>" not in words
    answer = client.post(attach(mine), {"link": STORY, "reason": "It answers ours."}, follow=True)
    assert answer.redirect_chain == [(page_of(mine), 302)]
    assert "This page is a source of this brief now." in answer.content.decode()
    again = client.post(attach(mine), {"link": STORY, "reason": "It answers ours."}, follow=True)
    assert "This page is a source of this brief already." in again.content.decode()
    assert mine.article_sources.get().reason == "It answers ours."


def test_a_page_nobody_curated_may_go_to_a_brief_that_is_there(at_desk, people):
    mine = workflow.begin(by=people["Curator"], title="Wards")
    words = at_desk("Curator").get(reverse(PASTE), {"link": FURTHER}).content.decode()
    assert "?link=https%3A%2F%2Fother.example.org%2Fon-the-same&amp;find=" in words
    words = at_desk("Curator").get(reverse(PASTE), {"link": FURTHER, "find": ""}).content.decode()
    assert attach(mine) in words
    assert "curated again" not in words
    assert SourceLink.objects.count() == 0


@pytest.mark.parametrize(
    ("find", "said"), [("nothing like it", "None of the briefs"), ("<script>alert(1)</script>", "&lt;script&gt;")]
)
def test_what_is_not_found_is_said(at_desk, find, said):
    words = at_desk("Curator").get(reverse(PASTE), {"link": STORY, "find": find}).content.decode()
    assert said in words
    assert "<script>alert" not in words


def test_no_link_finds_no_brief(at_desk):
    words = at_desk("Curator").get(reverse(PASTE), {"link": "javascript:alert(1)", "find": ""}).content.decode()
    assert "A link starts with https:// or http://" in words


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"link": "javascript:alert(1)"}, "Nothing was added. A link starts with"),
        ({"link": ""}, "Nothing was added. There is no link here."),
        ({"link": FURTHER}, "Nothing was added. Another brief is about this page already."),
    ],
)
def test_what_is_not_added_is_explained_where_it_can_be_mended(at_desk, people, given, said):
    intake.paste(FURTHER, by=people["Manager"])
    mine = workflow.begin(by=people["Curator"], title="Wards")
    answer = at_desk("Curator").post(attach(mine), given, follow=True)
    assert said in answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(reverse(PASTE))
    assert mine.article_sources.count() == 0


def test_a_source_sends_an_approved_brief_back_to_review_and_says_so(at_desk, people):
    article = factories.make_in("approved", sources=[factories.make_link(STORY)])
    answer = at_desk("Manager").post(attach(article), {"link": FURTHER}, follow=True)
    assert "It was approved, and is “in review” again." in answer.content.decode()
    assert Article.objects.get().state == "in_review"


def test_a_link_that_leads_to_a_page_we_have_is_added_there_and_its_draft_stays(at_desk, people):
    theirs = intake.paste(STORY, by=people["Curator"]).article
    draft = intake.paste("https://sho.example/x1", by=people["Curator"]).article
    link = draft.article_sources.get().link
    Harvest.objects.filter(link=link).update(state="done", same_as=theirs.article_sources.get().link)
    client = at_desk("Curator")
    panel = client.get(reverse("admin:curation_article_harvest", args=[draft.pk])).content.decode()
    assert "Add this link there" in panel
    assert f'action="{attach(theirs)}"' in panel
    given = {"link": link.cleaned, "draft": draft.pk, "reason": "It leads to a page that this brief is about."}
    words = client.post(attach(theirs), given, follow=True).content.decode()
    assert f'<a class="link" href="{page_of(draft)}">is still there</a>' in words
    assert [row.link.brand for row in theirs.article_sources.select_related("link")] == ["example.org", "sho.example"]
    back = client.post(attach(theirs), given | {"link": ""})
    assert back.url == page_of(draft)
    assert Article.objects.count() == 2


def test_who_may_only_see_a_brief_is_not_offered_to_add_there(at_desk, people):
    theirs = factories.make_in("in_review", sources=[factories.make_link(STORY)])
    Article.objects.update(owner=people["Curator"])
    draft = intake.paste("https://sho.example/x1", by=people["Curator"]).article
    Harvest.objects.update(state="done", same_as=theirs.article_sources.get().link)
    client = at_desk("Curator")
    panel = client.get(reverse("admin:curation_article_harvest", args=[draft.pk])).content.decode()
    assert "This page is curated already." in panel
    assert "Add this link there" not in panel
    answer = client.post(attach(theirs), {"link": FURTHER}, follow=True)
    assert "Nothing was added." in answer.content.decode()
    assert theirs.article_sources.count() == 1


@pytest.mark.parametrize("role", ["Curator", "", None])
def test_whoever_has_no_right_to_a_brief_adds_nothing(at_desk, client, people, role):
    theirs = intake.paste(STORY, by=people["Manager"]).article
    client = client if role is None else at_desk(role)
    assert client.post(attach(theirs), {"link": FURTHER}).status_code == (404 if role else 302)
    assert client.get(attach(theirs)).status_code in (302, 404, 405)
    assert (theirs.article_sources.count(), SourceLink.objects.count()) == (1, 1)
