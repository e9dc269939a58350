"""The guards in the database: they stand after every migrate, and they hold, whoever writes past the code."""

import threading
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, connections, models, transaction

from curation.models import OPEN, Edition, LogEntry, Version
from curation.publishing import guards
from curation.text.links.column import AddressField
from tests.factories import make_in, make_published, step

pytestmark = pytest.mark.engines

NAMES = {
    *("edition_content_is_fixed", "edition_windows_insert", "edition_windows_update", "version_is_sealed"),
    *("log_is_kept", "log_is_not_rewritten"),
}
#: Another value for every column that holds what readers see.
OTHER = {
    models.CharField: "something else",
    AddressField: "https://example.org/else.pdf",
    models.TextField: "something else",
    models.JSONField: ["something else"],
    models.BooleanField: True,
    models.DateTimeField: datetime(2001, 1, 1, tzinfo=UTC),
    models.PositiveIntegerField: 77,
    models.PositiveSmallIntegerField: 77,
}


def refuses(**change):
    """Whether the database refuses this change of the only Edition."""
    with pytest.raises(IntegrityError, match="words of an Edition never change"), transaction.atomic():
        Edition.objects.update(**change)
    return True


def hold():
    """Whether all guards hold, by effect."""
    edition = make_published()
    rows = Edition.objects.filter(pk=edition.pk)
    with pytest.raises(IntegrityError, match="words of an Edition never change"), transaction.atomic():
        rows.update(title="Another")
    twin = Edition(**(rows.values().get() | {"id": None, "number": 2}))
    with pytest.raises(IntegrityError, match="live at the same time"), transaction.atomic():
        twin.save(force_insert=True)
    twin.live_from = twin.live_until = edition.live_from
    twin.save(force_insert=True)
    with pytest.raises(IntegrityError, match="live at the same time"), transaction.atomic():
        Edition.objects.filter(pk=twin.pk).update(live_until=OPEN)
    with pytest.raises(IntegrityError, match="sealed Version never changes"), transaction.atomic():
        Version.objects.update(content={})
    return True


def test_the_guards_stand_and_hold_after_all_migrations(db):
    assert guards.standing() == NAMES
    assert hold()


@pytest.mark.django_db(transaction=True)
def test_the_guards_stand_and_hold_after_a_table_was_remade():
    for model, name in ((Edition, "title"), (Version, "name"), (LogEntry, "actor")):
        old = model._meta.get_field(name)
        new = old.clone()
        new.max_length += 1
        new.set_attributes_from_name(name)
        new.model = model
        with connection.schema_editor() as editor:
            editor.alter_field(model, old, new)
            editor.alter_field(model, new, old)
    if connection.vendor == "sqlite":
        assert guards.standing() == set()
    call_command("migrate", verbosity=0)
    assert guards.standing() == NAMES
    assert hold()


def test_installing_twice_changes_nothing(db):
    guards.install()
    guards.install()
    assert guards.standing() == NAMES
    assert hold()


def test_no_column_that_readers_see_can_change(db):
    make_published()
    other_version = make_in("in_review").versions.get()
    others = {
        "version_id": other_version.pk,
        "article_id": other_version.article_id,
        "section_id": 99,
        "picture_id": 99,
    }
    for name in Edition.CONTENT:
        field = Edition._meta.get_field(name)
        kind = next((kind for kind in type(field).__mro__ if kind in OTHER), None)
        assert refuses(**{name: others[name] if name in others else OTHER[kind]}), name


def test_what_readers_see_is_named_whole():
    window = {"id", "live_from", "live_until", "closes_at", "ended", "reason", "successor_id", "tallied"}
    dates = {"first_published_at"}  # moves with a schedule that nobody has seen yet
    assert {field.attname for field in Edition._meta.concrete_fields} == set(Edition.CONTENT) | window | dates


def test_windows_may_touch_and_empty_ones_are_nowhere(db, clock):
    article = make_in("approved")
    for days in (1, 2, 3):
        step("publish", article, at=clock.after(days=days))
    step("publish", article)
    step("publish", article, at=clock.after(days=5))
    assert Edition.objects.filter(live_until__gt=models.F("live_from")).count() == 2


def test_another_articles_windows_are_its_own_affair(db):
    make_published()
    make_published()
    assert Edition.objects.live().count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_write_overlapping_windows_at_once_past_the_code_do_not_both_succeed():
    edition = make_published()
    row = Edition.objects.filter(pk=edition.pk).values().get()
    Edition.objects.update(live_until=edition.live_from)
    barrier, results = threading.Barrier(2), []

    def insert(number):
        try:
            with transaction.atomic():
                barrier.wait()
                Edition(**(row | {"id": None, "number": number})).save(force_insert=True)
            results.append("inserted")
        except IntegrityError:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=insert, args=(number,)) for number in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["inserted", "refused"]
