"""An address cut into what a connection needs: the name to resolve, the port, what to ask for.

All of it is read as browsers read it, by the one rule that checked it: what was checked is what is connected to.
"""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings

from curation.text import links

from . import faults
from .public import is_public

DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Target:
    """The goal of one request.

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
        """The scheme, host and port, which two addresses share that are one site to a browser."""
        return self.scheme, self.host, self.port


def target(url: str, *, given: bool = True) -> Target:
    """Return where an address leads, or raise ``AddressRefused``, ``PortRefused`` or ``PrivateAddressRefused``.

    ``given`` says that a curator typed it: only then may a message repeat a piece of it.
    """
    if given and url != url.strip():  # blanks around a link are trimmed where it is typed
        raise faults.AddressRefused("There is a space or a line break around this link.")
    try:
        scheme, host, stated, path = links.destination(url)
    except links.LinkRefused as refusal:
        raise faults.AddressRefused(str(refusal) if given else "") from None
    port = stated or DEFAULT_PORTS[scheme]
    if port not in {*DEFAULT_PORTS.values(), *settings.HARVEST_PORTS}:
        raise faults.PortRefused
    if _is_literal(host) and not is_public(host):
        raise faults.PrivateAddressRefused
    return Target(url.strip(), scheme, host, port, path)


def _is_literal(host: str) -> bool:
    """Return whether this is an IP address; of unusual spellings the reading has made the usual one."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
