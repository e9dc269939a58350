"""Dates in every spelling that old generators read; what leaves something out, or may be two days, is none."""

from datetime import date, datetime

import pytest

from curation.importer.documents import moments


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("February 3, 2023", "2023-02-03"),
        ("3 Feb 2023", "2023-02-03"),
        ("Feb 3rd, 2023", "2023-02-03"),
        ("2014/01/26", "2014-01-26"),
        ("2014.01.26", "2014-01-26"),
        ("01/26/2014", "2014-01-26"),
        ("26.1.2014", "2014-01-26"),
        ("2024-2-9", "2024-02-09"),
        ("20240209", "2024-02-09"),
        ("2024\u201302\u201309", "2024-02-09"),
        ("07-Feb-11", "2011-02-07"),
        ("9. Februar 2024", "2024-02-09"),
        ("9 février 2024", "2024-02-09"),
        ("1er août 2024", "2024-08-01"),
        ("9 de febrero de 2024", "2024-02-09"),
        ("9 dicembre 2024", "2024-12-09"),
    ],
)
def test_a_day_is_read_as_a_day(words, day):
    assert moments.read(words) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("2017-12-12 8:00:00 -0500", "2017-12-12T08:00:00-05:00"),
        ("2017-12-12 8:00", "2017-12-12T08:00:00"),
        ("Mon, 07 Feb 2011 14:30:43 +0000", "2011-02-07T14:30:43+00:00"),
        ("Feb 3, 2023 10:00 PM EST", "2023-02-03T22:00:00-05:00"),
        ("Thu Nov 14 2019 10:00:00 GMT+0100 (CET)", "2019-11-14T10:00:00+01:00"),
        (1394811238, "2014-03-14T15:33:58+00:00"),
        (1394811238000, "2014-03-14T15:33:58+00:00"),
        (1394811238.5, "2014-03-14T15:33:58.500000+00:00"),
        ("2011-02-07 14:30:43 +0000 UTC", "2011-02-07T14:30:43+00:00"),
        ("2011-02-07 14:30:43.5 -0500 EST m=+0.01", "2011-02-07T14:30:43.500000-05:00"),
        ("2011-02-07T14:30:43-05:00[America/New_York]", "2011-02-07T14:30:43-05:00"),
        ("2011-02-07 14:30 America/New_York", "2011-02-07T14:30:00-05:00"),
        ("Monday, 07-Feb-11 14:30:43 UTC", "2011-02-07T14:30:43+00:00"),
        ("07 Feb 11 14:30 GMT", "2011-02-07T14:30:00+00:00"),
        ("Feb 7, 2011, 2:30\u202fPM", "2011-02-07T14:30:00"),
        ("2011-02-07 14:30 JST", "2011-02-07T14:30:00+09:00"),
    ],
)
def test_an_instant_is_read_as_an_instant(words, instant):
    assert moments.read(words) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "words",
    [
        "yesterday",
        "March 2023",
        "2023",
        "10:30",
        "Feb 30, 2023",
        "3 Feb 2023 XYZ",
        "2024-13-01",
        True,
        7,
        [],
        "x" * 99,
        20241301,
        1e300,
    ]
    + ["2024-02-09 10:00 Here/There", "12/25/11", float("nan"), float("inf")],
)
def test_what_is_no_date_is_none(words):
    assert moments.read(words) is None


def test_numbers_that_may_be_two_days_are_refused_in_words():
    with pytest.raises(moments.AmbiguousDateError, match="write the year first"):
        moments.read("02/03/2023")
