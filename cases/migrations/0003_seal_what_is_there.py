"""Seal the values that were written before their columns were sealed, in the records and in their history."""

from django.db import migrations

from cases.domain.sealing import is_token
from cases.models.base import new_code
from cases.sealed import NORMALISERS, LookupField, SealedField, keyring


def seal_table(connection, model):
    columns = [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]
    if not columns:
        return
    table, key = model._meta.db_table, model._meta.pk.column
    record = model._meta.model_name.removeprefix("historical")
    lookups = [field for field in model._meta.concrete_fields if isinstance(field, LookupField)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quote(key)}, {quote('id')}, {names} FROM {quote(table)}")
        rows = cursor.fetchall()
        for pk, number, *texts in rows:
            values = {}
            for field, text in zip(columns, texts, strict=True):
                if text and not is_token(text):
                    values[field.column] = keyring().seal(text, f"{record}.{field.name}:{number}")
            for lookup in lookups:
                text = dict(zip([field.name for field in columns], texts, strict=True)).get(lookup.source) or ""
                plain = NORMALISERS[lookup.normalise](text) if text and not is_token(text) else ""
                if plain:
                    values[lookup.column] = keyring().lookups(plain, f"{record}.{lookup.source}")[0]
            if values:
                settings = ", ".join(f"{quote(column)} = %s" for column in values)
                cursor.execute(
                    f"UPDATE {quote(table)} SET {settings} WHERE {quote(key)} = %s", [*values.values(), pk]
                )


def seal_everything(apps, schema_editor):
    for model in apps.get_app_config("cases").get_models(include_auto_created=True):
        if not model.__name__.startswith("Published"):
            seal_table(schema_editor.connection, model)


def give_codes(apps, schema_editor):
    household, past = apps.get_model("cases", "Household"), apps.get_model("cases", "HistoricalHousehold")
    for pk in household.objects.values_list("pk", flat=True):
        code = new_code()
        household.objects.filter(pk=pk).update(code=code)
        past.objects.filter(id=pk).update(code=code)


def records_are_here(step):
    def run(apps, schema_editor):
        tables = schema_editor.connection.introspection.table_names()
        if apps.get_model("cases", "Household")._meta.db_table in tables:
            step(apps, schema_editor)

    return run


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_sealed_records_and_audit")]

    operations = [
        migrations.RunPython(records_are_here(seal_everything), migrations.RunPython.noop),
        migrations.RunPython(records_are_here(give_codes), migrations.RunPython.noop),
    ]
