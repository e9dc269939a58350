"""Decisions about evidence as they are kept: their shape, their bounds, and how people read them."""

import pytest

from curation.models import evidence
from curation.models.evidence import DecisionRefused, proper

OWN = {"sentence": "That is the line to copy.", "source": None, "paragraph": None, "quote": ""}
TOLD = {"sentence": "It fell to 14.", "source": 7, "paragraph": 2, "quote": "it stood at 14"}


def test_proper_rows_are_kept_as_they_are_one_for_each_sentence():
    assert proper([OWN, TOLD]) == [OWN, TOLD]
    assert proper([{"sentence": OWN["sentence"]}]) == [OWN]
    assert proper([TOLD, OWN, TOLD | {"paragraph": 3}]) == [TOLD | {"paragraph": 3}, OWN]
    assert evidence.rows_of(evidence.decisions_of([OWN, TOLD])) == [OWN, TOLD]


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (None, "a list of objects"),
        ({"sentence": "A."}, "a list of objects"),
        (["A."], "a list of objects"),
        ([OWN | {"by": "me"}], "nothing else"),
        ([{"source": 1}], "nothing else"),
        ([{1: 2}], "nothing else"),
        ([OWN | {"sentence": ""}], "sentence has no words"),
        ([OWN | {"sentence": ["A."]}], "sentence has no words"),
        ([OWN | {"sentence": "x" * 1_001}], "room for 1000"),
        ([OWN | {"sentence": "x\0"}], "cannot be kept"),
        ([OWN | {"sentence": "x\ud800"}], "cannot be kept"),
        ([OWN | {"quote": "it"}], "quotes no source"),
        ([OWN | {"paragraph": 0}], "quotes no source"),
        ([TOLD | {"quote": " "}], "quote has no words"),
        ([TOLD | {"quote": "x" * 601}], "room for 600"),
        ([TOLD | {"source": True}], "source is no whole number"),
        ([TOLD | {"source": "7"}], "source is no whole number"),
        ([TOLD | {"source": 2**70}], "source is no whole number"),
        ([TOLD | {"paragraph": None}], "paragraph is no whole number"),
        ([TOLD | {"paragraph": -1}], "paragraph is no whole number"),
        ([TOLD | {"paragraph": 1.5}], "paragraph is no whole number"),
        ([TOLD | {"paragraph": float("nan")}], "paragraph is no whole number"),
        ([OWN | {"sentence": str(number)} for number in range(101)], "100 decisions"),
    ],
)
def test_anything_else_is_refused_in_words(rows, why):
    with pytest.raises(DecisionRefused, match=why):
        proper(rows)


def test_people_read_a_decision_a_line():
    assert evidence.in_words([TOLD, OWN]) == (
        "“It fell to 14.”: ¶2, “it stood at 14”\n“That is the line to copy.”: the editor's own words\n"
    )
