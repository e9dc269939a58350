"""What standfirst and body say of each other is what prose says, asked once; what is copied; how hard a text reads."""

from random import Random

import pytest

from curation.text import measures, prose

BODY = "<p>A ward fell silent at night. Nobody was harmed, and everybody slept.</p>" * 3


def test_the_measures_are_those_of_prose():
    for standfirst in ("", "A ward fell silent at night.", "A ward fell silent at ni", "Something else."):
        summary = prose.repaired(standfirst, BODY)
        assert measures.measures_of(standfirst, BODY) == (
            summary,
            prose.repeats(summary, BODY),
            prose.minutes(BODY),
            prose.is_machine_cut(standfirst, prose.text(BODY)),
        )


def test_what_another_process_worked_out_is_believed():
    told = measures.Measures("As told.", False, 7, False)
    measures.remember("As told.", "<p>Elsewhere.</p>", told)
    assert measures.measures_of("As told.", "<p>Elsewhere.</p>") is told


def test_no_more_than_some_are_kept():
    for number in range(3 * measures.KEPT):
        measures.remember("", str(number), measures.Measures("", False, 1, False))
    assert len(measures._kept) <= measures.KEPT


def test_what_was_cleaned_is_not_cleaned_again_and_no_more_than_some_is_kept():
    for number in range(2000):
        html = prose.clean(f"<div>Words <b>{number}</b></div>")
        assert prose.clean(html) == html
    assert len(prose._clean) <= 512


# What is copied -------------------------------------------------------------------------------------------------------

STORY = [f"word{number}" for number in range(80)]


def run(said, read):
    """The longest shared run of two lists of words: its length, or 0."""
    found = measures.copied_run(f"<p>{' '.join(said)}</p>", " ".join(read))
    return found.length if found else 0


@pytest.mark.parametrize(("number", "length"), [(0, 0), (1, 0), (24, 0), (25, 25), (26, 26), (60, 60)])
def test_a_run_counts_from_25_words_on(number, length):
    assert run(["mine", *STORY[10 : 10 + number], "mine"], STORY) == length


def test_it_is_told_with_its_first_words_wherever_it_stands():
    said = ["my", "own", *STORY[40:70]]
    assert measures.copied_run(f"<p>{' '.join(said)}</p>", " ".join(STORY)) == (30, " ".join(STORY[40:46]), False)
    assert run(STORY, STORY) == 80
    assert run([], STORY) == run(STORY, []) == run([], []) == 0


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Word0, WORD1: “word2” – word3!", "word0 word1 word2 word3"),
        ("ward’s it's", "ward's it’s"),
        ("so\u00adft ze\u200bro", "soft zero"),
        ("caf\u00e9 \ufb01nal \uff11\uff12", "cafe\u0301 final 12"),
        ("STRASSE", "straße"),
        ("one_two", "one two"),
    ],
)
def test_case_punctuation_and_the_forms_of_a_letter_do_not_count(said, read):
    assert run([*STORY[:13], said, *STORY[13:25]], [*STORY[:13], read, *STORY[13:25]]) == 25 + len(read.split())


def test_blocks_and_tags_do_not_interrupt_it():
    body = f"<p>{' '.join(STORY[:12])}</p><ul><li>{' '.join(STORY[12:20])} <em>word20</em></li></ul><p>{STORY[21]}</p>"
    assert measures.copied_run(body + f"<p>{' '.join(STORY[22:30])}</p>", "\n\n".join(STORY)).length == 30


@pytest.mark.parametrize(
    ("body", "is_quoted"),
    [
        ("<blockquote><p>{}</p></blockquote>", True),
        ("<blockquote><p>a</p><blockquote><p>b</p></blockquote><p>{}</p></blockquote>", True),
        ("<blockquote><p>a</p></blockquote><p>{}</p><blockquote><p>b</p></blockquote>", False),
        ("<p>{}</p>", False),
    ],
)
def test_it_says_whether_it_is_quoted(body, is_quoted):
    assert measures.copied_run(body.format(" ".join(STORY[:30])), " ".join(STORY)).is_quoted is is_quoted


def longest(said, read):
    """The longest shared run, found as slowly as possible."""
    best = 0
    for first in range(len(said)):
        for other in range(len(read)):
            length = 0
            while said[first + length : first + length + 1] == read[other + length : other + length + 1] != []:
                length += 1
            best = max(best, length)
    return best if best >= 25 else 0


def test_it_is_the_longest_there_is():
    chance, lengths = Random(7), set()
    for _ in range(60):
        letters = "ab" if chance.random() < 0.5 else "abcdef"
        pieces = ["".join(chance.choices(letters, k=chance.choice([3, 13, 20, 31]))) for _ in range(5)]
        said, read = ("".join(chance.choices(pieces, k=6)) for _ in range(2))
        lengths.add(longest(list(said), list(read)))
        assert run(said, read) == longest(list(said), list(read))
    assert len(lengths) > 10


def test_texts_made_to_take_long_do_not():
    chance = Random(7)
    words = ["".join(chance.choices("abcdefgh", k=30)) for _ in range(3000)]
    shuffled = chance.sample(words, len(words))
    hostile = [("a" * 100_000, "a" * 100_000), ("ab" * 50_000, "a" * 100_000), ("".join(words), "".join(shuffled))]
    # On no clock: what took the square of their length would not come back today.
    assert [bool(run(said, read)) for said, read in hostile] == [True, False, True]
    assert measures.copied_run("<blockquote>" * 1000 + "<p>a</p>" + "</blockquote>" * 1000, "a") is None


# How hard it reads ----------------------------------------------------------------------------------------------------


def test_reading_ease_is_fleschs():
    assert measures.reading_ease("The cat sat on the mat. " * 16) is None
    easy = measures.reading_ease("The cat sat on the mat. " * 17)
    assert easy == pytest.approx(206.835 - 1.015 * 6 - 84.6)
    hard = measures.reading_ease("Institutional interoperability necessitates multidisciplinary consideration. " * 20)
    assert hard < 0 < 30 < easy


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("cat", 1), ("nurse", 1), ("table", 2), ("ward", 1), ("reading", 2), ("hospital", 3), ("61", 1), ("yes", 1)],
)
def test_syllables_are_groups_of_vowels(word, syllables):
    assert measures._syllables(word) == syllables


def test_what_is_no_prose_has_some_ease_or_none():
    for text in ("", ".", "." * 200_000, "a. " * 200, "日本語" * 200, "1 2 3 " * 100, "\u202e" * 500):
        ease = measures.reading_ease(text)
        assert ease is None or isinstance(ease, float)
