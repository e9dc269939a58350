"""Anchors of comments: the whole brief, a field, or a sentence, which is known by its words. Pure.

A sentence is found again while others are edited round it; once its own words change, the comment still quotes them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2s

from curation.editing import evidence_marks
from curation.models.evidence import LONGEST_SENTENCE, sentence_key
from curation.models.fields import BY_NAME, LABELS

from .refusal import CommentRefused

#: Fields that a comment may be about.
FIELDS = ("title", "standfirst", "body", "picture_id", "topics", "sources", "offerings", "bylines", "insights", "slug")
_SIGN = "s-"
_SHOWN = 70  # characters of a sentence in a list of them


@dataclass(frozen=True, slots=True)
class Anchor:
    """A thing that a comment is about: nothing named (the whole brief), a field, or one sentence of it."""

    field: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A thing that a comment may be about, as it is chosen: the value that is sent, and its words."""

    value: str
    words: str


class Sentences:
    """The sentences of a brief as they stand now, found by the words of an anchor."""

    def __init__(self, standfirst: str, body: str):
        self.all: Sequence[str] = evidence_marks.sentences_of({"standfirst": standfirst, "body": body})
        self._first_of_body = len(evidence_marks.sentences_of({"standfirst": standfirst, "body": ""}))
        self._numbers = {_key(words): number for number, words in reversed(list(enumerate(self.all, 1)))}

    def number(self, sentence: str) -> int | None:
        """Return where a sentence stands, from 1 as marks of evidence count; None where it was changed."""
        return self._numbers.get(_key(sentence))

    def anchors(self) -> Iterator[Anchor]:
        """Yield the anchor of each sentence, in their order."""
        for place, words in enumerate(self.all):
            yield Anchor("standfirst" if place < self._first_of_body else "body", _key(words))


def _key(words):
    return sentence_key(words)[:LONGEST_SENTENCE].rstrip()


def sentences_of(article) -> Sentences:
    """Return the sentences of a working copy. Free of queries where its words are loaded; a millisecond for thirty."""
    return Sentences(article.standfirst, article.body)


def places(sentences: Sentences) -> dict[str, list[Place]]:
    """Return everything that a comment may be about, as choices under their headings."""
    numbered = [
        Place(_value(anchor), f"{number}. {_short(anchor.sentence)}")
        for number, anchor in enumerate(sentences.anchors(), 1)
    ]
    fields = [Place(name, label(name)) for name in FIELDS]
    return {"A field": fields} | ({"A sentence": numbered[: evidence_marks.MOST_SENTENCES]} if numbered else {})


def anchor_of(value: str, sentences: Sentences) -> Anchor:
    """Return what a choice that was sent names. Raises CommentRefused where it is not in the brief any more."""
    if value == "" or value in FIELDS:
        return Anchor(value)
    found = next((one for one in sentences.anchors() if _value(one) == value), None)
    if found is None:
        raise CommentRefused("The sentence that you chose has other words by now. Choose again what this is about.")
    return found


def label(name: str) -> str:
    """Return the name of a field as people know it."""
    return LABELS[name] if name in BY_NAME else name


def value_of(anchor: Anchor) -> str:
    """Return the choice that names an anchor."""
    return _value(anchor) if anchor.sentence else anchor.field


def _value(anchor):
    return f"{_SIGN}{blake2s(anchor.sentence.encode(), digest_size=6).hexdigest()}"


def _short(words):
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
