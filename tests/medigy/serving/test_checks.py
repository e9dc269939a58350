"""A database from before one migration stood for many: whole it passes, halfway it is refused in words."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from medigy.http import health

OWN = ("curation", "medigy", "offerings")
OLD = [name for _, name in MigrationLoader(None).disk_migrations["curation", "0001_newsroom"].replaces]


@pytest.fixture
def ran(db):
    """Write down which migrations of the newsroom this database has run."""

    def written(*names):
        rows = MigrationRecorder(connection).migration_qs
        rows.filter(app="curation").delete()
        rows.bulk_create(rows.model(app="curation", name=name) for name in names)

    return written


def numbered(app):
    """The names of an app's migrations, in their order."""
    return sorted(name for label, name in MigrationLoader(None).disk_migrations if label == app)


@pytest.mark.parametrize("app", OWN)
def test_migrations_of_an_app_are_one_line_that_begins_with_the_first(app):
    numbers = [int(name[:4]) for name in numbered(app)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(MigrationLoader(None).graph.leaf_nodes(app)) == 1


def test_a_database_that_ran_all_the_old_ones_has_only_the_later_ones_to_run(ran):
    assert len(OLD) == 12
    ran(*OLD)
    assert [one.name for one in health.unapplied()] == numbered("curation")[1:]
    ran(*OLD, *numbered("curation")[1:])
    assert health.unapplied() == []
    call_command("check", "--database", "default")


@pytest.mark.parametrize("most", [1, 11])
def test_a_database_that_stopped_halfway_is_refused_in_words(ran, most):
    ran(*OLD[:most])
    assert [one.name for one in health.unapplied()] == numbered("curation")
    with pytest.raises(CommandError, match="has run only some of the steps before curation.0001_newsroom"):
        call_command("migrate", verbosity=0, skip_checks=False)
