"""The last withdrawals are found without a look at every article."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("articles", "0006_first_published")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("withdrawn_at__isnull", False)),
                fields=["-withdrawn_at"],
                name="article_withdrawn",
            ),
        ),
    ]
