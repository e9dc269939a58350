"""Words as suggestions read them, and names found in texts."""

import pytest

from curation.suggestions import word_forms
from curation.suggestions.topic_names import Names, Text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Digital Twins", ["digital", "twin"]),
        ("HIMSS19’s e-Apps", ["himss", "19", "eapp"]),
        ("Personalised and personalized", ["personalized", "and", "personalized"]),
        ("Parkinson’s studies", ["parkinson", "study"]),
        ("diagnosis, virus, glass", ["diagnosis", "virus", "glass"]),
        ("The WHO asks who", ["the", "WHO", "ask", "who"]),
        ("WHO SHOUTS", ["who", "shout"]),
        ("", []),
        ("… – 3.5 %", ["3", "5"]),
        ("Überwachung für Ärzte", ["überwachung", "für", "ärzte"]),
    ],
)
def test_forms_of_a_word_are_one(text, expected):
    assert word_forms.tokens(text) == expected


@pytest.mark.parametrize(
    ("name", "text", "is_found"),
    [
        ("Digital Twin", "Why digital-twins matter", True),
        ("Healthcare IT", "Money for health care IT", True),
        ("#eHealth", "E-health in the north", True),
        ("Personalised Care", "personalized care at home", True),
        ("AI", "What AI does", True),
        ("AI", "a i", False),
        ("AI", "He said so again", False),
        ("WHO", "The WHO warns", True),
        ("who", "Nurses who warn", False),
        ("IoT", "An idiot's guide", False),
        ("Digital Twin", "digital, and a twin", False),
        ("HIMSS 19", "Seen at HIMSS19", True),
        ("3D printing", "3-D printing of bones", True),
        ("Internet of Things (IoT)", "An IoT of beds", True),
        ("Internet of Things (IoT)", "The internet of things", True),
        ("Apps (mobile)", "A mobile kitchen", False),
        ("", "anything", False),
        ("…", "anything …", False),
    ],
)
def test_a_name_is_found_however_it_is_written(name, text, is_found):
    names = Names.of_topics([(1, name, name)])
    assert bool(names.found(Text(title=text).fields())) is is_found


def test_the_longest_name_is_named_and_a_label_before_a_synonym():
    names = Names.of_topics([(1, "Twin", "Field: Twin")], [(1, "digital twin"), (1, "Twins")])
    found = names.found(Text(title="Digital twins", body="A digital twin").fields())[1]
    assert (found.spelling, found.is_synonym, found.fields) == ("digital twin", True, ("title", "body"))
    found = names.found(Text(standfirst="Twins").fields())[1]
    assert (found.spelling, found.is_synonym, found.fields) == ("Twin", False, ("standfirst",))


def test_words_are_told_as_the_text_spells_them():
    assert word_forms.spelled("Wards’ E-Notes, wards")["ward"] == "wards’"[:-1]
    assert word_forms.spelled("E-Notes")["enote"] == "enotes"
