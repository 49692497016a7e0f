from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("authorities", "0007_labels")]

    operations = [
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=10)),
                ("key", models.CharField(max_length=40)),
                ("number", models.BigIntegerField(default=0)),
                ("last", models.DateTimeField(null=True)),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("what", "key"), name="tally_once")]},
        ),
    ]
