"""Queries that Django compiles once and the database runs often.

Building and compiling a queryset costs several times what SQLite needs to answer it, and pages ask the same few
questions all day (docs/decisions/). A question is an ordinary queryset; the first time it is asked it is compiled with
stand-ins for its parameters, afterwards only the parameters are filled in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

_PLACE = re.compile("%%|%s")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STEP = 8  # lists are asked for in so many lengths fewer, so that the database knows their texts again
_plans: dict[tuple, "_Plan"] = {}


@dataclass(frozen=True)
class _Plan:
    """A compiled query: its text with named places, the fixed values among them by name, and its converters.

    Places have names because SQLite's backend looks through the whole text for places without, each time it is asked.
    """

    sql: str
    fixed: dict[str, object]
    converters: tuple
    maker: "_Maker | None" = None


def rows(key: tuple, build: Callable[..., QuerySet], /, **given) -> list[tuple]:
    """Return the rows of ``build(**given)``, a ``values_list`` queryset. One query.

    ``key`` names the question: whatever ``build`` does must follow from it, and ``given`` (whole numbers, strings,
    days, aware datetimes) may only appear as values compared in the query, never decide its shape. A list of numbers or
    strings is compared by ``__in``; of an empty one nothing is asked and nothing found. ``build`` reads no clock.
    """
    if _is_vain(given):
        return []
    return _asked(_plan(key, build, given), given)


def objects(key: tuple, build: Callable[..., QuerySet], /, **given) -> list[Model]:
    """Return what ``build(**given)`` finds as a list, with all that it annotates and selects beside; it may leave out
    columns (``only``), and prefetches nothing. One query; ``key`` and ``given`` as in ``rows``.
    """
    if _is_vain(given):
        return []
    plan = _plan(key, build, given)
    return [plan.maker.made(row) for row in _asked(plan, given)]


def _is_vain(given):
    return any(_is_list(value) and not value for value in given.values())


def _plan(key, build, given):
    plan = _plans.get((connection.vendor, key))
    if plan is None:
        plan = _plans[connection.vendor, key] = _compiled(build, given)
    return plan


def _asked(plan, given):
    """Return the rows that the database answers with, in Python's types."""
    sql, values = plan.sql, dict(plan.fixed)
    for name, value in given.items():
        if _is_list(value):
            places = {f"{name}_{place}": one for place, one in enumerate(_padded(value))}
            sql = sql.replace(f"%({name})s", ", ".join(f"%({place})s" for place in places))
            values |= places
        else:
            values[name] = _adapted(value)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchall()
    return _converted(found, plan.converters) if plan.converters else found


def _is_list(value):
    return isinstance(value, list | tuple | set | frozenset)


def _padded(values):
    """Return values, the last one repeated until there are a round number of them."""
    many = list(values)
    return many + many[-1:] * (-len(many) % _STEP)


class _Maker:
    """A maker of objects of a model out of rows, as ``ModelIterable`` makes them."""

    def __init__(self, queryset, compiler):
        info, select = compiler.klass_info, compiler.select
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self.model, self.span = info["model"], slice(first, last)
        self.names = [column[0].target.attname for column in select[first:last]]
        self.annotations = tuple(compiler.annotation_col_map.items())
        self.mode = queryset._fetch_mode
        self.beside = get_related_populators(info, select, connection.alias, self.mode)

    def made(self, row):
        """Return the object of a row."""
        one = self.model.from_db(connection.alias, self.names, row[self.span], fetch_mode=self.mode)
        for related in self.beside:
            related.populate(row, one)
        for name, place in self.annotations:
            setattr(one, name, row[place])
        return one


def _compiled(build, given):
    """Compile the query with a stand-in for each parameter, and find the stand-ins again in its list of values."""
    stand_ins = {name: _stand_in(value, place) for place, (name, value) in enumerate(given.items())}
    queryset = build(**stand_ins)
    compiler = queryset.query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    known = {_adapted(value[0] if _is_list(value) else value): name for name, value in stand_ins.items()}
    names = [_known(value, known) or f"fixed{place}" for place, value in enumerate(values)]
    if missing := set(given) - set(names):
        raise ValueError(f"{', '.join(sorted(missing))} does not appear in the query as a value.")
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    fixed = {name: value for name, value in zip(names, values, strict=True) if name not in given}
    _refuse_a_clock(fixed.values())
    maker = _Maker(queryset, compiler) if queryset._iterable_class is ModelIterable else None
    return _Plan(_named(sql, names), fixed, tuple(compiler.get_converters(columns).items()), maker)


def _known(value, known):
    """Return the name of a stand-in; None of what is none, as a path into JSON, which PostgreSQL takes as a list."""
    return None if isinstance(value, list) else known.get(value)


def _refuse_a_clock(values):
    """Refuse a query that holds a day of these days: it was read from the clock, and would be asked for ever."""
    for value in values:
        told = _DAY.match(str(value)) if isinstance(value, str | date) else None
        if told and abs(date.fromisoformat(told[0]) - datetime.now(tz=UTC).date()) < _NEAR:
            raise ValueError(f"{value} was read from the clock; the query has to be given it.")


_NEAR = timedelta(days=400)


def _named(sql, names):
    """Return a query's text with a name in each place for a value."""
    left = iter(names)
    return _PLACE.sub(lambda place: f"%({next(left)})s" if place[0] == "%s" else place[0], sql)


def _stand_in(value, place):
    """Return a value of the same type that nothing real has, and that a column of 32 bits could hold.

    PostgreSQL keeps accounts' keys in such columns, and Django compiles no query for what a column cannot hold.
    """
    if _is_list(value):
        return [_stand_in(next(iter(value)), place)]
    if isinstance(value, datetime):
        return datetime(4321, 1, 1, tzinfo=UTC) + timedelta(days=place)
    if isinstance(value, date):
        return date(4321, 1, 1) + timedelta(days=place)
    if isinstance(value, str):
        return f"\N{SECTION SIGN}{place}\N{SECTION SIGN}"
    if isinstance(value, int) and not isinstance(value, bool):
        return 2_109_876_500 + place
    raise TypeError(f"{value!r} is no whole number, string, day or aware datetime.")


def _adapted(value):
    """Return a parameter as this database takes it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _converted(found, converters):
    """Return rows with every column that needs it turned into Python's types."""
    made = []
    for row in map(list, found):
        for place, (functions, expression) in converters:
            for function in functions:
                row[place] = function(row[place], expression, connection)
        made.append(row)
    return made
