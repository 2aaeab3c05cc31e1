"""The guard of the audit also refuses what got past it: `TRUNCATE` on PostgreSQL, `INSERT OR REPLACE` on SQLite."""

from django.db import migrations, models

from cases.models.audit_guard import TABLE, install, remove


def guard(apps, schema_editor):
    connection = schema_editor.connection
    if TABLE in connection.introspection.table_names():
        install(connection)


def unguard(apps, schema_editor):
    connection = schema_editor.connection
    if TABLE in connection.introspection.table_names():
        remove(connection, "audit_no_truncation" if connection.vendor == "postgresql" else "audit_no_replacement")


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_together")]

    operations = [
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject_kind", "number"], name="audit_kind"),
        ),
        migrations.RunPython(guard, unguard),
    ]
