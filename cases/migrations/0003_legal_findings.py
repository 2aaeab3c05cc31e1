"""What the law says about a case, ticked by a reviewer to be published."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_penalties'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalFindingTick',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('created_at', models.DateTimeField(blank=True, editable=False, verbose_name='written down')),
                ('updated_at', models.DateTimeField(blank=True, editable=False, verbose_name='last changed')),
                ('key', models.CharField(max_length=120, verbose_name='which finding')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of what was seen')),
                ('ticked_at', models.DateTimeField(verbose_name='ticked')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prisoner', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='cases.prisoner', verbose_name='prisoner')),
                ('ticked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ticked by')),
            ],
            options={
                'verbose_name': 'historical finding ticked to be published',
                'verbose_name_plural': 'historical findings ticked to be published',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='FindingTick',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='written down')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='last changed')),
                ('key', models.CharField(max_length=120, verbose_name='which finding')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256 of what was seen')),
                ('ticked_at', models.DateTimeField(verbose_name='ticked')),
                ('prisoner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='finding_ticks', to='cases.prisoner', verbose_name='prisoner')),
                ('ticked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='finding_ticks', to=settings.AUTH_USER_MODEL, verbose_name='ticked by')),
            ],
            options={
                'verbose_name': 'finding ticked to be published',
                'verbose_name_plural': 'findings ticked to be published',
                'ordering': ['prisoner', 'key'],
                'permissions': [('publish_finding', 'Can tick what the law says to be published')],
                'constraints': [models.UniqueConstraint(fields=('prisoner', 'key'), name='finding_ticked_once', violation_error_message='This finding is ticked already.'), models.CheckConstraint(condition=models.Q(models.Q(('key', ''), _negated=True), ('sha256__regex', '^[0-9a-f]{64}$')), name='finding_tick_says_what_was_seen', violation_error_message='A tick says for which finding it is, and what was seen.')],
            },
        ),
    ]
