"""The language a page says it is in, as a BCP 47 tag."""

import re
from collections.abc import Iterator

from .linked_data import text_of
from .page import Page

_TAG = re.compile(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_.@].*)?", re.IGNORECASE)


def languages(page: Page, things: list[dict]) -> Iterator[tuple[str, str]]:
    """Yield the languages a page names, such as ``en`` or ``en-GB``, each with its origin, the likeliest first."""
    return ((found, origin) for said, origin in _said(page, things) if (found := tag(said)))


def _said(page: Page, things: list[dict]) -> Iterator[tuple[str, str]]:
    root = page.tree
    yield root.get("lang") or root.get("xml:lang") or "", "page"
    yield from page.values("og:locale", "content-language", "language", "dc.language", "citation_language")
    yield from ((text_of(thing, "inLanguage"), "JSON-LD") for thing in things)
    yield from ((body.get("lang") or "", "page") for body in root.iterchildren("body"))


def tag(said: str) -> str:
    """Return ``en-GB`` for ``EN_gb``, or an empty string if it is no language."""
    found = _TAG.fullmatch(said.partition(",")[0].strip())
    if not found or found[1].lower() in {"und", "mul", "zxx"}:
        return ""
    language, script, region = found.groups()
    return "-".join(part for part in (language.lower(), (script or "").capitalize(), (region or "").upper()) if part)
