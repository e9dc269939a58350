"""Marks of evidence as people see them: in the margin, in words, and as plain data for a script."""

from collections import Counter
from dataclasses import dataclass

from curation.editing import evidence_marks
from curation.editing.evidence_marks import Mark, Text


@dataclass(frozen=True)
class Shown:
    """A sentence of a ``part`` (standfirst or body) and its mark as people see them: ``label`` in the margin, ``said``
    in words, the ``quote``, and a line for each figure or name that is ``lacking``.
    """

    part: str
    words: str
    mark: Mark
    label: str
    said: str
    quote: str
    lacking: list[str]


def shown_of(content: dict) -> tuple[list[Text], list[Shown]]:
    """Return the texts of a snapshot's sources, and its sentences with their marks. One query."""
    texts = evidence_marks.texts_of(content)
    sentences, marks = evidence_marks.sentences_of(content), evidence_marks.marks_of(content, texts)
    first = len(evidence_marks.sentences_of(content | {"body": ""}))
    parts = ["standfirst"] * first + ["body"] * (len(sentences) - first)
    return texts, [_show(*each, texts) for each in zip(parts, sentences, marks, strict=True)]


def _show(part, words, mark, texts):
    text = next((one for one in texts if one.link == mark.source), None)
    quote = text.paragraphs[mark.paragraph - 1][slice(*mark.span)] if text and mark.span else ""
    return Shown(part, words, mark, _label(mark), _said(mark), quote, _lacking(mark, texts))


def _label(mark):
    """Return what stands in the margin."""
    if mark.kind == "missing":
        return f"{mark.missing[0][:12]}?"
    return {"source": f"¶{mark.paragraph}", "own": "own"}.get(mark.kind, "")


def _said(mark):
    """Return a mark in words, as they are heard too."""
    where = f"¶{mark.paragraph} of {mark.brand}"
    said = {
        "source": f"In the source, {where}",
        "missing": f"Not found in the source: {', '.join(mark.missing)}; the rest is in {where}",
        "own": "The editor’s own words" if mark.is_decided else "Nothing like it in the source",
        "unknown": "Not held against a source",
    }[mark.kind]
    return f"{said}, as somebody said" if mark.is_decided else said


def _lacking(mark, texts):
    """Return a line for each figure or name that was not found, with what comes nearest."""
    brands = {text.link: text.brand for text in texts}
    return [
        f"“{words}” is not there; nearest is “{near.words}”, ¶{near.paragraph} of {brands.get(near.source, '')}"
        if near
        else f"“{words}” is not there, nor anything near it"
        for words, near in zip(mark.missing, mark.nearest, strict=True)
    ]


def tally(shown):
    """Return how many sentences there are of each kind."""
    return {"sentences": len(shown)} | Counter(one.mark.kind for one in shown)


def plain(one: Shown) -> dict:
    """Return a sentence with its mark for a script."""
    mark = one.mark
    names = ("part", "words", "label", "said", "quote", "lacking")
    return {name: getattr(one, name) for name in names} | {
        "number": mark.number,
        "kind": mark.kind,
        "source": mark.source,
        "paragraph": mark.paragraph,
        "missing": mark.missing,
        "decided": mark.is_decided,
    }
