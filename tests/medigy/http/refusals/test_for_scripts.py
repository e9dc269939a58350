"""A script of the desk hears JSON whatever refuses or fails, and people a page in words; nothing is half-written."""

import errno
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client
from django.urls import reverse

from curation import discussion
from curation.models import Article, Author
from medigy.serving.charset import in_utf8
from medigy.wsgi import application
from tests.curation.admin.test_desk_fuzz import (
    addresses,
    newsroom,  # noqa: F401 -- a fixture
    valid,
)
from tests.factories import make_article

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
TROUBLES = {
    "locked": OperationalError("database is locked"),
    "full database": OperationalError("database or disk is full"),
    "gone database": InterfaceError("connection already closed"),
    "full disk": OSError(errno.ENOSPC, "No space left on device"),
    "quota": OSError(errno.EDQUOT, "Disk quota exceeded"),
    "read-only disk": OSError(errno.EROFS, "Read-only file system"),
}


@pytest.fixture
def article(curator):
    return make_article(owner=curator, title="Old title")


@pytest.fixture
def script(curator):
    """A script's requests, checked for forged forms as in a browser, whatever is raised below."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"accept": "application/json"})
    client.force_login(curator)
    return client


@pytest.fixture
def typing(client, curator):
    client.force_login(curator)
    client.raise_request_exception = False
    return client


def autosave(article):
    return reverse("admin:curation_article_autosave", args=[article.pk])


def in_words(response, status, name):
    """Whether an answer is of this status, and says in JSON what is in the way."""
    said = response.json()
    return (response.status_code, said["status"], bool(said["words"])) == (status, name, True)


def test_a_forged_or_old_form_says_that_the_token_is_old(script, article):
    assert in_words(script.post(autosave(article), {"title": "Mine"}), 403, "token")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (urlencode({"body": "x" * 2_700_000}).encode(), FORM),
        (b"a=1&" * 1_001, FORM),
        (b"".join(b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\na\r\n' for _ in range(101))
         + b"--x--\r\n", "multipart/form-data; boundary=x"),
    ],
)  # fmt: skip
def test_too_much_is_said_to_be_so(typing, article, body, kind):
    answer = typing.generic("POST", autosave(article), body, kind, headers={"accept": "application/json"})
    assert in_words(answer, 413, "refused")
    page = typing.generic("POST", reverse("admin:curation_article_change", args=[article.pk]), body, kind)
    assert (page.status_code, "more than can be sent at once" in page.content.decode()) == (413, True)
    assert Article.objects.get(pk=article.pk).title == "Old title"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"title=a", f"{FORM}; charset=utf-16"),
        (b"title=a", f"{FORM}; charset=hex"),
        (b"title=+2AA-", "multipart/form-data; boundary=x; charset=utf-7"),
        (b"title=a%00b", FORM),
        (b"a%00b=title", FORM),
        (b"title=a", "multipart/form-data"),
    ],
)
def test_what_cannot_be_read_is_refused_before_anything_reads_it(typing, article, body, kind):
    answer = typing.generic("POST", autosave(article), body, kind, headers={"accept": "application/json"})
    assert in_words(answer, 400, "refused")
    assert Article.objects.get(pk=article.pk).title == "Old title"


@pytest.mark.parametrize("address", ["/admin/curation/article/?q=a%00b", "/admin/a%00b/"])
def test_nul_in_an_address_of_the_desk_is_refused(typing, address):
    assert typing.get(address).status_code == 400


@pytest.mark.parametrize(
    ("address", "status"), [("/news/?q=%00", 200), ("/news/%00/", 404), ("/offering/?topic=%00", 200)]
)
def test_nul_in_an_address_of_readers_finds_nothing(client, db, address, status):
    assert client.get(address).status_code == status


@pytest.mark.parametrize("kind", ["text/plain; charset=hex", "text/plain; charset=idna", "text/plain; charset=utf-7"])
def test_a_strange_encoding_is_refused_before_a_request_is_made_of_it(rf, kind):
    told, environ = [], rf.get("/news/").environ | {"QUERY_STRING": "q=a", "CONTENT_TYPE": kind}
    application(environ, lambda status, headers: told.append(status))
    assert told == ["400 Bad Request"]


@pytest.mark.parametrize("kind", ["", "text/html", "application/json; Charset=UTF8", 'a/b; charset="utf-8"', "charset"])
def test_who_says_nothing_or_utf_8_is_let_in(rf, kind):
    told = []
    in_utf8(lambda environ, start_response: told.append(environ["CONTENT_TYPE"]))({"CONTENT_TYPE": kind}, None)
    assert told == [kind]


@pytest.mark.parametrize("trouble", TROUBLES)
def test_what_cannot_be_kept_now_is_503_in_json_and_a_page_for_people(typing, article, monkeypatch, trouble):
    def fail(*args, **given):
        raise TROUBLES[trouble]

    monkeypatch.setattr("curation.workflow.engine.take_many", fail)
    place = reverse("admin:curation_article_change", args=[article.pk])
    form = {"edit": article.edit, "seen": "{}", "title": "Mine"}
    assert in_words(typing.post(autosave(article), form, headers={"accept": "application/json"}), 503, "failed")
    page = typing.post(place, form)
    assert (page.status_code, "Try again soon" in page.content.decode()) == (503, True)
    assert Article.objects.get(pk=article.pk).title == "Old title"


def test_two_who_save_the_same_at_once_are_told(typing, administrator, monkeypatch):
    def late(*args, **given):
        raise IntegrityError("UNIQUE constraint failed")

    typing.force_login(administrator)
    monkeypatch.setattr(Author, "save", late)
    page = typing.post(reverse("admin:curation_author_add"), {"name": "A Name", "slug": "a-name"})
    assert (page.status_code, "a moment ago" in page.content.decode()) == (409, True)


def test_a_fault_of_ours_is_json_to_scripts_and_names_nothing(typing, article, monkeypatch):
    def fail(*args, **given):
        raise RuntimeError("a secret")

    monkeypatch.setattr(discussion, "add", fail)
    place = reverse("admin:curation_article_comments", args=[article.pk])
    answer = typing.post(place, {"words": "A word."}, headers={"accept": "application/json"})
    assert in_words(answer, 500, "failed")
    assert "secret" not in answer.content.decode()


def test_an_ended_session_is_401_wherever_a_script_asks(newsroom):  # noqa: F811 -- the fixture
    """Never a redirect to the door, which a script would take for the page it asked for."""
    client = Client(headers={"accept": "application/json"})
    for pattern, name in addresses():
        place = valid(pattern, name, newsroom)
        for method in ("GET", "POST"):
            answer = client.generic(method, place)
            if name not in ("login", "logout", "jsi18n"):
                assert answer.status_code in (401, 404, 405), f"{method} {place}"
            if answer.status_code >= 400:
                assert answer.json()["words"], place


@pytest.mark.parametrize(
    "asks", [{"accept": "application/json"}, {"x-requested-with": "fetch"}, {"sec-fetch-dest": "empty"}]
)
def test_a_script_is_known_by_what_it_says_of_itself(client, reader, asks):
    client.force_login(reader)
    answer = client.get(reverse("admin:curation_find_topics"), headers=asks)
    assert in_words(answer, 401, "signed-out")


def test_pages_and_readers_keep_their_pages(client, curator):
    client.force_login(curator)
    for place in ("/admin/nowhere/", "/nowhere/"):
        page = client.get(place, headers={"accept": "text/html"})
        assert page.headers["Content-Type"].startswith("text/html")
    assert (
        client.get("/nowhere/", headers={"accept": "application/json"}).headers["Content-Type"].startswith("text/html")
    )


def test_addresses_that_only_scripts_know_need_not_be_told(client, curator, article):
    client = Client(enforce_csrf_checks=True)
    client.force_login(curator)
    assert in_words(client.post(autosave(article), {"title": "Mine"}), 403, "token")
