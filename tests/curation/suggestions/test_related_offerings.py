"""Offerings beside an article: their order, their reasons, and that no commercial fact has a say in it."""

import random
from pathlib import Path

import pytest
from django.db import models

from curation import suggestions
from curation.models import Article
from curation.suggestions import related_offerings
from offerings.models import Institution, Offering
from tests import factories
from tests.curation.importer.importing import DATA, put, run

pytestmark = pytest.mark.django_db

#: The same shape as the production page: three offerings that share one of its two topics, in falling numbers.
PAGE = """---
title: What a second ward can teach the first
slug: a-second-ward
date: '2024-03-01'
id: 4711
source: made-up
archetype: curated-content
link:
  brand: ward.example
  href: https://ward.example/second
  original: https://ward.example/second
categories:
  - 'Atlas: Second Ward'
  - 'Compass: Gentle Care'
relatedOfferings:
  - label: Harbour - Bedside Live
    permalink: /offering/harbour---bedside-live
    categories: ['Compass: Gentle Care', 'Ward Round: Telehealth']
    offeringId: 9300
  - label: Meadow Hub Services
    permalink: /offering/meadow-hub-services
    categories: ['Compass: Gentle Care', 'Compass: Letters', 'Compass: Doses']
    offeringId: 9200
  - label: Orchard's Wellbeing and Health
    permalink: /offering/orchards-wellbeing-and-health
    categories: ['Compass: Wellbeing', 'Compass: Gentle Care']
    offeringId: 9100
---
<p>Health services have become gentler. A second ward stands beside the first and shows what would happen there.</p>
"""


def told(article):
    """What is suggested, as ``(name, reason)``."""
    return [(one.offering.name, one.reason) for one in suggestions.offerings(article)]


def draft(topics=(), body="Nothing else.", **given):
    return factories.make_article(
        title="Among wards", standfirst="Short.", body=f"<p>{body}</p>", topics=topics, **given
    )


def test_shared_topics_count_by_their_rarity():
    common, rare = factories.make_topic("Atlas: Common"), factories.make_topic("Atlas: Rare")
    for number in range(18):
        factories.make_offering([common], name=f"Often {number:02}")
    factories.make_offering([rare], name="Seldom")
    factories.make_offering([rare, common], name="Both")
    factories.make_offering(name="Neither")
    found = told(draft([common, rare]))
    assert found[:2] == [
        ("Both", "shares Rare and Common"),
        ("Seldom", "shares Rare, which only 2 offerings carry"),
    ]
    assert found[2] == ("Often 17", "shares Common")
    assert "Neither" not in dict(found)


def test_words_that_both_use_are_mentioned():
    factories.make_offering(name="Harbour", summary="A platform for remote monitoring of patients.")
    factories.make_offering(name="Meadow", summary="A platform for patients.")
    article = draft(body="Nurses trust remote monitoring; patients like the platform.")
    assert told(article) == [("Harbour", "mentions remote monitoring")]


def test_an_offering_that_is_named_is_said_to_be():
    factories.make_offering(name="Harbour Lights")
    factories.make_offering(name="Wards")
    assert told(draft(body="They bought Harbour Lights.")) == [
        ("Harbour Lights", "is named in the brief; mentions harbour lights")
    ]


def test_of_equals_the_fresher_is_first():
    topic = factories.make_topic()
    for number in (20, 30, 10):
        factories.make_offering([topic], name=f"Number {number}", external_id=number)
    factories.make_offering([topic], name="Made here")
    assert [name for name, _ in told(draft([topic]))] == ["Made here", "Number 30", "Number 20", "Number 10"]


def test_taken_ones_stay_and_retired_ones_go():
    topic = factories.make_topic()
    taken, unlike = factories.make_offering([topic]), factories.make_offering()
    factories.make_offering([topic], retired=True)
    article = draft([topic], offerings=[taken, unlike])
    found = suggestions.offerings(article)
    assert [(one.offering, one.is_taken) for one in found] == [(taken, True), (unlike, True)]
    assert found[1].reason == "is on the brief already"


def _shuffled(dice, rows, fields):
    """Give each column's values to other rows, column by column."""
    for column in fields:
        values = [getattr(row, column.attname) for row in rows]
        dice.shuffle(values)
        if column.unique:  # no two may have one, not even for a moment
            type(rows[0]).objects.bulk_update(
                [_with(row, column, f"/offering/shuffled-{row.pk}-{column.attname}") for row in rows], [column.name]
            )
        type(rows[0]).objects.bulk_update(
            [_with(row, column, value) for row, value in zip(rows, values, strict=True)], [column.name]
        )


def _with(row, column, value):
    setattr(row, column.attname, value)
    return row


def _commercial(model, read):
    """Every column that may have no say, and cannot be missed when one is added."""
    return [column for column in model._meta.concrete_fields if column.name not in {*read, "id", "retired"}]


def test_shuffling_every_commercial_fact_changes_nothing():
    dice = random.Random(7)
    topics = [factories.make_topic() for _ in range(4)]
    makers = [
        factories.make_institution(website=f"https://maker{n}.example", summary=f"Harbour lights {n}", logo=f"l{n}")
        for n in range(5)
    ]
    for number in range(24):
        factories.make_offering(
            dice.sample(topics, 2),
            name=f"Lamp {number}",
            summary=dice.choice(["Harbour lights.", "Quiet wards.", ""]),
            institution=makers[number % 5],
            website=f"https://lamp{number}.example",
            logo=f"logo{number}",
            external_id=number if number % 3 else None,
        )
    article = draft(topics[:2], body="Harbour lights on quiet wards.")
    before = [(one.offering.pk, one.reason, one.score) for one in suggestions.offerings(article)]
    assert len(before) > 10
    offering_columns = _commercial(Offering, [*related_offerings.READ, "pk"])
    assert {"institution", "website", "logo", "permalink", "slug"} <= {column.name for column in offering_columns}
    for _ in range(3):
        _shuffled(dice, list(Offering.objects.order_by("pk")), offering_columns)
        _shuffled(dice, list(Institution.objects.order_by("pk")), _commercial(Institution, []))
        assert [(one.offering.pk, one.reason, one.score) for one in suggestions.offerings(article)] == before


def test_only_the_columns_that_are_named_are_read():
    """The order is settled before anything else of an offering is looked at."""
    topic = factories.make_topic()
    factories.make_offering([topic])
    assert related_offerings._rows([topic.pk], []) == [Offering.objects.values(*related_offerings.READ).get()]
    assert set(related_offerings.READ) == {"pk", "external_id", "name", "summary"}


def _own_order(article):
    return list(article.article_offerings.order_by("position").values_list("offering__name", flat=True))


def test_a_page_like_the_production_one_is_offered_its_own_three_in_its_own_order(tmp_path):
    assert run(put(tmp_path, page=PAGE)).status == 0
    article = Article.objects.get()
    assert [one.offering.name for one in suggestions.offerings(article)] == _own_order(article)
    assert len(_own_order(article)) == 3


@pytest.mark.skipif(not Path(DATA / "curated").is_dir(), reason="the production page is not here")
@pytest.mark.parametrize("posts", [0, 40])
def test_the_production_page_is_offered_its_own_three_in_its_own_order(posts):
    assert run(DATA / "curated", *sorted((DATA / "bookmarks").rglob("*.md"))[:posts]).status == 0
    article = Article.objects.get(article_offerings__position=1)
    found = suggestions.offerings(article)
    assert [one.offering.name for one in found] == _own_order(article)
    assert len(found) == 3
    assert all("Personalised Care" in one.reason for one in found)


@pytest.mark.parametrize("offerings", [2, 12])
def test_it_costs_the_same_however_many_offerings(offerings, django_assert_num_queries):
    topic = factories.make_topic()
    for _ in range(offerings):
        factories.make_offering([topic])
    article = draft([topic])
    suggestions.offerings(article)
    with django_assert_num_queries(12):
        suggestions.offerings(article)


def test_every_column_of_the_catalogue_is_known_to_this_test():
    """A new kind of column that cannot be shuffled would fall out of the promise."""
    assert all(not isinstance(column, models.ManyToManyField) for column in Offering._meta.concrete_fields)
