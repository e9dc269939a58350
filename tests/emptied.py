"""What a database holds after a migrate, put back as it was where a test of whole transactions emptied every table.

Django works those rows out again by ``post_migrate``, a quarter of a second each time; here they are kept.
"""

from django.core.management.commands import flush
from django.db import connection, transaction

from curation.publishing import guards


def kept_rows() -> dict[str, tuple[list[str], list[tuple]]]:
    """Return the columns and the rows of every table of the project's that is not empty."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if rows := cursor.fetchall():
                found[table] = [column[0] for column in cursor.description], rows
    return found


def put_back(kept) -> None:
    """Insert such rows, with their ids."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in kept.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({places})", rows)
    guards.install()


def remember(patch) -> None:
    """From now on a flush puts back what the tables hold at this moment."""
    kept, sql_flush = kept_rows(), flush.sql_flush
    # Nothing deletes the log but a test that empties all.
    unguarded = ["DROP TRIGGER IF EXISTS log_is_kept"] if connection.vendor == "sqlite" else []
    patch.setattr(flush, "sql_flush", lambda *args, **given: unguarded + sql_flush(*args, **given))
    patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **given: put_back(kept))
