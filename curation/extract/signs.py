"""Signs that the whole of a story is for those who pay; whether it is a story at all, ``judge`` says."""

from typing import Any

from .page import Page

# Looked for as they are and not as patterns: this is asked of every page, and a page is long.
# Of each group the words in common first: most pages hold none of them.
_WALL_WORDS = {
    "ubscri": (
        "or subscribe to",
        "ubscribe to continue",
        "is for subscribers",
        "only for subscribers",
        "exclusively for subscribers",
        "only available to subscribers",
    ),
    " reading": ("to continue reading", "to keep reading"),
}
_WALLED_TEXT = 6_000  # characters of visible words; a whole story that also sells subscriptions is longer


def is_paywalled(page: Page, things: list[dict]) -> bool:
    """Return whether the page says that its whole text is for who pays."""
    if any(_is_closed(thing) for thing in things):
        return True
    tiers = {value.lower() for value, _ in page.values("article:content_tier")}
    if tiers:
        return bool(tiers & {"locked", "metered"})
    return _is_walled_in_words(page)


def _is_closed(thing: dict) -> bool:
    said: list[Any] = [thing.get("isAccessibleForFree")]
    parts = thing.get("hasPart")
    said += [
        part.get("isAccessibleForFree")
        for part in (parts if isinstance(parts, list) else [parts])
        if isinstance(part, dict)
    ]
    return any(str(one).rpartition("/")[2].lower() == "false" for one in said)


def _is_walled_in_words(page: Page) -> bool:
    groups = (words for common, words in _WALL_WORDS.items() if common in page.source)
    if not any(words in page.source for group in groups for words in group):
        return False
    shown = sum(len("".join(paragraph.itertext())) for paragraph in page.tree.iter("p"))
    return shown < _WALLED_TEXT
