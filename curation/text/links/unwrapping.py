"""Destinations of redirectors, as far as their addresses tell: read from the tables in ``redirectors``."""

import json
import re
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

from . import parsing, redirectors
from .parsing import Parts

LONGEST = 8192  # beyond this nothing is looked at: no real address is as long, and no rule may cost much

_PROXY_HOST = re.compile(r"(?:[a-z0-9-]+\.)*(?:[a-z0-9-]*ezproxy[a-z0-9-]*|proxy[0-9]*|libproxy|lib-proxy)\..+")
_PROOFPOINT_2 = re.compile(
    r"https?://urldefense\.(?:(?:proofpoint\.)?com|us)/v2/url\?(?:[^#]*&)?u=([^&#]*)", re.IGNORECASE
)
_PROOFPOINT_3 = re.compile(
    r"https?://urldefense\.(?:(?:proofpoint\.)?com|us)/v3/__(.+?)__;([A-Za-z0-9_=-]*)(?:!|$)", re.IGNORECASE
)
_LEFT_OUT = re.compile(r"\*(?:\*(.))?")
_RUNS = {
    mark: length for length, mark in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 2)
}
_PACKED = re.compile(r"(?:a1)?(aHR0c[A-Za-z0-9+/_=-]+)")
_ONE_SLASH = re.compile(r"(https?:)/(?!/)", re.IGNORECASE)
_TRACKED = re.compile(r"/track\?.*?&&&[0-9]+&&&(https?:.+)", re.IGNORECASE | re.DOTALL)
_PATHS = {host: re.compile(pattern, re.IGNORECASE) for host, pattern in redirectors.PATH_REDIRECTORS.items()}
_SHAPES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in redirectors.PATH_SHAPES)
_OPAQUE_SHAPE = re.compile(redirectors.OPAQUE_SHAPE, re.IGNORECASE)
_OUTLOOKS = re.compile(r"[0-9]{2}(?:\||%7C)", re.IGNORECASE)
_ENCODED = re.compile(r"https?(?:%3A|:%2F)", re.IGNORECASE)
_TRANSLATED = ".translate.goog"


def unwrap(url: str) -> str:
    """Return where a redirector's address leads, through as many as stand in each other; any other one trimmed.

    Only a target that is a web address is believed, so nothing turns into ``javascript:``. Linear in what is given.
    """
    address = url.strip()
    while len(address) <= LONGEST:
        # Every target is shorter than its wrapper, so this ends.
        target = next(filter(parsing.is_web, _targets(address)), None)
        if target is None or len(target) >= len(address):
            break
        address = target
    return address


def is_opaque(url: str) -> bool:
    """Return whether an address is a wrapper or a counter of clicks that tells nobody where it leads."""
    pieces = parsing.parts(url)
    for host in parsing.domains(parsing.host(pieces)):
        if host in redirectors.OPAQUE:
            return pieces.path.lower().startswith(redirectors.OPAQUE_PATHS.get(host, ""))
    return _OPAQUE_SHAPE.fullmatch(pieces.path) is not None


def _targets(url):
    """Yield the addresses that this one may be a wrapper of, decoded."""
    pieces = parsing.parts(url)
    host = parsing.host(pieces)
    for domain in _table_names(host):
        for target in _of_domain(domain, pieces):
            yield _without_tail(target, domain)
    if "urldefense." in host:
        yield from _proofpoint(url)
    if "L0/http" in pieces.path or "/aHR0" in pieces.path:
        for shape in _SHAPES:
            yield from _in_path(shape, pieces)
    yield from _translated(host, pieces)
    if pieces.path.lower() == "/login" and _PROXY_HOST.fullmatch(host):
        yield from _in_query(pieces, ("url", "qurl"))


@lru_cache(maxsize=1024)
def _table_names(host):
    """Return the names under which tables know a host; none for most."""
    tables = (redirectors.REDIRECTORS, _PATHS, redirectors.PACKED_REDIRECTORS, {"govdelivery.com"})
    return tuple(domain for domain in parsing.domains(host) if any(domain in table for table in tables))


def _of_domain(domain, pieces):
    for beginning, names in redirectors.REDIRECTORS.get(domain, ()):
        if (pieces.path or "/").lower().startswith(beginning):
            yield from _in_query(pieces, names)
    if pattern := _PATHS.get(domain):
        yield from _in_path(pattern, pieces)
    if domain in redirectors.PACKED_REDIRECTORS:
        yield from _in_json_path(pieces, *redirectors.PACKED_REDIRECTORS[domain])
    if domain == "govdelivery.com" and (found := _TRACKED.match(pieces.path + pieces.query)):
        yield found[1]


def _in_query(pieces: Parts, names: Iterable[str]) -> Iterator[str]:
    segments = [segment.partition("=") for segment in pieces.query[1:].split("&")]
    for wanted in names:
        for name, _, value in segments:
            if name.lower() == wanted:
                yield from _readings(value)


def _readings(value):
    """Yield what a value may say: decoded once, decoded twice, unpacked."""
    once = unquote(value).strip()
    yield once
    if once[:12].lower().startswith(("http%3a", "https%3a")):
        yield unquote(once).strip()
    if found := _PACKED.fullmatch(once):
        yield _unpacked(found[1])
    elif once.startswith(("eyJ", "{")):
        yield from _values_in_json(once, "url")


def _unpacked(packed):
    padded = packed + "=" * (-len(packed) % 4)
    try:
        return (b64decode if {"+", "/"} & set(packed) else urlsafe_b64decode)(padded).decode().strip()
    except ValueError:  # no base64, or no text
        return ""


def _values_in_json(packed, key):
    """Yield what JSON objects say under a key: the pieces of a token, or the JSON in the ``p`` of one (Mandrill's)."""
    for piece in [packed] if packed.startswith("{") else map(_unpacked, packed.split(".")[:3]):
        try:
            said = json.loads(piece)
        except (ValueError, RecursionError):
            continue
        if not isinstance(said, dict):
            continue
        if isinstance(said.get(key), str):
            yield said[key].strip()
        elif isinstance(inner := said.get("p"), str) and inner.startswith("{"):
            yield from _values_in_json(inner, key)


def _in_json_path(pieces, beginning, key):
    if pieces.path.startswith(beginning):
        yield from _values_in_json(pieces.path[len(beginning) :].partition("/")[0], key)


def _in_path(pattern, pieces):
    found = pattern.fullmatch(pieces.path)
    if not found:
        return
    named, after = found.groupdict(), pieces.query + pieces.fragment
    if named.get("packed"):
        yield _unpacked(named["packed"])
    elif whole := named.get("whole"):
        yield _ONE_SLASH.sub(r"\1//", unquote(whole) if _ENCODED.match(whole) else whole + after, count=1)
    else:
        rest = named["rest"] if "/" in named["rest"] else unquote(named["rest"])
        yield f"http{'s' if named['s'] else ''}://{rest}{after}"


def _without_tail(target, domain):
    """Return a target less what its wrapper said for itself, which hangs there if all was encoded as one value."""
    for name in redirectors.TAILS.get(domain, ()):
        found = re.search(f"&(?:amp;)?{re.escape(name)}=", target, re.IGNORECASE)
        if found and ("?" not in target[: found.start()] or _OUTLOOKS.match(target, found.end())):
            target = target[: found.start()]
    return target


def _proofpoint(url):
    if found := _PROOFPOINT_2.match(url):
        yield unquote(found[1].translate({ord("-"): "%", ord("_"): "/"}))
    if found := _PROOFPOINT_3.match(url):
        yield _ONE_SLASH.sub(r"\1//", _put_back(found[1], found[2]), count=1)


def _put_back(address, packed):
    """Return an address with the characters put back that Proofpoint left out: one for ``*``, a run for ``**`` and a
    letter that says how long; all of them stand packed behind the address.
    """
    left_out = iter(_unpacked(packed))

    def characters(found):
        count = _RUNS.get(found[1], 0) if found[1] else 1
        return "".join(next(left_out, "*") for _ in range(count))

    return _LEFT_OUT.sub(characters, address)


def _translated(host, pieces):
    """Yield the page that Google translates under a name of its own: ``--`` for a hyphen, ``-`` for a full stop."""
    if host.endswith(_TRANSLATED):
        original = host.removesuffix(_TRANSLATED).replace("--", "\0").replace("-", ".").replace("\0", "-")
        kept = "&".join(one for one in pieces.query[1:].split("&") if not one.lower().startswith("_x_tr_"))
        yield f"https://{original}{pieces.path}{'?' * bool(kept)}{kept}{pieces.fragment}"
