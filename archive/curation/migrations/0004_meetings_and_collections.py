"""Events of meetings and of collections."""

import django.db.models.deletion
from django.db import migrations, models

def forget_events(apps, schema_editor):
    """Earlier releases have no place for them."""
    events = apps.get_model("curation", "CurationEvent").objects
    events.exclude(meeting=None, collection=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('collections', '0001_initial'),
        ('curation', '0003_history_of_all'),
        ('meetings', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='curationevent',
            name='collection',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='collections.collection', verbose_name='collection'),
        ),
        migrations.AddField(
            model_name='curationevent',
            name='meeting',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='meetings.meeting', verbose_name='meeting'),
        ),
        migrations.AlterField(
            model_name='curationevent',
            name='action',
            field=models.CharField(choices=[('import', 'imported'), ('refresh', 'extracted again'), ('edit', 'edited'), ('publish', 'published'), ('withdraw', 'withdrawn'), ('reread', 'read again for a changed name'), ('revert', 'put back'), ('add', 'added'), ('merge', 'merged'), ('unmerge', 'merge undone'), ('erase', 'erased'), ('note', 'note of a curator'), ('confirm', 'confirmed'), ('reject', 'rejected')], max_length=10, verbose_name='action'),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_events),
    ]
