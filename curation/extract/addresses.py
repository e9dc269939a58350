"""Addresses a page names: made absolute, and only those a browser could follow."""

import re
from urllib.parse import quote, urljoin, urlsplit

from curation.text import links

from .wording import line

_NO_ADDRESS = re.compile(
    r"(?:null|undefined|none|false|true|nan|#.*|https?:/*|.*[{}<>\[\]]{2}.*|.*%7B%7B.*)", re.IGNORECASE
)
_WITHOUT_SCHEME = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/|$)", re.IGNORECASE)
_KINDS = ("html", "htm", "php", "aspx", "asp", "jsp")
_HOMES = frozenset(["", "/home", "/en", *(f"/{name}.{kind}" for name in ("index", "default") for kind in _KINDS)])
_SAFE = "/:?#[]@!$&'()*+,;=%~-._|"


def absolute(address: str, base: str) -> str:
    """Return an http or https address, resolved against ``base``; an empty string if it is none."""
    address = line(address, 4096)
    if not address or _NO_ADDRESS.fullmatch(address):
        return ""
    try:
        found = urljoin(base, _with_scheme(address, base))
    except ValueError:
        return ""
    if not found.isascii() or " " in found:
        found = _quoted(found)
    return found if links.is_web(found) else ""


def _with_scheme(address: str, base: str) -> str:
    """Return ``www.example.org/story`` with the scheme it lacks, if it names the site it is on."""
    if ":" in address or not _WITHOUT_SCHEME.match(address):
        return address
    same = links.brand(address) == links.brand(base) or address.lower().startswith("www.")
    return "https://" + address if same else address


def _quoted(address: str) -> str:
    """Return an address with the blanks in it escaped; letters of any script stay as they are written."""
    if " " not in address:
        return address
    return "".join(quote(one, safe=_SAFE) if one == " " else one for one in address)


def is_home(address: str) -> bool:
    """Return whether an address is a site's front page; one that no browser can read is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.path.rstrip("/").lower() in _HOMES and not parts.query


def canonical(declared: str, page: str) -> str:
    """Return the canonical address a page declares, or an empty string if it cannot be this page's.

    ``page`` is where the page was found. The front page of the same site is no other page's canonical address.
    """
    if declared and is_home(declared) and not is_home(page):
        return ""
    return declared
