"""What an import puts off is taken up again when it ends, however it ends."""

import gc
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from curation.importer import tuning

ROOT = Path(__file__).parents[3]


def pages():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("fault", [None, OperationalError("the disk is full"), KeyboardInterrupt()])
def test_an_import_leaves_python_and_the_database_as_it_found_them(fault):
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    with suppress(OperationalError, KeyboardInterrupt), tuning.of_many():
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_freeze_count() > frozen
        if connection.vendor == "sqlite":
            assert pages() == 16_000
        if fault:
            raise fault
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
    if connection.vendor == "sqlite":
        assert pages() == 1_000


@pytest.mark.django_db(transaction=True)
def test_a_database_that_has_gone_does_not_hide_why(monkeypatch):
    def gone(pragma):
        raise OperationalError("gone")

    with pytest.raises(ValueError, match="the first fault"), tuning.of_many():  # noqa: PT012 -- raised inside
        monkeypatch.setattr(tuning, "_ask_sqlite", gone)
        raise ValueError("the first fault")


def test_an_import_begins_without_the_desk_and_without_the_readers_of_pages():
    code = (
        "import sys, django; django.setup(); import medigy.management.commands.import_articles; "
        "print(*(name for name in sys.modules if name.startswith(('curation.admin', 'curation.extract', "
        "'curation.fetch', 'curation.site'))))"
    )
    given = os.environ | {"DJANGO_SETTINGS_MODULE": "medigy.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=given, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
