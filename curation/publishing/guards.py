"""Triggers by which the database itself refuses a changed Edition, sealed Version or log row, and overlapping windows.

Triggers, not constraints, because Django cannot express them for both databases; laid down again after every migrate,
because SQLite drops a table's triggers whenever Django remakes the table.
"""

from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections

from curation.models import Edition, LogEntry

NAMES = (
    *("edition_content_is_fixed", "edition_windows_insert", "edition_windows_update", "version_is_sealed"),
    *("log_is_kept", "log_is_not_rewritten"),
)

_OVERLAP = """EXISTS (
    SELECT 1 FROM curation_edition AS other
    WHERE other.article_id = NEW.article_id AND other.id <> NEW.id
      AND other.live_from < other.live_until AND NEW.live_from < NEW.live_until
      AND other.live_from < NEW.live_until AND NEW.live_from < other.live_until)"""
_CONTENT_SAYS = "The words of an Edition never change; press a new one"
_WINDOWS_SAY = "Two Editions of one article would be live at the same time"
_SEALED_SAYS = "A sealed Version never changes; record a new one"
_LOG_SAYS = "The log is only added to; write a new row"
#: What of a row of the log may change: links go with what they lead to, an address is forgotten in time, and an edit
#: that goes on says how far it is.
_LOG_FIXED = ("step", "actor", "from_state", "to_state")
_LOG_FORGOTTEN = ("article_id", "by_id", "version_id", "edition_id", "address")
#: What may hold words of an article. The one door for erasing: as a row lets go of its article it may be emptied of
#: these, and say instead (``about``) which article it was; afterwards it is as fixed as any other.
_LOG_WORDS = ("about", "reason")
#: The other door: a row about a source or a picture names it by its address; once that is erased, it says only that.
_LOG_THINGS = {"the source link “": "a source link, since erased", "the picture “": "a picture, since erased"}
_SEALED_COLUMNS = ("content", "digest", "number", "article_id", "sealed")


def _rewritten(differs):
    """Return the condition that a row of the log is rewritten; ``differs`` is how the database compares with nulls."""
    fixed = [f"OLD.{name} {differs} NEW.{name}" for name in _LOG_FIXED]
    fixed += [f"(NEW.{name} IS NOT NULL AND OLD.{name} {differs} NEW.{name})" for name in _LOG_FORGOTTEN]
    moved = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in ("at", "edit"))
    told = f"CAST(OLD.details AS TEXT) {differs} CAST(NEW.details AS TEXT)"
    reworded = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in _LOG_WORDS)
    going_on = "(OLD.step = 'edit' AND NEW.at >= OLD.at AND NEW.edit > OLD.edit)"
    emptied = (
        "(OLD.article_id IS NOT NULL AND NEW.article_id IS NULL AND NEW.reason = '' "
        "AND CAST(NEW.details AS TEXT) = '{}')"
    )
    fixed.append(f"(({moved}) AND NOT {going_on})")
    fixed.append(f"({told} AND NOT {going_on} AND NOT {emptied})")
    fixed.append(f"(({reworded}) AND NOT {emptied} AND NOT {_unnamed()})")
    return " OR ".join(fixed)


def _unnamed():
    """Return the condition that a row about a source or a picture forgets which one it was."""
    ways = (
        f"(substr(OLD.about, 1, {len(before)}) = '{before}' AND NEW.about = '{after}')"
        for before, after in _LOG_THINGS.items()
    )
    return f"(OLD.article_id IS NULL AND NEW.reason = OLD.reason AND ({' OR '.join(ways)}))"


def unname(kind: str, names) -> int:
    """Have rows of the log about things of a kind that had these names forget which; return how many. One query."""
    before = f"the {kind} “"
    about = {f"{before}{name[:200]}”"[:300] for name in names if name}  # as Django's log, and ours, cut them
    rows = LogEntry.objects.filter(step__in=("added", "changed", "deleted"), article=None, about__in=about)
    return rows.update(about=_LOG_THINGS[before])


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
    yield trigger(NAMES[4], "BEFORE DELETE", "curation_logged", "1", _LOG_SAYS)
    yield trigger(NAMES[5], "BEFORE UPDATE", "curation_logged", f"({_rewritten('IS NOT')})", _LOG_SAYS)


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
    yield from refusal(NAMES[4], "curation_logged", "BEFORE DELETE", "true", _LOG_SAYS)
    yield from refusal(NAMES[5], "curation_logged", "BEFORE UPDATE", _rewritten("IS DISTINCT FROM"), _LOG_SAYS)


_STATEMENTS = {"sqlite": _sqlite_statements, "postgresql": _postgresql_statements}


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Lay the guards down. Safe to run twice; some fifteen statements."""
    connection = connections[using]
    tables = connection.introspection.table_names()
    if not {"curation_edition", "curation_version", "curation_logged"} <= set(tables):
        return
    with connection.cursor() as cursor:
        for statement in _STATEMENTS[connection.vendor]():
            cursor.execute(statement)


@contextmanager
def log_open(using: str = DEFAULT_DB_ALIAS):
    """Let rows of the log be deleted inside: the demo takes its own along. Inside a transaction, before any writing."""
    drop = {"sqlite": "DROP TRIGGER log_is_kept", "postgresql": "DROP TRIGGER log_is_kept ON curation_logged"}
    with connections[using].cursor() as cursor:
        cursor.execute(drop[connections[using].vendor])
    yield
    install(using)


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
