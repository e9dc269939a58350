"""Addresses of a page besides the one it was found at: those it declares to be its own, front pages apart."""

from collections.abc import Iterator

from curation.extract.addresses import absolute
from curation.extract.page import Page
from curation.text import links

from .moves import is_above, is_front

_MOST = 12


def own_addresses(page: Page | None, found: str) -> list[str]:
    """Return where a page says it stands, the likeliest first: canonical, ``og:url``, its AMP and mobile forms, its
    short address; ``found`` is where it was found.

    A front page, or a section above the page, is no story's address, however many pages declare it.
    """
    if page is None:
        return []
    declared = (absolute(address, page.base) for address in _declared(page))
    kept = [one for one in declared if one and (is_front(found) or not is_front(one)) and not is_above(one, found)]
    return list(dict.fromkeys(kept))[:_MOST]


def spellings(address: str) -> list[str]:
    """Return how other pages may have written an address: with either scheme, with and without a slash."""
    _, mark, rest = address.partition("//")
    bare = rest.rstrip("/") if "?" not in rest and "#" not in rest else rest
    return [f"{scheme}{mark}{one}" for scheme in ("https:", "http:") for one in dict.fromkeys((rest, bare, f"{bare}/"))]


def elsewhere(declared: str, found: str) -> str:
    """Return the brand of another site that a page names as its own, as a syndicated one does; else nothing."""
    return links.brand(declared) if declared and links.brand(declared) != links.brand(found) else ""


def _declared(page: Page) -> Iterator[str]:
    yield from (link.get("href") for link in page.hrefs("canonical"))
    yield from (value for value, _ in page.values("og:url"))
    yield from (link.get("href") for link in page.hrefs("amphtml", "shortlink", "shorturl"))
    for link in page.hrefs("alternate"):
        if "max-width" in link.get("media", "").lower() or "handheld" in link.get("media", "").lower():
            yield link.get("href")
    yield from (value for value, _ in page.values("twitter:url", "al:web:url"))
