"""Wording that a mistake may do harm with: what is found, what is not, and that no text breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curation.risk import wording

FOUND = [
    (wording.dose, "They were given 5 mg of it.", "5 mg"),
    (wording.dose, "At 2.5 mg/kg the fever fell.", "2.5 mg/kg"),
    (wording.dose, "Two tablets a day are enough.", "Two tablets a day"),
    (wording.dose, "It is taken twice a day.", "twice a day"),
    (wording.dose, "A 5-mg dose is enough.", "5-mg"),
    (wording.dose, "It is taken three times a day.", "three times a day"),
    (wording.dose, "They swallow one tablet every 12 hours.", "one tablet every 12 hours"),
    (wording.dose, "They take it twice daily.", "twice daily"),
    (wording.medicine, "Semaglutide is in short supply.", "Semaglutide"),
    (wording.medicine, "A trial of lecanemab began.", "lecanemab"),
    (wording.medicine, "Insulin prices fell.", "Insulin"),
    (wording.device, "Two pacemakers failed.", "pacemakers"),
    (wording.device, "A new insulin pump listens.", "insulin pump"),
    (wording.patient, "The patient Ada Stern was glad.", "Ada Stern"),
    (wording.patient, "Ada Stern, 54, was diagnosed early.", "Ada Stern"),
]
NOT_FOUND = [
    (wording.dose, "It costs 5 million a year and weighs 5 kg."),
    (wording.dose, "Nurses meet twice."),
    (wording.medicine, "The programme ends in April; the hospital stays."),
    (wording.medicine, "A profound change of cholesterol."),
    (wording.device, "The implementation took a year on every device."),
    (wording.patient, "Patients at Brandbury were glad."),
    (wording.patient, "Patient records moved. The patient was glad."),
    (wording.patient, "Ada Stern, 54, founded the company and raised money."),
]


@pytest.mark.parametrize(("find", "text", "words"), FOUND)
def test_it_is_found_as_it_is_written(find, text, words):
    assert find(text) == words


@pytest.mark.parametrize(("find", "text"), NOT_FOUND)
def test_what_only_looks_like_it_is_not(find, text):
    assert find(text) == ""


@given(st.text(max_size=400))
def test_no_text_breaks_them(text):
    for find in (wording.dose, wording.medicine, wording.device, wording.patient):
        assert find(text) in text
