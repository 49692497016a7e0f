"""Administrators may erase articles; so may whoever was given the right to delete them, which asked for it before."""

from django.db import migrations

from archive.curation.roles import ADMINISTRATORS, lay


def give(apps, schema_editor):
    lay(apps, added={ADMINISTRATORS: {"articles": {"article": ("erase",)}}})
    rights = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="articles")
    erase = rights.get(codename="erase_article")
    for delete in rights.filter(codename="delete_article"):
        for holder in (*delete.group_set.all(), *delete.user_set.all()):
            (holder.permissions if hasattr(holder, "permissions") else holder.user_permissions).add(erase)


class Migration(migrations.Migration):
    dependencies = [("curation", "0006_names_and_lines"), ("articles", "0010_erase_permission")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
