"""Levels that are known: of a Version beside what readers see, judged once and remembered in the shared cache.

They are kept for a day: meanwhile a curator's record may change, and a source be read. Where the cache is away each
page judges anew, as many as ``MOST`` of them.
"""

from collections.abc import Iterable

from django.core.cache import cache

from curation.editing.evidence_marks import remembered

from .case import Case
from .rules import risk_of

KEPT_FOR = 24 * 3600  # seconds
MOST = 3  # that a list judges itself: each may take 100 ms


def _key(version: int, live: int | None) -> str:
    return f"risk:{remembered.revision()[:12]}:{version}:{live or 0}"


def levels_of(pairs: dict[int, tuple[int, int | None]]) -> dict[int, str]:
    """Return the levels that are known, by article id. ``pairs`` are the newest Version and the live one, ids."""
    keys = {pk: _key(*pair) for pk, pair in pairs.items() if pair[0]}
    known = cache.get_many(keys.values()) if keys else {}
    return {pk: known[key] for pk, key in keys.items() if key in known}


def remember(version: int, live: int | None, level: str) -> str:
    """Keep a level, and return it."""
    cache.set(_key(version, live), level, KEPT_FOR)
    return level


def judged(cases: Iterable[tuple[int, tuple[int, int | None], Case]]) -> dict[int, str]:
    """Judge cases and keep their levels; return them by article id."""
    return {pk: remember(*pair, risk_of(case).level) for pk, pair, case in cases}
