"""Tallies: kept counts equal counted ones, however windows open and close."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from curation.models import Edition, Tally
from curation.publishing import counts
from tests.factories import make_author, make_in, make_link, make_offering, make_published, make_topic, step

pytestmark = [pytest.mark.engines, pytest.mark.django_db]


def counted(at):
    """What the tallies should hold, counted one by one: (kind, key, month) → count."""
    found = Counter()
    for edition in Edition.objects.live(at):
        things = [("all", "")] + [("brand", edition.source_brand)] * bool(edition.source_brand)
        things.append(("section", str(edition.section_id)))
        things += [("topic", str(row.topic_id)) for row in edition.edition_topics.all()]
        things += [("offering", str(row.offering_id)) for row in edition.edition_offerings.all()]
        things += [("author", str(row.author_id)) for row in edition.edition_bylines.all()]
        for kind, key in things:
            found[kind, key, ""] += 1
            found[kind, key, counts.month_of(edition.first_published_at)] += 1
    return dict(found)


def kept():
    """What the tallies hold."""
    return {(row.kind, row.key, row.month): row.count for row in Tally.objects.exclude(count=0)}


def test_what_is_published_is_counted_by_kind_and_month(clock):
    topic, offering, author = make_topic(), make_offering(), make_author()
    lists = {"topics": [topic], "offerings": [offering], "bylines": [author]}
    make_published(**lists, sources=[make_link("https://news.example.org/a")])
    clock.turn(days=30)
    make_published(topics=[topic])
    assert counts.counts_of("topic", topic.pk) == {"": 2, "2026-11": 1, "2026-12": 1}
    assert counts.counts_of("offering", offering.pk) == {"": 1, "2026-11": 1}
    assert counts.counts_of("author", author.pk) == {"": 1, "2026-11": 1}
    assert counts.totals("brand") == {"example.org": 1, "news.example.org": 1}
    assert counts.totals("all", "2026-12") == {"": 1}
    assert kept() == counted(clock.at)


def test_largest_come_first(clock):
    small, large = make_topic(), make_topic()
    make_published(topics=[small, large])
    make_published(topics=[large])
    assert list(counts.totals("topic")) == [str(large.pk), str(small.pk)]


def test_what_opens_and_expires_by_the_clock_is_settled_later(clock):
    make_published(at=clock.after(hours=1), until=clock.after(hours=3))
    assert counts.settle() == 0
    assert kept() == {}
    clock.turn(hours=1)
    assert (counts.settle(), counts.settle()) == (1, 0)
    assert kept() == counted(clock.at) != {}
    clock.turn(hours=2)
    assert (counts.settle(), counts.settle()) == (1, 0)
    assert kept() == {}


def test_a_new_edition_counts_in_place_of_the_old_one(clock):
    old, new = make_topic(), make_topic()
    article = make_published(topics=[old]).article
    step("edit", article, changes={"topics": [{"topic": new.pk}]})
    for name in ("approve", "publish"):
        step(name, article)
    assert counts.totals("topic") == {str(new.pk): 1}
    step("withdraw", article, reason="Wrong.")
    assert kept() == {}


def test_a_schedule_that_never_opened_is_never_counted(clock):
    article = make_published(at=clock.after(hours=1)).article
    step("cancel", article)
    clock.turn(hours=2)
    assert counts.settle() == 0


def test_months_are_the_newsrooms_own(settings, clock):
    settings.TIME_ZONE = "Pacific/Auckland"
    clock.at = clock.at.replace(month=12, day=31, hour=18)
    make_published()
    assert counts.totals("all", "2027-01") == {"": 1}


def test_slices_add_up(monkeypatch, clock):
    topic = make_topic()
    for _ in range(5):
        make_published(topics=[topic], at=clock.after(hours=1), until=clock.after(hours=2))
    monkeypatch.setattr(counts, "SLICE", 2)
    clock.turn(hours=1)
    assert counts.settle() == 5
    assert counts.counts_of("topic", topic.pk)[""] == 5
    clock.turn(hours=1)
    assert counts.settle() == 5
    assert kept() == {}


def test_a_machines_own_hour_does_not_unsettle_what_is_live(clock):
    make_published()
    article = make_in("approved")
    from_past = clock.after(days=-300)
    assert step("publish", article, now=from_past, at=from_past)
    assert kept() == counted(clock.at)
    assert counts.totals("all")[""] == 2


def test_nothing_to_settle_costs_two_questions_that_an_index_answers(clock):
    for _ in range(3):
        make_published()
    with CaptureQueriesContext(connection) as queries:
        assert counts.settle() == 0
    asked = [query["sql"] for query in queries if "curation_edition" in query["sql"]]
    assert len(asked) == 2
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for sql, index in zip(asked, ("edition_to_tally", "edition_to_untally"), strict=True):
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
                assert index in cursor.fetchall()[0][3]
