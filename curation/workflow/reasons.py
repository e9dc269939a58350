"""Reasons for a return: those that a newsroom often gives, and one's own words, as one text for whoever mends it."""

from collections.abc import Iterable

from curation.models import ReturnReason
from curation.sql import compiled_queries

_ENDS = (".", "!", "?", "…")


def known() -> list[tuple[int, str]]:
    """Return the newsroom's reasons as (id, words), in their order. One query."""
    return [tuple(row) for row in compiled_queries.rows(("reasons",), _known)]


def _known():
    return ReturnReason.objects.values_list("pk", "words")


def worded(chosen: Iterable[str], own: str = "") -> str:
    """Return reasons and one's own words as one text: a sentence each, one's own on a line of its own. Pure."""
    often = " ".join(words if words.endswith(_ENDS) else f"{words}." for words in chosen)
    return "\n".join(part for part in (often, own.strip()) if part)
