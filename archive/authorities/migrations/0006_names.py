"""Relations, splits, terms as records, identifiers of Wikidata and VIAF; those of Wikidata that a record's sources name."""

import re

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NAMED = re.compile(r"Wikidata (Q\d+)")


def name_wikidata(apps, schema_editor):
    found = {}
    for model in ("Name", "Post"):
        rows = apps.get_model("authorities", model).objects.filter(source__contains="Wikidata Q")
        for record, source in rows.order_by().values_list("record", "source").distinct().iterator():
            found.setdefault(record, set()).update(NAMED.findall(source))
    records = apps.get_model("authorities", "AuthorityRecord").objects
    changed = []
    for record in records.filter(pk__in=[key for key, held in found.items() if len(held) == 1]):
        record.wikidata = found[record.pk].pop()
        changed.append(record)
    records.bulk_update(changed, ["wikidata"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('authorities', '0005_revision'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='authorityrecord',
            options={'ordering': ['kind', 'slug'], 'permissions': [('give_rights_authorityrecord', 'Can say what of a source is shown')], 'verbose_name': 'authority record', 'verbose_name_plural': 'authority records'},
        ),
        migrations.AddField(
            model_name='authorityrecord',
            name='viaf',
            field=models.CharField(blank=True, help_text='66494525', max_length=24, validators=[django.core.validators.RegexValidator('^[1-9]\\d*$')], verbose_name='VIAF'),
        ),
        migrations.AddField(
            model_name='authorityrecord',
            name='wikidata',
            field=models.CharField(blank=True, help_text='Q359480', max_length=20, validators=[django.core.validators.RegexValidator('^Q[1-9]\\d*$')], verbose_name='Wikidata'),
        ),
        migrations.AlterField(
            model_name='authorityrecord',
            name='kind',
            field=models.CharField(choices=[('official', 'official'), ('country', 'country'), ('body', 'body'), ('source', 'source'), ('term', 'term')], max_length=10, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='name',
            name='use',
            field=models.CharField(choices=[('name', 'name'), ('official_name', 'official name'), ('short', 'short name'), ('press', 'press spelling'), ('surname', 'surname alone'), ('demonym', 'demonym or adjective'), ('capital', 'capital for the government'), ('misspelling', 'misspelling'), ('domain', 'web address'), ('feed', 'address of a feed'), ('hidden', 'found, never shown')], default='name', max_length=13, verbose_name='use'),
        ),
        migrations.AlterField(
            model_name='post',
            name='role',
            field=models.CharField(help_text='foreign_minister, ambassador …', max_length=60, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*$')], verbose_name='role'),
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('predecessor', 'came after'), ('part', 'is a part of'), ('member', 'is a member of'), ('broader', 'is narrower than')], max_length=11, verbose_name='relation')),
                ('start', models.CharField(blank=True, max_length=10, verbose_name='from')),
                ('end', models.CharField(blank=True, max_length=10, verbose_name='until')),
                ('source', models.CharField(max_length=300, verbose_name='source')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='related', to='authorities.authorityrecord', verbose_name='other record')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relations', to='authorities.authorityrecord')),
            ],
            options={
                'verbose_name': 'relation',
                'verbose_name_plural': 'relations',
                'ordering': ['kind', 'start', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Split',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('moved', models.JSONField(default=dict, verbose_name='what moved')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
                ('by', models.ForeignKey(blank=True, help_text='empty: a command, without a person', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='splits_here', to='authorities.authorityrecord', verbose_name='record that took')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='splits_away', to='authorities.authorityrecord', verbose_name='record that was split')),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
            ],
            options={
                'verbose_name': 'split',
                'verbose_name_plural': 'splits',
                'ordering': ['-at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.RunPython(name_wikidata, migrations.RunPython.noop),
    ]
