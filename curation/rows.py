"""Writing different values into many rows: one prepared statement, run once for each row.

Django's ``bulk_update`` builds a ``CASE`` over every row and field, which costs more than the rest of an import.
"""

from collections.abc import Iterable
from itertools import groupby

from django.db import connections, router


def update_each(model, objects: Iterable, fields: Iterable[str]) -> None:
    """Write these fields of each object, and nothing else. One round trip; no ``save`` and no signal.

    Fields are names as Python code says them (``owner`` or ``owner_id``).
    """
    columns = [model._meta.get_field(name) for name in fields]
    using = router.db_for_write(model)
    values = [
        [
            *(column.get_db_prep_save(getattr(row, column.attname), connections[using]) for column in columns),
            row.pk,
        ]
        for row in objects
    ]
    if not values or not columns:
        return
    quote = connections[using].ops.quote_name
    assignments = ", ".join(f"{quote(column.column)} = %s" for column in columns)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {assignments} WHERE {quote(model._meta.pk.column)} = %s"
    with connections[using].cursor() as cursor:
        cursor.executemany(statement, values)


def by_fields(pairs: Iterable[tuple]) -> Iterable[tuple[tuple, list]]:
    """Things grouped by the names of the fields that are to be written: pairs of (thing, names) in, grouped out."""
    named = sorted((tuple(sorted(names)), place, thing) for place, (thing, names) in enumerate(pairs))
    for names, group in groupby(named, key=lambda row: row[0]):
        yield names, [thing for *_, thing in group]
