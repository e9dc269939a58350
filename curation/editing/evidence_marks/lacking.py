"""Figures and names of a brief that no source has, one by one. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from curation.evidence.figures.scan import figures

from .marks import Mark, Near, sentences_of


@dataclass(frozen=True, slots=True)
class Lack:
    """A figure or name that no source has: the number of its sentence, where that stands (standfirst or body), what
    comes nearest in a source, or None.
    """

    sentence: int
    part: str
    words: str
    near: Near | None

    @property
    def is_name(self) -> bool:
        """True of a person, a place, a product: it begins with a capital and is no figure, such as “May 12”."""
        if not self.words[:1].isupper():
            return False
        found = figures(self.words)
        return not (found and found[0].start == 0)


def lacking(content: dict, marks: Sequence[Mark]) -> Iterator[Lack]:
    """Yield what no source has of a snapshot with these marks, in its order; nothing of what a person decided."""
    first = len(sentences_of(content | {"body": ""}))
    for mark in marks:
        if mark.kind == "missing":
            part = "standfirst" if mark.number <= first else "body"
            for words, near in zip(mark.missing, mark.nearest, strict=True):
                yield Lack(mark.number, part, words, near)
