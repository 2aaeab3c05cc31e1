"""Who has which form open, and what was typed and not saved."""

import cases.sealed
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', "0008_review"),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EditingPresence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.PositiveBigIntegerField()),
                ('since', models.DateTimeField(verbose_name='since')),
                ('seen_at', models.DateTimeField(db_index=True, verbose_name='last sign')),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'presence at a form',
                'verbose_name_plural': 'presences at forms',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('content_type', 'object_id', 'user'), name='presence_once')],
            },
        ),
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(max_length=300)),
                ('window', models.CharField(max_length=32)),
                ('object_id', models.PositiveBigIntegerField(null=True)),
                ('version', models.TextField(blank=True)),
                ('payload', cases.sealed.SealedField(default='')),
                ('began_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField(db_index=True)),
                ('content_type', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'text that was not saved',
                'verbose_name_plural': 'texts that were not saved',
                'default_permissions': (),
                'indexes': [models.Index(fields=['content_type', 'object_id'], name='draft_about')],
                'constraints': [models.UniqueConstraint(fields=('user', 'address', 'window'), name='draft_once_a_window')],
            },
        ),
    ]
