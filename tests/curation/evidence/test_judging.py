"""The judgement on sentences: what holds for any text, and examples of each kind."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curation import evidence
from curation.evidence import Finding, spans
from curation.evidence.judging import MOST_CHARACTERS

_POOL = """
    sensor corridor linen trolley harbour dialysis bandage lantern microphone bicycle pillow ladder garden kettle tunnel
    ferry orchard violin candle saddle anchor blanket chimney compass curtain feather hammer island jacket kennel
    lemon magnet needle oven parcel quarry ribbon shovel timber umbrella valley window yarn zebra basket copper
"""
WORDS = _POOL.split()
SOURCE = [
    "Harrow Vale put sensors on four wards. Falls dropped by 31 % between May and June 2023, says Dr Ilse Maron.",
    "The sensors, made by Velmora, cost £84,000 a year for 40 beds.",
    "At Birch Hospital falls dropped by 14 %. Alarms rang 312 times in one week there.",
]


@st.composite
def sources(draw):
    """Paragraphs of one to three sentences, each with a figure of its own."""
    numbers = iter(draw(st.lists(st.integers(100, 998), min_size=12, max_size=12, unique=True)))
    sentence = st.lists(st.sampled_from(WORDS), min_size=5, max_size=9, unique=True)
    return [
        [f"The {' '.join(words)} held {next(numbers)} things." for words in paragraph]
        for paragraph in draw(st.lists(st.lists(sentence, min_size=1, max_size=3), min_size=1, max_size=4))
    ]


def chosen(draw, source):
    number = draw(st.integers(0, len(source) - 1))
    return number, draw(st.sampled_from(source[number]))


_PIECES = """
    zero 0 1 two half a an third quarter of times every day weekly in out 7/0 9/10 0:0 2:1 31 February 99 million m % °C
    minus −20 to – from £ $ k once thousand point dozen twelve o'clock past Q3 2024 decades turns number nearly doubled
    30.2.2024 Monday and , . -figure percent Dr Kenya Kenyan Swiss francs A&E X-ray St Anne's Hospital every second
"""
ANY = (
    st.lists(st.sampled_from(_PIECES.split()), max_size=14).map(" ".join)
    | st.text(max_size=80)
    | st.text("0123456789%£.,-– aMay/:½", max_size=60)
    | st.text("病院は転倒を31%減らした。", max_size=40)
)


@settings(max_examples=100, deadline=None)
@given(st.lists(ANY, max_size=4), st.lists(ANY, max_size=5))
def test_any_strings_get_a_finding_each_and_its_parts_agree(sentences, paragraphs):
    found = evidence.of(sentences, paragraphs)
    assert len(found) == len(sentences)
    for one in found:
        assert (one.kind == "own") == (one.paragraph is None) == (one.span is None)
        assert one.kind == "own" or (one.kind == "missing") == bool(one.missing)
        assert len(one.missing) == len(one.nearest) == len(set(one.missing))
        if one.span:
            start, end = one.span
            assert 0 <= start < end <= len(paragraphs[one.paragraph - 1])
        assert all(near is None or near[0] in paragraphs[near[1] - 1] for near in one.nearest)


@settings(max_examples=40, deadline=None)
@given(st.data(), sources())
def test_a_copied_sentence_is_found_where_it_stands(data, source):
    number, sentence = chosen(data.draw, source)
    paragraphs = [" ".join(paragraph) for paragraph in source]
    [found] = evidence.of([sentence], paragraphs)
    assert (found.kind, found.paragraph, found.missing) == ("source", number + 1, [])
    start, end = found.span
    begin = paragraphs[number].index(sentence)
    assert start < begin + len(sentence)
    assert begin < end


@settings(max_examples=40, deadline=None)
@given(st.data(), sources(), st.integers(1_001, 9_999))
def test_a_copied_sentence_with_another_figure_lacks_that_figure(data, source, other):
    assume(not 1_500 <= other < 2_200)  # a year
    _, sentence = chosen(data.draw, source)
    number = next(word for word in sentence.split() if word.isdigit())
    [found] = evidence.of([sentence.replace(number, str(other))], [" ".join(paragraph) for paragraph in source])
    assert (found.kind, found.missing) == ("missing", [str(other)])


@settings(max_examples=40, deadline=None)
@given(
    st.permutations(
        ["Velmora sells it for £84,000.", "Falls dropped by 41 %.", "We like it.", "Velmore’s sensors ring."]
    )
)
def test_the_order_of_sentences_changes_at_most_where_they_rest(sentences):
    told = dict(zip(sentences, evidence.of(sentences, SOURCE), strict=True))
    in_order = evidence.of(sorted(sentences), SOURCE)
    assert [(told[one].kind, told[one].missing) for one in sorted(sentences)] == [
        (one.kind, one.missing) for one in in_order
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Falls dropped by 31 per cent at Harrow Vale.", Finding("source", 1, (0, 107))),
        (
            "The sensors cost £90,000 a year.",
            Finding("missing", 2, (0, 62), ["£90,000"], [("£84,000", 2)]),
        ),
        ("The sensors, made by Velmont, cost £84,000.", Finding("missing", 2, (0, 62), ["Velmont"], [("Velmora", 2)])),
        ("That is the line to copy.", Finding("own")),
        ("We think that other hospitals should watch this.", Finding("own")),
        ("", Finding("own")),
    ],
)
def test_each_kind_of_sentence_is_told(sentence, expected):
    assert evidence.of([sentence], SOURCE) == [expected]


def test_figures_of_another_claim_count_as_there():
    [found] = evidence.of(["Falls at Birch Hospital dropped by 31 %."], SOURCE)
    assert (found.kind, found.paragraph) == ("source", 3)


def test_a_sentence_in_japanese_is_found_by_its_characters():
    source = ["新しいセンサーは価格が高い。", "病院は夜間の転倒を31%減らした。"]
    [same, other] = evidence.of(["転倒は夜間に31%減った。", "転倒は夜間に45%減った。"], source)
    assert (same.kind, same.paragraph, other.kind, other.missing) == ("source", 2, "missing", ["45%"])


def test_a_brief_without_a_source_is_all_own():
    assert evidence.of(["Falls dropped by 31 %."], []) == [Finding("own")]


def test_what_is_compared_does_not_grow_with_the_source(monkeypatch):
    compared = []
    whole = spans._match
    monkeypatch.setattr(spans, "_match", lambda *given: compared.append(given) or whole(*given))
    for size in (50, 1_000):
        compared.clear()
        evidence.of(
            ["Falls dropped by 31 % at Birch."], ["At Birch falls dropped by 31 %. It rained. It snowed."] * size
        )
        assert len(compared) <= spans.CANDIDATES * 6


def test_of_a_text_without_end_only_its_beginning_is_read():
    sentence = "Falls dropped by 31 % at Birch."
    far = ["word " * 1_000] * (MOST_CHARACTERS // 5_000) + [sentence]
    assert [one.kind for one in evidence.of([sentence], far)] == ["own"]


def test_figures_decide_where_a_sentence_has_hardly_a_word_of_its_own():
    paragraphs = [
        "That hour has shrunk: time spent on notes fell from 96 minutes a shift to 66.",
        "Corrections are printed on the board. In December they stood at 14 a shift, down from 39 in May.",
    ]
    (found,) = evidence.of(["It fell from 39 in May to 12 in December."], paragraphs)
    assert (found.kind, found.paragraph, found.missing) == ("missing", 2, ["12"])
