"""The one place that decides what a web address looks like: clean, duplicate key, brand, article slug.

Everything here is a pure function of the address as text. Nothing is parsed and put together again: what a rule does
not name stays byte for byte as it was.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from offerings.slugs import slug
from offerings.text.guarded import is_own_path

from . import identity, parsing, tracking, unwrapping
from .parsing import MAX_LENGTH, LinkRefused, check, destination, is_web

__all__ = [
    "MAX_LENGTH",
    "Cleaned",
    "LinkRefused",
    "article_slug",
    "brand",
    "check",
    "clean",
    "cleaned",
    "destination",
    "duplicate_key",
    "faults",
    "followed",
    "is_web",
    "may_follow",
    "refusal",
    "removed",
    "unwrap",
]

_WEB = re.compile(r"https?://[^/?#]", re.IGNORECASE)
_MARKS = re.compile("|".join(tracking.FRAGMENT_MARKS))
# The source code's way of writing ``&``, once or several times over.
_ESCAPED_AND = re.compile(r"&(?:(?:amp|#0*38|#x0*26);)+", re.IGNORECASE)
_DIRECTIVE = ":~:"  # a browser adds it to say which words to show


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned address and what became of the rest, for a preview and for putting it back.

    ``removed`` holds the removed parameters as they were written, a fragment with its ``#``. ``wrapper`` is the
    redirector's address where there was one, else empty.
    """

    url: str
    removed: tuple[str, ...] = ()
    wrapper: str = ""

    @property
    def key(self) -> str:
        """The duplicate key (``duplicate_key``), for whoever has the address cleaned already."""
        return identity.key(self.url)


def brand(url: str) -> str:
    """Return the site an address belongs to: its host in lower case, less port, user info and one leading ``www.``.

    Not the registrable domain: ``academic.example.org`` stays whole. An address without a scheme is understood; what
    has no host gives an empty string.
    """
    return parsing.host(parsing.parts(url.strip())).removeprefix("www.")


def article_slug(url: str, title: str) -> str:
    """Return the slug an article gets from its source: the brand without its last label, then the title as given."""
    name = brand(url)
    return slug(f"{name.rpartition('.')[0] or name}-{title}")


def clean(url: str) -> str:
    """Return the address without trackers and redirectors; see ``cleaned``.

    Raises ``LinkRefused`` (a ValueError) for anything but http and https.
    """
    if not _WEB.match(url.strip()):
        raise LinkRefused(parsing.NO_PAGE)
    return cleaned(url).url


def cleaned(url: str) -> Cleaned:
    """Remove tracking parameters and tracker fragments by name, and unwrap redirectors.

    What stays keeps its order, duplicates, bare flags and percent-encoding byte for byte; white space around the
    address goes, and ``&amp;`` means ``&``. Cleaning twice changes nothing. Whatever is no web address comes back as it
    is: ``check`` refuses. About 10 µs.
    """
    before = _decoded(url)
    address = unwrapping.unwrap(before)
    wrapper = url.strip() if address != before else ""
    removed: list[str] = []
    while (lighter := _without_trackers(_decoded(address), removed)) != address:
        address = unwrapping.unwrap(lighter)
    return Cleaned(address, tuple(removed), wrapper)


def unwrap(url: str) -> str:
    """Return where a redirector's address leads, with all that stands in it; any other one trimmed, ``&amp;`` read."""
    address = _decoded(url)
    while (target := _decoded(unwrapping.unwrap(address))) != address:
        address = target
    return address


def removed(url: str) -> list[str]:
    """Return the names of what cleaning leaves out, in order, of a fragment with ``#``; each as often as it occurs."""
    return [_called(segment) for segment in cleaned(url).removed]


def refusal(address: str) -> str:
    """Return why readers may not be sent to an address, in words; empty for a page's and for a path of our own."""
    if is_own_path(address):
        return ""
    try:
        check(address)
    except LinkRefused as refused:
        return str(refused)
    return ""


def may_follow(address: str) -> bool:
    """Return whether readers may be sent to an address: a page on the web or a path of our own site."""
    return not refusal(address)


def followed(address: str) -> str:
    """Return an address that stands in a page as a link; nothing where readers may not be sent there."""
    return address if may_follow(address) else ""


def faults(url: str) -> list[str]:
    """Return what is wrong with a link that readers are to follow: the names of trackers in it, the site of a wrapper.

    Empty for a link that cleaning leaves as it is and that says where it leads.
    """
    done = cleaned(url)
    wrapper = brand(done.wrapper) if done.wrapper else brand(url) * unwrapping.is_opaque(done.url)
    return [*dict.fromkeys(map(_called, done.removed)), *filter(None, [wrapper])]


def duplicate_key(url: str) -> str:
    """Return what two addresses of one page share; stored apart from the link and unique.

    The cleaned address without scheme, ``www.``, ``m.``, default port, trailing slash, the ``/amp`` of a copy and what
    only opens a page to somebody; its parameters sorted, its escapes in one spelling. A fragment goes unless it is an
    address itself. One thing under several well-known addresses (a DOI, a PubMed number, a video) has one key.
    ``duplicate_key(clean(url)) == duplicate_key(url)``.
    """
    return cleaned(url).key


def _decoded(url):
    """Return a web address with ``&`` where the source code of a page wrote ``&amp;``."""
    address = url.strip()
    if "&" not in address or len(address) > unwrapping.LONGEST or not parsing.parts(address).authority:
        return address
    return _ESCAPED_AND.sub("&", address)


def _called(segment):
    mark = "#" if segment.startswith("#") else ""
    return mark + tracking.name(segment.removeprefix("#").removeprefix("?"))


def _without_trackers(url, removed):
    """Return the address less what the tables name, adding each removed piece to ``removed``."""
    if len(url) > unwrapping.LONGEST or not ("?" in url or "#" in url):
        return url
    parts = parsing.parts(url)
    host = parsing.host(parts)
    if not host:
        return url
    query, fragment = parts.query, parts.fragment
    if query:
        query = _kept_of(query, lambda segment: tracking.is_tracker(tracking.name(segment), host), removed)
    if fragment and not tracking.keeps("#", host):
        fragment = _kept_of(_less_directive(fragment, removed), _is_tracker_fragment, removed, "#")
    cut = len(url) - len(parts.query) - len(parts.fragment)
    return (url[:cut] + query + fragment).strip()


def _less_directive(fragment, removed):
    before, mark, directive = fragment.partition(_DIRECTIVE)
    if mark:
        removed.append(f"#{mark}{directive}")
    return "" if mark and before == "#" else before


def _kept_of(piece, is_tracker: Callable[[str], bool], removed: list[str], mark: str = "") -> str:
    """Return a query or fragment without its trackers; ``?`` goes when nothing is left, an untouched ``#`` stays."""
    kept: list[str] = []
    found: list[str] = []
    for segment in piece[1:].split("&"):
        (found if is_tracker(segment) else kept).append(segment)
    removed += [mark + segment for segment in found]
    return piece[:1] + "&".join(kept) if any(kept) or (mark and not found) else ""


def _is_tracker_fragment(segment):
    return tracking.is_fragment_tracker(segment) or _MARKS.fullmatch(segment) is not None
