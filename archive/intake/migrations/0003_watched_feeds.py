"""The watch list; who curates an archive of an earlier release may fill it, and take things in by the browser."""

import django.core.validators
import django.utils.timezone
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

MAY = ("add_accession", "view_watchedfeed", "add_watchedfeed", "change_watchedfeed", "delete_watchedfeed")


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
        ('intake', '0002_curators'),
    ]

    operations = [
        migrations.CreateModel(
            name='WatchedFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(help_text='of a feed or a site map', max_length=2000, unique=True, verbose_name='address')),
                ('source', models.CharField(blank=True, help_text='of what names none itself', max_length=200, verbose_name='source')),
                ('minutes', models.PositiveIntegerField(default=60, validators=[django.core.validators.MinValueValidator(5), django.core.validators.MaxValueValidator(43200)], verbose_name='minutes between two looks')),
                ('is_active', models.BooleanField(default=True, verbose_name='watched')),
                ('etag', models.CharField(blank=True, editable=False, max_length=500)),
                ('last_modified', models.CharField(blank=True, editable=False, max_length=100)),
                ('looked_at', models.DateTimeField(editable=False, null=True, verbose_name='looked at')),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='next look')),
                ('failures', models.PositiveIntegerField(default=0, editable=False, verbose_name='failures, one after another')),
                ('note', models.CharField(blank=True, editable=False, max_length=500, verbose_name='what became of the last look')),
            ],
            options={
                'verbose_name': 'watched feed',
                'verbose_name_plural': 'watched feeds',
                'ordering': ['address'],
            },
        ),
        migrations.RunPython(allow, migrations.RunPython.noop),
    ]
