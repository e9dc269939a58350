"""What strangers may send us after: hostile addresses, and answers that never end, drip, lie or unpack to gigabytes.

Whatever happens, nothing but a public address is connected to (the fixture ``internet`` asserts it), each ends in time
and in little memory.
"""

import contextlib
import threading
import time
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from curation.fetch import FetchFailedError, FetchRefused, fetch, hops, http1, limits
from curation.fetch.content import decoding, refresh, sniffing, verdicts
from curation.fetch.target import target
from tests.curation.harvest.sites import PAGE, answer, packed, page, redirect

START = "http://news.example.org/"
DEADLINE = 1.0  # seconds, in these tests
SLACK = 1.5  # seconds that a slow machine may take besides

REFUSED = "not-an-address"
PRIVATE = "private-address"
NAMES = {
    "localhost": ["127.0.0.1"],
    "localhost.localdomain": ["::1"],
    "intranet": ["10.1.2.3"],
    "router.example": ["192.168.0.1"],
    "both.example": ["192.88.98.1", "192.168.0.1"],
    "last.example": ["192.88.98.1", "192.88.98.2", "192.88.98.3", "192.88.98.4", "192.88.98.5", "127.0.0.1"],
    "six.example": ["2600:1::1", "fd00::1"],
    "scoped.example": ["2600:1::1%3"],
    "link-local.example": ["fe80::1%2"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "compatible.example": ["::127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "nat64-own.example": ["64:ff9b:1::a00:1"],
    "6to4.example": ["2002:7f00:1::"],
    "teredo.example": ["2001:0:7f00:1::1"],
    "relay.example": ["192.88.99.1"],
    "multicast.example": ["239.255.255.250"],
    "all.example": ["0.0.0.0"],
    "metadata.google.internal": ["169.254.169.254"],
    "metadata.example": ["100.100.100.200"],
    "wire.example": ["168.63.129.16"],
    "127.0.0.1.example": ["127.0.0.1"],
    "a_b.example": ["127.0.0.1"],
    "xn--bcher-kva.example": ["10.0.0.1"],
}
ADDRESSES = [
    # names, as the resolver tells
    *((f"http://{name}/", PRIVATE) for name in NAMES),
    *((f"https://{name}./x?y", PRIVATE) for name in ("localhost", "metadata.google.internal", "both.example")),
    ("http://LOCALHOST/", PRIVATE),
    ("HtTp://LocalHost:80/", PRIVATE),
    ("http://ｌｏｃａｌｈｏｓｔ/", PRIVATE),
    ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", PRIVATE),
    ("http://⒈27.0.0.1/", REFUSED),  # the first character is a one with a dot: five numbers
    ("http://localhoſt/", PRIVATE),
    # dots of other scripts, which browsers read as dots
    ("http://127。0。0。1/", PRIVATE),
    ("http://127．0．0．1/", PRIVATE),
    ("http://127｡0｡0｡1/", PRIVATE),
    ("http://☃️.⚡/", "unresolved"),
    ("http://bücher.example/", PRIVATE),
    ("http://BÜCHER.example./", PRIVATE),
    ("http://metadata。google。internal/", PRIVATE),
    ("http://intranet:443/", PRIVATE),
    # IPv4, in all its spellings
    *(
        (f"http://{host}/", PRIVATE)
        for host in (
            "127.0.0.1",
            "127.0.0.1.",
            "127.0.0.1:443",
            "127.1",
            "127.0.1",
            "127.255.255.254",
            "0",
            "0.0.0.0",
            "0x0",
            "00",
            "2130706433",
            "017700000001",
            "0x7f000001",
            "0x7F.1",
            "0x7f.0.0.0x1",
            "0177.0.0.1",
            "0177.1",
            "00177.0.0.01",
            "127.0.0.0x1",
            "10.0.0.1",
            "10.1",
            "167772161",
            "0xa000001",
            "012.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.168.257",
            "3232235777",
            "0xc0a80101",
            "169.254.169.254",
            "2852039166",
            "0xA9FEA9FE",
            "0251.0376.0251.0376",
            "169.254.43518",
            "169.16689662",
            "100.64.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "198.18.0.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
            "4294967295",
            "①②⑦.⓪.⓪.①",
            "１２７.０.０.１",
            "₁₂₇.0.0.1",
            "¹²⁷.0.0.1",
            "𝟏𝟐𝟕.𝟎.𝟎.𝟏",
            "①⑦②.①⑥.⓪.①",
            "０ｘ７ｆ.１",
            "②①③⓪⑦⓪⑥④③③",
        )
    ),
    # IPv6, and what it carries inside
    *(
        (f"http://[{host}]/", PRIVATE)
        for host in (
            "::",
            "::1",
            "0:0:0:0:0:0:0:1",
            "0000:0000:0000:0000:0000:0000:0000:0001",
            "::127.0.0.1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::FFFF:7f00:1",
            "0:0:0:0:0:ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0:127.0.0.1",
            "64:ff9b::127.0.0.1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::10.0.0.1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2002:c0a8:101::1",
            "2001:0:4136:e378:8000:63bf:80ff:fffe",
            "2001::1",
            "2001:db8::1",
            "2001:2::1",
            "100::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fd20:ce::254",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "ff02::1",
            "ff0e::1",
        )
    ),
    ("https://[::1]:443/", PRIVATE),
    *(
        (f"http://{host}/", REFUSED)
        for host in (
            "[fe80::1%eth0]",
            "[fe80::1%25eth0]",
            "[fe80::1%251]",
            "[::1%25lo]",
            "[::1",
            "::1",
            "::1]",
            "[]",
            "[127.0.0.1]",
            "[localhost]",
            "[v1.127]",
            "[::1].example",
            "[::1]x",
            "[:::1]",
            "[1::2::3]",
            "[::g]",
            "[::１]",
        )
    ),
    # user names
    *(
        (url, REFUSED)
        for url in (
            "http://user@localhost/",
            "http://user:password@127.0.0.1/",
            "http://news.example.org@127.0.0.1/",
            "http://news.example.org:80@127.0.0.1/",
            "http://127.0.0.1@news.example.org/",
            "http://@127.0.0.1/",
            "http://:@localhost/",
            "http://a@b@127.0.0.1/",
            "http://news.example.org%40127.0.0.1/",
            "http://news.example.org＠127.0.0.1/",
            "http://news.example.org﹫127.0.0.1/",
            # slashes and backslashes, full-width ones too
            "http://127.0.0.1\\@news.example.org/",
            "http:\\\\127.0.0.1\\",
            "http:/\\127.0.0.1/",
            "http://news.example.org\\.127.0.0.1/",
            "\\\\127.0.0.1\\share",
            "http:///127.0.0.1/",
            "http:////127.0.0.1/",
            "http:127.0.0.1/",
            "http:/127.0.0.1/",
            "//127.0.0.1/",
            "127.0.0.1",
            "localhost:80",
            "http://news.example.org／@127.0.0.1/",
            "http://127.0.0.1℀news.example.org/",
            "http://127.0.0.1；news/",
            # dots
            "http://localhost../",
            "http://.localhost/",
            "http://127..1/",
            "http://./",
            "http://../",
            "http:///",
            "http://",
            "http://?",
            "http://#127.0.0.1",
            # control characters, spaces, what cannot be seen
            "http://127.0.0.1\t/",
            "http://local\thost/",
            "http://local\nhost/",
            "http://news.example.org\r\nHost: localhost/",
            "http://news.example.org/\r\nX: y",
            "http://news.example.org/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "http://news.example.org/\x00",
            "http://news.example.org\x00.localhost/",
            "http://news.example.org/\x7f",
            "http://news.example.org/\u2028x",
            "http://news.example.org/\u00a0x",
            "http://lo\u200bcalhost/",
            "http://lo\u00adcalhost/",
            "http://\u202elocalhost/",
            "ht\ntp://localhost/",
            "http ://localhost/",
            "http://127.0.0.1 .example/",
            "http://%6c%6f%63%61%6c%68%6f%73%74/",
            "http://%31%32%37.0.0.1/",
            "http://127.0.0.1%00.example/",
            "http://127.0.0.1%2f@news.example.org/",
            "http://\ud800.example/",
            "",
            " ",
            # schemes
            "file:///etc/passwd",
            "file://localhost/etc/passwd",
            "FILE:///etc/passwd",
            "ftp://127.0.0.1/",
            "gopher://127.0.0.1:6379/_FLUSHALL",
            "dict://127.0.0.1:11211/stat",
            "ldap://127.0.0.1/",
            "tftp://127.0.0.1/x",
            "ssh://127.0.0.1/",
            "jar:http://127.0.0.1!/",
            "javascript:alert(1)",
            "JavaScript://news.example.org/%0aalert(1)",
            "data:text/html,<p>",
            "view-source:http://127.0.0.1/",
            "blob:http://127.0.0.1/x",
            "about:blank",
            "mailto:a@example.org",
            "httpx://127.0.0.1/",
            "https+unix://socket/",
            "unix:/run/docker.sock",
            "ws://127.0.0.1/",
            "http+http://127.0.0.1/",
            "url:http://127.0.0.1/",
            # ports that are none
            "http://news.example.org:0/",
            "http://news.example.org:65536/",
            "http://news.example.org:99999999999/",
            "http://news.example.org:-80/",
            "http://news.example.org:+80/",
            "http://news.example.org:8 0/",
            "http://news.example.org:80:80/",
            "http://news.example.org:８０/",
            "http://news.example.org:0x50/",
            # lengths, labels
            START + "x" * (2049 - len(START)),
            "http://" + "a" * 64 + ".example/",
            "http://" + "a." * 127 + "example/",
            "http://-a.example/",
            "http://" + "ü" * 60 + ".example/",
        )
    ),
    # ports
    *(
        (f"http://news.example.org:{port}/", "port")
        for port in (1, 21, 22, 25, 79, 81, 110, 442, 444, 3306, 5432, 6379, 8000, 8080, 8443, 9200, 11211, 65535)
    ),
    ("http://localhost:6379/", "port"),
    ("http://[::1]:8080/", "port"),
]


def test_there_are_enough_hostile_addresses():
    assert len({url for url, _ in ADDRESSES}) == len(ADDRESSES) >= 150


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    monkeypatch.setattr(limits, "SECONDS", DEADLINE)


def ended(url=START):
    """The code of the fault that ends it, which must come in time."""
    start = time.monotonic()
    with pytest.raises((FetchRefused, FetchFailedError)) as fault:
        fetch(url)
    assert time.monotonic() - start < DEADLINE + SLACK
    return fault.value.code


@pytest.mark.parametrize(("url", "code"), ADDRESSES)
def test_a_hostile_address_is_refused_before_anything_is_connected(internet, url, code):
    internet.names |= NAMES
    assert ended(url) == code
    assert internet.connected == []


@pytest.mark.parametrize(("url", "code"), ADDRESSES)
def test_a_redirect_to_a_hostile_address_is_refused_like_it(internet, site, url, code):
    internet.names |= NAMES
    site.answers["/hostile/from"] = redirect(url.encode(errors="replace").decode())
    # Spaces and line breaks end a header, a path without a site is one of this site's: those lead to nothing private.
    assert ended("http://news.example.org/hostile/from") in {
        code,
        PRIVATE,
        REFUSED,
        "gone",
        "bad-answer",
        "loop",
        "unresolved",
    }


@pytest.mark.parametrize("wrap", ["Refresh: 0;url={}", "meta"])
@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://localhost:6379/",
        "//[::1]/",
    ],
)
def test_a_refresh_to_a_hostile_address_is_refused(internet, site, wrap, url):
    internet.names |= NAMES
    meta = f"<html><meta http-equiv=refresh content='0;url={url}'>".encode()
    site.answers["/"] = page(meta) if wrap == "meta" else page(PAGE, wrap.format(url))
    with pytest.raises(FetchRefused):
        fetch(START)
    assert len(internet.connected) == 1


def test_a_resolver_that_never_answers(internet, monkeypatch):
    done = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **given: done.wait(20))
    assert ended() == "timed-out"
    done.set()


def test_a_resolver_that_is_broken(internet, monkeypatch):
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **given: [])
    assert ended() == "unresolved"


def test_a_site_that_never_takes_the_connection(internet, monkeypatch):
    def connect(line, sockaddr):
        time.sleep(line.gettimeout())
        raise TimeoutError

    monkeypatch.setattr("socket.socket.connect", connect)
    assert ended() == "timed-out"


# Answers without end. Each is a head and what is said over and over after it, with a pause in seconds.
ENDLESS = {
    "silence": (b"", b"", 0.1),
    "a status line": (b"HTTP/1.1 200 ", b"O", 0.02),
    "a status line at once": (b"HTTP/1.1 200 ", b"O" * 65536, 0),
    "a header": (b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.02),
    "a header at once": (b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536, 0),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 1000, 0),
    "cookies": (b"HTTP/1.1 200 OK\r\n", b"Set-Cookie: a=b\r\n" * 1000, 0),
    "dripped headers": (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.05),
    "interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100, 0),
    "dripped interim answers": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
    "line ends": (b"", b"\r\n" * 1000, 0),
    "zeros": (b"", bytes(65536), 0),
    "a page": (page(), b"<p>more" * 9000, 0),
    "a dripped page": (page(), b"<", 0.05),
    "a page that said it is short": (page(PAGE, "Content-Length: 999999999999"), b"<p>more" * 9000, 0),
    "a picture": (page(b"GIF89a"), bytes(65536), 0),
    "a PDF": (page(b"%PDF-1.7"), bytes(65536), 0),
    "a comment": (page(b"<!--"), b"-" * 65536, 0),
    "white space": (page(b" "), b" " * 65536, 0),
    "chunks": (page(b"", "Transfer-Encoding: chunked"), b"3\r\n<p>\r\n" * 8000, 0),
    "dripped chunks": (page(b"", "Transfer-Encoding: chunked"), b"3\r\n<p>\r\n", 0.05),
    "a chunk's size": (page(b"", "Transfer-Encoding: chunked"), b"0" * 65536, 0),
    "a chunk's remark": (page(b"", "Transfer-Encoding: chunked"), b"3;a=" + b"b" * 65536, 0),
    "a huge chunk": (page(b"FFFFFFFF\r\n<html>", "Transfer-Encoding: chunked"), b"<p>more" * 9000, 0),
    "empty gzip streams": (page(b"", "Content-Encoding: gzip"), packed(b"") * 1000, 0),
    "deflate blocks": (page(b"", "Content-Encoding: deflate"), b"\0\0\0\xff\xff" * 9000, 0),
    "an error page": (answer("503 Busy"), b"<p>more" * 9000, 0),
    "a dripped error page": (answer("403 Forbidden"), b"<", 0.05),
}


@pytest.mark.parametrize(("head", "more", "pause"), ENDLESS.values(), ids=ENDLESS.keys())
def test_an_answer_without_end_ends_in_time_and_in_little_memory(internet, site, head, more, pause):
    def talk(connection):
        connection.sendall(head)
        until = time.monotonic() + DEADLINE + SLACK + 1
        while time.monotonic() < until:
            connection.sendall(more)
            time.sleep(pause)

    site.answers["/"] = talk
    tracemalloc.start()
    try:
        assert ended() in {"timed-out", "too-large", "bad-answer", "not-a-page", "server-error", "turned-away"}
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module")
def bombs():
    """Ten megabytes that unpack to ten gigabytes; after a full flush, packed pieces may be repeated as they are."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    beginning = packer.compress(b"<html>") + packer.flush(zlib.Z_FULL_FLUSH)
    words = packer.compress(b"word " * 2_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    zeros = packer.compress(bytes(10_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    gzip_header = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return {
        "gzip": gzip_header + beginning + words * 1000,
        "deflate": beginning + words * 1000,
        "x-gzip": gzip_header + zeros * 1000,
        "br": brotli.compress(b"<html>" + bytes(32) * 3_000_000, quality=3, lgwin=24),
    }


@pytest.mark.parametrize(
    ("encoding", "code"),
    [("gzip", "too-large"), ("deflate", "too-large"), ("x-gzip", "not-a-page"), ("br", "not-a-page")],
)
def test_a_bomb_is_unpacked_only_until_it_is_too_much(internet, site, bombs, encoding, code):
    site.answers["/"] = page(bombs[encoding], f"Content-Encoding: {encoding}")
    tracemalloc.start()
    try:
        assert ended() == code
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


# Pages of ten megabytes that try to make a careless pattern slow
SLOW = {
    "open tags": b"<",
    "meta": b"<meta ",
    "unclosed comments": b"<!-- ",
    "unclosed quotes": b'<p a="',
    "equals signs": b"<p = = = ",
    "spaces after an equals sign": b"<meta a=" + b" " * 500,
    "unclosed scripts": b"<script>",
    "unclosed linked data": b"<script type='application/ld+json'>",
    "linked data": b"<script type='application/ld+json'>[[[[[[ \"isAccessibleForFree\"</script>",
    "titles": b"<title ",
    "references": b"&amp",
    "base": b"<base href=/a/>",
    "refreshes that are none": b"<meta http-equiv=refresh content='5x ;;;;;;;;;;;;;;;;;   '>",
}


@pytest.mark.parametrize("filler", SLOW.values(), ids=SLOW.keys())
def test_no_page_makes_reading_slow(internet, site, filler):
    body = b"<html>" + filler * (9_000_000 // len(filler))
    site.answers["/"] = page(body)
    assert fetch(START).kind == "page"


def test_a_long_chain_of_slow_sites_ends_at_the_one_deadline(internet, site):
    def slow(step):
        def talk(connection):
            time.sleep(0.3)
            connection.sendall(redirect(f"/{step + 1}"))

        return talk

    site.answers |= {"/": redirect("/0")} | {f"/{step}": slow(step) for step in range(10)}
    assert ended() == "timed-out"


def test_a_handshake_that_drips(internet, site):
    def hang(connection):
        time.sleep(DEADLINE + SLACK)

    site.answers[""] = hang
    site._read = lambda connection: " "
    assert ended("https://news.example.org/") == "timed-out"


NOTHING_SAID = b"\x16\x03\x03\x00\x04\x00\x00\x00\x00"  # a TLS record with a request to say hello again


def test_a_handshake_of_messages_that_say_nothing(internet, site):
    def talk(connection):
        until = time.monotonic() + DEADLINE + SLACK + 2
        while time.monotonic() < until:
            connection.sendall(NOTHING_SAID * 29_000)

    site.answers[""] = talk
    site._read = lambda connection: connection.recv(65536) and " "
    assert ended("https://news.example.org/") == "timed-out"


@pytest.mark.parametrize(
    "tag", [b"<meta " + b"a" * 131_000, b"<base " + b"a" * 131_000, b"<meta " + b"a" * 60_000 + b" " * 60_000]
)
def test_a_long_name_of_an_attribute_keeps_nobody(internet, site, tag):
    site.answers["/"] = page(b"<html>" + tag + b">")
    assert fetch(START).hops[-1]["via"] == "link"


@pytest.mark.parametrize("digits", ["1" * 5000, "0" * 5000 + "65"])
def test_a_reference_without_end_is_no_address(internet, site, digits):
    refresh = f"<html><base href='&#{digits};'><meta http-equiv=refresh content='0;url=/next&#{digits};'>"
    site.answers |= {"/": page(refresh.encode()), "/nextA": page(PAGE), "/next%EF%BF%BD": page(PAGE)}
    assert fetch(START).hops[-1]["via"] == "page"


def test_thousands_of_cookies_are_counted_once(internet, site):
    many = [f"Set-Cookie: c{number}=v" for number in range(2_900)]
    site.answers["/"] = answer("302 Found", *many, "Location: /")
    assert ended() == "loop"


@pytest.mark.parametrize("around", ["\n", "\r", "\t", " ", "\x0b", "\x1f", "\x85", "\u2028"])
def test_what_stands_around_an_address_is_not_trimmed_here(internet, around):
    for url in (START + around, around + START):
        assert ended(url) == "not-an-address"
    assert internet.asked == []


def test_without_a_thread_for_the_name_there_is_no_fetch(internet, site, monkeypatch):
    def start(self):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", start)
    assert ended() == "unresolved"


def test_connections_are_closed_when_a_fetch_ends(internet, site):
    closed = threading.Event()

    def talk(connection):
        connection.sendall(redirect("http://127.0.0.1/"))
        if not connection.recv(1):
            closed.set()

    site.answers["/"] = talk
    assert ended() == PRIVATE
    assert closed.wait(2)


# Whatever is said, it is read or it is a fault

WORDS = [
    b"HTTP/1.1 200 OK",
    b"\r\n",
    b"\n",
    b":",
    b" ",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: deflate\r\n",
]
WORDS += [
    b"Content-Encoding: gzip\r\n",
    b"Content-Length: 5\r\n",
    b"\r\n\r\n",
    b"5\r\n<html\r\n",
    b"0\r\n\r\n",
    packed(PAGE),
]
MARKUP = [
    "<meta http-equiv=refresh content=",
    '"',
    "'",
    "0;url=",
    "<base href=",
    ">",
    "<",
    "!--",
    "-->",
    "/",
    "=",
    " ",
    "//[",
]
MARKUP += [
    "<title>",
    "application/ld+json>",
    '{"isAccessibleForFree":',
    "false}",
    "[",
    "&#x41;",
    "</script",
    "http://",
    "İ",
    "\0",
]


@given(some.lists(some.sampled_from(WORDS) | some.binary(max_size=20), max_size=30).map(b"".join))
def test_any_bytes_are_an_answer_or_a_fault(said):
    pieces = iter([said[:7], said[7:], b""])
    wire = http1.Wire(lambda most: next(pieces, b""))
    try:
        head = http1.head(wire)
        hops.whole(decoding.decoded(http1.body(wire, head), head.headers.get("Content-Encoding", "")))
    except FetchFailedError:
        pass


@given(some.lists(some.sampled_from(MARKUP) | some.text(max_size=9), max_size=30).map("".join))
def test_any_page_is_looked_at_without_failing(markup):
    body = b"<html>" + markup.encode(errors="replace")
    said = markup.encode(errors="replace").decode("latin-1")  # as headers come
    head, moved = http1.Head(200, {"Refresh": said}), http1.Head(302, {"Location": said})
    assert sniffing.kind(body) in {"page", None}
    for onward in (refresh.by_page(body, START), refresh.by_header(head, START), refresh.by_status(moved, START)):
        assert onward is None or isinstance(onward, str)
    with contextlib.suppress(FetchFailedError):
        verdicts.check_challenge(head, body)


@given(some.text(max_size=40) | some.text(max_size=40).map(lambda rest: f"http://{rest}"))
@example("http://xn--a/")
@example("http://xn--/")
@example("http://xn--99999999999/")
def test_any_text_is_a_target_or_refused(text):
    try:
        found = target(text)
    except FetchRefused:
        return
    assert found.host.isascii()
    assert found.path.isascii()
    assert found.path.startswith("/")
    assert not set(found.host + found.path) & set(" \r\n\\")
