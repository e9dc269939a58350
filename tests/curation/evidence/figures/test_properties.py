"""Families of figures as properties: two ways of writing one value agree, and another value does not."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curation.evidence.figures.agreement import Shelf
from curation.evidence.figures.forms import numerals
from curation.evidence.figures.scan import figures
from curation.text.dates import MONTHS

quickly = settings(max_examples=20, deadline=None)
ONES, TENS = list(numerals.SMALL)[1:21], [word for word in numerals.SMALL if word.endswith("ty")]
COINS = {"£": "pounds", "€": "euros", "$": "dollars"}
LENGTHS = [("seconds", 1), ("minutes", 60), ("hours", 3_600), ("days", 86_400), ("weeks", 604_800)]
WEIGHTS = [("mg", 1), ("g", 1_000), ("kg", 1_000_000)]


def lacks(sentence, source):
    """The figures of a sentence that a source lacks."""
    shelf = Shelf([(figure, 1) for figure in figures(source)])
    return [figure.words(sentence) for figure in figures(sentence) if shelf.is_asked(figure) and not shelf.has(figure)]


def in_words(number):
    if number < 20:
        return ONES[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return TENS[ten - 2] + (f"-{ONES[one]}" if one else "")
    hundreds, rest = divmod(number, 100)
    return f"{ONES[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")


def grouped(number, mark):
    return f"{number:,}".replace(",", mark)


@quickly
@given(st.integers(3, 999), st.integers(3, 999))
def test_a_number_in_words_is_the_number(number, other):
    assert lacks(f"They saw {in_words(number)} nurses.", f"There were {number} nurses.") == []
    assert lacks(f"They saw {number} nurses.", f"There were {in_words(number)} nurses.") == []
    assume(other != number)
    assert lacks(f"They saw {number} nurses.", f"There were {in_words(other)} nurses.") == [str(number)]


@quickly
@given(st.integers(2_200, 9_999_999), st.sampled_from([",", " ", "’", " "]))
def test_thousands_may_be_set_apart(number, mark):
    assert lacks(f"They saw {number} nurses.", f"There were {grouped(number, mark)} nurses.") == []
    assert lacks(f"They saw {grouped(number, mark)} nurses.", f"There were {number * 10} nurses.") != []


@quickly
@given(st.integers(1, 99), st.integers(1, 9), st.sampled_from(list(COINS)), st.sampled_from(list(COINS)))
def test_money_is_its_sum_in_its_currency(whole, tenth, coin, other):
    total = grouped(whole * 1_000_000 + tenth * 100_000, ",")
    short, long = f"{coin}{whole}.{tenth}m", f"{whole}.{tenth} million {COINS[coin]}"
    assert lacks(f"It cost {short}.", f"It cost {long}.") == []
    assert lacks(f"It cost {long}.", f"It cost {coin}{total}.") == []
    assert lacks(f"It cost {short}.", f"It cost {coin}{whole}.{tenth}bn.") == [short]
    assume(other != coin)
    assert lacks(f"It cost {short}.", f"It cost {other}{total}.") == [short]


@quickly
@given(st.integers(1, 19), st.integers(2, 20))
def test_so_many_in_so_many_are_their_share(many, whole):
    assume(many < whole)
    said = f"{in_words(many)} in {in_words(whole)}"
    percent = f"{100 * many / whole:.1f} %"
    assert lacks(f"It helped {said}.", f"It helped {percent} of them.") == []
    assume(abs(2 * many / whole - 1) > 0.2)
    assert lacks(f"It helped {said}.", f"It helped {100 - 100 * many / whole:.1f} % of them.") == [said]


@quickly
@given(st.integers(2, 20), st.sampled_from(LENGTHS), st.sampled_from(LENGTHS))
def test_a_time_is_as_long_in_any_unit(many, long, short):
    (unit, size), (other, smaller) = long, short
    assume(size > smaller)
    same = many * size // smaller
    assert lacks(f"It took {many} {unit}.", f"It took {grouped(same, ',')} {other}.") == []
    assert lacks(f"It took {many} {unit}.", f"It took {many} {other}.") == [f"{many} {unit}"]


@quickly
@given(st.integers(2, 900), st.sampled_from(WEIGHTS), st.sampled_from(WEIGHTS))
def test_a_weight_is_as_heavy_in_any_unit(many, heavy, light):
    (unit, size), (other, smaller) = heavy, light
    assume(size > smaller)
    assert lacks(f"It weighs {many} {unit}.", f"It weighs {many * size // smaller} {other}.") == []
    assert lacks(f"It weighs {many} {unit}.", f"It weighs {many} {other}.") == [f"{many} {unit}"]


@quickly
@given(st.integers(1, 28), st.sampled_from(MONTHS), st.integers(1990, 2030), st.sampled_from(MONTHS))
def test_a_date_is_the_day_in_any_form(day, month, year, other):
    number = MONTHS.index(month) + 1
    said = f"{day} {month} {year}"
    forms = (
        f"{month[:3]} {day}, {year}",
        f"{month} {day}, {year}",
        f"{year}-{number:02}-{day:02}",
        f"{day}.{number}.{year}",
    )
    for form in forms:
        assert lacks(f"It opened on {said}.", f"It opened on {form}.") == []
        assert lacks(f"It opened in {month} {year}.", f"It opened on {form}.") == []
    assume(other != month)
    assert lacks(f"It opened on {said}.", f"It opened on {day} {other} {year}.") == [said]
    assert lacks(f"It opened on {said}.", f"It opened in {month} {year}.") == [said]


@quickly
@given(st.integers(1, 11), st.integers(0, 59), st.booleans())
def test_a_time_of_day_is_the_minute_in_any_form(hour, minute, is_late):
    whole = f"{hour + 12 * is_late}:{minute:02}"
    half = f"{hour}.{minute:02} {'pm' if is_late else 'am'}"
    assert lacks(f"It opens at {whole}.", f"It opens at {half}.") == []
    assert lacks(f"It opens at {half}.", f"It opens at {whole}.") == []
    wrong = f"{hour}.{minute:02} {'am' if is_late else 'pm'}"
    assert lacks(f"It opens at {half}.", f"It opens at {wrong}.") == [half]


@quickly
@given(st.integers(11, 9_000), st.sampled_from(["about", "nearly", "more than", "fewer than"]))
def test_a_hedge_reaches_a_little_and_on_its_own_side(number, hedge):
    assume(not 1_500 <= number < 2_200)
    near = {"about": number, "nearly": number, "more than": number + 1, "fewer than": number - 1}[hedge]
    assert lacks(f"It saw {hedge} {number} nurses.", f"It saw {near} nurses.") == []
    for far in (number * 2, number // 2):
        assert lacks(f"It saw {hedge} {number} nurses.", f"It saw {far} nurses.") == [str(number)]


@quickly
@given(st.integers(5, 500), st.integers(5, 90), st.sampled_from(["to", "–", "and"]))
def test_both_ends_of_a_range_are_figures(low, more, link):
    high = low + more
    said = (
        f"between {low} and {high}"
        if link == "and"
        else f"{low}{link}{high}"
        if link == "–"
        else f"{low} {link} {high}"
    )
    assert lacks(f"It took {said} minutes.", f"It took {low} to {high} minutes.") == []
    assert lacks(f"It took {said} minutes.", f"It took {low} to {high + 1} minutes.") != []
    assert lacks(f"It took {low + 1} minutes.", f"It took {said} minutes.") == [f"{low + 1} minutes"]


@quickly
@given(st.integers(2, 31))
def test_an_ordinal_in_words_is_the_ordinal(number):
    word = next(word for word, value in numerals.ORDINALS.items() if value == number)
    assert lacks(f"It was the {number}th clinic.", f"It was the {word} clinic.") == []
    assert lacks(f"It was the {number}th clinic.", f"There were {number + 1} clinics, {number + 2}th of all.") != []
