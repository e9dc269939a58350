"""Hosts are read as browsers read them: what is checked, compared and connected to is one name."""

import ada_url
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.text.links import LinkRefused, brand, check, destination, duplicate_key, is_web, parsing


@pytest.mark.parametrize(
    ("url", "asked", "shown"),
    [
        ("https://faß.de/", "xn--fa-hia.de", "faß.de"),
        ("https://xn--fa-hia.de/", "xn--fa-hia.de", "xn--fa-hia.de"),
        ("https://Bücher.Example/", "xn--bcher-kva.example", "bücher.example"),
        ("https://💊.example/", "xn--pr8h.example", "💊.example"),
        ("https://i❤.ws/", "xn--i-7iq.ws", "i❤.ws"),
        ("https://ｗａｒｄ.example/", "ward.example", "ward.example"),
        ("https://ward。example/", "ward.example", "ward.example"),
        ("https://مثال.example/", "xn--mgbh0fb.example", "مثال.example"),
        ("https://0x7f.1/", "127.0.0.1", "127.0.0.1"),
        ("https://2130706433/", "127.0.0.1", "127.0.0.1"),
        ("https://[2001:DB8::0:1]/", "2001:db8::1", "2001:db8::1"),
        ("https://[::ffff:192.0.2.7]/", "::ffff:c000:207", "::ffff:c000:207"),
        ("https://ward.example./", "ward.example", "ward.example"),
        ("https://3m.example/", "3m.example", "3m.example"),
        ("https://127.example/", "127.example", "127.example"),
        ("https://example.4chan/", "example.4chan", "example.4chan"),
    ],
)
def test_a_host_is_read_as_browsers_read_it(url, asked, shown):
    assert check(url) == url
    assert (destination(url).host, brand(url)) == (asked, shown)


@pytest.mark.parametrize(
    "host",
    [
        "example.1",
        "1.2.3.4.5",
        "256.1.1.1",
        "1.2.3.0x100",
        "ward.0x4",
        "[1::2::3]",
        "[1:2:3]",
        "[::1",
        "::1]",
        "[v1.x]",
        "[::1%25eth0]",
        "[:::]",
        "a℀b.example",
        "xn--a-ecp.example.1",
        "ward;x.example",
        "w$rd.example",
        "ward,x.example",
        "a..example",
        "-ward.example",
        "⒈27.0.0.1",
        "ward.example::",
        "ward.example:80:",
        "ward.example:80:80",
        "ß.example::80",
        "[::1]:80:",
    ],
)
def test_what_browsers_or_name_servers_cannot_read_is_refused(host):
    with pytest.raises(LinkRefused, match="no name of a site"):
        check(f"https://{host}/")
    assert not is_web(f"https://{host}")


#: Pieces of hosts that were once read in two ways, and of the rest of an address.
PIECES = st.sampled_from(
    [
        "example.org",
        "ß",
        "。",
        ".",
        "1",
        "0x",
        "xn--",
        "[",
        "]",
        "::",
        ":80",
        "@",
        "%41",
        "💊",
        "ｅ",
        "-",
        "_",
        "\u0301",
        "م",
    ]
    + ["/a", "?b", "#c", "/..", "\\", ";", "127.0.0.1", "ſ", "K", "\u00ad", "İ"]
)
ADDRESSES = st.lists(PIECES, max_size=6).map(lambda pieces: "https://" + "".join(pieces))


@given(ADDRESSES | st.text().map("https://".__add__))
def test_what_is_taken_a_browser_reads_as_it_was_checked(url):
    if not is_web(url):
        return
    read, found = ada_url.URL(url.strip()), destination(url)
    assert found.host == read.hostname.strip("[]").removesuffix(".")
    assert found.path == read.pathname + read.search
    assert found.port == (int(read.port) if read.port else None)
    assert parsing.ascii_host(parsing.parts(url.strip())) == read.hostname.removesuffix(".")


@given(st.from_regex(r"[a-z0-9_.-]{1,40}", fullmatch=True))
def test_the_short_way_to_a_plain_host_is_the_long_way(host):
    pieces = parsing.parts(f"https://{host}/")
    found = parsing.ascii_host(pieces)
    try:
        assert found == ada_url.URL(f"https://{host}/").hostname.removesuffix(".")
    except ValueError:
        assert found == "" or not is_web(f"https://{host}/")


@given(ADDRESSES)
def test_hosts_that_browsers_read_alike_have_one_key(url):
    host = url.removeprefix("https://").partition("/")[0].partition("?")[0].partition("#")[0]
    if is_web(f"https://{host}"):
        assert duplicate_key(ada_url.URL(f"https://{host}/").href) == duplicate_key(f"https://{host}")
