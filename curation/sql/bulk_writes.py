"""Writing many rows: one prepared statement, run once for each row.

Django's ``bulk_update`` builds a ``CASE`` over every row and field, its ``bulk_create`` a statement as long as all rows
together; either costs more than the rest of an import.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache, lru_cache
from itertools import batched, chain, groupby, repeat
from operator import itemgetter

from django.db import connections, router
from django.db.models import BooleanField, CharField, DateTimeField, Field, ForeignKey, IntegerField, TextField

_NOTHING = {}


def update_each(
    model, objects: Iterable, fields: Iterable[str], *, unless_moved: dict[str, Iterable] = _NOTHING
) -> int:
    """Write these fields of each object, and nothing else; return how many rows were there to be written.

    Fields are names as Python code says them (``owner`` or ``owner_id``). ``unless_moved`` maps a field to what its
    column must hold still, a value for each object: rows that hold something else are left alone. One round trip; no
    ``save`` and no signal.
    """
    columns = [model._meta.get_field(name) for name in fields]
    using = router.db_for_write(model)
    ready = _Ready(connections[using], enumerate(columns))
    objects = list(objects)
    held = zip(*unless_moved.values(), strict=True) if unless_moved else repeat(())
    values = [
        [*ready.values([getattr(row, column.attname) for column in columns]), row.pk, *still]
        for row, still in zip(objects, held, strict=False)
    ]
    if not values or not columns:
        return 0
    quote = connections[using].ops.quote_name
    assignments = ", ".join(f"{quote(column.column)} = %s" for column in columns)
    tests = " AND ".join(
        f"{quote(model._meta.get_field(name).column)} = %s" for name in (model._meta.pk.name, *unless_moved)
    )
    with connections[using].cursor() as cursor:
        cursor.executemany(f"UPDATE {quote(model._meta.db_table)} SET {assignments} WHERE {tests}", values)
        return cursor.rowcount


def insert_each(model, objects: Iterable) -> None:
    """Insert new rows that nobody needs the ids of. One round trip; no ``save`` and no signal, and no id is filled in.

    A third of what ``bulk_create`` costs.
    """
    table = _Table(model)
    table.insert(table.values_of(row) for row in objects)


def insert_plain(model, names: tuple[str, ...], values: Iterable[tuple]) -> None:
    """Insert rows that never were objects: values of the columns ``names`` (``topic_id``); others take their default.

    Half of what ``insert_each`` costs, most of which is making the objects.
    """
    table = _Table(model)
    at = [table.names.index(name) for name in names]
    blank = [
        None if name in names else field.get_default() for name, field in zip(table.names, table.fields, strict=True)
    ]

    def filled(some):
        row = blank.copy()
        for place, value in zip(at, some, strict=True):
            row[place] = value
        return table.prepared(table.cleaned(row))

    table.insert(map(filled, values))


def insert_many(model, objects: Iterable) -> None:
    """Insert new rows and fill in their ids, in order. A query for each 300; no ``save`` and no signal.

    Half of what ``bulk_create`` costs.
    """
    table = _Table(model)
    for batch in batched(objects, 300):
        for row, (pk,) in zip(batch, table.insert_returning([table.values_of(row) for row in batch]), strict=True):
            row.pk, row._state.adding, row._state.db = pk, False, table.connection.alias


def unsaved(model, values: dict):
    """Return a new object from values of its columns (``topic_id``): as ``model(**values)``, in half the time.

    Raises TypeError for a column that there is none of.
    """
    blanks = _blanks(model)
    if unknown := values.keys() - blanks.keys():
        raise TypeError(f"{model.__name__} has no column {', '.join(sorted(unknown))}.")
    return model(*[values[name] if name in values else blank() for name, blank in blanks.items()])


@cache
def _blanks(model):
    """Return the columns of a model in their order, each with what makes its default."""
    return {field.attname: field.get_default for field in model._meta.concrete_fields}


class _Table:
    """A table to insert into: its columns less the id, and how their values are made ready for this database."""

    def __init__(self, model):
        self.connection = connections[router.db_for_write(model)]
        self.fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
        self.names = [field.attname for field in self.fields]
        self.read = itemgetter(*self.names)
        # Numbers and text go as they are, unless a column has its say.
        odd = [(place, field) for place, field in enumerate(self.fields) if not _is_plain(field)]
        self.prepared = _Ready(self.connection, odd).values
        # An object's words were cleaned as it was given them; what never was an object has to be. What fills itself in
        # on saving, such as a time of creation, is asked to.
        self.worded = [(place, field.cleaned) for place, field in enumerate(self.fields) if hasattr(field, "cleaned")]
        self.filling = [
            (place, field) for place, field in enumerate(self.fields) if type(field).pre_save is not Field.pre_save
        ]
        quote = self.connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in self.fields)
        self.into = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES"
        self.holes = f"({', '.join(['%s'] * len(self.fields))})"
        self.key = quote(model._meta.pk.column)

    def values_of(self, row):
        """Return the values of an object."""
        values = list(self.read(vars(row)))  # no attribute of a new object has to be asked for its value
        for place, field in self.filling:
            values[place] = field.pre_save(row, True)
        return self.prepared(values)

    def cleaned(self, values):
        """Values with their words as their fields keep them."""
        for place, clean in self.worded:
            values[place] = clean(values[place])
        return values

    def insert(self, rows):
        rows = list(rows)
        if rows:
            with self.connection.cursor() as cursor:
                cursor.executemany(f"{self.into} {self.holes}", rows)

    def insert_returning(self, rows):
        holes = ", ".join([self.holes] * len(rows))
        with self.connection.cursor() as cursor:
            # As Django does, this trusts both databases to give the ids back in the order of the rows.
            cursor.execute(f"{self.into} {holes} RETURNING {self.key}", list(chain(*rows)))
            return cursor.fetchall()


class _Ready:
    """Values of rows as the database takes them: ``columns`` are those that are asked, each with its place in a row."""

    def __init__(self, connection, columns):
        self.connection, self.columns = connection, list(columns)
        self.empty = _Empty(dict(self.columns), connection)

    def values(self, values):
        """Return values of a row, made ready."""
        for place, field in self.columns:
            value = values[place]
            if value is None:
                continue
            if type(value) is datetime:
                values[place] = self._written(value, field)
            elif not value and type(value) in (list, dict):
                values[place] = self.empty[place, type(value)]
            else:
                values[place] = field.get_db_prep_save(value, self.connection)
        return values

    def _written(self, moment, field):
        """Return a moment as the database takes it; one that knows its zone needs no asking of its field."""
        if moment.tzinfo and isinstance(field, DateTimeField):
            return _written_before(self.connection.alias, moment)
        return field.get_db_prep_save(moment, self.connection)


@lru_cache(maxsize=1024)
def _written_before(alias, moment):
    """Return a moment as this database takes it: often that of the row before, or of another table's row."""
    return connections[alias].ops.adapt_datetimefield_value(moment)


class _Empty(dict):
    """Empty lists and mappings as the database takes them, by (place of the column, type): most values are such."""

    def __init__(self, fields, connection):
        self.fields, self.connection = fields, connection

    def __missing__(self, key):
        place, kind = key
        self[key] = self.fields[place].get_db_prep_save(kind(), self.connection)
        return self[key]


def _is_plain(field) -> bool:
    """Return whether the database takes a value of the field as it is: words are cleaned, addresses looked at."""
    is_asked = getattr(field, "always_prepared", False) or type(field).get_prep_value not in _UNTOUCHED
    return isinstance(field, _PLAIN) and not is_asked


_PLAIN = (CharField, TextField, IntegerField, ForeignKey, BooleanField)
_UNTOUCHED = {getattr(kind, "get_prep_value", None) for kind in _PLAIN}


def by_fields(pairs: Iterable[tuple]) -> Iterable[tuple[tuple, list]]:
    """Group things by the names of the fields that are to be written: pairs of (thing, names) in, grouped out."""
    named = sorted((tuple(sorted(names)), place, thing) for place, (thing, names) in enumerate(pairs))
    for names, group in groupby(named, key=lambda row: row[0]):
        yield names, [thing for *_, thing in group]
