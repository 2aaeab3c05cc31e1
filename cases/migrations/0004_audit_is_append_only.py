"""The database refuses to change or remove an entry of the audit; only its payload may go, for an erasure.

SQLite drops triggers with the table that Django makes anew to alter it: a migration that alters `AuditEntry` runs
`guard` again. `tests/models/test_audit.py` looks whether the triggers are there.
"""

from django.db import migrations, models

from cases.models.base import new_code

FIXED = (
    "number", "at", "actor_id", "actor_name", "action", "subject_kind", "subject_id", "case", "digest", "previous", "seal",
)
POSTGRESQL = """
CREATE OR REPLACE FUNCTION cases_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.payload IS NULL
        AND to_jsonb(NEW) - 'payload' - 'salt' = to_jsonb(OLD) - 'payload' - 'salt' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit is append-only.';
END $$;
DROP TRIGGER IF EXISTS audit_append_only ON cases_auditentry;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON cases_auditentry
    FOR EACH ROW EXECUTE FUNCTION cases_audit_append_only();
"""
SQLITE = (
    "DROP TRIGGER IF EXISTS audit_no_change",
    "DROP TRIGGER IF EXISTS audit_no_removal",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE ON cases_auditentry WHEN NOT (NEW.payload IS NULL AND "
    + " AND ".join(f'NEW."{column}" IS OLD."{column}"' for column in FIXED)
    + ") BEGIN SELECT RAISE(ABORT, 'The audit is append-only.'); END",
    "CREATE TRIGGER audit_no_removal BEFORE DELETE ON cases_auditentry "
    "BEGIN SELECT RAISE(ABORT, 'The audit is append-only.'); END",
)


def guard(apps, schema_editor):
    connection = schema_editor.connection
    if "cases_auditentry" not in connection.introspection.table_names():
        return
    for statement in (POSTGRESQL,) if connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_append_only ON cases_auditentry")
        return
    schema_editor.execute(SQLITE[0])
    schema_editor.execute(SQLITE[1])


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_seal_what_is_there")]

    operations = [
        migrations.AlterField(
            model_name="historicalhousehold",
            name="code",
            field=models.CharField(
                db_index=True, default=new_code, editable=False, max_length=12, verbose_name="code"
            ),
        ),
        migrations.AlterField(
            model_name="household",
            name="code",
            field=models.CharField(default=new_code, editable=False, max_length=12, unique=True, verbose_name="code"),
        ),
        migrations.RunPython(guard, unguard),
    ]
