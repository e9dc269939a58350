"""Where sentences end, and what introduces a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.text.sentences import LIMIT, cut, first, opening, sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "The ward paid $3.5 million.",
        "It fell to 2.4% from 11.5M in 2018.",
        "Drive around any large U.S. city and you will see it.",
        "The U.S. Ward Agency agreed.",
        "The F.D.A. fails to look.",
        "Dr. Ada Night said so.",
        "Ask Prof. Night or Mrs. Day about it.",
        "St. Ada’s won.",
        "Night et al. found nothing.",
        "Chart vs. Paper is a game.",
        "Some tools, e.g. Charts, help.",
        "Some tools, i.e. Charts, help.",
        "See room No. 5 and Fig. 2 for more.",
        "On Jan. 31 in Springfield it began.",
        "Vena Inc. and Pulse Corp. Ltd. merged.",
        "When Ada Night, Ph.D., speaks, we listen.",
        "J. A. Night and Mary K. Day met at 5 p.m. Monday.",
        "Yahoo! Inc. bought it.",
        "1. Wash your hands.",
        "“Why?” she asked.",
        "She asked, “Why?” and left.",
        "He said: “It works.”",
        "(It works.)",
        "Is it so?",
        "What?!",
        "And so on...",
        "It is done…",
        "SPRINGFIELD D.C.—It is late.",
    ],
)
@pytest.mark.parametrize("rest", ["The rest follows.", "More text.", "“Quoted,” said Ada.", "eWards are next.", ""])
def test_a_sentence_ends_where_it_ends(sentence, rest):
    found = list(sentences(f"{sentence} {rest}"))
    assert found == ([sentence, rest] if rest else [sentence])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It sells in the U.S. The agency agreed.", ["It sells in the U.S.", "The agency agreed."]),
        ("It is made by Vena Inc. It sells.", ["It is made by Vena Inc.", "It sells."]),
        ("Take vitamin C. It helps.", ["Take vitamin C.", "It helps."]),
        ("We met at 5 p.m. But he left.", ["We met at 5 p.m.", "But he left."]),
        ("It cost $1. Next year it costs $2.", ["It cost $1.", "Next year it costs $2."]),
        ("No. It is not.", ["No.", "It is not."]),
        ("It did not happen.From now on it does.", ["It did not happen.", "From now on it does."]),
        ("See example.Com for it.", ["See example.Com for it."]),
        ("A heading\n\nThe body\nof it. More", ["A heading", "The body of it.", "More"]),
        ("  \n\n ", []),
    ],
)
def test_what_follows_decides_the_doubtful_cases(text, parts):
    assert list(sentences(text)) == parts
    assert first(text) == (parts[0] if parts else "")


def test_a_long_text_with_a_short_beginning_takes_more_than_one_sentence():
    text = "Is it late? " + "The night shift of the ward begins at ten and ends at six in the morning. " * 5
    assert opening(text) == "Is it late? The night shift of the ward begins at ten and ends at six in the morning."


def test_a_short_text_keeps_something_to_read():
    assert opening("Is it late? It is. Good night.") == "Is it late?"


def test_a_sentence_too_long_is_cut_at_a_word():
    proposal = opening("The " + "patient, " * 60 + "left.")
    assert proposal == "The" + " patient," * 26 + " patient…"
    assert len(proposal) <= LIMIT


def test_a_word_too_long_is_cut_anywhere():
    assert cut("x" * 300) == "x" * 249 + "…"


@given(
    st.lists(
        st.sampled_from(["Ward", "night.", "U.S.", "It", "is?", "“Go.”", "…", "\n\n", "$3.5", "Dr.", "a", "!"]),
        max_size=120,
    )
)
def test_an_opening_is_never_too_long_and_always_what_the_text_says(words):
    text = " ".join(words)
    proposal = opening(text)
    line = " ".join(text.split())
    assert len(proposal) <= LIMIT
    assert line.startswith(proposal.removesuffix("…"))
    assert bool(proposal) == bool(line)


@pytest.mark.parametrize("run", [".", "?”", ". ", "a.", '."', "\n \n", "Dr. "])
def test_a_long_run_of_anything_opens_shortly(run):
    assert len(opening(run * 100_000 + "x")) <= LIMIT


@given(st.text())
def test_sentences_lose_no_words(text):
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
