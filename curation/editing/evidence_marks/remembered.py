"""Findings of the matcher, remembered by what they were found of: the same sentences and text are judged once.

They are kept in the shared cache by a digest, never beside the article: reading a page writes nothing into the
database, what nobody asks for goes by itself, and where the cache is away each page judges anew. A brief is one entry,
since a sentence is judged among its neighbours, and reading the source is half of the cost of all its sentences.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import rapidfuzz
from django.core.cache import cache as shared

from curation import evidence
from curation.evidence import Finding

KEPT_FOR = 7 * 24 * 3600  # seconds


def findings(sentences: Sequence[str], paragraphs: Sequence[str]) -> list[Finding]:
    """Return ``evidence.of(sentences, paragraphs)``: under a millisecond where it is known."""
    key = f"evidence:{_digest([revision(), *sentences], paragraphs)}"
    known = shared.get(key)
    if known is None:
        found = evidence.of(sentences, paragraphs)
        shared.set(key, [(one.kind, one.paragraph, one.span, one.missing, one.nearest) for one in found], KEPT_FOR)
        return found
    return [Finding(*one) for one in known]


def _digest(*given) -> str:
    return hashlib.sha256(json.dumps(given, ensure_ascii=True).encode()).hexdigest()


@cache
def revision() -> str:
    """Return a name for the matcher as it is: another wherever its code or its library differs. Read once a process."""
    code = sorted(Path(evidence.__file__).parent.rglob("*.py"))
    return _digest(rapidfuzz.__version__, [path.read_text(encoding="utf-8") for path in code])
