"""Addresses to which an answer sends a browser on: by status, ``Refresh`` header, ``<meta http-equiv="refresh">``."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from curation.fetch.http1 import Head
from curation.text.entities import unescape

from .sniffing import text

REDIRECTS = {301, 302, 303, 307, 308}
PATIENCE = 10  # seconds; what waits longer is a page that renews itself

_LOOKED_AT = 131_072  # characters of a page
_REFRESH = re.compile(r"\s*(\d{1,9}|(?=\.))(?:\.[\d.]*)?\s*(?:[;,\s]\s*)(?:url\s*=\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*")
# A quote counts only after an equals sign, as in a browser. Possessive, so that no page can make this slow.
_REST_OF_TAG = re.compile(r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+>""")
# Begins only where a name may: else a long name without a value would be tried from each of its letters.
_ATTRIBUTE = re.compile(r"""(?<![^\s=/>"'])([^\s=/>"']++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++))""")
# Inside of these nothing is an element of the page.
_OPAQUE = ("script", "style", "noscript", "template", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
_CLOSING = {name: re.compile(f"</{name}", re.IGNORECASE | re.ASCII) for name in _OPAQUE}


def by_status(head: Head, url: str) -> str | None:
    """Return where a 3xx answer leads; None where it is no redirect or names no place."""
    location = head.headers.get("Location", "").strip()
    if head.status not in REDIRECTS or not location:
        return None
    onward = _joined(url, _as_typed(location))
    # As browsers do: the part of a page, or the story of a script's page, that was asked for is not forgotten.
    return onward if "#" in onward else onward + "".join(url.partition("#")[1:])


def by_header(head: Head, url: str) -> str | None:
    """Return where a ``Refresh`` header leads within ten seconds, else None."""
    found = _target(_as_typed(head.headers.get("Refresh", "")))
    return _joined(url, found) if found else None


def by_page(body: bytes, url: str) -> str | None:
    """Return where a page's own refresh leads within ten seconds, else None. Not in comments, scripts, noscript."""
    base = url
    for name, attributes in _leading(text(body[: 2 * _LOOKED_AT])[:_LOOKED_AT]):
        if name == "base" and base == url:
            base = _based(url, attributes.get("href", ""))
        elif found := _refreshed(attributes):
            return _joined(base, found)
    return None


def _refreshed(attributes: dict[str, str]) -> str:
    is_refresh = attributes.get("http-equiv", "").strip().lower() == "refresh"
    return _target(attributes.get("content", "")) if is_refresh else ""


def _based(url: str, href: str) -> str:
    base = _joined(url, href.strip())
    return base if base.lower().startswith(("http:", "https:")) else url


def _target(said: str) -> str:
    """Return the address in ``5; url=…``; empty where there is none or the wait is long."""
    found = _REFRESH.fullmatch(said)
    if not found or int(found[1] or 0) > PATIENCE:
        return ""
    address = found[2].strip()
    if address[:1] in {'"', "'"}:
        return address[1:].partition(address[0])[0].strip()
    return address


def _joined(base: str, address: str) -> str:
    """Return the address as seen from ``base``; one that cannot be read stays as it is, for ``target`` to refuse."""
    try:
        return urljoin(base, address.replace(" ", "%20"))
    except ValueError:
        return address


def _as_typed(value: str) -> str:
    """Return a header as it was typed: it comes as Latin-1; addresses in it are UTF-8 where they are not ASCII."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeDecodeError:
        return value


def _leading(page: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the ``base`` and ``meta`` elements of a page with their attributes. Takes time linear in the page."""
    place = page.find("<")
    while place >= 0:
        name, end = "", _comment_end(page, place)
        if found := _TAG_NAME.match(page, place + 1):
            name = found[0].lower()
            rest = _REST_OF_TAG.match(page, found.end())
            end = rest.end() if rest else -1
        if end < 0:
            return
        if name in {"base", "meta"}:
            yield name, _attributes(page[found.end() : end])
        place = page.find("<", _opaque_end(page, name, end))


def _comment_end(page: str, place: int) -> int:
    """Return where reading goes on after what is no opening tag; -1 where the page ends inside it."""
    if page.startswith("<!--", place):
        end = page.find("-->", place + 2)
        return end + 3 if end >= 0 else -1
    return place + 1


def _opaque_end(page: str, name: str, end: int) -> int:
    if name not in _CLOSING:
        return end
    close = _CLOSING[name].search(page, end)
    return close.end() if close else len(page)


def _attributes(tag: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(tag):
        found.setdefault(name.lower(), unescape("".join(values)))  # the first of two wins, as in a browser
    return found
