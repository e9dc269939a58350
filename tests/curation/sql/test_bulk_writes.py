"""Writing many rows at once writes what saving each would."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from curation.importer.documents.files import packed
from curation.models import Article, ArticleTopic, Document, LogEntry, Picture, Section
from curation.sql import bulk_writes
from tests.factories import make_article, make_topic

pytestmark = pytest.mark.django_db


def values(model):
    """All columns of all rows, less ids and times of creation."""
    left_out = {"id", "created_at"}
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for row in model.objects.order_by("pk").values()
    ]


def pictures(count):
    """Unsaved pictures with every kind of column."""
    return [Picture(address=f"/{n}", state=Picture.State.QUEUED, widths={"jpeg": [n, 1]}) for n in range(count)]


@pytest.mark.parametrize("insert", [bulk_writes.insert_each, bulk_writes.insert_many])
def test_inserted_rows_are_what_bulk_create_makes(insert):
    Picture.objects.bulk_create(pictures(3))
    usual = values(Picture)
    Picture.objects.all().delete()
    insert(Picture, pictures(3))
    assert values(Picture) == usual
    assert all(timezone.now() - row.created_at < timedelta(minutes=1) for row in Picture.objects.all())


def test_many_get_their_ids_in_order_across_queries():
    made = pictures(700)
    bulk_writes.insert_many(Picture, made)
    assert {row.pk: row.address for row in made} == dict(Picture.objects.values_list("pk", "address"))
    assert not any(row._state.adding for row in made)


def test_nothing_asks_for_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        bulk_writes.insert_each(Picture, [])
        bulk_writes.insert_many(Picture, [])
        bulk_writes.insert_plain(ArticleTopic, ("tag_id",), [])


def test_plain_rows_take_defaults_for_what_is_not_named():
    article, topic = make_article(), make_topic()
    bulk_writes.insert_plain(ArticleTopic, ("content_object_id", "tag_id"), [(article.pk, topic.pk)])
    row = article.article_topics.get(tag=topic)
    assert (row.position, row.spelling) == (0, "")


def test_moments_bytes_json_and_states_go_in_and_out():
    article, now = make_article(), timezone.now()
    bulk_writes.insert_each(
        LogEntry, [LogEntry(article=article, step="x", actor="y", at=now, to_state="draft", edit=3)]
    )
    bulk_writes.insert_each(Document, [Document(key="k", article=article, digest="d", packed=packed(b"\x00\xff"))])
    logged, document = article.log.get(step="x"), Document.objects.get()
    assert (logged.at, logged.details, logged.by) == (now, {}, None)
    assert (document.data, document.leftovers, document.published) == (b"\x00\xff", {}, True)


def test_articles_are_inserted_as_they_would_be_saved():
    section = Section.news()
    same = {"section": section, "title": "A", "entered_at": timezone.now()}
    saved, inserted = Article(slug="a", **same), Article(slug="b", **same)
    saved.save()
    bulk_writes.insert_many(Article, [inserted])
    one, other = values(Article)
    assert one | {"slug": ""} == other | {"slug": ""}


def test_an_unsaved_object_is_what_its_class_makes():
    given = {"title": "A\u200b", "section_id": 1, "entered_at": timezone.now()}
    made, usual = bulk_writes.unsaved(Article, given), Article(**given)
    assert {name: value for name, value in vars(made).items() if name != "_state"} == {
        name: value for name, value in vars(usual).items() if name != "_state"
    }
    assert made.title == "A"
    assert made._state.adding
    other = bulk_writes.unsaved(Picture, {})
    other.widths["jpeg"] = [1]
    assert bulk_writes.unsaved(Picture, {}).widths == {}  # a default of its own for each
    with pytest.raises(TypeError, match="Article has no column heading"):
        bulk_writes.unsaved(Article, given | {"heading": "B"})


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_slugs_are_looked_up_by_their_index():
    plan = Article.objects.filter(slug__in=["a", "b"]).exclude(slug="").values("slug").explain()
    assert "one_article_per_slug" in plan
