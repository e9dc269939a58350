"""Names: every form a source may have a sentence's name in, and those that are somebody else's."""

import pytest

from curation.evidence.names.asking import asked_names
from curation.evidence.names.shelf import NameShelf

SOURCE = [
    "The National Wound Institute lent its camera to Dr. Ilse Maron and to J. Petrov of Thornbury General Hospital.",
    "José Andrée-Lind, of Helmora, sold the WoundLens to the NHS."
    " Nurses like its artificial intelligence, says Jonas Holm.",
]


def lacking(sentence):
    shelf = NameShelf(SOURCE)
    return [name.words(sentence) for name in asked_names(sentence, shelf) if not shelf.has(name)]


@pytest.mark.parametrize(
    "sentence",
    [
        "It was lent to Maron.",
        "It was lent to Professor Ilse Maron and Jan Petrov.",
        "It was lent by the NWI, and by the National Health Service.",
        "It was Jose Andree-Lind’s, Helmora’s and Thornbury’s.",
        "The AI of the WoundLens is liked on Monday and in January.",
        "Thornbury General has one.",
        "Waiting is no fun, I think.",
        "CAMERA LENT TO NURSES OF BRISTOW",
        "Camera Lent to Nurses of Bristow",
        "Der Arzt hat die Kamera und das Bett nicht mit Namen beschrieben.",
    ],
)
def test_a_name_is_found_in_another_form(sentence):
    assert lacking(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was lent to Greta Maron.", ["Greta Maron"]),
        ("It was lent to Jonas Maron.", ["Jonas Maron"]),
        ("It was made by Helmont’s rival.", ["Helmont"]),
        ("The BoneLens is liked.", ["BoneLens"]),
        ("BoneLens is liked.", ["BoneLens"]),
        ("Helmore sold it.", ["Helmore"]),
        ("Ruben Bristow sold it.", ["Ruben Bristow"]),
        ("It runs at the General Hospital of Bristow.", ["General Hospital of Bristow"]),
        ("It was cleared by the FDA.", ["FDA"]),
        ("Jan Petersen and April Osei sold it.", ["Jan Petersen", "April Osei"]),
    ],
)
def test_a_name_that_is_not_there_is_missing(sentence, expected):
    assert lacking(sentence) == expected


def test_the_nearest_name_is_told_with_its_paragraph():
    assert NameShelf(SOURCE).nearest("Helmont") == ("Helmora", 2)
    assert NameShelf(SOURCE).nearest("Quux") is None
