"""From a link to the page at its end: what is asked for at each hop, and when a chain of them has gone on too long.

Nothing here touches the network: ``follow`` is given an ``exchange`` that does.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

from django.utils.datastructures import CaseInsensitiveMapping

from . import faults, limits
from .content import refresh, sniffing, verdicts
from .http1 import Head
from .target import Target, target


@dataclass(frozen=True, slots=True)
class Fetched:
    """The end of a chain of hops: the page, PDF or picture that a link led to.

    ``url`` is the last address, ``headers`` are looked up in any case, ``body`` is unpacked. ``hops`` has one
    ``{"url", "status", "via"}`` for each request, the last one included; ``via`` says what led there: ``link``,
    ``redirect``, ``header`` (a ``Refresh`` header) or ``page`` (a page's own refresh). ``kind`` is ``page``, ``pdf``
    or ``picture``, told from the bytes.
    """

    url: str
    status: int
    headers: CaseInsensitiveMapping
    body: bytes = field(repr=False)
    hops: list[dict[str, str | int]]
    kind: str


@dataclass(frozen=True, slots=True)
class Request:
    """One request: where to, how, with which headers of the caller's, which body, and which cookies."""

    target: Target
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    cookie: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a server: the head, and the unpacked body in pieces as they come."""

    head: Head
    pieces: Iterator[bytes]


Exchange = Callable[[Request], AbstractContextManager[Answer]]


class _Trail:
    """The addresses a chain has been at, and the cookies it was given to carry."""

    def __init__(self) -> None:
        self.hops: list[dict[str, str | int]] = []
        self._seen: set[tuple[str, str, str]] = set()
        self._cookies: dict[tuple, dict[str, str]] = {}
        self._cookie_bytes: Counter[tuple] = Counter()

    def admitted(self, request: Request) -> Request:
        """Return the request, to be sent; raise ``TooManyHopsError`` or ``LoopError``.

        Cookies go along only where a site sends us in a circle without them, and only to the site that set them.
        """
        if len(self.hops) > limits.HOPS:
            raise faults.TooManyHopsError
        if self._step(request) in self._seen:
            request = replace(request, cookie=self._cookie(request.target))
            if self._step(request) in self._seen:
                raise faults.LoopError
        self._seen.add(self._step(request))
        return request

    def note(self, request: Request, head: Head, via: str) -> None:
        """Remember an answer and the cookies it set."""
        self.hops.append({"url": request.target.url, "status": head.status, "via": via})
        origin = request.target.origin
        jar = self._cookies.setdefault(origin, {})
        for cookie in head.cookies:
            name, equals, value = cookie.partition(";")[0].partition("=")
            self._cookie_bytes[origin] += len(cookie)  # a cookie that is set again counts again
            if equals and self._cookie_bytes[origin] < limits.COOKIE_BYTES:
                jar[name.strip()] = value.strip()

    def _cookie(self, target: Target) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.get(target.origin, {}).items())

    @staticmethod
    def _step(request: Request) -> tuple[str, str, str]:
        return request.method, request.target.url.partition("#")[0], request.cookie


def follow(request: Request, exchange: Exchange) -> Fetched:
    """Ask, and go where the answers lead, until there is a page, a PDF or a picture; else raise a fault."""
    trail, via = _Trail(), "link"
    while True:
        request = trail.admitted(request)
        with exchange(request) as answer:
            trail.note(request, answer.head, via)
            onward, via, body = _outcome(request, answer)
        if not onward:
            head, kind = answer.head, sniffing.kind(body, _type(answer.head))
            return Fetched(request.target.url, head.status, head.headers, body, trail.hops, kind)
        request = _next(request, answer.head.status, onward)


def _outcome(request: Request, answer: Answer) -> tuple[str, str, bytes]:
    """Return where to go on and by what, or an empty address and the body; raise the fault it is."""
    head, url = answer.head, request.target.url
    if onward := refresh.by_status(head, url):
        return onward, "redirect", b""
    if head.status >= 400:
        verdicts.check_refusal(head, beginning(answer.pieces))
    if head.status >= 300:
        raise faults.BadAnswerError
    if onward := refresh.by_header(head, url):
        return onward, "header", b""
    body = whole(answer.pieces, _type(head))
    return _of_page(head, url, body) if sniffing.kind(body, _type(head)) == sniffing.PAGE else ("", "", body)


def _type(head: Head) -> str:
    return head.headers.get("Content-Type", "")[:500]


def _of_page(head: Head, url: str, body: bytes) -> tuple[str, str, bytes]:
    verdicts.check_challenge(head, body)
    if onward := refresh.by_page(body, url):
        return onward, "page", b""
    return "", "", body


def whole(pieces: Iterator[bytes], said: str = "") -> bytes:
    """Return the whole body, of the content type ``said``; raise ``NotAPageError`` or ``TooLargeError`` once that is
    clear.
    """
    body = bytearray()
    told = False
    for piece in pieces:
        body += piece
        if not told and len(body) >= limits.SNIFFED_BYTES:
            told = bool(_most(body, said))
        if len(body) > limits.PAGE_BYTES and len(body) > _most(body, said):
            raise faults.TooLargeError
    _most(body, said)
    return bytes(body)


def _most(body: bytearray, said: str) -> int:
    """Return how long what begins like this may be."""
    kind = sniffing.kind(bytes(body[: limits.SNIFFED_BYTES]), said)
    if not kind:
        raise faults.NotAPageError
    return limits.PAGE_BYTES if kind == sniffing.PAGE else limits.FILE_BYTES


def beginning(pieces: Iterator[bytes]) -> bytes:
    """Return the first 64 kB of what came with a refusal; what is broken in it changes nothing."""
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            if len(body) >= limits.REFUSAL_BYTES:
                break
    except faults.FetchFailedError:
        pass
    return bytes(body)


def _next(request: Request, status: int, onward: str) -> Request:
    """Return the request that follows: as browsers do it, a GET without a body unless the status says to repeat it.

    The caller's headers may hold a secret meant for one site: they go on only to the same one.
    """
    aim = target(onward, given=False)
    headers = request.headers if _is_same_site(request.target, aim) else {}
    if status in {307, 308}:
        return Request(aim, request.method, headers, request.body)
    return Request(aim, "GET", headers)


def _is_same_site(here: Target, there: Target) -> bool:
    """Return whether two targets are one origin, or the second is the first's own step up to TLS."""
    stepped_up = here.origin == ("http", here.host, 80) and there.origin == ("https", here.host, 443)
    return stepped_up or here.origin == there.origin
