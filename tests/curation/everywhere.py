"""A look through everything that the database holds, whatever tables there are: where some words still stand."""

import zlib

from django.db import connection


def found_in(*words: str) -> list[str]:
    """The columns, as ``table.column``, in which one of these words stands, however it is written or packed."""
    wanted = [word.casefold() for word in words]
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                texts = zip(columns, map(_text, row), strict=True)
                found |= {f"{table}.{column}" for column, text in texts if any(word in text for word in wanted)}
    return sorted(found)


def _text(value):
    if isinstance(value, bytes | memoryview):
        try:
            value = zlib.decompress(bytes(value))
        except zlib.error:
            value = bytes(value)
        return value.decode(errors="replace").casefold()
    return str(value).casefold()
