"""What articles are known by, several captures of one, pairs to compare; who curates an earlier archive decides of them."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

MAY = ("view_pair", "change_pair")


def allow(apps, schema_editor):
    group = apps.get_model("auth", "Group").objects.filter(name="Curators").first()
    if group is None:
        return
    app = apps.get_app_config("intake")
    app.models_module = True  # the permissions of an app are else made after all migrations
    create_permissions(app, apps=apps, verbosity=0)
    app.models_module = None
    permissions = apps.get_model("auth", "Permission").objects
    group.permissions.add(*permissions.filter(content_type__app_label="intake", codename__in=MAY))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0002_byline_agency_place'),
        ('captures', '0003_http'),
        ('intake', '0003_watched_feeds'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Trace',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='trace', serialize=False, to='articles.article')),
                ('address', models.BigIntegerField(db_index=True)),
                ('text', models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.AlterField(
            model_name='accessionitem',
            name='outcome',
            field=models.CharField(choices=[('added', 'added'), ('unchanged', 'unchanged'), ('refreshed', 'refreshed'), ('captured', 'another capture of an article'), ('alike', 'to be compared with an article'), ('quarantined', 'in quarantine'), ('refused', 'refused'), ('not read', 'set aside'), ('discarded', 'discarded'), ('undone', 'undone'), ('kept', 'kept, for a curator has touched it since')], max_length=11, verbose_name='outcome'),
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('version', 'the same address, another text'), ('same', 'the same text'), ('near', 'nearly the same text')], max_length=7, verbose_name='in common')),
                ('share', models.FloatField(default=1.0, verbose_name='share of text in common')),
                ('decision', models.CharField(blank=True, choices=[('', 'to be decided'), ('newer', 'the same article, with the new text'), ('same', 'the same article, with the text it has'), ('witness', 'another witness of the story'), ('left', 'left as it is')], db_index=True, default='', max_length=7, verbose_name='decision')),
                ('decided_by', models.ForeignKey(help_text='empty: by rule', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                ('held', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article', verbose_name='article held')),
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='pair', to='intake.accessionitem', verbose_name='item')),
            ],
            options={
                'verbose_name': 'pair to compare',
                'verbose_name_plural': 'pairs to compare',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Bucket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.BigIntegerField(db_index=True)),
                ('trace', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='buckets', to='intake.trace')),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='articles.article')),
                ('capture', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='version', to='captures.capture')),
            ],
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
