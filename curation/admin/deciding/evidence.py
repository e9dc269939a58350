"""Evidence on the screen for deciding: the mark beside each sentence, and the source's paragraphs as they are used."""

from collections import Counter
from dataclasses import dataclass, replace

from django.utils.text import Truncator, get_text_list

from curation.editing import evidence_marks
from curation.editing.evidence_marks import Mark
from curation.editing.marked_text import Paragraph, Sentence

from . import sentences

_LOOKS = {"source": "ev-ok", "missing": "ev-no", "own": "ev-own"}
_LONGEST = 40_000  # characters of a source that are shown; behind them only what a sentence rests on


@dataclass(frozen=True)
class Shown:
    """A sentence with its mark; one that was removed, or holds nothing that could rest on a source, has none.

    ``comment`` is the id of what was said about it.
    """

    sentence: Sentence
    mark: Mark | None
    comment: int | None = None

    @property
    def near(self):
        """The nearest that a source has to the first figure that was not found; None where nothing is near."""
        return next((one for one in self.mark.nearest if one), None) if self.mark else None

    @property
    def html(self) -> str:
        """The sentence as the page shows it."""
        return sentences.drawn(self.sentence, self.mark, self)

    @property
    def look(self) -> str:
        """The class of the mark in the sheet."""
        return _LOOKS[self.mark.kind]

    @property
    def label(self) -> str:
        """The mark as it stands behind the sentence: “¶3”, “12?” or “own”."""
        if self.mark.kind == "missing":
            return f"{Truncator(self.mark.missing[0]).chars(24)}?"
        return f"¶{self.mark.paragraph}" if self.mark.kind == "source" else "own"

    @property
    def said(self) -> str:
        """The mark in words."""
        mark, near = self.mark, self.near
        if mark.kind == "missing":
            nearest = f"; nearest is {near.words}, ¶{near.paragraph}" if near else ""
            return f"{get_text_list(mark.missing, 'and')} not found in the source{nearest}"
        if mark.kind == "source":
            return f"in ¶{mark.paragraph} of {mark.brand or 'the source'}" + ", as a colleague says" * mark.is_decided
        return "the editor’s own" + ("" if mark.is_decided else ": nothing like it in the source")


@dataclass(frozen=True)
class Line:
    """A paragraph of a source, by its ``number`` from 1: whether sentences rest on it, and whether it holds what comes
    nearest to a figure that was not found. ``is_after_gap`` says that some before it are left out.
    """

    number: int
    words: str
    is_used: bool
    is_near: bool
    is_after_gap: bool


def context(content: dict, source, read) -> dict:
    """Return marks by the number of their sentence, their tally, the ``texts`` they were found in, and the lines of
    that which ``source`` (what ``page_text.context`` gives) shows. ``read`` are harvests that are loaded, by link; one
    query for all others.
    """
    texts = evidence_marks.texts_of(content, read)
    marks = evidence_marks.marks_of(content, texts)
    link = source["link"].pk if source["link"] else None
    lines = _lines(source["paragraphs"], link, marks)
    return {
        "texts": texts,
        "marks": {mark.number: mark for mark in marks if mark.kind != "unknown"},
        "tally": Counter(mark.kind for mark in marks),
        "first_missing": next((mark.number for mark in marks if mark.kind == "missing"), None),
        "first_own": next((mark.number for mark in marks if mark.kind == "own"), None),
        "lines": lines,
        "left_out": len(source["paragraphs"]) - len(lines),
    }


def _lines(paragraphs, link, marks) -> list[Line]:
    """Return the paragraphs of one source as they are shown."""
    used = {mark.paragraph for mark in marks if mark.source == link}
    near = {one.paragraph for mark in marks for one in mark.nearest if one and one.source == link}
    found, length, cited = [], 0, used | near
    for number, words in enumerate(paragraphs, 1):
        length += len(words)
        if length <= _LONGEST or number in cited or not found:
            is_after_gap = bool(found) and found[-1].number != number - 1
            found.append(Line(number, words[:_LONGEST], number in used, number in near, is_after_gap))
    return found


def marked(paragraphs: list[Paragraph], marks: dict[int, Mark], said: dict[int, int]) -> list[Paragraph]:
    """Return paragraphs whose sentences have their marks, each close behind the last letter of its own.

    ``said`` has the first open comment about a sentence, by the sentence's number.
    """
    return [replace(one, sentences=[_shown(each, marks, said) for each in one.sentences]) for one in paragraphs]


def _shown(sentence, marks, said):
    return Shown(_close(sentence), marks.get(sentence.number), said.get(sentence.number))


def _close(sentence: Sentence) -> Sentence:
    """Return a sentence without the blank behind it; the page sets one between two."""
    *most, last = sentence.pieces
    return replace(sentence, pieces=[*most, replace(last, words=last.words.rstrip())])
