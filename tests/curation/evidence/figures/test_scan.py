"""Figures: every form a source may say a sentence's figure in, and those that it only seems to say it in."""

import pytest

from curation.evidence.figures.agreement import Shelf
from curation.evidence.figures.scan import figures


def lacking(sentence, source):
    shelf = Shelf([(figure, 1) for figure in figures(source)])
    return [figure.words(sentence) for figure in figures(sentence) if not figure.weak and not shelf.has(figure)]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("31 per cent of them", "31 % of them"),
        ("31 percent", "31 per cent"),
        ("thirty-one per cent", "31 %"),
        ("31%", "thirty-one percent"),
        ("1,500 patients", "1500 patients"),
        ("1,500 patients", "1 500 patients"),
        ("1,500 patients", "1.500 patients"),
        ("1,500 patients", "fifteen hundred patients"),
        ("1.5k", "1.5 thousand"),
        ("1.5 million people", "1,500,000 people"),
        ("1.5 million people", "1,512,300 people"),
        ("£84,000", "84 thousand pounds"),
        ("£84k", "£84,000"),
        ("€1.2m", "1.2 million euros"),
        ("$3 billion", "$3bn"),
        ("10–20 %", "between 10 and 20 per cent"),
        ("from 14 to 31 per cent", "14 % … 31 %"),
        ("about a third", "31 %"),
        ("about a third", "35 %"),
        ("a third of them", "33.3 %"),
        ("half of them", "48 %"),
        ("half of them", "52 %"),
        ("one in nine", "11 %"),
        ("nine out of ten", "90 %"),
        ("nearly half", "46 %"),
        ("two-thirds", "66 per cent"),
        ("nearly 40 nurses", "38 nurses"),
        ("nearly 40 nurses", "39.9 nurses"),
        ("more than 300 calls", "312 calls"),
        ("about 300 calls", "312 calls"),
        ("fewer than 100", "96"),
        ("31 %", "31.4 %"),
        ("doubled", "twice as many"),
        ("doubled", "100 % more"),
        ("halved", "fell by half"),
        ("9 January 2023", "Jan. 9, 2023"),
        ("9 January 2023", "2023-01-09"),
        ("9 January 2023", "Monday, 9th of January 2023"),
        ("in January", "on 9 January 2023"),
        ("in 2023", "on 9 January 2023"),
        ("3 April 2023", "03/04/2023"),
        ("9–12 January", "from 9 January to 12 January"),
        ("in the 1990s", "in 1994"),
        ("since the ’90s", "since the 1990s"),
        ("at 8.30 pm", "at 20:30"),
        ("at noon", "at 12:00"),
        ("90 minutes", "1.5 hours"),
        ("half an hour", "30 minutes"),
        ("18 months", "one and a half years"),
        ("a dozen wards and 12 beds", "12 wards"),
        ("12 mcg", "12 micrograms"),
        ("500 mg", "0.5 g"),
        ("a 65-year-old", "aged 65"),
        ("the 21st floor", "the twenty-one floors, 21"),
        ("Ward 7", "wards 5, 6 and 7"),
        ("phase three", "Phase III"),
        ("12 months", "a year"),
        ("one of them", "nothing"),
        ("the first of its kind, a second time, one another", "nothing"),
        ("COVID-19, H1N1, GPT-4 and 5G", "nothing"),
        ("they may march on", "nothing"),
        ("headquarters and the third", "3"),
    ],
)
def test_a_figure_is_found_in_another_form(sentence, source):
    assert lacking(sentence, source) == []


@pytest.mark.parametrize(
    ("sentence", "source", "expected"),
    [
        ("31 %", "31 patients", ["31 %"]),
        ("31 %", "31.8 %", ["31 %"]),
        ("31.4 %", "31 %", ["31.4 %"]),
        ("33 %", "35 %", ["33 %"]),
        ("31 %", "about a third", ["31 %"]),
        ("a quarter of them", "33 %", ["a quarter"]),
        ("about a third", "38 %", ["a third"]),
        ("15 per cent", "between 10 and 20 per cent", ["15 per cent"]),
        ("10–25 %", "10–20 %", ["10–25 %"]),
        ("nearly 40 nurses", "34 nurses", ["40"]),
        ("nearly 40 nurses", "42 nurses", ["40"]),
        ("more than 300 calls", "290 calls", ["300"]),
        ("300 calls", "312 calls", ["300"]),
        ("$84,000", "£84,000", ["$84,000"]),
        ("1.5 million", "15 million", ["1.5 million"]),
        ("1.6 million", "1,512,300", ["1.6 million"]),
        ("12 mg", "12 micrograms", ["12 mg"]),
        ("12 months", "12 weeks", ["12 months"]),
        ("four hours", "four minutes", ["four hours"]),
        ("9 January 2023", "19 January 2023", ["9 January 2023"]),
        ("9 January 2023", "9 January 2022", ["9 January 2023"]),
        ("9 January 2023", "January 2023", ["9 January 2023"]),
        ("9 January 2023", "9 January", ["9 January 2023"]),
        ("in May 2024", "in March 2024", ["May 2024"]),
        ("in 2019", "in 2018", ["2019"]),
        ("at 9 am", "at 9 pm", ["9 am"]),
        ("Ward 8", "Ward 7, 8 beds", ["Ward 8"]),
        ("tripled", "doubled", ["tripled"]),
        ("12345678901234567890", "12345678901234567891", ["12345678901234567890"]),
        ("three wards", "four wards", ["three"]),
    ],
)
def test_a_figure_that_is_only_like_one_is_missing(sentence, source, expected):
    assert lacking(sentence, source) == expected


@pytest.mark.parametrize(
    "text",
    [
        "9" * 20_000,
        "1," * 10_000,
        "one hundred and " * 2_000,
        "½" * 5_000,
        "May 3, " * 2_000,
        "1 " * 10_000,
        "Ward 1, " * 2_000,
    ],
)
def test_a_text_of_nothing_but_figures_is_read_to_a_bound(text):
    assert len(figures(text)) <= 2_001


def test_two_figures_that_are_hedged_alike_are_compared_as_they_stand():
    assert lacking("for everyone over 40", "for everyone over 50") == ["40"]
    assert lacking("for everyone over 50", "for everyone over 50") == []
