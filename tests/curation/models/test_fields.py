"""The table of an article's fields: every place that must know of one is complete."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from curation.admin.article.form import ArticleForm
from curation.admin.article.page import ArticleAdmin
from curation.editing import compare
from curation.importer import run
from curation.importer.documents import files, parse
from curation.importer.documents.keys import KEYS
from curation.models import Article, Edition, fields
from curation.models.snapshots import complete, snapshot
from tests.factories import make_article, make_author, make_offering, make_picture, make_topic

#: Columns of an article that are no words of it: who has it, where it stands, since when.
DESKS_OWN = {
    "id",
    "state",
    "edit",
    "entered_at",
    "owner_id",
    "reviewer_id",
    "approved_version_id",
    "revised_by_id",
    "is_pressed",
    "due_on",
    "planned_on",
    "priority",
    "created_at",
}


def _is_ordered(relation):
    """Whether the rows of a relation stand in an order that somebody gave them."""
    return any(field.name == "position" for field in relation.related_model._meta.fields)


def test_every_column_and_list_of_an_article_is_in_the_table():
    columns = {field.attname for field in Article._meta.concrete_fields}
    lists = {relation.get_accessor_name() for relation in Article._meta.related_objects if _is_ordered(relation)}
    assert columns - DESKS_OWN == {*fields.PLAIN, *fields.INSTANTS}
    assert lists == {rows.relation for rows in fields.LISTS.values()}


@pytest.mark.django_db
def test_a_snapshot_holds_every_field_and_nothing_else():
    assert snapshot(make_article()).keys() == fields.BY_NAME.keys() | {fields.CLOCK}


@pytest.mark.django_db
def test_every_field_has_a_box_on_the_page():
    shown = {
        name
        for _, options in ArticleAdmin.fieldsets
        for line in options["fields"]
        for name in (line if isinstance(line, tuple) else (line,))
    }
    assert shown == set(fields.BY_INPUT)
    assert set(ArticleForm().fields) == shown | {"edit"}


def test_every_field_reaches_editions_or_says_that_it_does_not():
    columns = {field.attname for field in Edition._meta.concrete_fields}
    for field in fields.TABLE:
        if field.reaches == fields.COPIED:
            assert field.name in columns, field.name
    assert set(fields.TO_EDITIONS) <= set(Edition.CONTENT)


def test_a_field_of_documents_has_its_key_in_the_table_of_keys():
    for field in fields.TABLE:
        assert not field.key or field.key in KEYS, field.name


@pytest.mark.django_db
def test_a_field_that_documents_carry_as_plain_text_is_read_without_being_told(monkeypatch):
    reason = replace(fields.BY_NAME["copied_reason"], key="mood")
    monkeypatch.setattr(run, "TABLE", (reason,))
    monkeypatch.setattr(run, "BY_NAME", {reason.name: reason})
    options = parse.Options(plain=run.plain_fields())
    text = b"---\ntitle: A\nlink: https://a.example/\nmood: calm\n---\nWords."
    document = parse.from_bytes(text, files.Found("a.md", "a.md", "a.md"), options)
    assert options.plain == (("copied_reason", "mood", 300),)
    assert document.fields["copied_reason"] == "calm"


def test_older_versions_are_completed():
    late = {field.name for field in fields.TABLE if field.is_late}
    assert complete({}).keys() == late


@pytest.mark.django_db
@pytest.mark.parametrize("name", fields.BY_NAME)
def test_a_field_that_differs_is_told_in_words(name):
    old = snapshot(make_article())
    found = compare.differences(old, old | {name: _another(name, old[name])})
    assert [(one.name, one.label) for one in found] == [(name, fields.BY_NAME[name].label)]
    assert any(span.kind != compare.SAME for span in found[0].spans)


def _another(name, value):
    """Another value for a field, of its kind."""
    things = {
        "topics": lambda: [{"topic": make_topic().pk}],
        "bylines": lambda: [{"author": make_author().pk}],
        "offerings": lambda: [{"offering": make_offering().pk}],
        "sources": list,
        "picture_id": lambda: make_picture().pk,
        "section_id": lambda: None,
        "evidence": lambda: [{"sentence": "A.", "source": None, "paragraph": None, "quote": ""}],
        "dated_at": lambda: datetime(2025, 1, 2, tzinfo=UTC).isoformat(),
    }
    if name in things:
        return things[name]()
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else f"<p>{value} Otherwise.</p>"
