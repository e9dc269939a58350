"""Decisions of people about evidence as a snapshot keeps them: plain rows, each known by its sentence. Pure."""

from dataclasses import asdict, dataclass

MOST = 100  # decisions of one brief
LONGEST_SENTENCE, LONGEST_QUOTE = 1_000, 600  # characters
_MOST_PARAGRAPHS = 1_000_000
_LARGEST = 2**63


class DecisionRefused(ValueError):
    """A decision that cannot be kept, and why, in words."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word on one sentence: it rests on ``quote`` in a source (the id of its link), or is their own (None).

    ``paragraph``, from 1, is where the quote stood then.
    """

    sentence: str
    source: int | None = None
    paragraph: int | None = None
    quote: str = ""

    def in_words(self) -> str:
        """Return it as people read it in differences."""
        where = "the editor's own words" if self.source is None else f"¶{self.paragraph}, “{self.quote}”"
        return f"“{self.sentence}”: {where}"


def sentence_key(words: str) -> str:
    """Return the words by which a sentence is known: how it is spaced does not count."""
    return " ".join(words.split())


def decisions_of(rows: list[dict]) -> dict[str, Decision]:
    """Return kept rows as decisions, by the words of their sentence."""
    return {decision.sentence: decision for decision in (Decision(**row) for row in rows)}


def rows_of(decisions: dict[str, Decision]) -> list[dict]:
    """Return decisions as rows to keep."""
    return [asdict(decision) for decision in decisions.values()]


def proper(rows: object) -> list[dict]:
    """Return rows as they are kept, one a sentence; raises DecisionRefused for anything else, whoever sent it."""
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise DecisionRefused("Decisions about evidence are a list of objects.")
    if len(rows) > MOST:
        raise DecisionRefused(f"A brief keeps {MOST} decisions about evidence; these are {len(rows)}.")
    try:
        decisions = [Decision(**row) for row in rows]
    except TypeError:
        raise DecisionRefused(
            "A decision has a sentence, a source, a paragraph and a quote, and nothing else."
        ) from None
    for decision in decisions:
        _check_words(decision.sentence, LONGEST_SENTENCE, "sentence")
        if decision.source is not None:
            _check_words(decision.quote, LONGEST_QUOTE, "quote")
            _check_number(decision.source, _LARGEST, "source")
            _check_number(decision.paragraph, _MOST_PARAGRAPHS, "paragraph")
        elif decision.paragraph is not None or decision.quote != "":
            raise DecisionRefused("A sentence that is the editor's own quotes no source.")
    return rows_of({sentence_key(decision.sentence): decision for decision in decisions})


def _check_words(words, longest, name):
    if not isinstance(words, str) or not words.strip():
        raise DecisionRefused(f"The {name} has no words.")
    if len(words) > longest:
        raise DecisionRefused(f"The {name} has {len(words)} characters; there is room for {longest}.")
    if "\0" in words or any("\ud800" <= sign <= "\udfff" for sign in words):
        raise DecisionRefused(f"The {name} holds signs that cannot be kept.")


def _check_number(number, most, name):
    if type(number) is not int or not 0 < number < most:
        raise DecisionRefused(f"The {name} is no whole number from 1 on.")


def in_words(rows: list[dict]) -> str:
    """Return rows as people read them in differences: a decision a line."""
    return "".join(f"{decision.in_words()}\n" for decision in decisions_of(rows).values())
