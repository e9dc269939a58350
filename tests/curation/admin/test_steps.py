"""Steps in place: what the article's page is told by its script's request, whoever asks; forms go on as they did."""

import pytest
from django.test import Client
from django.urls import reverse

from curation.models import Article
from tests.factories import make_article, make_in, make_person, make_published, make_topic, step

JSON = {"Accept": "application/json"}


@pytest.fixture
def curator(db):
    return make_person("Curator")


@pytest.fixture
def manager(db):
    return make_person("Manager")


def taken(client, article, name, **data):
    """The answer to a script that takes a step: its status and its JSON."""
    address = reverse("admin:curation_article_step", args=[article.pk, name])
    answer = client.post(address, {"edit": str(Article.objects.get(pk=article.pk).edit)} | data, headers=JSON)
    return answer.status_code, answer.json()


def test_a_step_that_is_taken_is_told_and_leaves_no_message_for_a_page_to_come(client, curator):
    article = make_article(owner=curator, title="A <b>ward</b>")
    client.force_login(curator)
    code, told = taken(client, article, "submit")
    article.refresh_from_db()
    assert (code, article.state) == (200, "in_review")
    assert told == {
        "status": "taken",
        "words": "“A &lt;b&gt;ward&lt;/b&gt;” is sent to review.",
        "edit": article.edit,
    }
    assert "messages" not in client.cookies
    assert not list(client.get(reverse("admin:index")).context["messages"])


def test_what_a_step_waits_for_is_told_with_a_link_to_each_field(client, curator):
    article = make_article(owner=curator, title=" ", topics=[])
    client.force_login(curator)
    code, told = taken(client, article, "submit")
    page = reverse("admin:curation_article_change", args=[article.pk])
    assert (code, told["status"], told["field"], told["isStale"]) == (200, "refused", "", False)
    assert f'href="{page}#id_title"' in told["words"]
    assert f'href="{page}#id_topic_list"' in told["words"]
    assert Article.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("return", {"reason": " "}, "reason"),
        ("decline", {"reason": ""}, "reason"),
        ("return", {"reason": "x" * 3000}, "reason"),
    ],
)
def test_a_field_at_fault_is_named(client, manager, name, data, field):
    article = make_in("in_review")
    client.force_login(manager)
    code, told = taken(client, article, name, **data)
    assert (code, told["status"], told["field"]) == (200, "refused", field)
    assert told["words"]
    assert Article.objects.get().state == "in_review"


def test_hours_that_are_none_and_hours_out_of_order_name_their_field(client, manager):
    article = make_in("approved")
    client.force_login(manager)
    assert taken(client, article, "publish", at="soon")[1]["field"] == "at"
    hours = {"at": "2030-01-02T10:00", "until": "2030-01-01T10:00"}
    assert taken(client, article, "publish", **hours)[1]["field"] == "until"
    assert not article.editions.exists()


def test_an_old_screen_is_told_so(client, manager):
    article = make_in("in_review")
    client.force_login(manager)
    step("edit", article, changes={"title": "Newer"})
    code, told = taken(client, article, "return", reason="Why.", edit="0")
    assert (code, told["status"], told["isStale"]) == (200, "refused", True)


def test_where_writing_begins_again_the_page_is_opened_anew_and_says_so(client, curator):
    article = make_in("in_review", owner=curator)
    client.force_login(curator)
    code, told = taken(client, article, "take_back")
    assert (code, told["status"], told["page"]) == (200, "taken", "")
    page = client.get(reverse("admin:curation_article_change", args=[article.pk]))
    assert [str(message) for message in page.context["messages"]] == [told["words"]]


def test_an_ended_session_is_told_and_leads_to_the_door(client, curator):
    article = make_article(owner=curator)
    code, told = taken(client, article, "submit")
    assert (code, told["status"], told["door"]) == (401, "signed-out", reverse("admin:login"))
    assert Article.objects.get().state == "draft"


@pytest.mark.parametrize(("role", "status"), [("", 403), ("Curator", 404)])
def test_whoever_may_not_see_it_is_told_so(client, curator, role, status):
    article = make_article(owner=curator)
    client.force_login(make_person(role))
    assert taken(client, article, "submit")[0] == status
    assert Article.objects.get().state == "draft"


def test_a_script_without_the_page_s_token_takes_nothing(curator):
    article = make_article(owner=curator)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(curator)
    address = reverse("admin:curation_article_step", args=[article.pk, "submit"])
    assert strict.post(address, {"edit": "0"}, headers=JSON).status_code == 403
    assert Article.objects.get().state == "draft"


def test_a_step_that_there_is_not_is_not_there(client, manager):
    client.force_login(manager)
    address = reverse("admin:curation_article_step", args=[make_article().pk, "0"])
    assert client.post(address, {}, headers=JSON).status_code == 404


def test_without_a_script_a_step_is_a_form_that_answers_with_a_page(client, curator):
    article = make_article(owner=curator, topics=[make_topic("Field: Alpha")])
    client.force_login(curator)
    address = reverse("admin:curation_article_step", args=[article.pk, "submit"])
    page = client.post(address, {"edit": str(article.edit)}, follow=True)
    assert page.redirect_chain == [(reverse("admin:curation_article_change", args=[article.pk]), 302)]
    assert [str(message) for message in page.context["messages"]] == [f"“{article}” is sent to review."]
    client.logout()
    assert client.post(address, {"edit": "0"})["Location"].startswith(reverse("admin:login"))


def test_the_page_holds_what_its_script_needs(client, manager):
    article = make_published().article
    client.force_login(manager)
    html = client.get(reverse("admin:curation_article_change", args=[article.pk])).content.decode()
    assert f'data-take="{reverse("admin:curation_article_step", args=[article.pk, "0"])}"' in html
    assert '<div class="step-said" data-step-said role="status"></div>' in html


def test_a_row_is_told_of_its_step_where_the_brief_s_own_page_would_be_opened_anew(client, curator):
    article = make_article(owner=None)
    Article.objects.filter(pk=article.pk).update(owner=None)
    client.force_login(make_person("Manager"))
    taken(client, article, "assign", owner=str(curator.pk))
    client.force_login(curator)
    _, released = taken(client, article, "release", row="1")
    _, told = taken(client, article, "claim", row="1")
    article.refresh_from_db()
    assert (released["status"], "page" in released) == ("taken", False)
    assert (told["status"], "page" in told, told["edit"], article.owner) == ("taken", False, article.edit, curator)
    assert not list(client.get(reverse("admin:index")).context["messages"])
