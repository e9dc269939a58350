"""Places of people's quotes in the texts of the sources as they were read last. Pure."""

from collections.abc import Iterator, Sequence

from curation.models.evidence import Decision

from .texts import Text


def place_of(decision: Decision, texts: Sequence[Text]) -> tuple[Text, int, tuple[int, int]] | None:
    """Return the text, the paragraph and the span that a decision names; None where its quote is there no longer."""
    for text in texts:
        if text.link == decision.source:
            for number in _numbers(decision, text):
                start = text.paragraphs[number - 1].find(decision.quote)
                if start >= 0:
                    return text, number, (start, start + len(decision.quote))
    return None


def _numbers(decision: Decision, text: Text) -> Iterator[int]:
    """Yield the paragraphs in which to look: the one that was named, then all."""
    if 0 < (decision.paragraph or 0) <= len(text.paragraphs):
        yield decision.paragraph
    yield from range(1, len(text.paragraphs) + 1)
