"""The desk's first page: what needs somebody, in words and in rows, at a price that does not grow."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from curation.admin import badges, home
from curation.models import Article, Harvest
from curation.workflow import waiting
from curation.workflow.waiting.piles import Found
from tests.factories import (
    make_article,
    make_in,
    make_link,
    make_person,
    make_picture,
    make_published,
    make_topic,
    step,
)

HOME = reverse("admin:index")


def words_of(page):
    """The words of a page, as one line."""
    return " ".join(strip_tags(page.content.decode()).split())


def headline_of(page):
    return " ".join(strip_tags(re.search(r"<h1.*?</h1>", page.content.decode(), re.DOTALL)[0]).split())


# The sentence


@pytest.mark.parametrize(
    ("count", "late", "hours", "words"),
    [
        (5, 2, 2.5, "Five things need you. Two are late. The next brief goes out at 11:30."),
        (1, 0, None, "One thing needs you."),
        (1, 1, None, "One thing needs you. It is late."),
        (2, 2, None, "Two things need you. Both are late."),
        (4, 4, None, "Four things need you. All are late."),
        (3, 1, None, "Three things need you. One is late."),
        (0, 0, None, "Nothing needs you."),
        (0, 0, 24, "Nothing needs you. The next brief goes out tomorrow at 09:00."),
        (12, 0, 48, "12 things need you. The next brief goes out on Wednesday at 09:00."),
        (1234, 0, 24 * 30, "1,234 things need you. The next brief goes out on 2 December at 09:00."),
    ],
)
def test_the_head_says_how_much_how_late_and_what_goes_out(clock, count, late, hours, words):
    next_at = clock.after(hours=hours) if hours is not None else None
    work = waiting.Work([], [Found(None, count=count, late=late)], [], 0, [], 0)
    assert " ".join(filter(None, home.headline(work, next_at, clock.at))) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "Nothing needs you but one approved brief."), (2, "Nothing needs you but two approved briefs.")],
)
def test_what_only_has_to_be_published_is_said_as_well(clock, count, words):
    assert home.headline(waiting.Work([], [], [], 0, [], count), None, clock.at)[0] == words


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "in a moment"),
        (timedelta(minutes=37), "in 37 min"),
        (timedelta(hours=3, minutes=7), "in 3 h 7 min"),
        (timedelta(hours=3), "in 3 h"),
        (timedelta(days=2, hours=21), "in 2 d 21 h"),
        (timedelta(days=2), "in 2 d"),
    ],
)
def test_how_long_until_something_is_told_as_people_say_it(span, words):
    assert badges.ahead(span) == words


def test_a_clock_s_zone_is_named(at_desk, curator, settings):
    assert home.zone_in_words() == "UTC"
    with timezone.override("America/New_York"):
        assert home.zone_in_words() == "in New York"


# The page


def test_it_lists_what_is_open_to_whoever_looks(at_desk, curator, manager):
    mine = make_article(by=manager, title="Written by the manager")
    step("submit", mine, manager)
    theirs = make_in("in_review", title="Written by the curator", owner=curator)
    page = at_desk(manager).get(HOME)
    assert headline_of(page) == "One thing needs you."
    assert re.findall(r'data-article="(\d+)"', page.content.decode()) == [str(theirs.pk)]
    assert headline_of(at_desk(make_person("Manager")).get(HOME)) == "Two things need you."
    assert headline_of(at_desk(curator).get(HOME)) == "Nothing needs you."


def test_approving_names_the_version_that_is_on_the_screen(at_desk, curator, manager):
    article = make_in("in_review", owner=curator)
    client = at_desk(manager)
    html = client.get(HOME).content.decode()
    form = re.search(r"<form[^>]*data-decides=.*?</form>", html, re.DOTALL)[0]
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    back = f"{HOME}?undo={article.pk}"
    assert (sent["version"], sent["edit"], sent["next"]) == (str(article.versions.first().pk), str(article.edit), back)
    step("edit", article, manager, changes={"title": "Moved on"})
    address = reverse("admin:curation_article_step", args=[article.pk, "approve"])
    for edit in (sent["edit"], str(article.edit)):
        assert client.post(address, sent | {"edit": edit}).url == back
        assert Article.objects.get().state == "in_review"


def test_curators_find_the_box_for_a_link_first_and_managers_below_the_headline(at_desk, curator, manager):
    make_article(owner=curator)
    for person, is_first in ((curator, True), (manager, False)):
        html = at_desk(person).get(HOME).content.decode()
        assert (html.index('id="paste"') < html.index("<h1")) == is_first


def test_an_empty_newsroom_begins_with_a_link(at_desk, manager):
    page = at_desk(manager).get(HOME)
    assert headline_of(page) == "A desk to begin with."
    assert "The desk is empty. A link fills it." in words_of(page)


def test_what_goes_out_says_when_and_by_whom_it_was_approved(at_desk, curator, manager):
    article = make_in("in_review", title="To come", owner=curator)
    step("approve", article, manager)
    step("publish", article, manager, at=timezone.now() + timedelta(hours=3, minutes=7, seconds=30))
    page = at_desk(manager).get(HOME)
    assert "in 3 h 7 min · approved by you" in words_of(page)
    assert "approved by manager" in words_of(at_desk(curator).get(HOME))
    assert "The next brief goes out" in headline_of(page)


def test_a_link_that_is_read_is_coming_in_and_leads_to_its_brief(at_desk, curator):
    states = {
        "reading": ({}, "reading the page"),
        "failed": ({"words": "A challenge page."}, "A challenge page."),
        "done": ({"begun_at": timezone.now() - timedelta(seconds=2), "ended_at": timezone.now()}, "read in 2 s"),
    }
    for state, (given, _) in states.items():
        link = make_link(f"https://{state}.example/x")
        make_article(owner=curator, sources=[link])
        Harvest.objects.create(link=link, state=state, asked_by=curator, asked_at=timezone.now(), **given)
    page = words_of(at_desk(curator).get(HOME))
    for state, (_, words) in states.items():
        assert f"{state}.example {words}" in page
    assert "read in 2 s" in words_of(at_desk(curator).get(reverse("admin:curation_article_incoming")))
    assert "Coming in" not in words_of(at_desk(make_person("Curator")).get(HOME))


def test_the_day_s_log_names_what_was_done_to_what(at_desk, curator, manager):
    article = make_in("in_review", title="A ward", owner=curator)
    step("return", article, manager, reason="Which?")
    make_in("draft", title="Another's", owner=make_person("Curator"))
    page = words_of(at_desk(curator).get(HOME))
    log = page[page.index("Today on the desk") :]
    assert "returned A ward" in log
    assert "sent A ward to review" in log
    assert "Another's" not in log
    assert "began Another&#x27;s" in words_of(at_desk(manager).get(HOME))


def test_what_is_approved_and_not_out_has_its_pile_for_who_publishes(at_desk, curator, manager):
    article = make_in("in_review", title="Ready", owner=curator)
    step("approve", article, manager)
    client = at_desk(manager)
    page = words_of(client.get(f"{HOME}?undo={article.pk}"))
    assert "Approved, not out yet1" in page
    assert "“Ready” is decided. Undo" in page
    assert "Undo" not in words_of(client.get(f"{HOME}?undo=²"))
    assert "Approved, not out yet" not in words_of(at_desk(curator).get(HOME))
    assert "is decided" not in words_of(at_desk(make_person("Manager")).get(f"{HOME}?undo={article.pk}"))
    step("publish", article, manager)
    assert "Approved, not out yet" not in words_of(at_desk(manager).get(HOME))


def test_the_models_stand_on_a_quiet_page_of_their_own(at_desk, curator):
    make_article(owner=curator)
    client = at_desk(curator)
    everything = reverse("admin:everything")
    assert f'href="{everything}">Everything</a>' in client.get(HOME).content.decode()
    assert "Work packages" not in words_of(client.get(HOME))
    assert "Work packages" in words_of(client.get(everything))


@pytest.mark.parametrize("who", ["curator", "manager"])
def test_it_costs_the_same_however_much_there_is(at_desk, request, django_assert_max_num_queries, who):
    person, other, costs = request.getfixturevalue(who), make_person("Curator"), []
    client = at_desk(person)
    for number in (1, 4):
        for _ in range(number):
            fill(person, other)
        client.get(HOME)
        with django_assert_max_num_queries(20) as asked:
            page = client.get(HOME)
        costs.append(len(asked))
        assert len(page.content) < 80_000
    assert costs[1] <= costs[0]


def fill(person, other):
    """Something of every kind that the page shows, of each one."""
    for state in ("draft", "in_review", "changes_requested", "approved"):
        for owner in (person, other):
            article = make_in(
                state, owner=owner, topics=[make_topic()], body='<p><a href="https://a.example/">A</a>.</p>'
            )
            Article.objects.filter(pk=article.pk).update(entered_at=timezone.now() - timedelta(days=50))
    own = make_article(by=person)
    step("submit", own, person)
    Article.objects.filter(pk=own.pk).update(entered_at=timezone.now() - timedelta(days=60))
    make_article()
    live = make_published(owner=other, picture_id=make_picture().pk).article
    step("edit", live, other, changes={"title": "Changed since"})
    make_published(owner=person, at=timezone.now() + timedelta(days=1))
    link = make_link()
    make_article(owner=person, sources=[link])
    Harvest.objects.create(link=link, state="done", asked_by=person, asked_at=timezone.now())
