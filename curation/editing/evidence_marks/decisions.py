"""Decisions of people about evidence: where a sentence rests, or that it is their own. Pure.

A decision names its sentence by the sentence's words, so it holds while others are edited and is void once its own
words change. It quotes its span, so it holds while its source is read again and says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .texts import Text


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on one sentence: it rests on ``quote`` in a source (the id of its link), or is their own (None).

    ``paragraph``, from 1, is where the quote stood then.
    """

    sentence: str
    source: int | None = None
    paragraph: int | None = None
    quote: str = ""


def decisions_of(content: dict) -> dict[str, Decision]:
    """Return the decisions that a snapshot keeps, by the words of their sentence."""
    kept = (Decision(**row) for row in content.get("evidence", ()))
    return {decision.sentence: decision for decision in kept}


def sentence_key(words: str) -> str:
    """Return the words by which a sentence is known: blanks do not count."""
    return " ".join(words.split())


def place_of(decision: Decision, texts: Sequence[Text]) -> tuple[Text, int, tuple[int, int]] | None:
    """Return the text, the paragraph and the span that a decision names; None where its quote is there no longer."""
    for text in texts:
        if text.link == decision.source:
            for number in _numbers(decision, text):
                start = text.paragraphs[number - 1].find(decision.quote)
                if start >= 0:
                    return text, number, (start, start + len(decision.quote))
    return None


def _numbers(decision, text):
    """Yield the paragraphs in which to look: the one that was named, then the others."""
    if 0 < (decision.paragraph or 0) <= len(text.paragraphs):
        yield decision.paragraph
    yield from range(1, len(text.paragraphs) + 1)
