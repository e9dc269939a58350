"""Words for rows: each picks what it says, and agrees with its one-row twin."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from curation.models import Article, ArticleSource, Edition
from curation.models.snapshots import main_link, snapshot
from tests.factories import (
    make_article,
    make_author,
    make_in,
    make_link,
    make_offering,
    make_person,
    make_published,
    make_topic,
    step,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(clock):
    """Editions in every reach: by name, with the clock in the middle."""
    live = make_published(at=clock.after(hours=-9))
    expired = make_published(at=clock.after(hours=-9), until=clock.after(hours=-1))
    scheduled = make_published(at=clock.after(hours=9))
    cancelled = make_published(at=clock.after(hours=8))
    step("cancel", cancelled.article)
    withdrawn = make_published(at=clock.after(hours=-9))
    step("withdraw", withdrawn.article, reason="Wrong.")
    shelf = {"live": live, "expired": expired, "scheduled": scheduled, "cancelled": cancelled, "withdrawn": withdrawn}
    return {name: Edition.objects.get(pk=edition.pk) for name, edition in shelf.items()}


def names(shelf, rows):
    return {name for name, edition in shelf.items() if edition in set(rows)}


def test_editions_are_live_scheduled_or_were_seen(shelf):
    assert names(shelf, Edition.objects.live()) == {"live"}
    assert names(shelf, Edition.objects.scheduled()) == {"scheduled"}
    assert names(shelf, Edition.objects.started()) == {"live", "expired", "withdrawn"}


def test_live_agrees_with_its_one_row_twin_at_any_hour(subtests, shelf, clock):
    editions = Edition.objects.all()
    for hours in (-10, -9, -5, -1, 0, 8, 8.5, 9, 99):
        at = clock.after(hours=hours)
        with subtests.test(hours=hours):
            assert set(Edition.objects.live(at)) == {edition for edition in editions if edition.is_live(at)}


def test_articles_know_whether_they_are_live(shelf):
    live = {row.pk: row.is_live for row in Article.objects.with_live()}
    assert {name for name, edition in shelf.items() if live[edition.article_id]} == {"live"}


def test_editions_are_picked_by_what_they_refer_to():
    topic, offering, author = make_topic(), make_offering(), make_author()
    link = make_link("https://news.example.net/x")
    edition = make_published(topics=[topic], offerings=[offering], bylines=[author], sources=[link])
    make_published()
    assert edition.section_id
    live = Edition.objects.live()
    for rows in (
        live.about(topic),
        live.naming(offering),
        live.written_by(author),
        live.from_brand("news.example.net"),
    ):
        assert list(rows) == [edition]


def test_between_takes_its_start_and_not_its_end(clock):
    early, late = make_published(at=clock.after(days=-2)), make_published(at=clock.after(days=-1))
    between = Edition.objects.between(early.first_published_at, late.first_published_at)
    assert list(between) == [early]


def test_newest_first_settles_ties(clock):
    first, second = make_published(), make_published()
    older = make_published(at=clock.after(days=-1))
    assert list(Edition.objects.newest_first()) == [second, first, older]


def test_where_an_old_address_leads(clock):
    edition = make_published(slug="one")
    article = edition.article
    step("edit", article, changes={"slug": "two"})
    for name in ("approve", "publish"):
        clock.turn(hours=1)
        step(name, article)
    assert [e.slug for e in Edition.objects.live().once_at("one")] == ["two"]
    assert [e.slug for e in Edition.objects.live().once_at("two")] == ["two"]
    assert not Edition.objects.live().once_at("three").exists()


def test_articles_are_picked_by_whose_they_are(curator):
    mine, unclaimed, waiting = (
        make_article(by=curator),
        make_article(),
        make_in("in_review", owner=make_person("Curator")),
    )
    assert list(Article.objects.claimed_by(curator)) == [mine]
    assert list(Article.objects.unclaimed()) == [unclaimed]
    assert list(Article.objects.awaiting_review()) == [waiting]


def test_curators_see_their_own_and_unclaimed_ones_and_managers_all(curator, manager, administrator, reader):
    mine, unclaimed, others = make_article(by=curator), make_article(), make_article(by=make_person("Curator"))
    seen = {
        person: set(Article.objects.visible_to(person))
        for person in (curator, manager, administrator, reader, make_person())
    }
    assert list(seen.values()) == [
        {mine, unclaimed},
        {mine, unclaimed, others},
        {mine, unclaimed, others},
        set(),
        set(),
    ]
    assert not Article.objects.visible_to(make_person("Manager", is_active=False)).exists()
    assert not Article.objects.visible_to(AnonymousUser()).exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
@pytest.mark.parametrize("few", [1, 5, 25])
def test_the_newest_live_editions_are_read_in_their_order_however_few(clock, few):
    newest = Edition.objects.live(clock.after(hours=0)).newest_first().values("pk")[:few]
    plan = newest.explain()
    assert "edition_by_date" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.django_db
def test_the_main_source_is_the_first_that_is_no_via():
    via, first, second = make_link(), make_link(), make_link()
    rows = [{"link": via.pk, "role": "via"}, {"link": first.pk, "role": "source"}, {"link": second.pk}]
    article, bare = make_article(sources=rows), make_article(sources=[{"link": via.pk, "role": "via"}])
    assert list(ArticleSource.objects.main().values_list("article", "link")) == [(article.pk, first.pk)]
    assert (article.main_link, bare.main_link) == (first, None)
    assert [main_link(snapshot(one)) for one in (article, bare)] == [first.pk, None]
