"""An address cut into what a connection needs."""

import pytest

from curation.fetch.faults import AddressRefused, PortRefused, PrivateAddressRefused
from curation.fetch.target import target


@pytest.mark.parametrize(
    ("url", "host", "port", "path", "authority"),
    [
        ("http://news.example.org", "news.example.org", 80, "/", "news.example.org"),
        ("HTTPS://News.Example.ORG/A?b=C#d", "news.example.org", 443, "/A?b=C", "news.example.org"),
        ("https://news.example.org:443/a", "news.example.org", 443, "/a", "news.example.org"),
        ("http://news.example.org:443/a", "news.example.org", 443, "/a", "news.example.org:443"),
        ("https://news.example.org:/a", "news.example.org", 443, "/a", "news.example.org"),
        ("http://news.example.org./a", "news.example.org", 80, "/a", "news.example.org"),
        ("http://bücher.example/ä?ö=ü", "xn--bcher-kva.example", 80, "/%C3%A4?%C3%B6=%C3%BC", "xn--bcher-kva.example"),
        ("http://a_b.example/%7Ec%zz", "a_b.example", 80, "/%7Ec%zz", "a_b.example"),
        ("http://[2600:1::0:2]/", "2600:1::2", 80, "/", "[2600:1::2]"),
        ("http://[2600:1::2]:443/", "2600:1::2", 443, "/", "[2600:1::2]:443"),
        ("http://8.8.8.8/<a>", "8.8.8.8", 80, "/%3Ca%3E", "8.8.8.8"),
        ("http://134744072/", "8.8.8.8", 80, "/", "8.8.8.8"),
        ("http://faß.example/", "xn--fa-hia.example", 80, "/", "xn--fa-hia.example"),
        ("http://a。example/", "a.example", 80, "/", "a.example"),
        ("http://💊.example/", "xn--pr8h.example", 80, "/", "xn--pr8h.example"),
        ("http://news.example.org/a/../b/%2e/c", "news.example.org", 80, "/b/c", "news.example.org"),
    ],
)
def test_an_address_is_cut_into_what_a_connection_needs(url, host, port, path, authority):
    found = target(url)
    assert (found.host, found.port, found.path, found.authority) == (host, port, path, authority)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("news.example.org", AddressRefused),
        ("http://[::zz]/", AddressRefused),
        ("http://[1:2]/", AddressRefused),
        ("http://example.1/", AddressRefused),
        ("http://8.8.8.8.8/", AddressRefused),
        ("http://[2600::1::2]/", AddressRefused),
        ("http://2130706433/", PrivateAddressRefused),
        ("http://0x7f.1/", PrivateAddressRefused),
        ("http://0177.0.0.1/", PrivateAddressRefused),
        ("http://[::ffff:10.0.0.1]/", PrivateAddressRefused),
        ("http://a℀b.example/", AddressRefused),
        ("http://xn--bcher-kva.example:8080/", PortRefused),
        ("http://①②⑦.⓪.⓪.①/", PrivateAddressRefused),
        ("http://１２７.0.0.1/", PrivateAddressRefused),
        ("http://[::1]/", PrivateAddressRefused),
        ("http://127.0.0.1/", PrivateAddressRefused),
    ],
)
def test_an_address_is_refused_for_its_own_reason(url, fault):
    with pytest.raises(fault):
        target(url)


def test_a_setting_adds_ports_and_opens_nothing_private(settings):
    settings.HARVEST_PORTS = [8080]
    assert target("http://news.example.org:8080/").authority == "news.example.org:8080"
    with pytest.raises(PrivateAddressRefused):
        target("http://127.0.0.1:8080/")


def test_what_a_curator_typed_is_repeated_and_what_a_site_said_is_not():
    with pytest.raises(AddressRefused, match="“se!cret”"):
        target("http://se!cret/")
    with pytest.raises(AddressRefused) as refusal:
        target("http://se!cret/", given=False)
    assert "se!cret" not in str(refusal.value)
