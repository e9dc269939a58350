"""One mark for each sentence of a brief: what the matcher found in its sources, unless a person decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from curation.editing import compare, marked_text
from curation.evidence import Finding
from curation.models.evidence import Decision, decisions_of, sentence_key

from .places import place_of
from .remembered import findings
from .texts import Text

MOST_SENTENCES = 300  # that are judged; a brief has thirty


@dataclass(frozen=True, slots=True)
class Near:
    """A figure or name of a source that comes nearest to a missing one: its words, its link's id, its paragraph."""

    words: str
    source: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One sentence, by its ``number`` from 1, held against the sources.

    ``kind`` is ``"source"`` (it rests on ``span`` of ``paragraph``, from 1, of ``source``, the id of a link with its
    ``brand``), ``"missing"`` (the same, but no source has what is in ``missing``), ``"own"`` (nothing like it in any),
    or ``"unknown"`` (there is no text to hold it against, or the brief is too long to judge). ``nearest`` has for each
    of ``missing`` what comes nearest, or None. ``is_decided`` says that a person chose the span or called it their own;
    then ``missing`` still tells what the matcher did not find, and ``kind`` what the person says.
    """

    number: int
    kind: Literal["source", "missing", "own", "unknown"]
    source: int | None = None
    brand: str = ""
    paragraph: int | None = None
    span: tuple[int, int] | None = None
    missing: tuple[str, ...] = ()
    nearest: tuple[Near | None, ...] = ()
    is_decided: bool = False


def marks_of(content: dict, texts: Sequence[Text]) -> list[Mark]:
    """Return the marks of a snapshot, in the order of ``sentences_of``; see ``marks``."""
    return marks(sentences_of(content), texts, decisions_of(content.get("evidence", [])))


def sentences_of(content: dict) -> list[str]:
    """Return the sentences of a snapshot's standfirst and body as ``marked_text`` numbers them. Pure."""
    texts = [marked_text.marked(None, compare.plain(name, content[name])) for name in ("standfirst", "body")]
    return [one.words for text in texts for paragraph in text for one in paragraph.sentences if one.words]


def marks(
    sentences: Sequence[str], texts: Sequence[Text], decisions: Mapping[str, Decision] | None = None
) -> list[Mark]:
    """Return one mark for each sentence. Sources are searched in their order: the first that has a sentence is named.

    ``decisions`` are people's, by the words of their sentence. No query; a millisecond or two where the findings are
    known, else some 100 ms for thirty sentences against a text of 3,000 words.
    """
    judged = sentences[:MOST_SENTENCES]
    found = _found(judged, texts)
    machine = [_mark(number, texts, every) for number, every in enumerate(found, 1)]
    marked = [_decided(mark, words, texts, decisions or {}) for mark, words in zip(machine, judged, strict=True)]
    return marked + [Mark(number, "unknown") for number in range(len(judged) + 1, len(sentences) + 1)]


def _found(sentences, texts) -> list[tuple[Finding, ...]]:
    """Return the findings of each sentence in each source; a source is not asked where those before have every one."""
    asked: list[list[Finding]] = []
    for text in texts:
        if asked and all(any(one.kind == "source" for one in every) for every in zip(*asked, strict=True)):
            break
        asked.append(findings(sentences, text.paragraphs))
    return list(zip(*asked, strict=True)) if asked else [() for _ in sentences]


def _mark(number: int, texts: Sequence[Text], every: tuple[Finding, ...]) -> Mark:
    """Return the mark of a sentence of which these were found, source by source."""
    if not every:
        return Mark(number, "unknown")
    resting = [(text, one) for text, one in zip(texts, every, strict=False) if one.kind != "own"]
    if not resting:
        return Mark(number, "own")
    text, best = min(resting, key=lambda pair: len(pair[1].missing))
    missing = [words for words in best.missing if all(words in one.missing for _, one in resting)]
    nearest = tuple(_nearest(words, resting) for words in missing)
    kind = "missing" if missing else "source"
    return Mark(number, kind, text.link, text.brand, best.paragraph, tuple(best.span), tuple(missing), nearest)


def _nearest(words, resting) -> Near | None:
    """Return what comes nearest to a missing figure or name, in the first source that has anything near."""
    for text, one in resting:
        for missing, near in zip_longest(one.missing, one.nearest):
            if missing == words and near:
                return Near(near[0], text.link, near[1])
    return None


def _decided(mark: Mark, words: str, texts, decisions: Mapping[str, Decision]) -> Mark:
    """Return the mark as a person decided; as the machine found it where nobody did or the span is gone."""
    decision = decisions.get(sentence_key(words))
    if decision is None:
        return mark
    if decision.source is None:
        return Mark(mark.number, "own", missing=mark.missing, nearest=mark.nearest, is_decided=True)
    place = place_of(decision, texts)
    if place is None:
        return mark
    text, paragraph, span = place
    return Mark(mark.number, "source", text.link, text.brand, paragraph, span, mark.missing, mark.nearest, True)
