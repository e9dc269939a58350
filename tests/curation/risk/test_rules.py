"""The rules of risk: what each finds, in which words, and what the reasons come to."""

import pytest

from curation.editing.checks import Subject
from curation.editing.evidence_marks import Text
from curation.models.snapshots import complete
from curation.risk import HIGH, LOW, MEDIUM, Case, Record, risk_of

SOURCE = Text(1, "ward.example", ("Nurses on the ward dictate their notes. Paperwork fell by 31 per cent in a year.",))
BODY = "<p>Nurses on the ward dictate their notes. Paperwork fell by 31 % in a year.</p>"


def content(body):
    return complete({"title": "Notes by voice", "standfirst": "", "body": body, "sources": [], "topics": []})


def case(body=BODY, live=None, told=3, record=None, texts=(SOURCE,), source_text="", **given):
    subject = Subject(content(body), brand="ward.example", texts=list(texts), source_text=source_text)
    return Case(subject, live and content(live), told, record, **given)


def codes(one):
    return [reason.code for reason in risk_of(one).reasons]


def level(one):
    return risk_of(one).level


def test_a_brief_that_its_source_bears_out_is_low():
    risk = risk_of(case())
    assert risk.level == LOW
    assert [reason.words for reason in risk.reasons] == [
        "Every figure and name is in the source",
        "No dose, medicine, device or named patient",
    ]


RAISED = {
    "missing": lambda: case(BODY.replace("31 %", "47 %")),
    "dose": lambda: case("<p>Nurses on the ward dictate: 5 mg of it.</p>", texts=[]),
    "medicine": lambda: case("<p>It reads of adalimumab in their notes.</p>"),
    "device": lambda: case("<p>It reads their pacemakers.</p>"),
    "patient": lambda: case("<p>The patient Ada Stern was glad of it.</p>"),
    "claim": lambda: case(BODY.replace("by 31 %", "much"), live=BODY),
    "unread": lambda: case(texts=[]),
    "first": lambda: case(told=0),
    "offering": lambda: case(offerings=["Acme Scribe", "Acme Notes"]),
    "new-hand": lambda: case(record=Record("Lena", 1, 1)),
    "poor-record": lambda: case(record=Record("Lena", 6, 3)),
    "large": lambda: case("<p>" + "word and word again. " * 80 + "</p>", live=BODY),
    "copied": lambda: case(
        "<p>" + " ".join(f"word{n}" for n in range(40)) + ".</p>", source_text=" ".join(f"word{n}" for n in range(50))
    ),
    "names": lambda: case("<p>Nurses of the Brandbury clinic dictate their notes.</p>"),
}


@pytest.mark.parametrize("code", RAISED)
def test_each_rule_finds_its_own_and_says_so(code):
    found = {reason.code: reason for reason in risk_of(RAISED[code]()).reasons}
    assert found[code].raises
    assert code not in codes(case())


LOWERED = {
    "good-record": (
        lambda: case(record=Record("Lena", 15, 14)),
        "14 of the last 15 of Lena went through first time",
    ),
    "small": (lambda: case(BODY.replace("dictate", "speak"), live=BODY), "A small change: one word"),
}


@pytest.mark.parametrize("code", LOWERED)
def test_what_lowers_it_is_told_too(code):
    made, words = LOWERED[code]
    reasons = {reason.code: reason for reason in risk_of(made()).reasons}
    assert (reasons[code].words, reasons[code].raises) == (words, False)


def test_little_things_are_made_up_for_and_those_that_count_never_are():
    proven = Record("Lena", 15, 15)
    assert level(case(told=0, record=Record("Lena", 0, 0))) == LOW
    assert level(case(told=0, texts=[], record=Record("Lena", 0, 0))) == MEDIUM
    assert level(case(BODY.replace("31 %", "47 %"), record=proven)) == MEDIUM
    assert level(case("<p>The patient Ada Stern was glad of it.</p>", record=proven)) == HIGH
    assert level(case(BODY.replace("31 %", "47 %"), live=BODY, record=proven)) == HIGH


def test_the_words_name_what_was_found():
    said = [reason.words for reason in risk_of(case(BODY.replace("31 %", "47 %"), live=BODY)).reasons]
    assert "Changes a claim readers have seen: “31 %”" in said
    assert "One figure is not in the source: 47 %" in said
