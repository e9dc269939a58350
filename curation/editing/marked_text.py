"""A text as somebody who decides on it reads it: paragraphs of sentences, each with what changed in it. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from curation.text.sentences import bounds

from .compare import ADDED, REMOVED, SAME, Span, spans

_MOST = 400  # paragraphs that are compared one by one


@dataclass(frozen=True)
class Sentence:
    """A sentence with the pieces it is made of; ``number`` counts the sentences of a whole brief from 1.

    Pieces that were removed stand where they stood. A sentence of nothing else has no ``words`` and no number.
    """

    words: str
    pieces: list[Span]
    number: int = 0

    @property
    def is_changed(self) -> bool:
        """True if it is not what it was."""
        return any(piece.kind != SAME for piece in self.pieces)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of sentences. ``is_changed`` is false where readers have every word of it already."""

    sentences: list[Sentence]
    is_changed: bool


@dataclass(frozen=True)
class Fold:
    """Neighbouring paragraphs, shown (``is_shut`` false) or folded because nothing in them changed."""

    paragraphs: list[Paragraph]
    is_shut: bool


def marked(old: str | None, new: str) -> list[Paragraph]:
    """Return the paragraphs of ``new`` (a line each) with what differs from ``old``; nothing does where that is None.

    A paragraph that was removed is one of removed pieces alone.
    """
    after = _lines(new)
    if old is None:
        return [Paragraph(_sentences([Span(SAME, line)]), is_changed=False) for line in after]
    pairs = _pairs(_lines(old), after)
    return [
        Paragraph(_sentences([Span(SAME, line)] if line == before else spans(before, line)), line != before)
        for before, line in pairs
    ]


def _lines(text):
    return [line for part in text.splitlines() if (line := " ".join(part.split()))]


def _pairs(before, after) -> Iterator[tuple[str, str]]:
    """Yield paragraphs of both texts that belong together; one that the other text lacks is empty there."""
    if max(len(before), len(after)) > _MOST:
        yield from zip_longest(before, after, fillvalue="")
        return
    for _, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield from zip_longest(before[a:b], after[c:d], fillvalue="")


def _sentences(pieces) -> list[Sentence]:
    """Return the sentences of a paragraph given as pieces."""
    words = "".join(piece.words for piece in pieces if piece.kind != REMOVED)
    ends, done, found, here = _ends(words), 0, [], []
    for piece in pieces:
        if piece.kind == REMOVED:
            here.append(piece)
            continue
        left = piece.words
        while ends and done + len(left) >= ends[0]:
            cut = ends.pop(0) - done
            here += [Span(piece.kind, left[:cut])] if cut else []
            found.append(_sentence(here))
            left, done, here = left[cut:], done + cut, []
        here += [Span(piece.kind, left)] if left else []
        done += len(left)
    if here and found and not _said(here):
        found[-1] = _sentence(found[-1].pieces + here)
    elif here:
        found.append(_sentence(here))
    return found


def _ends(words):
    """Return where each sentence of a paragraph ends, the blank behind it included: where the next one begins."""
    return [*[begin for begin, _ in bounds(words)][1:], len(words)] if words else []


def _said(pieces):
    return "".join(piece.words for piece in pieces if piece.kind != REMOVED).strip()


def _sentence(pieces):
    return Sentence(_said(pieces), pieces)


def numbered(*texts: list[Paragraph]) -> list[list[Paragraph]]:
    """Return texts, one after the other, with their sentences numbered through."""
    count, result = 0, []
    for text in texts:
        shown = []
        for paragraph in text:
            new = []
            for sentence in paragraph.sentences:
                count += bool(sentence.words)
                new.append(replace(sentence, number=count if sentence.words else 0))
            shown.append(replace(paragraph, sentences=new))
        result.append(shown)
    return result


def folded(paragraphs: list[Paragraph], *, least: int = 2) -> list[Fold]:
    """Return paragraphs as folds: runs of at least ``least`` in which nothing changed are shut.

    Nothing is folded where nothing changed at all: then the whole of it is what there is to read.
    """
    if not any(paragraph.is_changed for paragraph in paragraphs):
        return [Fold(paragraphs, is_shut=False)] if paragraphs else []
    folds = []
    for paragraph in paragraphs:
        if folds and folds[-1].is_shut != paragraph.is_changed:
            folds[-1].paragraphs.append(paragraph)
        else:
            folds.append(Fold([paragraph], is_shut=not paragraph.is_changed))
    return [replace(fold, is_shut=fold.is_shut and len(fold.paragraphs) >= least) for fold in folds]


def changed_words(paragraphs: list[Paragraph]) -> tuple[int, int]:
    """Return how many words were added and how many removed."""
    counts = {ADDED: 0, REMOVED: 0, SAME: 0}
    for paragraph in paragraphs:
        for sentence in paragraph.sentences:
            for piece in sentence.pieces:
                counts[piece.kind] += len(piece.words.split())
    return counts[ADDED], counts[REMOVED]
