"""A web address as browsers read it: its pieces, its host, and whether it is the address of a page at all.

Hosts are read by the rules of the WHATWG's URL standard, through ``ada_url``: what is checked here, compared by
``identity`` and connected to by the fetch is one name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import ada_url

MAX_LENGTH = 2048  # characters of the longest link that is taken
LONGEST_HOST = 253  # characters that a name may have
NO_PAGE = "A link starts with https:// or http:// and the name of a site."

_ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*:)?(?P<authority>//[^/?#\\]*)?(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.DOTALL,
)
# A dot inside, looked for once and not from each of its letters.
_BARE_HOST = re.compile(r"(?=[^/?#\\:@\s]+?\.[^/?#\\:@\s])[^/?#\\:@\s]++(?::[0-9]*+)?(?=[/?#]|$)")
_FAMILY = re.compile(r"(?:[a-z0-9-]+\.)*(google|yandex)\.(?:com?\.)?[a-z]{2,3}")
_PORT = re.compile(r":[0-9]*$")
# A name that any browser reads as it stands: plain letters, and a last label that begins no number.
_PLAIN_HOST = re.compile(r"(?:(?!xn--)[a-z0-9_-]+\.)*(?!xn--)[a-z_][a-z0-9_-]*")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_FORBIDDEN = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
_FORBIDDEN_ASCII = re.compile(r"[\x00-\x20\x7f]")  # the same for most addresses, and at once


class LinkRefused(ValueError):
    """An address that is no page's; the message says why in words for a curator."""


class Parts(NamedTuple):
    """An address cut into pieces that, joined, are the address: each piece keeps its own punctuation."""

    scheme: str
    authority: str
    path: str
    query: str
    fragment: str


class Destination(NamedTuple):
    """The scheme, host, port and path that a browser would ask for, all in ASCII."""

    scheme: str
    host: str
    port: int | None
    path: str


def parts(url: str) -> Parts:
    """Return the pieces of an address; one without a scheme that begins with a host is understood."""
    pieces = _cut(url)
    if not pieces.authority and _BARE_HOST.match(url):
        return parts("//" + url)
    return pieces


def _cut(url):
    return _known_parts(url) if len(url) <= MAX_LENGTH else _parts_of(url)


@lru_cache(maxsize=256)
def _known_parts(url):  # reading, cleaning and keeping one address ask ten times
    return _parts_of(url)


def _parts_of(url):
    return Parts(*_ADDRESS.fullmatch(url).groups(""))


def port(pieces: Parts) -> str:
    """Return the port as it stands in an address, with its colon; empty where there is none."""
    found = _PORT.search(pieces.authority) if ":" in pieces.authority else None
    return found[0] if found else ""


def host(pieces: Parts) -> str:
    """Return the host as people read it: in lower case and their own script, less brackets and a final dot."""
    return _host(pieces.authority).shown


def ascii_host(pieces: Parts) -> str:
    """Return the host as a browser asks for it, an IPv6 address in its brackets; empty where it reads none."""
    return _host(pieces.authority).asked


def domains(name: str) -> Iterator[str]:
    """Yield a host and the domains above it, as tables know them; Google in any country is ``google.*`` alone."""
    if found := _FAMILY.fullmatch(name):
        yield f"{found[1]}.*"
        return
    labels = name.split(".")
    for start in range(len(labels)):
        yield ".".join(labels[start:])


class _Host(NamedTuple):
    asked: str  # by a browser; empty where it reads none
    shown: str  # to people


def _host(authority):
    return _known_host(authority) if len(authority) <= LONGEST_HOST else _host_in(authority)


@lru_cache(maxsize=2048)
def _known_host(authority):  # cleaning and comparing one address ask ten times
    return _host_in(authority)


def _host_in(authority):
    written = _PORT.sub("", authority.removeprefix("//").rpartition("@")[2]).lower()
    if len(written) > LONGEST_HOST + 1:
        return _Host("", "")
    plain = written.removesuffix(".")
    return _Host(plain, plain) if _PLAIN_HOST.fullmatch(plain) else _read(written)


def _read(written):
    try:
        # With a port behind it, so that what looks like one in it (``a.org:80:``) is no name.
        asked = ada_url.URL(f"https://{written}:1/").hostname.removesuffix(".")
    except ValueError:
        return _Host("", written.removeprefix("[").removesuffix("]").removesuffix("."))
    shown = asked.removeprefix("[").removesuffix("]") if written.isascii() else ada_url.idna_to_unicode(asked).lower()
    return _Host(asked, shown if len(shown) <= LONGEST_HOST else "")


def is_web(url: str) -> bool:
    """Return whether ``check`` would take this address."""
    try:
        check(url)
    except LinkRefused:
        return False
    return True


def check(url: str) -> str:
    """Return the address without white space around it, or raise ``LinkRefused`` saying why it is no page's address.

    Taken is http or https with a host that browsers and name servers read, without user name, at most 2,048 characters,
    and nothing in it that browsers read in two ways: white space, control and invisible characters, backslashes.
    """
    return _checked_before(url) if len(url) <= MAX_LENGTH else _checked(url)


@lru_cache(maxsize=256)
def _checked_before(url):  # whoever reads an address, its column and the press ask; a refusal is found anew
    return _checked(url)


def _checked(url):
    address = url.strip()
    _check_characters(address)
    pieces = _cut(address)
    if pieces.scheme.lower() not in {"http:", "https:"} or not pieces.authority:
        raise LinkRefused(NO_PAGE)
    if "@" in pieces.authority:
        raise LinkRefused("A link with a user name or password in it is not taken.")
    _check_host(pieces)
    return address


def destination(url: str) -> Destination:
    """Return where a checked address leads, read as a browser reads it; ``port`` is None for the scheme's own.

    Raises ``LinkRefused`` as ``check`` does, and where a browser would go to another host than was checked.
    """
    address = check(url)
    try:
        read = ada_url.URL(address)
    except ValueError:
        raise LinkRefused("Browsers cannot read this link.") from None
    if read.hostname.removesuffix(".") != ascii_host(parts(address)):
        raise LinkRefused("Browsers do not agree on the name of the site in this link.")
    bare = read.hostname.removeprefix("[").removesuffix("]").removesuffix(".")
    return Destination(
        read.protocol.removesuffix(":"), bare, int(read.port) if read.port else None, read.pathname + read.search
    )


def _check_characters(address):
    if not address:
        raise LinkRefused("There is no link here.")
    if len(address) > MAX_LENGTH:
        raise LinkRefused(f"This link is {len(address):,} characters long; at most {MAX_LENGTH:,} are taken.")
    if "\\" in address:
        raise LinkRefused("There is a backslash in this link; browsers do not agree on what that means.")
    if _has_forbidden(address):
        raise LinkRefused("There is a space, a line break or an invisible character in this link.")


def _has_forbidden(address):
    if address.isascii():
        return _FORBIDDEN_ASCII.search(address) is not None
    return any(unicodedata.category(character) in _FORBIDDEN for character in address)


def _check_host(pieces):
    stated = port(pieces)
    if stated and int(stated[1:7] or 1) not in range(1, 65536):
        raise LinkRefused("The port in this link is no port.")
    # A browser would decode escapes in a name; people would not.
    if "%" in pieces.authority or not _is_name(ascii_host(pieces)):
        written = _PORT.sub("", pieces.authority.removeprefix("//"))
        raise LinkRefused(f"“{written}” is no name of a site.")


def _is_name(asked):
    """Return whether a name server could be asked for this, or it is an address of the network."""
    if asked.startswith("["):
        return True
    return len(asked) <= LONGEST_HOST and all(map(_LABEL.fullmatch, asked.split(".")))
