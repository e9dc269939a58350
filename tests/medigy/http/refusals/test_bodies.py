"""What may be sent to which address, by whom; and that a stranger's body never becomes a file."""

import io
import tempfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT

from curation.models.people import sections
from medigy.http.refusals import bodies
from tests.factories import make_article


@pytest.fixture(autouse=True)
def _no_files(monkeypatch):
    """A temporary file would end the test: strangers get none."""

    def refuse(*args, **given):
        raise AssertionError("a temporary file was made")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", refuse)


class Endless(io.RawIOBase):
    """A body that never ends; ``taken`` says how much of it was read."""

    taken = 0

    def read(self, size=-1):
        assert 0 <= size <= 1_000_000, "a body is read in pieces"
        self.taken += size
        return b"&" * size


def multipart(size):
    file = b"a" * size
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="f"; filename="f.jpg"\r\n\r\n'.encode()
    return head + file + f"\r\n--{BOUNDARY}--\r\n".encode()


@pytest.mark.parametrize("path", ["/news/", "/", "/admin/login/", "/search/", "/no/such/page/", "/welcome/MQ/x/"])
@pytest.mark.parametrize("kind", [MULTIPART_CONTENT, "application/x-www-form-urlencoded", "text/plain"])
def test_a_stranger_sends_little_to_readers_pages_and_to_the_door(client, db, path, kind):
    answer = client.generic("POST", path, b"x" * (bodies.SMALL + 1), content_type=kind)
    assert answer.status_code == 413
    assert b"No more than 16 kB" in answer.content


@pytest.mark.parametrize("path", ["/news/", "/admin/login/", "/admin/", "/admin/curation/article/add/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "get"])
def test_two_hundred_megabytes_are_refused_unread(client, db, path, method):
    body = Endless()
    given = {"wsgi.input": body, "CONTENT_LENGTH": str(200_000_000), "CONTENT_TYPE": MULTIPART_CONTENT}
    refused = 413 if method in ("get", "post") else 405  # nothing here is asked for in another way
    assert getattr(client, method)(path, **given).status_code == refused
    assert body.taken == 0


def test_a_length_that_never_fits_a_number_is_refused(client, db):
    for length in ("9" * 5_000, "-1", "1e9", "²", " "):
        answer = client.post("/news/", CONTENT_LENGTH=length)
        assert answer.status_code in (400, 413)


def chunked(client, path, body):
    given = {"wsgi.input": body, "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    return client.generic("POST", path, CONTENT_TYPE="application/x-www-form-urlencoded", **given)


@pytest.mark.parametrize("path", ["/news/", "/admin/login/", "/admin/curation/article/add/"])
def test_a_body_without_a_length_is_counted_and_ends_at_the_limit(client, db, path):
    body = Endless()
    assert chunked(client, path, body).status_code == 413
    assert body.taken <= bodies.FORM + bodies.PIECE


def test_a_short_body_without_a_length_is_read_as_any_other(client, administrator):
    administrator.set_password("correct-horse-9")
    administrator.save()
    sent = f"username={administrator.username}&password=correct-horse-9".encode()
    assert chunked(client, "/admin/login/", io.BytesIO(sent)).status_code == 302


def test_where_nothing_says_the_end_a_length_is_asked_for(client, db):
    assert client.generic("POST", "/news/", HTTP_TRANSFER_ENCODING="chunked").status_code == 411


def test_a_form_of_the_desk_comes_in_as_large_as_ever(client, curator):
    article = make_article()
    client.force_login(curator)
    answer = client.post(f"/admin/curation/article/{article.pk}/change/", {"body": "word " * 400_000})
    assert answer.status_code != 413


def test_somebody_signed_in_sends_a_picture_and_no_more(client, curator, monkeypatch):
    monkeypatch.undo()
    client.force_login(curator)
    assert client.post("/admin/", {"f": SimpleUploadedFile("f.jpg", b"x" * 3_000_000)}).status_code != 413
    body = Endless()
    given = {"wsgi.input": body, "CONTENT_LENGTH": str(bodies.FILE + 1), "CONTENT_TYPE": MULTIPART_CONTENT}
    assert client.post("/admin/", **given).status_code == 413
    assert body.taken == 0


def test_a_reader_with_an_account_is_a_stranger_to_the_desk(client, reader):
    client.force_login(reader)
    answer = client.post("/admin/", CONTENT_LENGTH=str(bodies.FORM + 1), CONTENT_TYPE=MULTIPART_CONTENT)
    assert answer.status_code == 413
    assert b"Sign in first" in answer.content


def test_a_session_that_ended_still_hears_that_it_ended(db):
    article = make_article()
    answer = Client().generic(
        "POST", f"/admin/curation/article/{article.pk}/autosave/", multipart(500_000), MULTIPART_CONTENT
    )
    assert answer.status_code != 413


@pytest.mark.parametrize("asks", [{"Accept": "application/json"}, {"Sec-Fetch-Mode": "cors"}])
def test_a_script_hears_it_as_json(client, db, asks):
    answer = client.generic("POST", "/news/", b"x" * 20_000, content_type="text/plain", headers=asks)
    assert (answer.status_code, answer.json()["status"]) == (413, "refused")
    assert "16 kB" in answer.json()["words"]


def test_a_page_asks_for_nobody(client, db, django_assert_num_queries):
    sections()  # the refusal is a page, whose menu a process knows for seconds
    with django_assert_num_queries(0):
        client.generic("POST", "/news/", b"x" * 20_000, content_type="text/plain")
