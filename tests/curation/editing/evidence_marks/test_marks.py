"""Marks: one a sentence, from the first source that has it, unless a person said otherwise."""

import pytest
from django.core.cache import cache
from django.test import override_settings

from curation.editing import compare, evidence_marks, marked_text
from curation.editing.evidence_marks import Decision, Mark, Near, Text, marks, remembered

WARD = Text(
    7,
    "ward.example",
    (
        "For eight months microphones above eleven beds have listened to the night shift.",
        "The trust counts corrections for every shift. In December it stood at 14 a shift, down from 39 in May.",
    ),
)
BOARD = Text(
    9, "board.example", ("The board met twice.", "Corrections stood at 12 a shift in December, says the trust.")
)
HEARD = "Microphones over eleven beds listened to the night shift for eight months."
FELL = "Corrections fell from 39 a shift in May to 12 in December."
OWN = "That is the line to copy."


def at(text, paragraph, words):
    start = text.paragraphs[paragraph - 1].index(words)
    return {"source": text.link, "brand": text.brand, "paragraph": paragraph, "span": (start, start + len(words))}


def test_each_sentence_has_a_mark_in_its_order():
    heard, fell, own = marks([HEARD, FELL, OWN], [WARD])
    assert heard == Mark(1, "source", **at(WARD, 1, WARD.paragraphs[0]))
    assert (fell.number, fell.kind, fell.source, fell.paragraph, fell.missing) == (2, "missing", 7, 2, ("12",))
    assert fell.nearest == (Near("14", 7, 2),)
    assert own == Mark(3, "own")


def test_sources_are_searched_in_their_order():
    assert [mark.source for mark in marks([HEARD, FELL], [WARD, WARD])] == [7, 7]
    board = Text(9, "board.example", WARD.paragraphs)
    assert {mark.source for mark in marks([HEARD], [board, WARD])} == {9}
    assert [(mark.kind, mark.source, mark.paragraph) for mark in marks([HEARD, OWN], [BOARD, WARD])] == [
        ("source", 7, 1),
        ("own", None, None),
    ]


def test_a_figure_is_missing_only_where_every_source_lacks_it():
    (fell,) = marks([FELL], [WARD, BOARD])
    assert (fell.kind, fell.missing, fell.nearest) == ("source", (), ())


def test_without_a_text_nothing_is_known_of_a_sentence():
    assert marks([OWN], []) == [Mark(1, "unknown")]


def test_a_brief_of_thousands_of_sentences_has_marks_and_its_beginning_is_judged():
    found = marks([HEARD] * 1_000, [WARD])
    assert [mark.number for mark in found] == list(range(1, 1_001))
    assert {mark.kind for mark in found[: evidence_marks.MOST_SENTENCES]} == {"source"}
    assert {mark.kind for mark in found[evidence_marks.MOST_SENTENCES :]} == {"unknown"}


def test_the_sentences_are_those_that_are_numbered_on_the_screen():
    body = "<p>It fell by 3.5 %. Dr. No said so.</p><ul><li>A point</li></ul>"
    content = {"standfirst": "One thing. Another.", "body": body}
    old = content | {"body": "<p>It rose by 3.5 %. Gone.</p>"}
    texts = [
        marked_text.marked(*(compare.plain(name, one[name]) for one in (old, content)))
        for name in ("standfirst", "body")
    ]
    shown = [one for text in marked_text.numbered(*texts) for part in text for one in part.sentences if one.number]
    assert evidence_marks.sentences_of(content) == [one.words for one in shown]
    assert [one.number for one in shown] == [1, 2, 3, 4, 5]


# What people decided ------------------------------------------------------------------------------------------------


def decided(sentence, decision, texts=(WARD,)):
    return marks([HEARD, sentence], list(texts), {decision.sentence: decision})[1]


def test_a_person_s_span_holds_and_what_was_missing_is_still_told():
    mark = decided(FELL, Decision(FELL, 7, 2, "It stood at 14"))
    assert mark.kind == "missing"  # the quote is not there
    mark = decided(FELL, Decision(FELL, 7, 2, "it stood at 14"))
    assert (mark.kind, mark.missing, mark.is_decided) == ("source", ("12",), True)
    assert mark.span == at(WARD, 2, "it stood at 14")["span"]


def test_a_person_s_own_words_are_their_own():
    mark = decided(HEARD, Decision(HEARD))
    assert mark == Mark(2, "own", is_decided=True)


def test_a_decision_is_void_once_its_sentence_changed():
    assert decided(f"{HEARD[:-1]} at least.", Decision(HEARD)).is_decided is False
    assert decided(HEARD.replace(" ", "  "), Decision(HEARD)).is_decided is True


def test_a_decision_holds_while_its_quote_stands_somewhere_in_its_source():
    asked = Decision(FELL, 7, 2, "down from 39")
    moved = Text(7, "ward.example", ("A new first one.", *WARD.paragraphs))
    assert (decided(FELL, asked, [moved]).paragraph, decided(FELL, asked, [moved]).is_decided) == (3, True)
    assert decided(FELL, asked, [BOARD]).is_decided is False
    for far in (0, -1, 99, None):
        assert decided(FELL, Decision(FELL, 7, far, "down from 39")).paragraph == 2


# What is remembered -------------------------------------------------------------------------------------------------


def test_the_same_brief_and_text_are_judged_once(monkeypatch):
    first = marks([HEARD, FELL, OWN], [WARD])
    asked = []
    monkeypatch.setattr(remembered.evidence, "of", lambda *given: asked.append(given) or [])
    assert marks([HEARD, FELL, OWN], [WARD]) == first
    assert asked == []


def test_other_words_another_text_or_another_matcher_are_judged_anew(monkeypatch):
    asked = []
    judge = remembered.evidence.of
    monkeypatch.setattr(remembered.evidence, "of", lambda *given: asked.append(given) or judge(*given))
    marks([HEARD], [WARD])
    marks([OWN], [WARD])
    marks([HEARD], [BOARD])
    monkeypatch.setattr(remembered, "revision", lambda: "better")
    marks([HEARD], [WARD])
    assert len(asked) == 4


def test_without_the_cache_every_brief_is_judged():
    gone = {"default": {"BACKEND": "medigy.http.shared_cache.DispensableCache", "LOCATION": "redis://127.0.0.1:1/0"}}
    here = marks([HEARD, FELL, OWN], [WARD])
    with override_settings(CACHES=gone):
        assert cache.get("anything") is None
        assert marks([HEARD, FELL, OWN], [WARD]) == here == marks([HEARD, FELL, OWN], [WARD])


def test_what_is_kept_of_a_long_brief_is_small(monkeypatch):
    kept = []
    monkeypatch.setattr(remembered.shared, "set", lambda key, value, seconds: kept.append(value))
    marks([FELL] * 1_000, [WARD])
    assert len(repr(kept)) < 40_000


@pytest.mark.parametrize("words", ["", " ", "\x00", "\ud800", "😀" * 3_000])
def test_any_words_can_be_asked(words):
    assert len(marks([words], [Text(1, "a.example", (words, "A paragraph."))])) == 1
