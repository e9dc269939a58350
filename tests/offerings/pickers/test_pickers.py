"""Lists in forms: a pasted list of names, matched one by one, and what is said of those that nothing has."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from offerings.models import OfferingTopic, Topic
from offerings.pickers.field import Extra, Listed, PickerField, UnmatchedError
from offerings.pickers.names import find_named, find_topic, find_topics
from tests.factories import make_topic


@pytest.fixture
def topics(db):
    """Five topics: one of their labels occurs twice, one has a comma, one has a synonym."""
    names = ("Gartner: Digital Twin", "Symplur: Wearables", "HCG: Precision Medicine", "Gartner: AI", "Symplur: AI")
    found = [make_topic(name) for name in (*names, "HCG: Hearts, Lungs, and Blood")]
    found[2].synonyms.create(spelling="genome")
    return found


def found_in(words):
    return find_topics(Topic.objects.select_related("taxonomy"))(words)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Gartner: Digital Twin", ["Digital Twin"]),
        ("gartner:   DIGITAL twin", ["Digital Twin"]),
        ("wearables", ["Wearables"]),
        ("Genome", ["Precision Medicine"]),
        ("wearables\ngenome\r\ndigital twin", ["Wearables", "Precision Medicine", "Digital Twin"]),
        ("wearables; genome\tdigital twin", ["Wearables", "Precision Medicine", "Digital Twin"]),
        ("wearables, genome, wearables", ["Wearables", "Precision Medicine"]),
        ("- wearables\n• genome\n3. digital twin", ["Wearables", "Precision Medicine", "Digital Twin"]),
        ("Hearts, Lungs, and Blood", ["Hearts, Lungs, and Blood"]),
        (
            "genome, hearts,  lungs, and blood, wearables",
            ["Precision Medicine", "Hearts, Lungs, and Blood", "Wearables"],
        ),
        ("gartner: ai", ["AI"]),
        (" ;\n, ,", []),
    ],
)
def test_each_name_of_a_list_is_matched_in_its_order(topics, words, found):
    named = found_in(words)
    assert [topic.label for topic in named.found] == found
    assert (named.rest, named.fault) == ("", "")


@pytest.mark.parametrize(
    ("words", "rest", "fault"),
    [
        ("perpetual motion", "perpetual motion", "No topic in use is called “perpetual motion”."),
        ("foo, wearables, bar", "foo; bar", "Not found: foo, bar."),
        ("AI\ngenome", "AI", "“AI” may be Gartner: AI or Symplur: AI."),
        ("foo; AI; bar", "foo; bar; AI", "Not found: foo, bar. “AI” may be Gartner: AI or Symplur: AI."),
    ],
)
def test_what_nothing_or_more_than_one_has_is_named_and_stays(topics, words, rest, fault):
    named = found_in(words)
    assert (named.rest, named.fault) == (rest, fault)


def test_what_is_retired_is_not_found(topics):
    Topic.objects.filter(pk=topics[1].pk).update(retired=True)
    assert found_in("wearables").missing == ["wearables"]


def test_a_long_list_costs_two_queries(topics, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(found_in("\n".join(["wearables", "genome", *(f"name {n}, {n}" for n in range(2_000))])).found) == 2


@pytest.fixture
def field(topics):
    return PickerField(
        queryset=Topic.objects.all(),
        find_all=find_topics(Topic.objects.all()),
        through=OfferingTopic._meta.get_field("tag"),
        noun="topic",
        extras=[Extra("role", "Role", (("main", "main"), ("other", "other")))],
    )


def sent(field, **given):
    data = QueryDict(mutable=True)
    for name, values in given.items():
        data.setlist(name.replace("_", "-"), values)
    return field.widget.value_from_datadict(data, {}, "list")


def test_what_is_typed_becomes_rows_behind_those_that_are_there(field, topics):
    value = sent(field, list=[str(topics[0].pk)], list_role=["other"], list_add=["genome; digital twin"])
    rows = [{"id": topics[0].pk, "role": "other"}, {"id": topics[2].pk, "role": "main"}]
    assert field.clean(value) == rows
    assert value.typed == ""


def test_of_a_list_with_misses_the_matches_are_rows_and_the_misses_stay_in_the_box(field, topics):
    value = sent(field, list_add=["genome; foo"])
    with pytest.raises(UnmatchedError, match="“foo”") as refused:
        field.clean(value)
    assert refused.value.rows == [{"id": topics[2].pk, "role": "main"}]
    html = field.widget.render("list", value)
    assert ">foo</textarea>" in html
    assert f'value="{topics[2].pk}"' in html


def test_a_box_for_lists_has_lines_and_another_has_one(field, topics):
    assert "<textarea" in field.widget.render("list", Listed())
    plain = PickerField(queryset=Topic.objects.all(), find=lambda words: None, noun="topic")
    assert "<textarea" not in plain.widget.render("list", Listed())


@pytest.mark.parametrize("find", [find_topic(Topic.objects), find_named(Topic.objects, "topic")])
def test_what_is_longer_than_any_name_is_looked_for_nowhere(db, django_assert_num_queries, find):
    with django_assert_num_queries(0), pytest.raises(ValidationError, match="No topic has so long a name"):
        find("x" * 70_000)
