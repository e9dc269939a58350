"""Triggers by which the database itself refuses a changed Edition or sealed Version, and overlapping windows.

Triggers, not constraints, because Django cannot express them for both databases; laid down again after every migrate,
because SQLite drops a table's triggers whenever Django remakes the table.
"""

from django.db import DEFAULT_DB_ALIAS, connections

from curation.models import Edition

NAMES = ("edition_content_is_fixed", "edition_windows_insert", "edition_windows_update", "version_is_sealed")

_OVERLAP = """EXISTS (
    SELECT 1 FROM curation_edition AS other
    WHERE other.article_id = NEW.article_id AND other.id <> NEW.id
      AND other.live_from < other.live_until AND NEW.live_from < NEW.live_until
      AND other.live_from < NEW.live_until AND NEW.live_from < other.live_until)"""
_CONTENT_SAYS = "The words of an Edition never change; press a new one"
_WINDOWS_SAY = "Two Editions of one article would be live at the same time"
_SEALED_SAYS = "A sealed Version never changes; record a new one"
_SEALED_COLUMNS = ("content", "digest", "number", "article_id", "sealed")


def _sqlite_statements():
    def trigger(name, when, table, condition, says):
        return (
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
        )

    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in Edition.CONTENT)
    resealed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _SEALED_COLUMNS)
    window = "UPDATE OF live_from, live_until, article_id"
    yield from (f"DROP TRIGGER IF EXISTS {name}" for name in NAMES)
    yield trigger(NAMES[0], "BEFORE UPDATE", "curation_edition", f"({changed})", _CONTENT_SAYS)
    yield trigger(NAMES[1], "AFTER INSERT", "curation_edition", _OVERLAP, _WINDOWS_SAY)
    yield trigger(NAMES[2], f"AFTER {window}", "curation_edition", _OVERLAP, _WINDOWS_SAY)
    yield trigger(NAMES[3], "BEFORE UPDATE", "curation_version", f"OLD.sealed AND ({resealed})", _SEALED_SAYS)


def _postgresql_statements():
    def refusal(name, table, when, condition, says):
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN NEW; END $$"
        )
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"

    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in Edition.CONTENT)
    resealed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _SEALED_COLUMNS)
    # One article's windows are decided one at a time: the lock makes a parallel press wait for this one.
    locked = f"PERFORM pg_advisory_xact_lock(NEW.article_id); IF {_OVERLAP}"
    yield from refusal(NAMES[0], "curation_edition", "BEFORE UPDATE", f"({changed})", _CONTENT_SAYS)
    window = "UPDATE OF live_from, live_until, article_id"
    for name, when in ((NAMES[1], "AFTER INSERT"), (NAMES[2], f"AFTER {window}")):
        for statement in refusal(name, "curation_edition", when, _OVERLAP, _WINDOWS_SAY):
            yield statement.replace(f"IF {_OVERLAP}", locked)
    yield from refusal(NAMES[3], "curation_version", "BEFORE UPDATE", f"OLD.sealed AND ({resealed})", _SEALED_SAYS)


_STATEMENTS = {"sqlite": _sqlite_statements, "postgresql": _postgresql_statements}


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Lay the guards down. Safe to run twice; nine to thirteen statements."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if not {"curation_edition", "curation_version"} <= set(tables):
        return
    with connection.cursor() as cursor:
        for statement in _STATEMENTS[connection.vendor]():
            cursor.execute(statement)


def after_migrate(using=DEFAULT_DB_ALIAS, **kwargs):
    """Install the guards once a migrate has ended, at Django's word."""
    install(using)


def standing(using: str = DEFAULT_DB_ALIAS) -> set[str]:
    """Return the names of the guards that stand in this database. One query."""
    catalogue = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        return {row[0] for row in cursor.fetchall()} & set(NAMES)
