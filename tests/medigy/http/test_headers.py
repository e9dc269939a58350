"""Headers: A+ by the Observatory's published rules, two policies, compression, and whose request it is."""

import gzip
import re
from urllib.parse import urlsplit

import brotli
import pytest
from django.conf import settings as project
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path, reverse

from medigy.http import headers, policies

SITE = "https://news.example.org"
DIRECTIVES = {
    "base-uri", "connect-src", "default-src", "font-src", "form-action", "frame-ancestors", "frame-src", "img-src",
    "manifest-src", "script-src", "style-src",
}  # fmt: skip


def long_page(request):
    return HttpResponse("<!doctype html><title>Long</title>" + "<p>The same words again.</p>" * 200)


def long_page_with_a_cookie(request):
    response = long_page(request)
    response.set_cookie("csrftoken", "secret")
    return response


def long_download(request):
    return HttpResponse(b"\0" * 5000, content_type="image/webp")


urlpatterns = [
    path("long/", long_page),
    path("cookie/", long_page_with_a_cookie),
    path("download/", long_download),
    path("", include("medigy.urls")),
]


@pytest.fixture
def tls(settings):
    """The site as it is deployed: https, its own host."""
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = ["news.example.org"]
    for name, value in policies.tls_settings(SITE).items():
        setattr(settings, name, value)
    return Client(headers={"host": "news.example.org"})


@pytest.fixture
def pages(settings):
    settings.ROOT_URLCONF = __name__
    return Client()


# The Observatory's score table, its modifiers as published: https://github.com/mdn/mdn-http-observatory
def csp_score(answer):
    policy = parsed(answer.headers.get("Content-Security-Policy", ""))
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    styles = policy.get("style-src", policy.get("default-src", ["*"]))
    objects = policy.get("object-src", policy.get("default-src", ["*"]))
    broad = {"*", "http:", "https:", "data:", "'unsafe-inline'", "ftp:"}
    if broad & {*scripts, *objects}:
        return -20
    if "'unsafe-eval'" in {*scripts, *styles}:
        return -10
    if broad & set(styles):
        return 0
    closed = policy.get("default-src") == ["'none'"] and policy.get("form-action") in (["'none'"], ["'self'"])
    return 10 if closed else 5


def cookie_score(answer):
    scores = [0]
    for name, cookie in answer.cookies.items():
        sessional, against_forgery = "sess" in name or "login" in name, "csrf" in name
        if not cookie["secure"]:
            scores.append(-40 if sessional else -20)
        if sessional and not cookie["httponly"]:
            scores.append(-30)
        if cookie["samesite"] not in {"Lax", "Strict"}:
            scores.append(-20 if against_forgery or cookie["samesite"] else 0)
    whole = all(cookie["samesite"] and cookie["secure"] for cookie in answer.cookies.values())
    return 5 if answer.cookies and whole and min(scores) == 0 else min(scores)


def hsts_score(answer):
    found = re.search(r"max-age=(\d+)", answer.headers.get("Strict-Transport-Security", ""))
    if not found:
        return -20
    return 0 if int(found[1]) >= 15768000 else -10


def redirection_score(client, path):
    first = client.get(path)
    target = urlsplit(first.headers.get("Location", ""))
    if first.status_code not in {301, 302, 307, 308}:
        return -20
    if target.scheme != "https":
        return -20
    return 0 if target.hostname == "news.example.org" else -5


def referrer_score(answer):
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    said = answer.headers.get("Referrer-Policy")
    return 0 if said is None else 5 if said in private else -5


def sniffing_score(answer):
    return 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5


def framing_score(answer):
    if parsed(answer.headers.get("Content-Security-Policy", "")).get("frame-ancestors"):
        return 5
    return 0 if answer.headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20


def corp_score(answer):
    said = answer.headers.get("Cross-Origin-Resource-Policy")
    return {None: 0, "cross-origin": 0, "same-origin": 10, "same-site": 10}.get(said, -5)


def cors_score(answer):
    open_to_all = "Access-Control-Allow-Origin" in answer.headers
    return -50 if open_to_all and "Access-Control-Allow-Credentials" in answer.headers else 0


def integrity_score(answer):
    scripts = re.findall(r"<script[^>]*\bsrc=[\"']?([^\"'\s>]+)", answer.content.decode())
    elsewhere = [src for src in scripts if not (src.startswith("/") and not src.startswith("//"))]
    return -50 if any(not src.startswith("https://") for src in elsewhere) else -5 if elsewhere else 0


def observatory(client, path):
    """The Observatory's score of a page: 100, its reductions, and its extra credit where 90 are reached without."""
    answer = client.get(path, secure=True)
    tests = [csp_score, cookie_score, hsts_score, referrer_score, sniffing_score, framing_score, corp_score]
    scores = [test(answer) for test in (*tests, cors_score, integrity_score)] + [redirection_score(client, path)]
    without = 100 + sum(score for score in scores if score < 0)
    return without + sum(score for score in scores if score > 0) if without >= 90 else without


def parsed(policy):
    return {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}


@pytest.mark.parametrize("page", ["/.well-known/security.txt", "/no-such-page/", "/admin/login/"])
def test_a_page_scores_an_a_plus_and_more(tls, db, page):
    assert observatory(tls, page) >= 125


def test_the_rules_see_what_is_wrong(settings, tls, db):
    settings.SECURE_CSP = {"default-src": ["'self'"], "script-src": ["'self'", "'unsafe-inline'"]}
    settings.SECURE_HSTS_SECONDS = 60
    settings.SECURE_REFERRER_POLICY = "unsafe-url"
    page = Client(headers={"host": "news.example.org"}).get("/.well-known/security.txt", secure=True)
    assert (csp_score(page), hsts_score(page), referrer_score(page), framing_score(page)) == (-20, -10, -5, 0)


def test_a_session_cookie_is_closed_to_scripts_and_to_other_sites(tls, db):
    User.objects.create_superuser("ada", password="correct-horse-9")
    page = tls.get(reverse("admin:login"), secure=True)
    answer = tls.post(
        reverse("admin:login"),
        {"username": "ada", "password": "correct-horse-9", "csrfmiddlewaretoken": page.context["csrf_token"]},
        secure=True,
    )
    assert set(answer.cookies) == {"sessionid", "csrftoken"}
    assert cookie_score(answer) == 5
    assert all(cookie["httponly"] for cookie in answer.cookies.values())


def test_readers_get_no_nonce_and_nothing_unsafe(client, db):
    policy = client.get("/.well-known/security.txt").headers["Content-Security-Policy"]
    assert "nonce" not in policy
    assert "unsafe" not in policy
    assert parsed(policy) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }


def test_the_desk_gets_a_nonce_of_its_own_each_time(admin_client):
    first, second = (admin_client.get(reverse("admin:index")) for _ in range(2))
    policy = parsed(first.headers["Content-Security-Policy"])
    nonce = policy["script-src"][1]
    assert re.fullmatch(r"'nonce-[\w-]{20,}'", nonce)
    assert policy["script-src"] == policy["style-src"] == ["'self'", nonce]
    assert policy["frame-src"] == policy["frame-ancestors"] == ["'self'"]
    assert nonce not in second.headers["Content-Security-Policy"]
    assert first.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert f'nonce="{nonce[7:-1]}"' in first.content.decode()


@pytest.mark.parametrize("policy", [project.SECURE_CSP, project.DESK_CSP, policies.PREVIEW_POLICY])
def test_no_policy_holds_anything_broad(policy):
    sources = {source for sources in policy.values() for source in sources}
    assert sources <= {"'none'", "'self'", policies.CSP.NONCE}
    assert set(policy) <= DIRECTIVES


def test_readers_pages_touch_no_session_and_set_no_cookie(client, db, django_assert_num_queries):
    client.cookies["sessionid"] = "somebody"
    with django_assert_num_queries(0):
        answer = client.get("/.well-known/security.txt")
    assert not answer.cookies
    assert "Vary" not in answer.headers


@pytest.mark.parametrize(
    ("asked", "encoding", "read"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("br;q=0.5", "br", brotli.decompress),
        ("identity", None, bytes),
        ("br;q=0,gzip;q=0.0", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_long_page_is_packed_as_asked(pages, asked, encoding, read):
    answer = pages.get("/long/", headers={"accept-encoding": asked})
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Content-Length"] == str(len(answer.content))
    assert read(answer.content) == long_page(None).content


@pytest.mark.parametrize("page", ["/cookie/", "/download/", "/.well-known/security.txt"])
def test_what_holds_a_secret_or_gains_nothing_is_sent_as_it_is(pages, page):
    assert "Content-Encoding" not in pages.get(page, headers={"accept-encoding": "br"}).headers


def test_the_desk_is_sent_as_it_is(admin_client):
    answer = admin_client.get(reverse("admin:index"), headers={"accept-encoding": "br, gzip"})
    assert len(answer.content) > headers.WORTH_COMPRESSING
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("peer", "forwarded", "whose"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # a stranger may write what he likes
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 127.0.0.1", "198.51.100.1"),
        ("", "198.51.100.1", "198.51.100.1"),  # a Unix socket has no peer
        ("127.0.0.1", "", "127.0.0.1"),
    ],
)
def test_only_trusted_proxies_say_whose_request_it_is(peer, forwarded, whose):
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    request.META["REMOTE_ADDR"] = peer
    assert headers.client_address(request) == whose


@pytest.mark.parametrize(
    ("given", "kept"),
    [("0123456789abcdef", True), ("short", False), ('inject" status=200', False), ("x" * 65, False)],
)
def test_a_request_has_an_id_and_keeps_a_proper_one(client, db, given, kept):
    number = client.get("/.well-known/security.txt", headers={"x-request-id": given}).headers["X-Request-ID"]
    assert (number == given) is kept
    assert headers.GIVEN_ID.fullmatch(number)


@pytest.mark.parametrize("page", ["/.well-known/security.txt", "/admin/login/", "/healthz", "/no-such-page/"])
def test_every_answer_carries_what_every_answer_must(client, db, page):
    said = client.get(page).headers
    assert said["X-Content-Type-Options"] == "nosniff"
    assert said["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in said["Permissions-Policy"]
    if page != "/healthz":
        assert said["Referrer-Policy"] == "strict-origin-when-cross-origin"
        assert said["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Content-Security-Policy" in said
