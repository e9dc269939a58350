"""The panel of the checks, what a refused step shows, links that are tried, and the table of levels."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.urls import reverse

from curation import discussion
from curation.editing import checks, tasks
from curation.fetch import faults
from curation.harvest import heartbeat
from curation.models import Article, CheckLevel, LinkState
from tests.factories import make_article, make_in, make_person, make_picture, make_topic

pytestmark = pytest.mark.django_db

LEVELS = "admin:curation_checklevel_changelist"
LINKED = '<p>See <a href="https://a.example/1">one</a> and <a href="https://b.example/">another</a>.</p>'


def panel(article):
    return reverse("admin:curation_article_checks", args=[article.pk])


def links_of(article):
    return reverse("admin:curation_article_try_links", args=[article.pk])


@pytest.fixture
def client(client, curator):
    client.force_login(curator)
    return client


# The panel ------------------------------------------------------------------------------------------------------------


def test_each_line_leads_to_its_field_and_says_how_strict_it_is(client, curator):
    article = make_article(owner=curator, topics=[], standfirst="", title="Cut…")
    words = client.get(panel(article)).content.decode()
    lines = re.findall(r'data-check="([\w-]+)".*?href="#id_(\w+)".*?class="tag">(\w+)(?:<small>([\w ]+))?', words)
    assert lines == [
        ("no-topics", "topic_list", "required", "before review"),
        ("no-standfirst", "standfirst", "required", "before approval"),
        ("cut-title", "title", "recommended", ""),
        ("silent-source", "source_list", "recommended", ""),
    ]
    asked = [check for check in checks.CHECKS if not check.evidence]  # its source was not read
    assert f"{len(asked) - 4} of {len(asked)}" in words
    assert f"{len(asked) - 4} passed" in words
    assert "The text is in your own words" in words


def test_the_panel_says_how_much_holds_the_next_step_back(client, curator):
    cut, held = make_article(owner=curator, title="Cut…"), make_article(owner=curator, topics=[], title="")
    assert "data-held" not in client.get(panel(cut)).content.decode()
    assert "2 checks hold this back." in client.get(panel(held)).content.decode()


def test_the_lines_lead_to_something_that_is_on_the_page(client, curator):
    article = make_article(owner=curator, topics=[], standfirst="", title="Cut…", body=LINKED)
    page = client.get(reverse("admin:curation_article_change", args=[article.pk])).content.decode()
    for name in {check.field for check in checks.CHECKS} - {"comments"}:
        assert f'id="id_{name}"' in page


def test_who_only_reads_is_led_nowhere(client, curator):
    article = make_in("in_review", owner=curator, title="Cut…")
    words = client.get(panel(article)).content.decode()
    assert "The title was cut" in words
    assert 'href="#id_title"' not in words


def test_levels_are_those_of_whoever_looks(client, curator, manager):
    article = make_article(owner=curator, title="Cut…")
    CheckLevel.objects.create(check_code="cut-title", role=Group.objects.get(name="Manager"), level="submit")
    assert "required" not in client.get(panel(article)).content.decode()
    client.force_login(manager)
    assert "required" in client.get(panel(article)).content.decode()


def test_what_was_typed_and_what_others_say_is_never_markup(client, curator):
    article = make_article(owner=curator, title="A ward | <script>alert(1)</script>")
    User.objects.filter(pk=curator.pk).update(first_name="<img src=x>")
    discussion.add(article, "Wait.", by=curator, blocks=True)
    Article.objects.get().sources.update(site_name="<script>alert(1)</script>")
    words = client.get(panel(article)).content.decode()
    assert "&lt;script&gt;" in words
    assert "&lt;img src=x&gt;" in words
    assert "<script" not in words
    assert "<img" not in words


def test_the_panel_costs_the_same_however_much_hangs_on_the_article(client, curator, django_assert_max_num_queries):
    few = make_article(owner=curator, body=LINKED, picture_id=make_picture().pk)
    many = make_article(
        owner=curator,
        body=LINKED * 30 + "".join(f'<p><a href="https://c.example/{n}">{n}</a></p>' for n in range(40)),
        picture_id=make_picture().pk,
        topics=[make_topic(retired=number % 2) for number in range(8)],
    )
    for article, number in ((few, 1), (many, 30)):
        for one in range(number):
            discussion.add(article, f"Wait {one}.", by=curator, blocks=True)
        client.get(panel(article))
        with django_assert_max_num_queries(13):
            assert client.get(panel(article)).status_code == 200


@pytest.mark.parametrize("address", [panel, links_of])
def test_whoever_has_no_right_to_the_article_sees_and_does_nothing(client, curator, tried, address):
    article = make_article(owner=curator, body=LINKED)
    ask = client.get if address is panel else client.post
    client.force_login(make_person("Curator"))
    assert ask(address(article)).status_code == 404
    client.force_login(make_person("", is_staff=True))
    assert ask(address(article)).status_code == 302
    client.force_login(make_person("Manager", is_active=False))
    assert ask(address(article)).status_code == 302
    client.logout()
    assert ask(address(article)).status_code == 302
    assert tried[1] == []


def test_panels_are_read_and_links_are_tried_by_the_right_method(client, curator):
    article = make_article(owner=curator)
    assert client.post(panel(article)).status_code == 405
    assert client.get(links_of(article)).status_code == 405


# Refused steps --------------------------------------------------------------------------------------------------------


def test_a_refused_step_lists_all_that_blocks_each_with_its_field(client, curator):
    article = make_article(owner=curator, title=" ", body="", topics=[])
    step = reverse("admin:curation_article_step", args=[article.pk, "submit"])
    page = client.post(step, {"edit": article.edit}, follow=True)
    (said,) = [str(message) for message in page.context["messages"]]
    here = reverse("admin:curation_article_change", args=[article.pk])
    assert re.findall('href="([^"]+)"', said) == [f"{here}#id_{field}" for field in ("title", "body", "topic_list")]
    assert said.count('role="listitem"') == 3
    assert "<a class=" in page.content.decode()


def test_a_refusal_gives_back_what_was_typed_and_never_as_markup(client, manager):
    client.force_login(manager)
    article = make_article(title="Mine")
    step = reverse("admin:curation_article_step", args=[article.pk, "return"])
    page = client.post(step, {"edit": article.edit, "reason": "<b>No</b>"}, follow=True)
    (said,) = [str(message) for message in page.context["messages"]]
    assert "You wrote: “&lt;b&gt;No&lt;/b&gt;”" in said


# Links that are tried -------------------------------------------------------------------------------------------------


def states():
    return dict(LinkState.objects.values_list("key", "code"))


def test_without_a_worker_the_page_itself_tries_the_links(client, curator, tried):
    article = make_article(owner=curator, body=LINKED)
    assert "Try the links" in client.get(panel(article)).content.decode()
    assert "Links in the text that were not tried lately: 2 of 2." in client.get(panel(article)).content.decode()
    tried[0]["https://a.example/1"] = faults.GoneError
    answer = client.post(links_of(article), headers={"X-Requested-With": "fetch"})
    assert answer.json() == {"waits": False}
    assert states() == {"a.example/1": "gone", "b.example": ""}
    words = client.get(panel(article)).content.decode()
    assert "is dead (its page is gone): https://a.example/1." in words
    assert "not tried lately" not in words
    assert client.post(links_of(article)).url == reverse("admin:curation_article_change", args=[article.pk])
    assert tried[1] == ["https://a.example/1", "https://b.example/"]


def test_with_a_worker_it_is_asked(client, curator, tried, django_capture_on_commit_callbacks, monkeypatch):
    article = make_article(owner=curator, body=LINKED)
    heartbeat.beat()
    asked = []
    monkeypatch.setattr(type(tasks.try_links), "enqueue", lambda self, *given: asked.append(given))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(links_of(article), headers={"X-Requested-With": "fetch"})
    assert answer.json() == {"waits": True}
    assert asked == [([article.pk],)]
    assert tried[1] == []


def test_an_article_without_links_has_no_button(client, curator):
    assert "Try the links" not in client.get(panel(make_article(owner=curator))).content.decode()


# How strict for whom --------------------------------------------------------------------------------------------------


def levels():
    return {(row.role.name, row.check_code): row.level for row in CheckLevel.objects.select_related("role")}


def test_an_administrator_says_how_strict_checks_are_and_the_log_knows(client, administrator):
    client.force_login(administrator)
    cell = {"cut-title-Curator": "submit", "no-alt-Manager": "advice"}
    client.post(reverse(LEVELS), cell)
    assert levels() == {("Curator", "cut-title"): "submit", ("Manager", "no-alt"): "advice"}
    page = client.get(reverse(LEVELS)).content.decode()
    assert page.count(" selected") == 2
    client.post(reverse(LEVELS), {"cut-title-Curator": "off", "no-alt-Manager": "", "no-body-Curator": ""})
    assert levels() == {("Curator", "cut-title"): "off"}
    assert sorted(LogEntry.objects.values_list("action_flag", "object_repr")) == [
        (1, "cut-title, Curator: required before review"),
        (1, "no-alt, Manager: recommended"),
        (2, "cut-title, Curator: not asked"),
        (3, "no-alt, Manager: recommended"),
    ]
    assert set(LogEntry.objects.values_list("user", flat=True)) == {administrator.pk}


def test_nonsense_and_what_was_not_sent_changes_nothing(client, administrator):
    client.force_login(administrator)
    CheckLevel.objects.create(check_code="no-alt", role=Group.objects.get(name="Manager"), level="advice")
    given = {"cut-title-Curator": "always", "unheard-of-Curator": "off", "no-body-Zealots": "off"}
    page = client.post(reverse(LEVELS), given, follow=True)
    assert levels() == {("Manager", "no-alt"): "advice"}
    assert "Nothing was changed." in page.content.decode()


def test_a_page_that_was_opened_before_changes_only_what_was_chosen_in_it(client, administrator):
    client.force_login(administrator)
    CheckLevel.objects.create(check_code="no-alt", role=Group.objects.get(name="Manager"), level="off")
    opened_before = {
        "no-alt-Manager": "",
        "was-no-alt-Manager": "",
        "no-body-Manager": "off",
        "was-no-body-Manager": "",
    }
    client.post(reverse(LEVELS), opened_before)
    assert levels() == {("Manager", "no-alt"): "off", ("Manager", "no-body"): "off"}


@pytest.mark.parametrize(("role", "read"), [("Curator", 200), ("Manager", 200), ("", 302), ("Administrator", 200)])
def test_others_read_the_levels_and_change_none(client, role, read):
    client.force_login(make_person(role))
    page = client.get(reverse(LEVELS))
    assert page.status_code == read
    assert client.post(reverse(LEVELS), {"cut-title-Curator": "off"}).status_code == (
        403 if role in ("Curator", "Manager") else 302
    )
    assert CheckLevel.objects.exists() is (role == "Administrator")
    if role in ("Curator", "Manager"):
        assert page.content.decode().count(" disabled") == 3 * len(checks.CHECKS)


def test_a_reader_is_sent_to_the_door(client, reader):
    client.force_login(reader)
    assert client.get(reverse(LEVELS)).status_code == 302
    client.logout()
    assert client.post(reverse(LEVELS), {"cut-title-Curator": "off"}).status_code == 302
    assert not CheckLevel.objects.exists()
