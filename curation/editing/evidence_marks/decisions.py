"""Decisions about a sentence that a person may take, held against the brief and the texts of its sources. Pure.

A decision names its sentence by the sentence's words, so it holds while others are edited and is void once its own
words change. It quotes its span, so it holds while its source is read again and says the same.
"""

from collections.abc import Sequence

from curation.models.evidence import (
    LONGEST_QUOTE,
    Decision,
    DecisionRefused,
    decisions_of,
    proper,
    rows_of,
    sentence_key,
)

from .marks import sentences_of
from .texts import Text

_GONE = "This sentence is not in the brief any more. Look at its newest words first."


def with_own(content: dict, sentence: str) -> list[dict]:
    """Return the rows of a snapshot with a sentence as the editor's own; see ``_with``."""
    return _with(content, Decision(sentence_key(sentence)))


def with_span(
    content: dict, texts: Sequence[Text], sentence: str, *, source: int | None, paragraph: int | None, words: str = ""
) -> list[dict]:
    """Return the rows of a snapshot with a sentence that rests on ``words`` of a paragraph; see ``_with``.

    How the words are spaced does not count; without any it rests on the paragraph, its first 600 characters. Raises
    DecisionRefused too where the paragraph is none, or does not have these words.
    """
    text = next((one for one in texts if one.link == source), None)
    if text is None:
        raise DecisionRefused("This page is no source of the brief, or it has no text that was read.")
    if paragraph is None or not 0 < paragraph <= len(text.paragraphs):
        raise DecisionRefused(f"The text of {text.brand} has the paragraphs 1 to {len(text.paragraphs)}; name one.")
    quote = _quoted(text.paragraphs[paragraph - 1], words)
    if not quote:
        raise DecisionRefused(f"¶{paragraph} of {text.brand} does not have these words. Mark or copy them from there.")
    return _with(content, Decision(sentence_key(sentence), source, paragraph, quote))


def _quoted(paragraph: str, words: str) -> str:
    """Return words as a paragraph has them; its beginning where none are asked for, nothing where it lacks them."""
    if not words.strip():
        return paragraph[:LONGEST_QUOTE].rstrip()
    if len(words) > 2 * LONGEST_QUOTE:
        raise DecisionRefused(f"That is too much to quote: {LONGEST_QUOTE} characters at most.")
    wanted, spaced = " ".join(words.split()), " ".join(paragraph.split())
    at = spaced.find(wanted)
    if at < 0:
        return ""
    signs = [place for place, sign in enumerate(paragraph) if not sign.isspace()]
    first = len(spaced[:at].replace(" ", ""))
    return paragraph[signs[first] : signs[first + len(wanted.replace(" ", "")) - 1] + 1]


def without(content: dict, sentence: str) -> list[dict]:
    """Return the rows of a snapshot without a person's word on a sentence: as the machine finds it."""
    return [row for row in content.get("evidence", ()) if row["sentence"] != sentence_key(sentence)]


def _with(content: dict, decision: Decision) -> list[dict]:
    """Return the rows of a snapshot with one decision more; those on sentences that are gone are left out.

    Raises DecisionRefused where the brief has no such sentence, or where there are too many or too long ones.
    """
    there = {sentence_key(words) for words in sentences_of(content)}
    if decision.sentence not in there:
        raise DecisionRefused(_GONE)
    kept = {key: one for key, one in decisions_of(content.get("evidence", [])).items() if key in there}
    return proper(rows_of(kept | {decision.sentence: decision}))
