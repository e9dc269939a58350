"""Writing many rows: one prepared statement, run once for each row.

Django's ``bulk_update`` builds a ``CASE`` over every row and field, its ``bulk_create`` a statement as long as all rows
together; either costs more than the rest of an import.
"""

from collections.abc import Iterable
from itertools import batched, chain, groupby

from django.db import connections, router
from django.db.models import JSONField


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


def insert_each(model, objects: Iterable) -> None:
    """Insert new rows that nobody needs the ids of. One round trip; no ``save`` and no signal, and no id is filled in.

    A third of what ``bulk_create`` costs.
    """
    connection = connections[router.db_for_write(model)]
    values = list(_values(model, objects, connection))
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(f"{_into(model, connection)} VALUES {_holes(values[0])}", values)


def insert_many(model, objects: Iterable) -> None:
    """Insert new rows and fill in their ids, in order. A query for each 300; no ``save`` and no signal.

    Half of what ``bulk_create`` costs.
    """
    connection = connections[router.db_for_write(model)]
    key = connection.ops.quote_name(model._meta.pk.column)
    for batch in batched(objects, 300):
        values = list(_values(model, batch, connection))
        rows = ", ".join([_holes(values[0])] * len(values))
        with connection.cursor() as cursor:
            # As Django does, this trusts both databases to give the ids back in the order of the rows.
            cursor.execute(f"{_into(model, connection)} VALUES {rows} RETURNING {key}", list(chain(*values)))
            found = cursor.fetchall()
        for row, (pk,) in zip(batch, found, strict=True):
            row.pk, row._state.adding, row._state.db = pk, False, connection.alias


def _into(model, connection):
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in model._meta.local_concrete_fields if not field.primary_key)
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns})"


def _holes(values):
    return f"({', '.join(['%s'] * len(values))})"


def _values(model, objects, connection):
    """The columns of each object, less the id, as the database takes them."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    # Numbers and text go as they are, but for JSON, where they are values to be written out.
    asking = [(field, field.pre_save, isinstance(field, JSONField)) for field in fields]
    for row in objects:
        yield [
            value
            if type(value := pre_save(row, True)) in _AS_THEY_ARE and not is_json
            else field.get_db_prep_save(value, connection)
            for field, pre_save, is_json in asking
        ]


_AS_THEY_ARE = {int, str, type(None)}


def by_fields(pairs: Iterable[tuple]) -> Iterable[tuple[tuple, list]]:
    """Things grouped by the names of the fields that are to be written: pairs of (thing, names) in, grouped out."""
    named = sorted((tuple(sorted(names)), place, thing) for place, (thing, names) in enumerate(pairs))
    for names, group in groupby(named, key=lambda row: row[0]):
        yield names, [thing for *_, thing in group]
