from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_withdrawn_index"), ("authorities", "0008_tally")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["source", "status", "dated_on"], name="article_source_date"),
        ),
    ]
