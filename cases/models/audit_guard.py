"""The guard of the audit in the database: what refuses to change, remove, replace or empty its entries.

Whoever owns the database can take the guard away; `manage.py verify_audit` says so, and the chain still names what they
altered. A migration on SQLite that makes the table of `AuditEntry` anew runs `install` again.
"""

from typing import Any

from django.db import connections, router

from cases.models.audit import AuditEntry, AuditHead

TABLE = "cases_auditentry"
REFUSAL = "The audit is append-only."
#: What may not differ when a payload is erased. Its salt goes with it, so that its digest cannot be guessed from.
FIXED = (
    "number", "at", "actor_id", "actor_name", "action", "subject_kind", "subject_id", "case", "digest", "previous", "seal",
)  # fmt: skip

FUNCTION = "cases_audit_append_only"
BODY = f"""
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.payload IS NULL
            AND to_jsonb(NEW) - 'payload' - 'salt' = to_jsonb(OLD) - 'payload' - 'salt' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{REFUSAL}';
END """
POSTGRESQL = {
    "audit_append_only": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()",
    "audit_no_truncation": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()",
}
_KEPT = " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in FIXED)
_REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
_TAKEN = f"SELECT 1 FROM {TABLE} WHERE number = NEW.number OR rowid = NEW.rowid"  # noqa: S608 - constants
#: `INSERT OR REPLACE` removes a row of SQLite without asking the trigger on removal.
SQLITE = {
    "audit_no_change": f"BEFORE UPDATE ON {TABLE} WHEN NOT (NEW.payload IS NULL AND {_KEPT}) {_REFUSE}",
    "audit_no_removal": f"BEFORE DELETE ON {TABLE} {_REFUSE}",
    "audit_no_replacement": f"BEFORE INSERT ON {TABLE} WHEN EXISTS ({_TAKEN}) {_REFUSE}",
}


def triggers(connection: Any) -> dict[str, str]:
    """Return the triggers of the guard on this kind of database: name, and what follows it."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def install(connection: Any) -> None:
    """Put the guard in place, anew where it is."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$")
        for name, rule in triggers(connection).items():
            _drop(cursor, connection, name)
            cursor.execute(f"CREATE TRIGGER {name} {rule}")


def remove(connection: Any, *names: str) -> None:
    """Take away the triggers named, or all of them."""
    with connection.cursor() as cursor:
        for name in names or triggers(connection):
            _drop(cursor, connection, name)


def missing() -> list[str]:
    """Return the names of the triggers that are gone, switched off or no longer say what they should."""
    connection = connections[router.db_for_read(AuditEntry)]
    there = _on_postgresql(connection) if connection.vendor == "postgresql" else _on_sqlite(connection)
    return [name for name in triggers(connection) if name not in there]


def foreign() -> list[str]:
    """Return the names of triggers, and on PostgreSQL of rules, that the audit's tables have and the program never made.

    One of them can swallow an entry before it is written, or do something else each time.
    """
    connection = connections[router.db_for_read(AuditEntry)]
    tables = [TABLE, AuditHead._meta.db_table]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid::regclass::text = ANY(%s) AND NOT tgisinternal "
                "UNION SELECT rulename FROM pg_rules WHERE tablename = ANY(%s)",
                [tables, tables],
            )
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN (%s, %s)", tables)
        found = {row[0] for row in cursor.fetchall()}
    return sorted(found - set(triggers(connection)))


def _drop(cursor: Any, connection: Any, name: str) -> None:
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def _on_sqlite(connection: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        found = dict(cursor.fetchall())
    return {name for name, rule in SQLITE.items() if found.get(name) == f"CREATE TRIGGER {name} {rule}"}


def _on_postgresql(connection: Any) -> set[str]:
    """Return the triggers that are enabled, call our function and fire when they should; none if it says something else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, pg_get_triggerdef(t.oid), p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
            "WHERE t.tgrelid = to_regclass(%s) AND t.tgenabled IN ('O', 'A') AND p.proname = %s",
            [TABLE, FUNCTION],
        )
        found = {name: (_events(definition), source) for name, definition, source in cursor.fetchall()}
    return {name for name, rule in POSTGRESQL.items() if found.get(name) == (_events(rule), BODY)}


def _events(definition: str) -> tuple[bool, frozenset[str], bool, bool]:
    """Return what matters of a trigger's definition, however the server words it."""
    words = definition.split(" EXECUTE ", maxsplit=1)[0].replace(f"public.{TABLE}", TABLE)
    before_table = words.split(f" ON {TABLE}")[0].split()
    events = frozenset(before_table) & {"UPDATE", "DELETE", "TRUNCATE", "INSERT"}
    return "BEFORE" in before_table, events, "FOR EACH ROW" in words, " WHEN " in words
