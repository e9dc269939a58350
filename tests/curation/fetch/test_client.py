"""What ``fetch`` brings, how it follows, and the fault each thing that goes wrong becomes."""

import ast
import zlib

import brotli
import pytest

from curation.fetch import FetchFailedError, FetchRefused, fetch, limits
from tests import ROOT
from tests.curation.harvest.sites import PAGE, answer, packed, page, redirect

START = "http://news.example.org/"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)
AVIF = b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf" + bytes(50)


def code_of(url=START, **given):
    """The code of the fault that fetching ends with."""
    with pytest.raises((FetchRefused, FetchFailedError)) as fault:
        fetch(url, **given)
    return fault.value.code


def chunked(*chunks):
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in (*chunks, b""))


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def test_a_page_comes_with_all_that_is_told_of_it(internet, site):
    site.answers["/a?b"] = page(PAGE, "X-Kind: news", "x-kind: more")
    found = fetch("http://News.example.org./a?b#c")
    assert (found.url, found.status, found.body, found.kind) == ("http://News.example.org./a?b#c", 200, PAGE, "page")
    assert (found.headers["content-TYPE"], found.headers["X-Kind"]) == ("text/html", "news, more")
    assert found.hops == [{"url": found.url, "status": 200, "via": "link"}]
    assert (internet.asked, internet.connected) == (["news.example.org"], [("192.88.98.1", 80)])


def test_the_request_is_polite_and_asks_for_what_can_be_unpacked(internet, site, settings):
    settings.SITE_URL = "https://medigy.example"
    site.answers["/"] = page()
    fetch(START)
    lines = site.requests[0].split("\r\n")
    assert lines[:2] == ["GET / HTTP/1.1", "Host: news.example.org"]
    assert "User-Agent: Mozilla/5.0 (compatible; Medigy; +https://medigy.example)" in lines
    assert "Accept-Encoding: gzip, deflate" in lines
    assert not any(line.startswith("Cookie") for line in lines)


def test_environment_proxies_are_not_read(internet, site, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.answers["/"] = page()
    assert fetch(START).status == 200
    assert internet.connected == [("192.88.98.1", 80)]


@pytest.mark.parametrize(
    ("said", "body"),
    [
        (page(PAGE, f"Content-Length: {len(PAGE)}"), PAGE),
        (page(PAGE, "Content-Length: 99999999999"), PAGE),
        (page(PAGE, "Content-Length: -1"), PAGE),
        (page(PAGE, "Content-Length: many"), PAGE),
        (page(PAGE, "Content-Length: 1", "Content-Length: 2"), PAGE),
        (page(PAGE + b"more", f"Content-Length: {len(PAGE)}"), PAGE),
        (page(chunked(PAGE[:9], PAGE[9:]), "Transfer-Encoding: Chunked"), PAGE),
        (page(chunked(PAGE), "Transfer-Encoding: chunked", "Content-Length: 3"), PAGE),
        (page(b"00009;a=b\r\n" + PAGE[:9] + b"\r\n" + chunked(PAGE[9:]), "Transfer-Encoding: chunked"), PAGE),
        (page(packed(PAGE), "Content-Encoding: gzip"), PAGE),
        (page(packed(PAGE) + packed(b"<p>2"), "Content-Encoding: GZIP"), PAGE + b"<p>2"),
        (page(packed(PAGE) + bytes(99), "Content-Encoding: gzip"), PAGE),
        (page(zlib.compress(PAGE), "Content-Encoding: deflate"), PAGE),
        (page(raw_deflate(PAGE), "Content-Encoding: deflate"), PAGE),
        (page(raw_deflate(PAGE * 99_999), "Content-Encoding: deflate"), PAGE * 99_999),
        (page(brotli.compress(PAGE), "Content-Encoding: br"), PAGE),
        (page(brotli.compress(PAGE * 9_999), "Content-Encoding: BR"), PAGE * 9_999),
        (page(brotli.compress(packed(PAGE)), "Content-Encoding: gzip, br"), PAGE),
        (page(packed(PAGE), "Content-Encoding: x-gzip"), PAGE),
        (page(packed(PAGE), "Content-Encoding: br"), PAGE),
        (page(packed(PAGE), "Content-Encoding: deflate"), PAGE),
        (page(packed(PAGE)), PAGE),
        (page(packed(PAGE), "Content-Encoding: gzip, gzip"), PAGE),
        (page(packed(PAGE * 9)[:-6], "Content-Encoding: gzip"), PAGE * 9),
        (page(PAGE, "Content-Encoding: gzip"), PAGE),
        (page(PAGE, "Content-Encoding: br"), PAGE),
        (page(PAGE, "Content-Encoding: deflate"), PAGE),
        (page(PAGE, "Content-Encoding: utf-8"), PAGE),
        (page(PAGE, "Content-Encoding: none, identity"), PAGE),
        (page(chunked(PAGE).removesuffix(b"0\r\n\r\n"), "Transfer-Encoding: chunked"), PAGE),
        (page(chunked(PAGE) + b"garbage", "Transfer-Encoding: chunked"), PAGE),
        (page(chunked(packed(PAGE)), "Transfer-Encoding: gzip, chunked"), PAGE),
        (
            page(
                chunked(*(bytes([byte]) for byte in packed(PAGE))),
                "Transfer-Encoding: chunked",
                "Content-Encoding: gzip",
            ),
            PAGE,
        ),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + page(), PAGE),
        (page().replace(b"\r\n", b"\n"), PAGE),
        (b"HTTP/1.0 200\r\n\r\n" + PAGE, PAGE),
        (page(PAGE, "no header at all", " folded", "Strange Name: x"), PAGE),
    ],
)
def test_a_body_is_read_however_it_is_framed_and_packed(internet, site, said, body):
    site.answers["/"] = said
    assert fetch(START).body == body


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n", "pdf"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "pdf"),
        (PNG, "picture"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture"),
        (b"GIF89a" + bytes(50), "picture"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture"),
        (AVIF, "picture"),
        (b"<!-- a --> \n<!DOCTYPE\nHTML PUBLIC 'x'>", "page"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "page"),
        (b"\xef\xbb\xbf<HTML>", "page"),
        ("\ufeff<!doctype html><p>ü".encode("utf-16-le"), "page"),
        (b"<p>short", "page"),
    ],
)
def test_what_came_is_told_from_its_bytes(internet, site, body, kind):
    site.answers["/"] = answer("200 OK", "Content-Type: application/zip", body=body)
    assert fetch(START).kind == kind


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"plain words",
        b'{"a": "<html>"}',
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"<?xml version='1.0'?><svg/>",
        b"<!DOCTYPE svg>",
        b"<?xml version='1.0'?><rss/>",
        b"<pre-thing>",
        b"PK\3\4" + bytes(50),
        b"MZ",
        b"\0\0\0\x1cftypisom\0\0\0\0isomiso2mp41",
        b"RIFF\x10\0\0\0AVI LIST",
        b"<html>\0",
        b"<!-- without end <html>",
        bytes(100_000),
    ],
)
def test_what_is_no_page_pdf_or_picture_is_none_whatever_its_type_says(internet, site, body):
    site.answers["/"] = page(body)
    assert code_of() == "not-a-page"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (answer("404 Not Found", body=PAGE), "gone"),
        (answer("410 Gone"), "gone"),
        (answer("402 Payment Required"), "paywalled"),
        (answer("401 Unauthorized"), "turned-away"),
        (answer("403 Forbidden", body=PAGE), "turned-away"),
        (answer("403 Forbidden", "cf-mitigated: challenge"), "challenged"),
        (answer("403 Forbidden", body=b"<html><title>Just a moment...</title>"), "challenged"),
        (answer("405 Not Allowed", "x-amzn-waf-action: captcha"), "challenged"),
        (answer("429 Too Many", body=b"<html>Solve this CAPTCHA"), "challenged"),
        (answer("429 Too Many"), "turned-away"),
        (answer("503 Busy", body=packed(b"<html>cf-chl-x")), "challenged"),
        (answer("503 Busy", "Content-Encoding: gzip", body=packed(b"<html>cf-chl-x")), "challenged"),
        (answer("500 Oh"), "server-error"),
        (answer("503 Busy", "Content-Encoding: gzip", body=b"broken"), "server-error"),
        (page(b"<html><title> Just a moment...</title>"), "challenged"),
        (page(b"<html><script src=https://geo.captcha-delivery.com/c.js>"), "challenged"),
        (answer("204 No Content"), "not-a-page"),
        (answer("206 Partial", body=b""), "not-a-page"),
        (answer("300 Choices"), "bad-answer"),
        (answer("302 Found"), "bad-answer"),
        (answer("304 Not Modified"), "bad-answer"),
        (b"", "bad-answer"),
        (PAGE, "bad-answer"),
        (b"HTTP/2 200 OK\r\n\r\n" + PAGE, "bad-answer"),
        (b"HTTP/1.1 101 Switching\r\n\r\n", "bad-answer"),
        (b"HTTP/1.1 999 Denied\r\n\r\n", "bad-answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: te", "bad-answer"),
        (page(b"\xff\0abc", "Content-Encoding: br"), "bad-answer"),
        (page(packed(packed(PAGE)), "Content-Encoding: br, br, br, br, gzip"), "bad-answer"),
        (page(b"\x1f\x8b\x08\0\0\0", "Content-Encoding: gzip"), "bad-answer"),
        (page(b"(\xb5/\xfd\0\0abc", "Content-Encoding: zstd"), "bad-answer"),
        (page(b"\xff" * 20, "Content-Encoding: deflate"), "bad-answer"),
        (page(PAGE, "Transfer-Encoding: gzip, chunked"), "bad-answer"),
        (page(b"5\r\n<html", "Transfer-Encoding: chunked"), "bad-answer"),
        (page(b"zz\r\n", "Transfer-Encoding: chunked"), "bad-answer"),
        (page(b"-5\r\n<html", "Transfer-Encoding: chunked"), "bad-answer"),
        (page(b"0x5\r\n<html", "Transfer-Encoding: chunked"), "bad-answer"),
        (page(b"5\r\n<html>>>\r\n", "Transfer-Encoding: chunked"), "bad-answer"),
        (page(b"ffffffff\r\n<html", "Transfer-Encoding: chunked"), "bad-answer"),
        (page(b"fffffffff\r\n<html", "Transfer-Encoding: chunked"), "bad-answer"),
    ],
)
def test_each_thing_that_goes_wrong_has_its_code(internet, site, said, code):
    site.answers["/"] = said
    assert code_of() == code


def test_an_article_about_captchas_is_read(internet, site):
    body = b"<html><title>Captcha is dead</title><p>recaptcha, turnstile" + b"<p>words" * 9_000
    site.answers["/"] = page(body)
    assert fetch(START).body == body


@pytest.mark.parametrize(
    ("coding", "named"), [("br", "Brotli"), ("gzip", "gzip"), ("zstd", "Zstandard"), ("x-odd", "not known here")]
)
def test_what_cannot_be_unpacked_names_its_packing(internet, site, coding, named):
    site.answers["/"] = page(b"\x8b\0abc", f"Content-Encoding: {coding}")
    with pytest.raises(FetchFailedError, match=named):
        fetch(START)


NOTICES = [
    b"Notice: Undefined index: ref in /srv/x.php on line 3\n",
    b"<br />\n<b>Warning</b>: odd\n",
    b"<?php echo 1 ?>\n",
    b"<%@ page %>\n",
    b"[warn] a list\n",
    b"\xef\xbb\xbf \xef\xbb\xbf",
    b"}\n</style>",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_page_may_begin_with_anything_where_its_server_calls_it_a_page(internet, site, notice):
    site.answers["/"] = page(notice + PAGE)
    fetched = fetch(START)
    assert (fetched.kind, fetched.body) == ("page", notice + PAGE)


@pytest.mark.parametrize("said", ["application/json", "text/plain", "application/rss+xml"])
def test_what_its_server_calls_another_thing_must_begin_as_a_page(internet, site, said):
    site.answers["/"] = answer("200 OK", f"Content-Type: {said}", body=b"Notice: odd\n" + PAGE)
    assert code_of() == "not-a-page"


@pytest.mark.parametrize(
    "body",
    [b'[{"page": "<!doctype html><p>"}]', b"<rss><description><!doctype html>", b"<urlset> <!doctype html>", b"a <3"],
)
def test_what_only_quotes_a_page_is_none(internet, site, body):
    site.answers["/"] = page(body)
    assert code_of() == "not-a-page"


# Names, addresses and connections


def test_a_name_that_is_none_is_said_to_be_none(internet):
    assert code_of("http://nowhere.example.org/") == "unresolved"


def test_every_answer_of_the_resolver_must_be_public(internet):
    internet.names["news.example.org"] = ["192.88.98.1", "10.0.0.1"]
    assert code_of() == "private-address"
    assert internet.connected == []


def test_a_name_is_resolved_once_for_each_hop_and_the_answer_used_as_it_was_checked(internet, site):
    internet.names["news.example.org"] = [["192.88.98.1"], ["127.0.0.1"]]
    site.answers["/"] = page()
    assert fetch(START).status == 200
    assert internet.asked == ["news.example.org"]


def test_a_name_is_judged_again_at_the_next_hop(internet, site):
    internet.names["news.example.org"] = [["192.88.98.1"], ["127.0.0.1"]]
    site.answers["/"] = redirect("/next")
    assert code_of() == "private-address"
    assert internet.connected == [("192.88.98.1", 80)]


def test_the_next_address_of_a_site_is_tried(internet, site):
    internet.names["news.example.org"] = ["2600:1::1", "192.88.98.3", "192.88.98.1"]
    internet.routes["192.88.98.3"] = None
    site.answers["/"] = page()
    assert fetch(START).status == 200
    assert [sockaddr[0] for sockaddr in internet.connected] == ["2600:1::1", "192.88.98.3", "192.88.98.1"]


def test_a_site_that_takes_no_connections(internet):
    internet.routes["192.88.98.1"] = None
    assert code_of() == "connection-refused"


def test_a_public_literal_is_fetched(internet, site):
    site.answers["/"] = page()
    assert fetch("http://8.8.8.8/").status == 200
    assert "Host: 8.8.8.8\r\n" in site.requests[0]


# Over TLS


def test_the_certificate_must_be_trusted_and_for_the_name(internet, tls_site, certificate, monkeypatch):
    internet.site = tls_site
    tls_site.answers["/"] = page()
    assert code_of("https://news.example.org/") == "tls"
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert fetch("https://News.example.org./").body == PAGE
    assert tls_site.names[-1] == "news.example.org"
    assert "Host: news.example.org\r\n" in tls_site.requests[-1]
    assert code_of("https://other.example.org/") == "tls"
    assert code_of("https://192.88.98.1/") == "tls"
    assert len(tls_site.requests) == 1  # nothing was said to who could not prove its name


def test_a_site_that_speaks_no_tls(internet, site):
    assert code_of("https://news.example.org/") == "tls"


# Onward


@pytest.mark.parametrize(
    ("said", "via", "end"),
    [
        (redirect("/end"), "redirect", "/end"),
        (redirect("end?a=1#b", "301 Moved"), "redirect", "/end?a=1"),
        (redirect("//other.example.org/end", "303 See Other"), "redirect", "/end"),
        (redirect("http://other.example.org:80/end", "307 Temporary"), "redirect", "/end"),
        (redirect(" /end and more ", "308 Permanent"), "redirect", "/end%20and%20more"),
        (redirect("/ënd"), "redirect", "/%C3%ABnd"),
        (page(PAGE, "Refresh: 0; url=/end"), "header", "/end"),
        (page(PAGE, "Refresh: 5;URL='/end'"), "header", "/end"),
        (page(b"<html><meta http-equiv=refresh content='0;url=/end'>"), "page", "/end"),
        (page(b'<html><META CONTENT="10, /end" HTTP-EQUIV="Refresh" />'), "page", "/end"),
        (page(b'<html><meta http-equiv="refresh" content=".5; url = &quot;/en&#100;&quot; x">'), "page", "/end"),
        (page(b"<html><base href=/in/><meta http-equiv=refresh content='0;url=end'>"), "page", "/in/end"),
        (page(b"<html><base href=data:x><meta http-equiv=refresh content='0;url=end'>"), "page", "/end"),
        (page(b"<html><p don't><meta http-equiv=refresh content='0;url=end'>"), "page", "/end"),
        (page("<html><title>İİİ</title><meta http-equiv=refresh content='0;url=end'>".encode()), "page", "/end"),
    ],
)
def test_an_answer_leads_on(internet, site, said, via, end):
    site.answers |= {"/": said, end: page()}
    found = fetch(START)
    assert site.requests[1].split(" ")[1] == end
    assert [(hop["status"], hop["via"]) for hop in found.hops][1:] == [(200, via)]
    assert found.hops[-1]["url"] == found.url


@pytest.mark.parametrize(
    "markup",
    [
        b"<!-- <meta http-equiv=refresh content='0;url=/end'> -->",
        b"<noscript><meta http-equiv=refresh content='0;url=/end'></noscript>",
        b"<script>'<meta http-equiv=refresh content=\"0;url=/end\">'</script>",
        b"<title><meta http-equiv=refresh content='0;url=/end'></title>",
        b"<template><meta http-equiv=refresh content='0;url=/end'></template>",
        b"<meta http-equiv=refresh content='11;url=/end'>",
        b"<meta http-equiv=refresh content='9999999999;url=/end'>",
        b"<meta http-equiv=refresh content='5'>",
        b"<meta http-equiv=refresh content='5;url='>",
        b"<meta http-equiv=refresh content='soon;url=/end'>",
        b"<meta name=refresh content='0;url=/end'>",
        b"<p title=\"<meta http-equiv=refresh content='0;url=/end'>\">",
        b"<p title=\"unclosed <meta http-equiv=refresh content='0;url=/end'>",
    ],
)
def test_what_is_no_refresh_leads_nowhere(internet, site, markup):
    site.answers["/"] = page(b"<html>" + markup)
    assert len(fetch(START).hops) == 1


def test_ten_hops_are_followed_and_eleven_are_not(internet, site):
    kinds = [redirect, lambda to: page(PAGE, f"Refresh: 0;url={to}")]
    site.answers |= {f"/{step}": kinds[step % 2](f"/{step + 1}") for step in range(11)} | {"/11": page()}
    assert len(fetch(START + "1").hops) == limits.HOPS + 1
    assert code_of(START + "0") == "too-many-hops"


@pytest.mark.parametrize("target", ["/", START, "#top", ""])
def test_a_page_that_leads_to_itself_is_a_circle(internet, site, target):
    site.answers["/"] = page(PAGE, f"Refresh: 0;url={target}")
    assert (code_of() == "loop") if target else (len(fetch(START).hops) == 1)


def test_ping_pong_is_a_circle(internet, site):
    site.answers |= {"/": redirect("/pong"), "/pong": redirect("/")}
    assert code_of() == "loop"
    assert len(site.requests) == 2


def test_a_site_that_wants_its_cookie_back_gets_it_and_no_other_site_does(internet, site):
    def gate(connection):
        wants = "Cookie: a=1; b=2\r\n" not in site.requests[-1]
        to_itself = answer("302 Found", "Location: /", "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2; Secure")
        connection.sendall(to_itself if wants else redirect("http://other.example.org/end"))

    site.answers |= {"/": gate, "/end": page()}
    assert [hop["status"] for hop in fetch(START).hops] == [302, 302, 200]
    assert "Cookie" not in site.requests[-1]


@pytest.mark.parametrize(
    ("status", "method", "length"),
    [("301", "GET", None), ("302", "GET", None), ("303", "GET", None), ("307", "POST", "3"), ("308", "POST", "3")],
)
def test_a_redirect_keeps_method_and_body_as_browsers_do(internet, site, status, method, length):
    site.answers |= {"/": redirect("/end", f"{status} On"), "/end": page()}
    fetch(START, method="POST", body=b"a=b")
    assert site.requests[0].startswith("POST / ")
    assert site.requests[1].startswith(f"{method} /end ")
    assert (f"Content-Length: {length}" in site.requests[1]) == bool(length)


@pytest.mark.parametrize(
    ("to", "kept"),
    [("/end", True), ("http://other.example.org/end", False), ("http://news.example.org:443/end", False)],
)
def test_the_callers_headers_stay_with_their_site(internet, site, to, kept):
    site.answers |= {"/": redirect(to), "/end": page()}
    fetch(START, headers={"authorization": "Bearer x"})
    assert "Authorization: Bearer x\r\n" in site.requests[0]
    assert ("Authorization" in site.requests[1]) == kept


def test_headers_that_went_away_do_not_come_back(internet, site):
    site.answers |= {"/": redirect("http://other.example.org/b"), "/b": redirect(START + "end"), "/end": page()}
    fetch(START, headers={"Authorization": "x"})
    assert "Authorization" not in site.requests[2]


@pytest.mark.parametrize(
    "given",
    [
        {"method": "DELETE"},
        {"method": "GET / HTTP/1.1\r\nX:"},
        {"headers": {"Host": "other.example.org"}},
        {"headers": {"A": "b\r\nC: d"}},
        {"headers": {"A\r\nB": "c"}},
        {"headers": {"Accept-Encoding": "br"}},
    ],
)
def test_a_request_that_no_caller_should_make_is_not_made(internet, given):
    with pytest.raises(ValueError, match="sent"):
        fetch(START, **given)
    assert internet.asked == []


# Words


def test_nothing_of_a_refused_or_failed_answer_is_repeated(internet, site):
    secret = "s3cr3t"
    for said in (
        answer(f"403 {secret}", f"X-{secret}: {secret}", body=f"<html>{secret}".encode()),
        answer(f"500 {secret}", body=secret.encode()),
        redirect(f"http://10.0.0.1/{secret}"),
        redirect(f"http://{secret}!/"),
        redirect(f"javascript:{secret}"),
        redirect(f"http://{secret}.example.org/"),
        answer("200 OK", f"Content-Encoding: {secret}", body=b"\0\1"),
        page(secret.encode()),
        f"{secret}\r\n\r\n".encode(),
    ):
        site.answers["/"] = said
        with pytest.raises((FetchRefused, FetchFailedError)) as fault:
            fetch(START)
        assert secret not in str(fault.value)
        assert fault.value.__cause__ is None
        assert fault.value.__suppress_context__ or fault.value.__context__ is None


def kinds_of(fault):
    return [one for kind in fault.__subclasses__() for one in (kind, *kinds_of(kind))]


def test_every_fault_has_a_code_of_its_own_and_says_what_to_do():
    kinds = kinds_of(FetchRefused) + kinds_of(FetchFailedError)
    assert len({kind.code for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert kind.code
        assert str(kind()).count(". ") >= 1 or "; pages" in str(kind())
        assert str(kind()).endswith(".")


# The wall

NETWORK = {
    "socket",
    "ssl",
    "http.client",
    "urllib.request",
    "urllib3",
    "requests",
    "httpx",
    "aiohttp",
    "ftplib",
    "smtplib",
}
# The second speaks over the connection that it is given; the third asks whether its own port is free.
MAY = {"curation/fetch/client.py", "curation/fetch/tls.py", "medigy/serving/serve.py"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def test_nothing_but_the_door_opens_connections():
    modules = [path for package in ("curation", "offerings", "medigy") for path in (ROOT / package).rglob("*.py")]
    breaches = {
        str(path.relative_to(ROOT)): sorted(NETWORK & set(imported(path)))
        for path in modules
        if NETWORK & set(imported(path))
    }
    assert breaches.keys() <= MAY
    assert "curation/fetch/client.py" in breaches
