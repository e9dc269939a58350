"""The board: its columns and cards, the list's filters and searches, its price, and a card opened."""

import json
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from curation.models import NO_DAY, Article, Priority, SavedSearch
from tests.bulk import draft_many
from tests.factories import make_article, make_in, make_person, make_published, make_topic, step

BOARD = reverse("admin:curation_article_board")


def card_of(article):
    return reverse("admin:curation_article_card", args=[article.pk])


def shown(client, question="all=1"):
    """The cards of a board: titles by column."""
    response = client.get(f"{BOARD}?{question}")
    assert response.status_code == 200
    columns = response.context["columns"]
    return {one["found"].column.name: [title_of(card) for card in one["cards"]] for one in columns if one["cards"]}


def title_of(card):
    return unescape(re.search(r"<a[^>]*>(.*?)</a>", card)[1])


# Columns and cards


def test_curators_see_their_own_and_nobody_s_and_managers_see_all(at_desk, curator, manager):
    make_in("draft", owner=curator, title="mine")
    make_in("draft", owner=make_person("Curator"), title="theirs")
    assert shown(at_desk(curator)) == {"draft": ["mine"]}
    assert sorted(shown(at_desk(manager))["draft"]) == ["mine", "theirs"]


def test_a_card_says_what_one_must_know_of_it(at_desk, curator, manager):
    article = make_in("in_review", owner=curator, title="A ward")
    step("assign", article, manager, reviewer=manager)
    step("due", article, manager, due_on=timezone.localdate() - timedelta(days=2), priority=Priority.HIGH)
    Article.objects.filter(pk=article.pk).update(entered_at=timezone.now() - timedelta(days=6))
    html = at_desk(manager).get(BOARD).content.decode()
    card = re.search(r'<li class="card".*?</li>', html)[0]
    assert 'data-moves="changes_requested approved declined"' in card
    for words in ("A ward", "example.org", 'title="curator, curator"', 'title="manager, reviewer"', "High"):
        assert words in card
    assert '<span class="age age-late">6 d, 2 d late</span>' in card
    assert '<span class="due age-late">due ' in card


def test_what_is_live_or_was_withdrawn_says_so_on_its_card(at_desk, curator, manager):
    article = make_published(title="A ward").article
    step("edit", article, manager, changes={"standfirst": "Another."})
    Article.objects.update(state="draft")
    client = at_desk(manager)
    assert "live, ed. 1" in client.get(BOARD).content.decode()
    step("withdraw", Article.objects.get(), manager, reason="Wrong.")
    assert '<span class="end">withdrawn</span>' in client.get(BOARD).content.decode()


def test_what_is_declined_stands_behind_a_link(at_desk, curator, manager):
    make_in("declined", title="No")
    client = at_desk(manager)
    html = client.get(BOARD).content.decode()
    assert 'data-column="declined"' not in html
    link = re.search(r'href="(\?[^"]*)">Declined briefs', html)[1]
    assert shown(client, link[1:]) == {"declined": ["No"]}


def test_who_wrote_part_of_it_cannot_drop_it_into_approved(at_desk, manager):
    article = make_article(by=manager)
    step("submit", article, manager)
    html = at_desk(manager).get(BOARD).content.decode()
    assert 'data-moves="draft changes_requested declined"' in html
    moves = json.loads(re.search(r'data-moves="(\{.*?\})"', html)[1].replace("&quot;", '"'))
    assert moves["in_review approved"][0] == "approve"
    assert "nobody approves their own words" in moves["in_review approved"][1]


def test_the_bar_leads_to_it_and_marks_it_as_the_place(at_desk, curator):
    html = at_desk(curator).get(BOARD).content.decode()
    nav = re.search(r'<nav class="bar-nav".*?</nav>', html)[0]
    assert re.findall(r'<a href="([^"]*)" aria-current="page">([^<]*)', nav) == [(BOARD, "Board")]


def test_strangers_see_no_board(client, db):
    client.force_login(make_person())
    assert client.get(BOARD).status_code == 302
    assert client.get(card_of(make_article())).status_code == 302


# Filters and searches


@pytest.fixture
def described(curator, manager):
    """Articles that filters tell apart."""
    today, topic = timezone.localdate(), make_topic("Field: Wards")
    for title, given, due in (
        ("late", {}, {"due_on": today - timedelta(days=1)}),
        ("soon", {"topics": [topic]}, {"due_on": today + timedelta(days=3), "priority": Priority.HIGH}),
        ("plain", {}, {}),
    ):
        article = make_in("draft", owner=curator, title=title, **given)
        if due:
            step("due", article, manager, **due)
    done = make_published(title="done").article
    Article.objects.filter(pk=done.pk).update(due_on=today - timedelta(days=9), priority=Priority.HIGH)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("due=late", {"late"}),
        ("due=week", {"late", "soon"}),
        ("due=none", {"plain"}),
        ("due=nonsense", {"late", "soon", "plain"}),
        ("priority=high", {"soon"}),
        ("priority=9", {"late", "soon", "plain"}),
        ("topic=wards", {"soon"}),
        ("taxonomy=none", set()),
        ("reviewer=nobody", {"late", "soon", "plain"}),
        ("reviewer=me", set()),
        ("owner=me", set()),
        ("q=soon", {"soon"}),
        ("age=late", set()),
    ],
)
def test_the_board_is_narrowed_as_the_list_is(at_desk, manager, described, question, titles):
    client = at_desk(manager)
    assert {title for column in shown(client, question).values() for title in column} == titles
    listed = client.get(reverse("admin:curation_article_changelist") + f"?{question}").context["cl"].result_list
    assert {row.article.title for row in listed} - {"done"} == titles


def test_the_list_and_the_board_hand_their_question_to_each_other(at_desk, manager, described):
    client = at_desk(manager)
    briefs = reverse("admin:curation_article_changelist")
    assert f'href="{briefs}?due=week&amp;owner=others"' in client.get(f"{BOARD}?owner=others&due=week").content.decode()
    assert f'href="{BOARD}?due=week"' in client.get(f"{briefs}?due=week").content.decode()


def test_a_form_s_empty_boxes_are_left_out_of_the_address(at_desk, manager):
    response = at_desk(manager).get(f"{BOARD}?owner=&due=week&q=")
    assert (response.status_code, response.url) == (302, f"{BOARD}?due=week")
    assert at_desk(manager).get(f"{BOARD}?owner=&q=").url == f"{BOARD}?all=1"


def test_the_board_opens_with_one_s_default_search_and_keeps_new_ones(at_desk, manager):
    client = at_desk(manager)
    given = {"query": "due=week", "name": "This week", "is_default": "1", "view": "board"}
    assert client.post(reverse("admin:curation_article_searches"), given).url == f"{BOARD}?due=week"
    assert client.get(BOARD).url == f"{BOARD}?due=week"
    assert "This week" in client.get(f"{BOARD}?all=1").content.decode()
    assert SavedSearch.objects.get().query == "due=week"


# Price


def test_it_costs_the_same_however_much_there_is(at_desk, manager, django_assert_max_num_queries):
    counts = []
    client = at_desk(manager)
    for number in (2, 40):
        for state in ("draft", "in_review", "changes_requested", "approved"):
            draft_many([{}] * number)
            Article.objects.filter(state="draft").update(state=state)
        draft_many([{}] * number)
        client.get(f"{BOARD}?all=1")
        with django_assert_max_num_queries(20) as asked:
            client.get(f"{BOARD}?all=1")
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 2  # full columns are counted: those of a state together, the approved by themselves


# A card, opened


def test_a_card_opens_on_a_page_of_its_own_with_the_steps_that_are_open(at_desk, curator, manager):
    article = make_in("in_review", owner=curator, title="A ward")
    html = at_desk(manager).get(card_of(article) + "?due=week").content.decode()
    assert f'href="{BOARD}?due=week"' in html
    assert set(re.findall(r'data-step="(\w+)"', html)) == {
        *("approve", "return", "decline", "claim", "release", "due", "plan"),
    }
    assert f'name="version" value="{article.versions.get().pk}"' in html
    assert set(re.findall(r'data-step="(\w+)"', at_desk(curator).get(card_of(article)).content.decode())) == {
        "take_back",
        "release",
        "due",
        "plan",
    }


def test_a_step_from_a_card_comes_back_to_the_card(at_desk, curator, manager):
    article = make_in("in_review", owner=curator)
    client = at_desk(manager)
    html = client.get(card_of(article)).content.decode()
    form = re.search(r'data-step="approve"><form.*?action="([^"]*)".*?</form>', html)
    sent = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    assert client.post(form[1], sent).url == card_of(article)
    assert Article.objects.get().state == "approved"


def test_a_card_of_something_live_says_what_changed_since(at_desk, manager):
    article = make_published(standfirst="Paperwork halved.").article
    step("edit", article, manager, changes={"standfirst": "Paperwork fell by a third."})
    html = at_desk(manager).get(card_of(article)).content.decode()
    assert "Since edition 1" in html
    assert "<ins>" in html


def test_another_s_draft_has_no_card(at_desk, curator):
    assert at_desk(curator).get(card_of(make_in("draft", owner=make_person("Curator")))).status_code == 404


# Due day and priority


def test_a_due_day_is_set_changed_and_taken_away_by_its_step(at_desk, curator):
    article = make_in("draft", owner=curator)
    client, address = at_desk(curator), reverse("admin:curation_article_step", args=[article.pk, "due"])
    client.post(address, {"edit": article.edit, "due_on": "2026-12-07", "priority": "1"})
    kept = Article.objects.get()
    assert (kept.due, kept.priority) == (date(2026, 12, 7), Priority.HIGH)
    details = kept.log.first().details
    assert (details["due_on"], details["priority"]) == ("2026-12-07", "High")
    client.post(address, {"edit": kept.edit, "due_on": "", "priority": "2"})
    kept = Article.objects.get()
    assert (kept.due, kept.due_on, kept.priority) == (None, NO_DAY, Priority.NORMAL)


@pytest.mark.parametrize("given", [{"due_on": "soon"}, {"due_on": "2026-02-31"}, {"priority": "7"}, {"priority": "x"}])
def test_what_is_no_day_or_priority_changes_nothing(at_desk, curator, given):
    article = make_in("draft", owner=curator)
    address = reverse("admin:curation_article_step", args=[article.pk, "due"])
    at_desk(curator).post(address, {"edit": article.edit, "due_on": "2026-12-07", "priority": "1"} | given)
    assert Article.objects.get().edit == article.edit


def test_due_day_and_priority_are_in_no_version_and_sign_nobody(curator, manager):
    article = make_in("in_review", owner=curator)
    before = list(article.versions.values_list("pk", "digest"))
    step("due", article, manager, due_on=date(2026, 12, 7), priority=Priority.HIGH)
    assert list(article.versions.values_list("pk", "digest")) == before
    assert not article.versions.filter(writers=manager).exists()
    step("approve", article, manager)
    assert article.state == "approved"


def test_what_waits_for_its_hour_says_when_it_goes_out(at_desk, curator, manager):
    article = make_in("approved", owner=curator, title="Soon")
    step("publish", article, manager, at=timezone.now() + timedelta(hours=3, minutes=7, seconds=30))
    html = at_desk(manager).get(BOARD).content.decode()
    column = re.search(r'<section class="col [^>]*id="col-scheduled".*?</section>', html)[0]
    assert "next in 3 h 7 min" in column
    assert re.search(r"out \w* ?\d\d:\d\d, in 3 h 7 min", column)
