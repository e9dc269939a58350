"""IP addresses of the public internet: everything else is never connected to.

``ipaddress.is_global`` alone lets through multicast, relays, transition addresses that carry a private one inside, and
addresses that clouds answer themselves. Every address family that carries another one inside is refused as a whole.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_PRIVATE_4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this host
            "10.0.0.0/8",
            "100.64.0.0/10",  # behind a provider's NAT; a cloud's metadata at 100.100.100.200
            "127.0.0.0/8",
            "168.63.129.16/32",  # a cloud's own services, at an address that looks public
            "169.254.0.0/16",  # link-local; most clouds' metadata
            "172.16.0.0/12",
            "192.0.0.0/24",  # protocol assignments; a cloud's metadata at 192.0.0.192
            "192.0.2.0/24",
            "192.31.196.0/24",  # AS112: answers for private names
            "192.52.193.0/24",  # multicast tunnels
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
        ),
    )
)
# All that is given to the public so far; outside are ::1, mapped and compatible IPv4, NAT64, 5f00::, fc00:: to ff00::.
_UNICAST_6 = ip_network("2000::/3")
_PRIVATE_6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32",
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",
        ),
    )
)


def is_public(address: str) -> bool:
    """Return whether this IP address, as the resolver spells it, is of the public internet. Scoped ones never are."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if not found.is_global or found.is_multicast or found.is_reserved or found.is_unspecified:
        return False
    return _is_public_4(found) if isinstance(found, IPv4Address) else _is_public_6(found)


def _is_public_4(address: IPv4Address) -> bool:
    return not any(address in network for network in _PRIVATE_4)


def _is_public_6(address: IPv6Address) -> bool:
    if address.scope_id is not None or address not in _UNICAST_6:
        return False
    return not any(address in network for network in _PRIVATE_6)
