"""References of HTML in text that strangers wrote."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as some

from curation.text.entities import unescape


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("a &amp; b", "a & b"),
        ("&#65;&#x41;", "AA"),
        ("&#0000000000065;", "A"),
        ("&#" + "0" * 9_000 + "65;", "A"),
        ("&#" + "1" * 9_000 + ";x", "\ufffdx"),
        ("&#" + "1" * 9_000, "\ufffd"),
        ("&#x" + "1" * 9_000 + ";", "\ufffd"),
        ("&#00000000;", "\ufffd"),
    ],
)
def test_a_reference_is_what_it_stands_for(written, said):
    assert unescape(written) == said


@given(some.lists(some.sampled_from(["&", "#", "x", ";", "amp", "0", "65", "99999999", " "]), max_size=20).map("".join))
def test_short_references_are_read_as_everywhere(text):
    assert unescape(text) == html.unescape(text)
