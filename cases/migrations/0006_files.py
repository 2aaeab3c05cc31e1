"""Photographs get their SHA-256, as the files of sources have it.

Photographs that are there already are hashed as they are stored; `manage.py seal_files` copies their pixels and seals
them. One whose file is missing gets a hash that no file has.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.db import migrations, models

import cases.file_fields
from cases.domain.sealing import MAGIC
from cases.sealed import keyring

NO_FILE = "0" * 64


def hash_of(name):
    try:
        stored = (Path(settings.MEDIA_ROOT) / name).read_bytes()
    except OSError:
        return NO_FILE
    return hashlib.sha256(keyring().open_bytes(stored, name) if stored.startswith(MAGIC) else stored).hexdigest()


def hash_photographs(apps, schema_editor):
    if "cases_prisoner" not in schema_editor.connection.introspection.table_names():
        return
    for model in (apps.get_model("cases", "Prisoner"), apps.get_model("cases", "HistoricalPrisoner")):
        rows = model.objects.using(schema_editor.connection.alias).exclude(photo="").filter(photo_sha256="")
        for name in set(rows.values_list("photo", flat=True)):
            rows.filter(photo=name).update(photo_sha256=hash_of(name))


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_invitations")]

    operations = [
        migrations.AddField(
            model_name="historicalprisoner",
            name="photo_sha256",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256 of the photograph"),
        ),
        migrations.AddField(
            model_name="prisoner",
            name="photo_sha256",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256 of the photograph"),
        ),
        migrations.AlterField(
            model_name="historicalprisoner",
            name="photo",
            field=models.TextField(blank=True, max_length=100, verbose_name="photograph"),
        ),
        migrations.AlterField(
            model_name="prisoner",
            name="photo",
            field=cases.file_fields.PhotographField(
                blank=True, folder="photos", hash_name="photo_sha256", verbose_name="photograph"
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="file",
            field=cases.file_fields.KeptFileField(
                blank=True, folder="sources", hash_name="file_sha256", verbose_name="file"
            ),
        ),
        migrations.RunPython(hash_photographs, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="prisoner",
            constraint=models.CheckConstraint(
                condition=models.Q(photo="") | models.Q(photo_sha256__regex="^[0-9a-f]{64}$"),
                name="prisoner_photo_has_its_hash",
                violation_error_message="A photograph is kept with its SHA-256.",
            ),
        ),
    ]
