"""An address cut into what a connection needs: the name to resolve, the port, what to ask for."""

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings

from curation.text import links

from . import faults
from .public import is_public

DEFAULT_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")
_SENT_AS_IT_IS = "".join(character for character in map(chr, range(33, 127)) if character not in '"<>')


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes.

    ``host`` is what is resolved and what a certificate must name: ASCII, lower case, without brackets or final dot.
    ``path`` is what is asked for, with its query, in ASCII.
    """

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The value of the ``Host`` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """What two addresses share that are one site to a browser."""
        return self.scheme, self.host, self.port


def target(url: str, *, given: bool = True) -> Target:
    """Return where an address leads, or raise ``NotAnAddress``, ``PortRefused`` or ``PrivateAddress``.

    ``given`` says that a curator typed it: only then may a message repeat a piece of it.
    """
    if given and url != url.strip():  # what stands around a link is trimmed where it is typed
        raise faults.NotAnAddress("There is a space or a line break around this link.")
    try:
        address = links.check(url)
        parts = urlsplit(address)
        host, port = _host(parts), parts.port or DEFAULT_PORTS[parts.scheme]
    except links.LinkRefused as refusal:
        raise faults.NotAnAddress(str(refusal) if given else "") from None
    except ValueError:
        raise faults.NotAnAddress("The name of the site in this link is not right." if given else "") from None
    if port not in {*DEFAULT_PORTS.values(), *settings.HARVEST_PORTS}:
        raise faults.PortRefused
    if _is_literal(host) and not is_public(host):
        raise faults.PrivateAddress
    return Target(address, parts.scheme, host, port, _path(parts))


def _host(parts: SplitResult) -> str:
    """Return the host as a resolver takes it; raise ``ValueError`` where it is none."""
    host = parts.hostname or ""
    if ":" in host:
        return str(ip_address(host))
    name = host.encode("idna").decode("ascii").lower().removesuffix(".")
    if not _NAME.fullmatch(name):  # full-width punctuation becomes plain on the way to ASCII
        raise ValueError("no name of a site")
    return name


def _is_literal(host: str) -> bool:
    """Say whether this is an IP address in its usual spelling; the unusual ones are the resolver's to tell."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _path(parts: SplitResult) -> str:
    query = f"?{parts.query}" if parts.query else ""
    return quote((parts.path or "/") + query, safe=_SENT_AS_IT_IS)
