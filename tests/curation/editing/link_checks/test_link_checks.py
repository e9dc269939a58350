"""Whether links still answer: which are looked at, how often, and when the worker is asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from curation import workflow
from curation.editing import link_checks, tasks
from curation.editing.link_checks import trials
from curation.extract import judge
from curation.fetch import Fetched, faults
from curation.models import Article, LinkState
from tests.factories import MACHINE, make_article, make_person, step, words

LINKED = (
    '<p>See <a href="https://a.example/1">one</a> and <a title="x" href="http://www.b.example/?utm_source=x">b</a>.</p>'
)


@pytest.fixture
def enqueued(monkeypatch):
    """What the worker was asked to do."""
    asked = []
    monkeypatch.setattr(type(tasks.try_links), "enqueue", lambda self, *given: asked.append((self.name, *given)))
    return asked


def test_the_addresses_of_a_body_are_told_once_each_and_fifty_at_most():
    assert link_checks.addresses(LINKED) == {
        "a.example/1": "https://a.example/1",
        "b.example": "http://www.b.example/?utm_source=x",
    }
    (address,) = link_checks.addresses('<p><a href="https://a.example/?a=1&amp;b=2">x</a></p>').values()
    assert address == "https://a.example/?a=1&b=2"
    assert link_checks.addresses('<p><a href="mailto:a@b.example">x</a><a href="/topic/x/">y</a></p>') == {}
    assert link_checks.addresses("<p>https://a.example/1</p>") == {}
    many = "".join(f'<a href="https://a.example/{number}">x</a>' for number in range(70))
    assert len(link_checks.addresses(many)) == 50


@pytest.mark.parametrize(
    ("fault", "is_alive"),
    [
        (faults.GoneError, False),
        (faults.UnresolvedError, False),
        (faults.ConnectionRefused, False),
        (faults.TimedOutError, False),
        (faults.ServerError, False),
        (faults.TurnedAwayError, True),
        (faults.ChallengedError, True),
        (faults.PaywalledError, True),
        (faults.TooLargeError, True),
        (faults.NotAPageError, True),
    ],
)
def test_a_site_that_turns_only_us_away_is_there_for_readers(fault, is_alive):
    assert trials.is_alive(fault.code) is is_alive
    assert trials.is_alive("")


def test_what_came_of_it_is_kept_and_no_address_is_tried_twice_a_day(tried, clock, db):
    article = make_article(body=LINKED)
    tried[0]["https://a.example/1"] = faults.GoneError
    assert trials.try_links([article.pk]) == []
    rows = LinkState.objects.order_by("key").values_list("key", "is_alive", "code", "at")
    assert list(rows) == [("a.example/1", False, "gone", clock.at), ("b.example", True, "", clock.at)]
    clock.turn(hours=23)
    trials.try_links([article.pk, make_article(body=LINKED).pk, 10**9])
    assert len(tried[1]) == 2
    del tried[0]["https://a.example/1"]
    clock.turn(hours=2)
    trials.try_links([article.pk])
    assert set(LinkState.objects.values_list("is_alive", "code", "at")) == {(True, "", clock.at)}


@pytest.mark.parametrize(
    ("end", "body", "code"),
    [
        ("https://a.example/", b"<title>The A</title><p>All stories.</p>", "gone"),
        ("https://a.example/2024/a-ward-that-listens", b"<title>a.example is for sale</title>", "parked"),
        ("https://a.example/2024/a-ward-that-listens", b"<title>Page not found</title>", "gone"),
        ("https://a.example/new/a-ward-that-listens", b"<title>A ward that listens</title>", ""),
        ("https://a.example/2024/a-ward-that-listens", b"<title>Just a moment...</title>", ""),
        ("https://a.example/2024/a-ward-that-listens", b"", ""),
    ],
    ids=["front page", "for sale", "gone", "moved", "a guard", "empty"],
)
def test_a_link_that_answers_and_leads_to_no_page_of_its_own_is_dead(db, monkeypatch, end, body, code):
    monkeypatch.setattr(
        trials, "fetch", lambda url: Fetched(url=end, status=200, headers={}, body=body, hops=[], kind="page")
    )
    article = make_article(body='<p><a href="https://a.example/2024/a-ward-that-listens">x</a></p>')
    trials.try_links([article.pk])
    assert list(LinkState.objects.values_list("is_alive", "code")) == [(not code, code)]


def test_what_is_old_is_not_believed(db, django_assert_num_queries):
    now = timezone.now()
    LinkState.objects.create(key="old.example", is_alive=False, at=now - timedelta(days=31))
    LinkState.objects.create(key="new.example", is_alive=False, at=now - timedelta(days=29))
    with django_assert_num_queries(1):
        assert link_checks.known_answers(["old.example", "new.example", "un.example"]) == {"new.example": "dead"}
    with django_assert_num_queries(0):
        assert link_checks.known_answers([]) == {}


def test_what_takes_long_leaves_the_worker_to_others_and_goes_on_later(tried, enqueued, db, monkeypatch):
    first, second = make_article(body=LINKED), make_article(body="<p><a href='https://c.example/'>c</a></p>")
    assert trials.try_links([first.pk, second.pk], seconds=-1) == [first.pk, second.pk]
    assert len(tried[1]) == 1
    monkeypatch.setattr(trials, "SECONDS", 20.0)
    assert tasks.try_links.func([first.pk, second.pk]) == 0
    assert enqueued == []
    assert len(tried[1]) == 3
    LinkState.objects.all().delete()
    monkeypatch.setattr(trials, "try_links", lambda articles: articles[1:])
    assert tasks.try_links.func([first.pk, second.pk]) == 1
    assert enqueued == [("try_links", [second.pk])]


@pytest.mark.engines
def test_sending_to_review_has_links_tried_once_for_all(curator, enqueued, django_capture_on_commit_callbacks):
    linked = [make_article(owner=curator, body=LINKED) for _ in range(3)]
    plain = make_article(owner=curator)
    with django_capture_on_commit_callbacks(execute=True):
        taken = workflow.take_many(
            "submit", Article.objects.filter(pk__in=[a.pk for a in [*linked, plain]]), by=curator
        )
    assert len(taken.log) == 4
    (asked,) = [asked for name, asked in enqueued if name == "try_links"]
    assert sorted(asked) == sorted(article.pk for article in linked)


def test_neither_machines_nor_the_past_have_anything_tried(curator, enqueued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        step("submit", make_article(body=LINKED))
        article = workflow.begin_many([words(body=LINKED)], by=workflow.Past(curator))[0]
        workflow.take("submit", article, by=workflow.Past(curator), edit=article.edit)
        workflow.take_many("submit", workflow.begin_many([words(body=LINKED)], by=MACHINE), by=MACHINE, gates=False)
        step("submit", make_article(owner=(other := make_person("Curator"))), other)
    assert enqueued == []


def test_every_reason_why_a_link_is_dead_has_words_of_its_own():
    codes = {fault.code for fault in vars(faults).values() if isinstance(fault, type) and hasattr(fault, "code")}
    dead = {code for code in codes | set(judge.REASONS) if not trials.is_alive(code)}
    assert len(dead) > 10
    assert {code for code in dead if link_checks.reason(code) == link_checks.reason("dead")} == set()
