"""Publishing is a permission of its own: who describes drafts does not have it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("articles", "0004_withdrawal_plans_erasing")]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["-dated_on", "-pk"],
                "permissions": [("publish_article", "Can publish and withdraw articles")],
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
    ]
