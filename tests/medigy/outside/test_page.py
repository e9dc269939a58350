"""The page for somebody outside: what it shows and keeps, to whom, and that nothing of it tells more."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from curation import discussion
from curation.discussion import CommentRefused, outside
from curation.models import Article, Comment, LogEntry, OutsideLink
from medigy.http.headers import told_path
from tests.factories import make_article, make_in, make_person, step

pytestmark = pytest.mark.django_db

SECRET = "x" * 43


@pytest.fixture
def article(curator):
    return make_article(owner=curator, body="<p>One ward listens.</p>")


@pytest.fixture
def asked(article, curator):
    """A link and its address."""
    return outside.ask(article, by=curator, name="Dr Okonedo", email="okonedo@example.org")


@pytest.fixture
def patient(monkeypatch):
    monkeypatch.setattr(outside, "PAUSE", timedelta(0))


def logged(article):
    return list(article.log.filter(step__in=LogEntry.BESIDE).order_by("pk").values_list("step", "actor", "by"))


def test_who_is_asked_reads_one_version_and_says_what_they_think(client, asked, article, curator, patient):
    link, address = asked
    page = client.get(address)
    words = page.content.decode()
    assert page.status_code == 200
    assert [some in words for some in ("One ward listens.", "Dr Okonedo, curator asks", "www.example.org/story-")] == [
        True
    ] * 3
    assert client.post(address, {"opinion": "changes", "words": "Say **which** ward."}).status_code == 200
    comment = Comment.objects.get()
    assert (comment.words, comment.actor, comment.by, comment.outside) == (
        "Say **which** ward.",
        "outside: Dr Okonedo",
        None,
        link,
    )
    assert Article.objects.get().state == "draft"
    discussion.settle(comment, by=curator)
    client.post(address, {"opinion": "yes", "words": ""})
    comment.refresh_from_db()
    assert (comment.words, comment.resolved_at) == ("Yes, it is right", None)
    assert "Say **which** ward." not in client.get(address).content.decode()
    assert logged(article) == [
        ("asked", "curator", curator.pk),
        ("opened", "somebody outside", None),
        ("opined", "somebody outside", None),
        ("opined", "somebody outside", None),
    ]


def test_only_its_digest_is_kept(asked):
    secret = asked[1].rstrip("/").rpartition("/")[2]
    assert len(secret) == 43
    assert secret not in str(list(OutsideLink.objects.values())) + str(list(LogEntry.objects.values()))


def test_whatever_is_no_open_link_is_answered_alike(client, asked, article, curator):
    link, address = asked
    expired, revoked = (outside.ask(article, by=curator, name="Dr Sadiq") for _ in range(2))
    OutsideLink.objects.filter(pk=expired[0].pk).update(until=timezone.now())
    outside.revoke(revoked[0], by=curator)
    right = address.rstrip("/").rpartition("/")[2]
    paths = [
        expired[1],
        revoked[1],
        reverse("outside", args=[link.key, SECRET]),
        reverse("outside", args=["0" * 16, right]),
        reverse("outside", args=[link.key, right[:-1]]),
    ]
    told = []
    client.get(paths[0], REMOTE_ADDR="192.0.2.99")  # what every page of a process asks for once
    for place, path in enumerate(paths):
        where = {"REMOTE_ADDR": f"192.0.2.{place}"}
        for ask in (client.get, client.post):
            with CaptureQueriesContext(connection) as asked_of:
                page = ask(path, **where)
            told.append((page.status_code, len(asked_of), page.content.replace(path.encode(), b"")))
    assert {status for status, _, _ in told} == {404}
    assert len({body for _, _, body in told}) == 1
    assert len({queries for _, queries, _ in told[::2]}) == 1
    assert not Comment.objects.exists()


def test_the_page_leaks_nothing_and_is_kept_nowhere(client, asked, article, manager):
    discussion.add(article, "Whispered among us.", by=manager)
    page = client.get(asked[1])
    words = page.content.decode()
    assert [some in words for some in ("Whispered", "manager", "/admin", "okonedo@example.org")] == [False] * 4
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == ("no-referrer", "no-store, private")
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert 'name="robots" content="noindex' in words
    assert not re.search(r"<(?:script(?! src)|style)|\sstyle=|\son\w+=", words)
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert not page.cookies
    ended = client.get(reverse("outside", args=["0" * 16, SECRET]))
    assert ended.headers["Referrer-Policy"] == "no-referrer"


def test_the_log_of_requests_holds_no_secret(client, asked):
    assert told_path(client.get(asked[1]).wsgi_request) == f"/review/{asked[0].key}/…/"
    welcome = client.get(reverse("welcome", args=["MQ", "abc-def"]))
    assert told_path(welcome.wsgi_request) == "/welcome/MQ/…/"
    assert told_path(client.get("/no/such/page/").wsgi_request) == "/no/such/page/"


def test_asking_for_the_head_or_ahead_does_not_open_it(client, asked):
    link, address = asked
    client.head(address)
    for header in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}):
        client.get(address, headers=header)
    assert OutsideLink.objects.get().opened_at is None
    client.get(address)
    first = OutsideLink.objects.get().opened_at
    client.get(address)
    assert OutsideLink.objects.get().opened_at == first is not None


def test_an_address_that_tries_secrets_is_turned_away_and_no_right_one(client, asked):
    wrong = reverse("outside", args=[asked[0].key, SECRET])
    there = {"REMOTE_ADDR": "192.0.2.7"}
    answers = [client.get(wrong, **there).status_code for _ in range(7)]
    assert answers == [404] * 5 + [429] * 2
    assert AccessAttempt.objects.aggregate(n=Sum("failures_since_start"))["n"] == 5
    assert client.get(asked[1], **there).status_code == 200
    assert client.get(asked[1], REMOTE_ADDR="192.0.2.8").status_code == 200
    assert "xxxx" not in str(list(AccessAttempt.objects.values()))


def test_a_newer_version_is_named_and_not_shown(client, asked, article, curator):
    words = client.get(asked[1]).content.decode()
    assert "newer version" not in words
    step("edit", article, curator, changes={"body": "<p>Two wards listen.</p>"})
    words = client.get(asked[1]).content.decode()
    assert ["A newer version of it exists" in words, "One ward" in words, "Two wards" in words] == [True, True, False]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"opinion": "approve", "words": "x"},
        {"opinion": "changes", "words": " \u202e "},
        {"opinion": "comment", "words": ""},
        {"opinion": "yes", "words": "x" * 4001},
        {"opinion": "yes", "words": "a\0b"},
    ],
)
def test_what_is_no_opinion_is_refused_and_given_back(client, asked, sent):
    page = client.post(asked[1], sent)
    assert (page.status_code, 'role="alert"' in page.content.decode()) == (400, True)
    assert not Comment.objects.exists()
    assert sent.get("words", "").strip()[:10].replace("\0", "") in page.content.decode().replace("\0", "")


def test_many_words_in_any_script_come_in(client, asked):
    assert client.post(asked[1], {"opinion": "comment", "words": "病" * 4000}).status_code == 200
    assert len(Comment.objects.get().words) == 4000
    assert client.post(asked[1], {"opinion": "comment", "words": "病" * 40_000}).status_code == 413


def test_opinions_come_no_faster_than_people_write(client, asked):
    assert client.post(asked[1], {"opinion": "yes"}).status_code == 200
    assert client.post(asked[1], {"opinion": "comment", "words": "But one thing."}).status_code == 400


def test_sent_twice_it_is_kept_once_and_opens_nothing_again(client, asked):
    said = {"opinion": "comment", "words": "A figure is wrong."}
    client.post(asked[1], said)
    Comment.objects.update(resolved_at=timezone.now())
    assert client.post(asked[1], said).status_code == 200
    assert Comment.objects.get().resolved_at is not None


def test_hostile_words_are_words(client, asked, article, curator):
    client.post(asked[1], {"opinion": "comment", "words": "<script>alert(1)</script> [a](javascript:b) \u202egnp"})
    client.force_login(curator)
    panel = client.get(reverse("admin:curation_article_comments", args=[article.pk])).content.decode()
    assert "&lt;script&gt;alert(1)" in panel
    assert ["<script" in panel, 'href="javascript' in panel, "\u202e" in panel] == [False] * 3
    assert "outside: Dr Okonedo" in panel
    assert "A comment only" in panel
    assert "&lt;script&gt;" in client.get(asked[1]).content.decode()


# At the desk ---------------------------------------------------------------------------------------------------------


def links(article):
    return reverse("admin:curation_article_outside", args=[article.pk])


def test_an_owner_makes_a_link_sees_its_address_once_and_ends_it(client, article, curator):
    client.force_login(curator)
    page = client.post(links(article), {"name": " Dr  Okonedo ", "days": "3"})
    link = OutsideLink.objects.get()
    path = re.search(rf"/review/{link.key}/[\w-]{{43}}/", page.content.decode())[0]
    assert page.headers["Cache-Control"].startswith("max-age=0")
    assert link.version.sealed
    assert timedelta(days=2) < link.until - timezone.now() <= timedelta(days=3)
    shown = client.get(links(article)).content.decode()
    assert path not in shown
    assert client.get(path).status_code == 200
    client.post(reverse("admin:curation_article_outside_end", args=[article.pk, link.pk]))
    assert client.get(path).status_code == 404
    assert [row[0] for row in logged(article)] == ["asked", "opened", "revoked"]


@pytest.mark.parametrize(
    "sent",
    [
        {"name": ""},
        {"name": "x" * 121},
        {"name": "Dr Okonedo", "days": "0"},
        {"name": "Dr Okonedo", "days": "91"},
        {"name": "Dr Okonedo", "days": "soon"},
        {"name": "Dr Okonedo", "email": "nowhere"},
        {"name": "Dr Okonedo", "email": "a@b.example\nBcc: c@d.example"},
    ],
)
def test_what_makes_no_link_is_refused_in_words(client, article, curator, sent):
    client.force_login(curator)
    page = client.post(links(article), {"days": "14"} | sent)
    assert (page.status_code, len(list(page.context["messages"]))) == (400, 1)
    assert not OutsideLink.objects.exists()


def test_only_its_owner_and_managers_ask_and_end(client, asked, article, manager):
    ending = reverse("admin:curation_article_outside_end", args=[article.pk, asked[0].pk])
    for person, status in ((make_person("Curator"), 404), (make_person(""), 302), (None, 302)):
        client.force_login(person) if person else client.logout()
        assert client.post(links(article), {"name": "Me", "days": "3"}).status_code == status
        assert client.post(ending).status_code == status
    free = make_article()
    client.force_login(make_person("Curator"))
    assert client.post(links(free), {"name": "Me", "days": "3"}).status_code == 403
    client.force_login(manager)
    other = outside.ask(make_in("in_review"), by=manager, name="Dr Sadiq")[0]
    wrong = reverse("admin:curation_article_outside_end", args=[article.pk, other.pk])
    assert client.post(wrong).status_code == 404
    assert OutsideLink.objects.filter(revoked_at=None).count() == 2


def test_so_many_links_are_enough(article, curator):
    for _ in range(outside.MOST_LINKS):
        last, _ = outside.ask(article, by=curator, name="Dr Okonedo")
    with pytest.raises(CommentRefused, match="End one first"):
        outside.ask(article, by=curator, name="Dr Okonedo")
    outside.revoke(last, by=curator)
    assert outside.ask(article, by=curator, name="Dr Okonedo")
