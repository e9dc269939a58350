"""Queries that Django compiles once and the database runs often.

Building and compiling a queryset costs several times what SQLite needs to answer it, and readers' pages ask the same
few questions all day (docs/decisions/). A question is an ordinary queryset; the first time it is asked it is
compiled with stand-ins for its parameters, afterwards only the parameters are filled in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.db.models import QuerySet

_PLACE = re.compile("%%|%s")
_plans: dict[tuple, "_Plan"] = {}


@dataclass(frozen=True)
class _Plan:
    """A compiled query: its text with named places, the fixed values among them by name, and its converters.

    Places have names because SQLite's backend looks through the whole text for places without, each time it is asked.
    """

    sql: str
    fixed: dict[str, object]
    converters: tuple


def rows(key: tuple, build: Callable[..., QuerySet], /, **given) -> list[tuple]:
    """Return the rows of ``build(**given)``, a ``values_list`` queryset. One query.

    ``key`` names the question: whatever ``build`` does must follow from it, and ``given`` (whole numbers, strings,
    days, aware datetimes) may only appear as values compared in the query, never decide its shape.
    """
    plan = _plans.get((connection.vendor, key))
    if plan is None:
        plan = _plans[connection.vendor, key] = _compiled(build, given)
    with connection.cursor() as cursor:
        cursor.execute(plan.sql, plan.fixed | {name: _adapted(value) for name, value in given.items()})
        found = cursor.fetchall()
    return _converted(found, plan.converters) if plan.converters else found


def _compiled(build, given):
    """Compile the query with a stand-in for each parameter, and find the stand-ins again in its list of values."""
    stand_ins = {name: _stand_in(value, place) for place, (name, value) in enumerate(given.items())}
    compiler = build(**stand_ins).query.get_compiler(connection=connection)
    sql, values = compiler.as_sql()
    known = {_adapted(value): name for name, value in stand_ins.items()}
    names = [known.get(value, f"fixed{place}") for place, value in enumerate(values)]
    if missing := set(given) - set(names):
        raise ValueError(f"{', '.join(sorted(missing))} does not appear in the query as a value.")
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    fixed = {name: value for name, value in zip(names, values, strict=True) if name not in given}
    return _Plan(_named(sql, names), fixed, tuple(compiler.get_converters(columns).items()))


def _named(sql, names):
    """Return a query's text with a name in each place for a value."""
    left = iter(names)
    return _PLACE.sub(lambda place: f"%({next(left)})s" if place[0] == "%s" else place[0], sql)


def _stand_in(value, place):
    """Return a value of the same type that nothing real has, and that a column of 32 bits could hold.

    PostgreSQL keeps accounts' keys in such columns, and Django compiles no query for what a column cannot hold.
    """
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
