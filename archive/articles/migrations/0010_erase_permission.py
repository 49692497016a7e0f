"""A right of its own to erase an article, which administrators have."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_romanized_title")]

    operations = [
        migrations.AlterModelOptions(
            name="article",
            options={
                "ordering": ["-dated_on", "-pk"],
                "permissions": [
                    ("publish_article", "Can publish and withdraw articles"),
                    ("erase_article", "Can erase articles for good"),
                ],
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
    ]
