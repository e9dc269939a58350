"""What is told already, by title, by text and by body; on plain words and on articles."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation import suggestions
from curation.models import Article
from curation.suggestions import similar_titles
from tests import factories

pytestmark = pytest.mark.django_db

STORY = (
    "On the third floor nobody types any more. A microphone above every bed takes down what nurses say, and by noon"
    " the record of each patient is complete. Visitors are asked to whisper. Two senior doctors doubt that it will last"
    " beyond the winter, and have said so in a letter to the board."
)
REWRITTEN = STORY.replace("Visitors are asked to whisper.", "Visitors whisper.").replace("senior doctors", "doctors")


def draft(title, body=STORY, **given):
    return factories.make_article(title=title, standfirst="", body=f"<p>{body}</p>", topics=[], **given)


def found(subject, **given):
    return [(one.article.title, one.by) for one in suggestions.similar(subject, **given)]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("a quiet ward", "a quiet ward", 100),
        ("A quiet ward", "ward, quiet: a!", 100),
        ("a quiet ward", "a quieter ward", 200 * 12 / 26),
        ("abc", "xyz", 0),
        ("", "abc", 0),
        ("", "", 0),
    ],
)
def test_the_ratio_of_two_titles(one, other, expected):
    assert similar_titles.ratio(similar_titles.sorted_words(one), similar_titles.sorted_words(other)) == pytest.approx(
        expected
    )


def _longest_common(one, other):
    row = [0] * (len(other) + 1)
    for letter in one:
        last = row[:]
        for place, mark in enumerate(other):
            row[place + 1] = last[place] + 1 if letter == mark else max(last[place + 1], row[place])
    return row[-1]


@given(st.text("abc ", min_size=1, max_size=70), st.text("abc ", min_size=1, max_size=70))
def test_the_ratio_is_that_of_the_longest_common_subsequence(one, other):
    expected = 200 * _longest_common(one, other) / (len(one) + len(other))
    assert similar_titles.ratio(one, other) == pytest.approx(expected) == similar_titles.ratio(other, one)
    assert similar_titles.ratio(one, other) >= 100 * difflib.SequenceMatcher(None, one, other).ratio() - 1e-9


def test_nearly_the_same_title_in_any_state_but_never_itself():
    draft("A ward that listens to its nurses", "Soup.")
    factories.step("decline", Article.objects.get(), reason="No.")
    draft("Something about soup", "Soup.")
    article = draft("Nurses: a ward that listens to its nurse", "Carrots.")
    [likeness] = suggestions.similar(article)
    assert (likeness.article.title, likeness.by, likeness.is_same) == (
        "A ward that listens to its nurses",
        "title",
        True,
    )
    assert 85 <= likeness.score < 100


def test_the_same_body_under_another_title_is_told_apart():
    draft("A ward that listens")
    draft("Rewritten", REWRITTEN)
    draft("Rain tomorrow", "Rain is expected in the hills, and snow above the clouds, until Thursday evening.")
    article = draft("Microphones above beds")
    assert found(article) == [("A ward that listens", "body"), ("Rewritten", "text")]


def test_bodies_that_only_begin_alike_are_not_the_same():
    draft("Snow on roofs", f"{STORY} {STORY} And an end of its own, of which nobody has heard.")
    assert ("Snow on roofs", "body") not in found(draft("Two letters", f"{STORY} {STORY}"))


def test_related_ones_are_named_when_asked_for():
    draft(
        "A letter to the board",
        STORY[:160] + " The rest of that morning went by as mornings do, over coffee and rolls.",
    )
    article = draft("Microphones above beds")
    assert found(article) == []
    [likeness] = suggestions.similar(article, related=True)
    assert (likeness.by, likeness.is_same) == ("text", False)
    assert 50 <= likeness.score < 90


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A ward that listens", [("A ward that listens", "title")]),
        (f"{STORY}\n\nThe end.", [("A ward that listens", "text")]),
        (STORY + "\n", [("A ward that listens", "body")]),
        (suggestions.Text("Beds", "", STORY), [("A ward that listens", "body")]),
        ("", []),
        ("…", []),
        ("Rain", []),
    ],
)
def test_plain_words_are_compared_too(words, expected):
    draft("A ward that listens")
    draft("Soup at noon", "Carrots and barley are cut and boiled until they are soft.")
    draft("Snow in April", "Trees bend under it, and children are late for school everywhere.")
    assert found(words) == expected or (
        isinstance(words, str) and found(words)[:1] == [("A ward that listens", "body")]
    )


def test_a_title_is_compared_while_it_is_typed(django_assert_num_queries):
    draft("A ward that listens")
    suggestions.similar_to_title("A")
    with django_assert_num_queries(6):
        assert [one.score for one in suggestions.similar_to_title("a ward, that listen")] == [97.3]
    assert suggestions.similar_to_title("a ward") == []


@pytest.mark.parametrize("many", [1, 40])
def test_many_titles_are_compared_at_the_price_of_one(django_assert_num_queries, many):
    draft("A ward that listens")
    suggestions.similar_to_title("A")
    with django_assert_num_queries(6):
        found = suggestions.similar_to_titles(["a ward, that listen", "", *["Soup at noon"] * many])
    assert [[one.score for one in some] for some in found] == [[97.3], [], *[[]] * many]


def test_no_title_is_like_nothing_and_costs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert suggestions.similar_to_titles(["", ""]) == [[], []]


def test_of_many_that_are_alike_only_the_best_are_named():
    for number in range(5):
        draft(f"A ward that listens {number}", f"Soup {number}.")
    [found] = suggestions.similar_to_titles(["A ward that listens 3"], most=3)
    assert (len(found), found[0].article.title) == (3, "A ward that listens 3")


def test_a_title_changed_a_moment_ago_is_known_by_its_new_words_only():
    for number in range(12):
        draft(f"Soup {number}", f"Barley {number}.")
    article = draft("A ward that listens", "Carrots.")
    assert found("A ward that listens") == [("A ward that listens", "title")]
    factories.step("edit", article, changes={"title": "Rain on tin roofs"})
    assert found("A ward that listens") == []
    assert found("Rain on tin roof") == [("Rain on tin roofs", "title")]
