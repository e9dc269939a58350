"""Lists of topics as people type them: read in every usual form, faults by line, looked at and made at once."""

import pytest

from offerings.models import Synonym, Taxonomy, Topic
from offerings.pickers import typed_lists
from tests.factories import make_topic

CARE = {"Care": ["Hospice", "Home care"], "Tools": ["Sensors"]}


@pytest.mark.parametrize(
    "text",
    [
        "Care: Hospice, Home care\nTools: Sensors",
        "Care:Hospice;Home   care\r\n\r\nTools: Sensors,",
        "Care\n  Hospice\n\tHome care\nTools\n    Sensors",
        "Care:\n- Hospice\n- Home care\nTools:\n1. Sensors",
        "Care\n• Hospice\n• Home care\nTools: Sensors",
        "taxonomy,topic\nCare,Hospice\nCare,Home care\nTools,Sensors",
        '\ufeffTaxonomy;Topic\n"Care";Hospice\n;Home care\nTools;"Sensors"\n',
        "\nTaxonomy\tTopic\nCare\tHospice\n\tHome care\nTools\tSensors",
        "Care: Hospice\nTools: Sensors\nCARE: Home care, hospice",
    ],
)
def test_a_list_is_read_however_it_is_typed(text):
    found = typed_lists.typed(text)
    assert (found.topics, found.faults) == (CARE, [])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("  Hospice\nCare: A", 1, "No taxonomy stands above"),
        ("Care: A\n\nTools\nPeople: B", 3, "“Tools” has no topics"),
        ("Care", 1, "“Care” has no topics"),
        (f"Care: A\n{'x' * 101}: B", 2, "at most 100 letters"),
        (f"Care:\n A\n {'x' * 200}", 3, "at most 200 letters"),
        ("a: b\n" * 2_001, 2_001, "at most 2,000 lines"),
        ("taxonomy,topic\n,Hospice", 2, "No taxonomy stands above"),
        (f'taxonomy,topic\n"{"x" * 140_000}', 1, "cannot be read"),
    ],
)
def test_a_line_at_fault_is_named(text, line, words):
    (fault,) = typed_lists.typed(text).faults
    assert fault.line == line
    assert words in fault.words


def test_what_nobody_sees_is_no_part_of_a_name():
    assert typed_lists.typed("Care\u200b: Hos\u202epice").topics == {"Care": ["Hospice"]}


def test_a_plan_says_what_is_new_and_what_is_there(db):
    make_topic("Care: Hospice")
    Synonym.objects.create(topic=make_topic("Care: Home"), spelling="Care: Home care")
    care, tools = typed_lists.plan(typed_lists.typed("care: hospice, Home care, Ward\nHelpful Tools: Sensors"))
    assert (care.name, care.is_new, tools.name, tools.slug, tools.is_new) == (
        *("Care", False),
        *("Helpful Tools", "helpful-tools", True),
    )
    assert [(one.name, one.known_as) for one in care.topics] == [
        ("Care: hospice", "Care: Hospice"),
        ("Care: Home care", "Care: Home"),
        ("Care: Ward", ""),
    ]


def test_what_is_new_is_made_and_nothing_twice(db):
    text = "Care: Hospice, Home care\nTools: Sensors\nTopics: Ethics"
    assert typed_lists.make(typed_lists.plan(typed_lists.typed(text))) == (3, 4)
    assert typed_lists.make(typed_lists.plan(typed_lists.typed(text.upper()))) == (0, 0)
    assert set(Taxonomy.objects.values_list("name", "slug")) == {("Care", "care"), ("Tools", "tools"), ("", "topics")}
    assert set(Topic.objects.values_list("name", "slug")) == {
        ("Care: Hospice", "care-hospice"),
        ("Care: Home care", "care-home-care"),
        ("Tools: Sensors", "tools-sensors"),
        ("Ethics", "ethics"),
    }
    assert not Synonym.objects.exists()


@pytest.mark.parametrize("topics", [1, 30])
def test_a_long_list_asks_no_more_than_a_short_one(db, topics, django_assert_max_num_queries):
    text = "\n".join(f"Taxonomy {number}: Topic {number}" for number in range(topics))
    with django_assert_max_num_queries(25):
        assert typed_lists.make(typed_lists.plan(typed_lists.typed(text))) == (topics, topics)
