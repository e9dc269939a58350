"""Words of an element are those a browser shows, by whichever way they are asked."""

import pytest
from lxml import etree

from curation.extract.markup.words import LONGEST_LINE, begins, lines_of, text_within, words_of


def element(inner, tag="div"):
    return etree.fromstring(f"<{tag}>{inner}</{tag}>", etree.HTMLParser()).find(f".//{tag}")


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("A ward", "A ward"),
        ("A <b>wa</b>rd &amp; a\n bed", "A ward & a bed"),
        ("<span>A ward</span><span>listens</span>", "A wardlistens"),
        ("A ward<br>listens", "A ward listens"),
        ("<p>A ward</p><p>listens</p>", "A ward listens"),
        ("<b>A <i>ward</i><br></b>listens", "A ward listens"),
        ("A ward<script>push()</script>", "A ward"),
        ("<b>A ward<style>b{}</style></b>", "A ward"),
        ("<i></i>" * 300 + "A ward", "A ward"),
    ],
)
def test_words_stand_on_one_line_as_they_are_shown(inner, words):
    assert words_of(element(inner)) == words
    assert begins(element(inner), 100) == words


def test_what_is_not_shown_has_no_words():
    assert words_of(element("push()", "script")) == ""
    assert text_within(element("push()", "script")) == "push()"


def test_the_text_within_ends_where_the_element_does():
    around = element("<p>A <b>ward <i>listens</i></b> at night</p> and by day")
    assert text_within(around.find("p")) == "A ward listens at night"
    assert text_within(around.find(".//i")) == "listens"
    assert text_within(element("")) == ""


def test_of_a_long_text_only_the_beginning_is_read():
    text = "a ward listens " * LONGEST_LINE
    begun = begins(element(f"<b>{text}</b>"), 20)
    assert 20 < len(begun) <= LONGEST_LINE
    assert words_of(element(text)) == text[:LONGEST_LINE].strip()
    assert text.startswith(begun)


def test_each_line_that_a_browser_begins_is_one():
    assert lines_of(element("A ward<p>listens <b>at</b> night</p><br>by day")) == [
        "A ward",
        "listens at night",
        "by day",
    ]
