"""The one place that decides what a web address looks like: clean, duplicate key, brand, article slug.

Everything here is a pure function of the address as text. Nothing is parsed and put together again: what a rule does
not name stays byte for byte as it was.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from offerings.slugs import slug

from . import tracking

MAX_LENGTH = 2048  # what a link may measure to be taken
_CLEANED_LENGTH = 8192  # beyond this nothing is looked at: no real address is as long, and no rule may cost much

_LONGEST_HOST = 253  # characters that a name may have

_ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*:)?(?P<authority>//[^/?#\\]*)?(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<fragment>#.*)?",
    re.DOTALL,
)
# A dot inside, looked for once and not from each of its letters.
_BARE_HOST = re.compile(r"(?=[^/?#\\:@\s]+?\.[^/?#\\:@\s])[^/?#\\:@\s]++(?::[0-9]*+)?(?=[/?#]|$)")
_PORT = re.compile(r":[0-9]*$")
_IPV6 = re.compile(r"[0-9a-f]*:[0-9a-f:]*[0-9.]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_FORBIDDEN = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
_FORBIDDEN_ASCII = re.compile(r"[\x00-\x20\x7f]")  # the same for most addresses, and at once
_AMP_FLAGS = {"amp", "amp=", "amp=1", "amp=true", "outputtype=amp"}
_GOOGLE = re.compile(r"google\.[a-z]{2,3}(?:\.[a-z]{2})?")
_PROOFPOINT_2 = re.compile(r"https?://urldefense\.proofpoint\.com/v2/url\?(?:[^#]*&)?u=([^&#]*)", re.IGNORECASE)
_PROOFPOINT_3 = re.compile(r"https?://urldefense\.com/v3/__([^*]+?)__;", re.IGNORECASE)
_MARKS = re.compile("|".join(tracking.FRAGMENT_MARKS))


class LinkRefused(ValueError):
    """This is no address of a page; the message says why in words for a curator."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned address and what became of the rest, for a preview and for putting it back.

    ``removed`` holds the removed parameters as they were written, a fragment with its ``#``. ``wrapper`` is the
    redirector's address where there was one, else empty.
    """

    url: str
    removed: tuple[str, ...] = ()
    wrapper: str = ""


class _Parts(NamedTuple):
    """An address cut into pieces that, joined, are the address: each piece keeps its own punctuation."""

    scheme: str
    authority: str
    path: str
    query: str
    fragment: str


def _parts(url: str) -> _Parts:
    pieces = _Parts(*(piece or "" for piece in _ADDRESS.fullmatch(url).groups()))
    if not pieces.authority and _BARE_HOST.match(url):
        return _parts("//" + url)
    return pieces


class _Names:
    """A set of patterns that answers whether a name is among them."""

    def __init__(self, patterns: Iterable[str]) -> None:
        patterns = tuple(patterns)
        self.whole = frozenset(name for name in patterns if not name.endswith("*"))
        self.beginnings = tuple(name[:-1] for name in patterns if name.endswith("*"))

    def __contains__(self, name: str) -> bool:
        return name in self.whole or name.startswith(self.beginnings)


_TRACKERS = _Names(tracking.TRACKERS)
_FRAGMENT_TRACKERS = _Names(tracking.FRAGMENT_TRACKERS)
_HOST_TRACKERS = {host: _Names(patterns) for host, patterns in tracking.HOST_TRACKERS.items()}
_KEPT = {host: _Names(patterns) for host, patterns in tracking.KEPT.items()}
_PATH_REDIRECTORS = {host: re.compile(pattern) for host, pattern in tracking.PATH_REDIRECTORS.items()}


def brand(url: str) -> str:
    """Return the site an address belongs to: its host in lower case, less port, user info and one leading ``www.``.

    Not the registrable domain: ``academic.example.org`` stays whole. An address without a scheme is understood; what
    has no host gives an empty string.
    """
    return _host(_parts(url.strip())).removeprefix("www.")


def _host(parts: _Parts) -> str:
    host = _PORT.sub("", parts.authority.removeprefix("//").rpartition("@")[2])
    host = host.removeprefix("[").removesuffix("]").removesuffix(".").lower()
    return host if len(host) <= _LONGEST_HOST else ""


def article_slug(url: str, title: str) -> str:
    """Return the slug an article gets from its source: the brand without its last label, then the title as given."""
    name = brand(url)
    return slug(f"{name.rpartition('.')[0] or name}-{title}")


_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_NO_PAGE = "A link starts with https:// or http:// and the name of a site."


def clean(url: str) -> str:
    """Return the address without trackers and redirectors; see ``cleaned``. Raises ``LinkRefused`` (a ValueError) for
    anything but http and https.
    """
    if not _WEB.match(url.strip()):
        raise LinkRefused(_NO_PAGE)
    return cleaned(url).url


def cleaned(url: str) -> Cleaned:
    """Remove tracking parameters and tracker fragments by name, and unwrap redirectors.

    What stays keeps its order, duplicates, bare flags and percent-encoding byte for byte, white space around the
    address apart. Cleaning twice changes nothing. Whatever is no web address comes back as it is: ``check`` refuses.
    About 10 µs.
    """
    address = unwrap(url)
    wrapper = url.strip() if address != url.strip() else ""
    removed: list[str] = []
    while (lighter := _without_trackers(address, removed)) != address:
        address = unwrap(lighter)
    return Cleaned(address, tuple(removed), wrapper)


def removed(url: str) -> list[str]:
    """Return the names of what cleaning leaves out, in their order, of a fragment with its ``#``; each as often as it
    stood there.
    """
    return [_called(segment) for segment in cleaned(url).removed]


def _called(segment: str) -> str:
    mark = "#" if segment.startswith("#") else ""
    return mark + _name(segment.removeprefix("#").removeprefix("?"))


def _without_trackers(url: str, removed: list[str]) -> str:
    """Return the address less what the tables name, adding each removed piece to ``removed``."""
    if len(url) > _CLEANED_LENGTH or not ("?" in url or "#" in url):
        return url
    parts = _parts(url)
    host = _host(parts)
    if not host:
        return url
    query, fragment = parts.query, parts.fragment
    if query:
        query = _kept_of(query, lambda segment: _is_tracker(segment, host), removed)
    if fragment and not _keeps(host, "#"):
        fragment = _kept_of(fragment, _is_tracker_fragment, removed, "#")
    cut = len(url) - len(parts.query) - len(parts.fragment)
    return (url[:cut] + query + fragment).strip()


def _kept_of(piece: str, is_tracker: Callable[[str], bool], removed: list[str], mark: str = "") -> str:
    """Return a query or fragment without its trackers; ``?`` goes when nothing is left, an untouched ``#`` stays."""
    kept: list[str] = []
    found: list[str] = []
    for segment in piece[1:].split("&"):
        (found if is_tracker(segment) else kept).append(segment)
    removed += [mark + segment for segment in found]
    return piece[0] + "&".join(kept) if any(kept) or (mark and not found) else ""


def _is_tracker(segment: str, host: str) -> bool:
    name = _name(segment)
    if not name or _keeps(host, name):
        return False
    return name in _TRACKERS or any(name in names for names in _trackers_at(host))


def _is_tracker_fragment(segment: str) -> bool:
    name = _name(segment.removeprefix("?"))
    if name in _FRAGMENT_TRACKERS:
        return "=" in segment or name.startswith("utm_")
    return _MARKS.fullmatch(segment) is not None


def _name(segment: str) -> str:
    # A copied address may carry the source code's ``&amp;`` for ``&``.
    return unquote(segment.partition("=")[0]).lower().removeprefix("amp;")


def _keeps(host: str, name: str) -> bool:
    return any(name in names for names in _kept_at(host))


@lru_cache(maxsize=512)  # asked for each parameter of an address
def _kept_at(host: str) -> tuple[_Names, ...]:
    return tuple(_of_host(_KEPT, host))


@lru_cache(maxsize=512)
def _trackers_at(host: str) -> tuple[_Names, ...]:
    return tuple(_of_host(_HOST_TRACKERS, host))


def _of_host(table: dict, host: str) -> Iterator:
    """Yield what a table says of this host and of the domains above it."""
    labels = host.split(".")
    for start in range(len(labels)):
        if found := table.get(".".join(labels[start:])):
            yield found


def unwrap(url: str) -> str:
    """Return where a redirector's address leads, as far as the address itself tells; any other one trimmed as it is.

    Only a target that is a web address is believed, so nothing turns into ``javascript:``.
    """
    address = url.strip()
    while len(address) <= _CLEANED_LENGTH:
        # Every target is shorter than its wrapper, so this ends.
        target = next(filter(is_web, _targets(address)), None)
        if target is None or len(target) >= len(address):
            break
        address = target
    return address


def _targets(url: str) -> Iterator[str]:
    """Yield the addresses that this one may be a wrapper of, decoded."""
    if found := _PROOFPOINT_2.match(url):
        yield unquote(found[1].translate({ord("-"): "%", ord("_"): "/"}))
    if found := _PROOFPOINT_3.match(url):
        yield found[1]
    parts = _parts(url)
    host = _host(parts).removeprefix("www.")
    host = "google.*" if _GOOGLE.fullmatch(host) else host
    for rules in _of_host(tracking.REDIRECTORS, host) if host != "google.*" else [tracking.REDIRECTORS[host]]:
        yield from _parameter_targets(parts, rules)
    for pattern in _of_host(_PATH_REDIRECTORS, host) if host != "google.*" else [_PATH_REDIRECTORS[host]]:
        if found := pattern.fullmatch(parts.path):
            yield f"http{'s' if found['s'] else ''}://{found['rest']}{parts.query}"


def _parameter_targets(parts: _Parts, rules: Iterable[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    for beginning, names in rules:
        if not (parts.path or "/").startswith(beginning):
            continue
        for wanted in names:
            for segment in parts.query[1:].split("&"):
                name, _, value = segment.partition("=")
                if name.removeprefix("amp;").lower() == wanted:
                    yield unquote(value).strip()


def duplicate_key(url: str) -> str:
    """Return what two addresses of one page share; stored apart from the link and unique.

    The cleaned address without scheme, ``www.``, default port, trailing slash, ``/amp`` and fragment, its parameters
    sorted, its escapes in one spelling. ``duplicate_key(clean(url)) == duplicate_key(url)``.
    """
    address = cleaned(url).url
    if len(address) > _CLEANED_LENGTH:
        return address
    parts = _parts(address)
    host = _host(parts)
    if not host:
        return address
    return _key_host(host.removeprefix("www.")) + _key_port(parts) + _key_path(parts.path) + _key_query(parts.query)


def _key_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"
    if host.isascii():
        return host
    labels = unicodedata.normalize("NFKC", host.replace("。", ".")).lower().split(".")
    return ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels)


def _key_port(parts: _Parts) -> str:
    found = _PORT.search(parts.authority)
    port = found[0] if found else ""
    default = {"http:": ":80", "https:": ":443"}.get(parts.scheme.lower())
    return "" if port in {":", default} else port


def _key_path(path: str) -> str:
    path = _one_spelling(path).rstrip("/")
    while path.lower().endswith("/amp"):
        path = path[:-4].rstrip("/")
    return path[4:] if path.lower().startswith("/amp/") else path


def _key_query(query: str) -> str:
    segments = (_one_spelling(segment) for segment in query[1:].split("&"))
    kept = sorted(segment for segment in segments if segment and segment.lower() not in _AMP_FLAGS)
    return "?" + "&".join(kept) if kept else ""


def _one_spelling(text: str) -> str:
    """Return text with its escapes in one spelling: none for plain characters, upper case and UTF-8 for the rest."""
    if not text.isascii():
        text = quote(text, safe="".join(map(chr, range(128))), errors="surrogatepass")
    return _ESCAPE.sub(_one_escape, text) if "%" in text else text


def _one_escape(found: re.Match) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()


def is_web(url: str) -> bool:
    """Say whether ``check`` would take this address."""
    try:
        check(url)
    except LinkRefused:
        return False
    return True


def check(url: str) -> str:
    """Return the address without white space around it, or raise ``LinkRefused`` saying why it is no page's address.

    Taken is http or https with a well-formed host, without user name, at most 2,048 characters, and nothing in it that
    browsers read in two ways: white space, control and invisible characters, backslashes.
    """
    address = url.strip()
    _check_characters(address)
    parts = _Parts(*(piece or "" for piece in _ADDRESS.fullmatch(address).groups()))
    if parts.scheme.lower() not in {"http:", "https:"} or not parts.authority:
        raise LinkRefused(_NO_PAGE)
    if "@" in parts.authority:
        raise LinkRefused("A link with a user name or password in it is not taken.")
    _check_host(parts)
    return address


def _check_characters(address: str) -> None:
    if not address:
        raise LinkRefused("There is no link here.")
    if len(address) > MAX_LENGTH:
        raise LinkRefused(f"This link is {len(address):,} characters long; at most {MAX_LENGTH:,} are taken.")
    if "\\" in address:
        raise LinkRefused("There is a backslash in this link; browsers do not agree on what that means.")
    if _has_forbidden(address):
        raise LinkRefused("There is a space, a line break or an invisible character in this link.")


def _has_forbidden(address: str) -> bool:
    if address.isascii():
        return _FORBIDDEN_ASCII.search(address) is not None
    return any(unicodedata.category(character) in _FORBIDDEN for character in address)


def _check_host(parts: _Parts) -> None:
    port = _PORT.search(parts.authority)
    if port and int(port[0][1:7] or 1) not in range(1, 65536):
        raise LinkRefused("The port in this link is no port.")
    host = _PORT.sub("", parts.authority.removeprefix("//"))
    if not (_is_ipv6(host) if host.startswith("[") else _is_name(host)):
        raise LinkRefused(f"“{host}” is no name of a site.")


def _is_ipv6(host: str) -> bool:
    return host.endswith("]") and _IPV6.fullmatch(host[1:-1]) is not None


def _is_name(host: str) -> bool:
    return len(host) <= _LONGEST_HOST and all(map(_is_label, host.removesuffix(".").split(".")))


def _is_label(label: str) -> bool:
    """Say whether this may stand between two dots: letters of any script, digits, hyphens and underscores inside."""
    if not 0 < len(label) <= 63 or label.startswith("-") or label.endswith("-"):
        return False
    return all(character in "-_" or unicodedata.category(character)[0] in "LMN" for character in label)
