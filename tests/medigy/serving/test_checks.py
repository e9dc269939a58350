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


def test_each_of_our_apps_has_one_migration_and_it_comes_first():
    own = [key for key in MigrationLoader(None).disk_migrations if key[0] in OWN]
    assert sorted(app for app, _ in own) == sorted(OWN)
    assert all(name.startswith("0001_") for _, name in own)


def test_a_database_that_ran_all_the_old_ones_has_nothing_to_run(ran):
    ran(*OLD)
    assert len(OLD) == 12
    assert health.unapplied() == []
    call_command("check", "--database", "default")


@pytest.mark.parametrize("most", [1, 11])
def test_a_database_that_stopped_halfway_is_refused_in_words(ran, most):
    ran(*OLD[:most])
    assert [str(one) for one in health.unapplied()] == ["curation.0001_newsroom"]
    with pytest.raises(CommandError, match="has run only some of the steps before curation.0001_newsroom"):
        call_command("migrate", verbosity=0, skip_checks=False)
