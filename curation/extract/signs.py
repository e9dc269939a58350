"""Signs that a page is not the story it was fetched for: behind a wall, gone, or a guard's question."""

import re
from typing import Any

from curation.fetch.content import challenges

from .linked_data import STORIES, types_of
from .page import Page

_MISSING = re.compile(
    r"(?:(?:error\s*)?404(?:\W*(?:error|page|not found|file).*)?|(?:oops|sorry|uh oh)?[\W\s]*(?:(?:the|this|that)\s+)?"
    r"(?:page|article|story|file|content|post)(?:\s+(?:you\W*(?:re)?(?: are)? (?:looking for|requested)|requested))?"
    r"\s*(?:was |is |has been |could |can )?(?:not|n[’']t|cannot be|can[’']t be|couldn[’']t be|isn[’']t|no longer)\s+"
    r"(?:be )?(?:found|available|exist\w*)\W*.*|not found|we can[’']?t (?:seem to )?find (?:the|that) page.*"
    r"|nothing (?:was )?found|page (?:does not|doesn[’']t) exist.*|page missing)",
    re.IGNORECASE,
)
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


def is_challenge(page: Page) -> bool:
    """Say whether this is a guard asking whether we are human."""
    return challenges.is_one(page.titles[0] if page.titles else "", page.source)


def looks_missing(page: Page, title: str) -> bool:
    """Say whether this is a page that says another one is not there, whatever its status said."""
    if any(types_of(thing) & STORIES for thing in page.data.things):
        return False
    said = [title, *page.titles[:1], *page.heading_words[:1]]
    return any(_MISSING.fullmatch(part.strip()) for one in said for part in (one, *re.split(r"\s+[|–—-]\s+", one)))


def is_paywalled(page: Page, things: list[dict]) -> bool:
    """Say whether the page says that its whole text is for who pays."""
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
