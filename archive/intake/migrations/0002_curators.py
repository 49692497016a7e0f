"""Who curates an archive of an earlier release may do so with accessions too; a new archive has no such group yet."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

MAY = ("view_accession", "change_accession", "view_accessionitem", "change_accessionitem")


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
        ('intake', '0001_accessions'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
