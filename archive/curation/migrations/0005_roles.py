"""Groups for editors, curators and administrators; splits in the history of records.

Who curates an archive of an earlier release goes on publishing and merging, and may split; what else a group may is left.
"""

from django.db import migrations, models

from archive.curation.roles import CURATORS, lay

EVERY = ("view", "add", "change", "delete")
ADDED = {
    CURATORS: {
        "articles": {"article": ("publish",)},
        "authorities": {
            "relation": EVERY,
            "merge": ("view", "add"),
            "split": ("view", "add"),
        },
        "collections": {"collection": ("view", "add", "change"), "collectedarticle": EVERY},
        "meetings": {"meeting": ("view", "add", "change"), "meetingparty": EVERY, "meetingreport": EVERY},
    }
}


def groups(apps, schema_editor):
    lay(apps, added=ADDED)


class Migration(migrations.Migration):

    dependencies = [
        ("about", "0001_descriptions"),
        ("articles", "0005_publish_permission"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("authorities", "0006_names"),
        ("captures", "0004_erased"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("curation", "0004_meetings_and_collections"),
        ("intake", "0004_pairs"),
        ("meetings", "0001_initial"),
        ("collections", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="curationevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("import", "imported"),
                    ("refresh", "extracted again"),
                    ("edit", "edited"),
                    ("publish", "published"),
                    ("withdraw", "withdrawn"),
                    ("reread", "read again for a changed name"),
                    ("revert", "put back"),
                    ("add", "added"),
                    ("merge", "merged"),
                    ("unmerge", "merge undone"),
                    ("split", "split"),
                    ("unsplit", "split undone"),
                    ("erase", "erased"),
                    ("note", "note of a curator"),
                    ("confirm", "confirmed"),
                    ("reject", "rejected"),
                ],
                max_length=10,
                verbose_name="action",
            ),
        ),
        migrations.RunPython(groups, migrations.RunPython.noop),
    ]
