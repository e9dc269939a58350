"""A text as whoever decides reads it: nothing is lost, and what changed is marked where it changed."""

from hypothesis import given
from hypothesis import strategies as st

from curation.editing.compare import ADDED, REMOVED, SAME, Span
from curation.editing.marked_text import changed_words, folded, marked, numbered

TEXTS = st.lists(
    st.lists(st.sampled_from(["One two. ", " Three? ", " four,", " Five! ", " six ", " 7.5 "])), max_size=4
).map(lambda lines: "\n".join("".join(line) for line in lines))


def text(paragraphs, *kinds):
    return [
        "".join(piece.words for sentence in paragraph.sentences for piece in sentence.pieces if piece.kind in kinds)
        for paragraph in paragraphs
    ]


def lines(words):
    return [line for part in words.splitlines() if (line := " ".join(part.split()))]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_what_is_marked(old, new):
    found = marked(old, new)
    assert [line for line in text(found, SAME, ADDED) if line] == lines(new)
    assert [line for line in text(found, SAME, REMOVED) if line] == lines(old)


@given(TEXTS)
def test_a_first_text_and_one_that_stayed_have_no_marks(new):
    assert text(marked(None, new), SAME) == lines(new) == text(marked(new, new), SAME)
    assert not any(paragraph.is_changed for paragraph in marked(new, new))


@given(TEXTS, TEXTS)
def test_sentences_are_numbered_through_and_those_that_went_have_no_number(old, new):
    (first, second) = numbered(marked(old, new), marked(None, new))
    numbers = [one.number for paragraph in first + second for one in paragraph.sentences if one.words]
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(one.number == 0 for paragraph in first for one in paragraph.sentences if not one.words)


@given(TEXTS, TEXTS)
def test_folds_hold_every_paragraph_once_and_shut_only_what_stayed(old, new):
    found = marked(old, new)
    folds = folded(found)
    assert [paragraph for fold in folds for paragraph in fold.paragraphs] == found
    assert not any(paragraph.is_changed for fold in folds if fold.is_shut for paragraph in fold.paragraphs)


def test_a_change_stands_in_its_sentence():
    (paragraph,) = marked("It fell by half. Nobody knows why.", "It fell by 31 %. Nobody knows why.")
    assert [(one.words, one.is_changed) for one in paragraph.sentences] == [
        ("It fell by 31 %.", True),
        ("Nobody knows why.", False),
    ]
    assert Span(REMOVED, "half. ") in paragraph.sentences[0].pieces
    assert changed_words([paragraph]) == (2, 1)


def test_unchanged_neighbours_fold_and_a_single_one_stays_open():
    old = "One.\nTwo.\nThree.\nFour."
    folds = folded(marked(old, "One.\nTwo.\nThree!\nFour."))
    assert [(len(fold.paragraphs), fold.is_shut) for fold in folds] == [(2, True), (1, False), (1, False)]
