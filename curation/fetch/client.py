"""The guarded door: the only code that opens a connection to the outside.

The name is resolved once for each hop, every answer must be public, and the connection goes to exactly the address that
was checked. No proxy, no pool, no second look-up. ``docs/decisions/0019-harvest-guard.md`` says why each of these.
"""

import re
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings

from . import faults, http1, limits
from .content import decoding
from .hops import Answer, Fetched, Request, follow
from .limits import Deadline
from .public import is_public
from .target import Target, target
from .tls import Tls

_METHODS = {"GET", "POST"}
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\x20-\x7e\t]*")
# Ours to say: they decide where an answer comes from and how it is read.
_OWN_HEADERS = {
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "accept-encoding",
    "cookie",
    "expect",
    "te",
}


def fetch(
    url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Fetched:
    """Fetch the page, PDF or picture that an address leads to, within 20 seconds, over at most ten redirects.

    Raises ``FetchRefused`` where we do not go, ``FetchFailedError`` where it did not work; both say why to a curator.
    ``headers`` go to the first site only. ``ValueError`` means a method or header that no caller should send.
    """
    deadline = Deadline(limits.SECONDS)
    _check_request(method, headers or {})
    first = Request(target(url), method, dict(headers or {}), body)
    return follow(first, lambda request: _exchange(request, deadline))


def _check_request(method: str, headers: Mapping[str, str]) -> None:
    if method not in _METHODS:
        raise ValueError("only GET and POST are sent")
    for name, value in headers.items():
        if not _HEADER_NAME.fullmatch(name) or not _HEADER_VALUE.fullmatch(value) or name.lower() in _OWN_HEADERS:
            raise ValueError("a header that is not sent")


@contextmanager
def _exchange(request: Request, deadline: Deadline) -> Iterator[Answer]:
    """Connect, ask, and give the answer; the connection is closed with the block."""
    with _connected(request.target, deadline) as line, _spoken(line, request.target, deadline) as talk:
        with _as_faults():
            talk.settimeout(deadline.remaining())
            talk.sendall(_written(request))
        wire = http1.Wire(lambda most: _received(talk, most, deadline))
        head = http1.head(wire)
        pieces = _packed(wire, head)
        yield Answer(head, pieces)


def _packed(wire: http1.Wire, head: http1.Head) -> Iterator[bytes]:
    # A generator of its own: a body that nobody reads, that of a redirect, may be framed in any way.
    yield from decoding.decoded(http1.body(wire, head), head.headers.get("Content-Encoding", ""))


def _received(talk: socket.socket | Tls, most: int, deadline: Deadline) -> bytes:
    with _as_faults():
        talk.settimeout(deadline.remaining())
        return talk.recv(most)


@contextmanager
def _as_faults() -> Iterator[None]:
    """Turn what goes wrong on an open connection into a fault."""
    try:
        yield
    except TimeoutError:
        raise faults.TimedOutError from None
    except OSError:
        raise faults.BadAnswerError from None


def _connected(target: Target, deadline: Deadline) -> socket.socket:
    """Return a connection to the first of the site's addresses that takes one."""
    fault: faults.FetchFailedError = faults.UnresolvedError()
    for family, sockaddr in _addresses(target, deadline)[: limits.ADDRESSES]:
        try:
            return _line(family, sockaddr, min(deadline.remaining(), limits.CONNECT_SECONDS))
        except TimeoutError:
            fault = faults.TimedOutError()
        except OSError:
            fault = faults.ConnectionRefused()
    raise fault


def _line(family: int, sockaddr: tuple, seconds: float) -> socket.socket:
    line = socket.socket(family, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        # Not ``socket.create_connection``: it would resolve again.
        line.connect(sockaddr)
    except BaseException:
        line.close()
        raise
    return line


def _addresses(target: Target, deadline: Deadline) -> list[tuple[int, tuple]]:
    """Return every address of a site, looked up once; raise ``PrivateAddressRefused`` where any is not public."""
    found = [(family, sockaddr) for family, _, _, _, sockaddr in _resolved(target, deadline)]
    if not all(_may_connect(family, sockaddr) for family, sockaddr in found):
        raise faults.PrivateAddressRefused
    return found


def _may_connect(family: int, sockaddr: tuple) -> bool:
    is_scoped = len(sockaddr) > 3 and sockaddr[3] != 0
    return family in {socket.AF_INET, socket.AF_INET6} and not is_scoped and is_public(sockaddr[0])


def _resolved(target: Target, deadline: Deadline) -> list[tuple]:
    """Ask the resolver; in a thread, because it cannot be interrupted and may take minutes."""
    found: list[list[tuple]] = []

    def ask() -> None:
        try:
            found.append(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            found.append([])

    asking = threading.Thread(target=ask, daemon=True)
    try:
        asking.start()
    except RuntimeError:  # no thread to be had: too many wait for names that do not come
        raise faults.UnresolvedError from None
    asking.join(deadline.remaining())
    if not found and asking.is_alive():
        raise faults.TimedOutError
    if not found or not found[0]:
        raise faults.UnresolvedError
    return found[0]


def _spoken(line: socket.socket, target: Target, deadline: Deadline) -> socket.socket | Tls:
    """Return the connection itself, or over TLS when the address says so, certified for the name."""
    if target.scheme == "http":
        return line
    try:
        return Tls(line, target.host, deadline)
    except TimeoutError:
        raise faults.TimedOutError from None
    except (OSError, ValueError):  # ValueError: a name that no certificate can carry
        raise faults.TlsError from None


def _written(request: Request) -> bytes:
    """Return the request as it is sent."""
    own = {
        "User-Agent": f"Mozilla/5.0 (compatible; Medigy; +{settings.SITE_URL})",
        "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,image/*;q=0.8,*/*;q=0.5",
        "Accept-Language": "en,*;q=0.5",
    }
    given = {name.title(): value for name, value in request.headers.items()}
    fixed = {"Accept-Encoding": decoding.ACCEPTED, "Connection": "close"}
    fixed |= {"Cookie": request.cookie} if request.cookie else {}
    fixed |= {"Content-Length": str(len(request.body or b""))} if request.method == "POST" else {}
    lines = [f"{request.method} {request.target.path} HTTP/1.1", f"Host: {request.target.authority}"]
    lines += [f"{name}: {value}" for name, value in (own | given | fixed).items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + (request.body or b"")
