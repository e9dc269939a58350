"""Tuning of Python and SQLite while much is written: a third of an import's time (see ``benchmarks.import_rate``)."""

import gc
from contextlib import contextmanager, suppress

from django.db import DatabaseError, InterfaceError, connection

_OBJECTS = 50_000  # made and not yet gone, before circles of garbage are looked for; Python's 2,000 is a few documents
_PAGES = 16_000  # of 4 kB that wait beside the database file before SQLite copies them into it
_PAGES_OTHERWISE = 1_000


@contextmanager
def of_many():
    """Look for garbage rarely, and let a page that every slice changes wait before it is copied into the database."""
    before = gc.get_threshold()
    seek_garbage_rarely()
    _ask_sqlite(f"wal_autocheckpoint={_PAGES}")
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
        with suppress(DatabaseError, InterfaceError):  # if the database has gone, that error is the one to be heard
            _catch_up()


def seek_garbage_rarely() -> None:
    """Look for circles rarely from now on, and never among what was there before."""
    gc.freeze()
    gc.set_threshold(_OBJECTS, 10, 10)


def _catch_up():
    """Copy what waits, or the next curator who saves would wait for it."""
    _ask_sqlite(f"wal_autocheckpoint={_PAGES_OTHERWISE}")
    if not connection.in_atomic_block:
        _ask_sqlite("wal_checkpoint(PASSIVE)")


def _ask_sqlite(pragma):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {pragma}")
