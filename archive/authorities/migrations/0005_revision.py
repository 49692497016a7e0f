from django.db import migrations, models

from archive.authorities.revisions import unwatch


def take_triggers_away(_apps, schema_editor):
    unwatch(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("authorities", "0004_rights_and_proposed_sources")]

    operations = [
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(migrations.RunPython.noop, take_triggers_away),  # they are laid after every migration
    ]
