"""What a request gives is read as it is meant, or is nothing."""

import uuid

import pytest

from offerings.request_values import LARGEST, json_body, json_value, unique_id, whole_number


@pytest.mark.parametrize(
    ("given", "number"),
    [("0", 0), ("7", 7), (7, 7), ("007", 7), (str(LARGEST), LARGEST), (LARGEST, LARGEST)],
)
def test_plain_digits_are_a_number(given, number):
    assert whole_number(given) == number


@pytest.mark.parametrize(
    "given",
    ["", " 7", "7\n", "-1", "+7", "7.0", "1e3", "²", "٣", "Ⅷ", "৩", "nan", "inf", "\x00", "\ud800", None, True, [], {}]
    + ["9" * 29, "9" * 5000, str(LARGEST + 1), LARGEST + 1, "0x10", "1_000"],
)
def test_anything_else_is_none(given):
    assert whole_number(given) is None


def test_a_number_may_have_a_bound():
    assert (whole_number("100", most=100), whole_number("101", most=100)) == (100, None)


def test_an_id_is_a_uuid_or_nothing():
    known = uuid.uuid4()
    assert unique_id(str(known)) == known
    assert [unique_id(given) for given in ("", "²" * 32, "\x00", None, "9" * 33)] == [None] * 5


@pytest.mark.parametrize(
    "text", ["", "[", "[]", "null", "7", "NaN", '{"a": NaN}', '{"a": Infinity}', "[" * 100_000, '{"a":' * 100_000, "²"]
)
def test_what_is_no_object_is_an_empty_one(text):
    assert json_value(text) == {}


def test_json_is_read_as_what_was_asked_for():
    assert json_value('{"a": [1, "\\ud800"]}') == {"a": [1, "\ud800"]}
    assert (json_value("[1]", list), json_value("{}", list)) == ([1], [])


def test_the_body_of_a_request_is_read_where_no_form_was(rf):
    assert json_body(rf.post("/", b"[1]", content_type="application/json"), list) == [1]
    form = rf.post("/", {"a": "1"})
    assert (form.POST["a"], json_body(form)) == ("1", {})
