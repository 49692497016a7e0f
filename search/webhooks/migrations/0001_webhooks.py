"""Webhooks, and who may make them: administrators."""

import django.db.models.deletion
import django.utils.timezone
import search.webhooks.models
from archive.curation.roles import ADMINISTRATORS, lay
from django.db import migrations, models

MAY = {
    ADMINISTRATORS: {
        "webhooks": {"webhook": ("view", "add", "change", "delete"), "webhookdelivery": ("view",)},
    },
}


def permissions(apps, schema_editor):
    lay(apps, may=MAY, added=MAY)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('authorities', '0007_labels'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('curation', '0006_names_and_lines'),
    ]

    operations = [
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.CharField(help_text='of a program that takes deliveries by POST, on a public site', max_length=2000, verbose_name='address')),
                ('query', models.CharField(blank=True, help_text='the address of a search, as copied from the browser; without search and record: all articles', max_length=4000, verbose_name='saved search')),
                ('with_text', models.BooleanField(default=False, help_text='as far as the rights of each source allow', verbose_name='with the text')),
                ('is_on', models.BooleanField(default=True, editable=False, verbose_name='switched on')),
                ('site', models.CharField(editable=False, max_length=300)),
                ('salt', models.CharField(default=search.webhooks.models.new_salt, editable=False, max_length=32)),
                ('salt_before', models.CharField(blank=True, editable=False, max_length=32)),
                ('secret_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='secret made at')),
                ('known_at', models.DateTimeField(editable=False, null=True)),
                ('off_at', models.DateTimeField(editable=False, null=True, verbose_name='switched off at')),
                ('off_because', models.CharField(blank=True, editable=False, max_length=300, verbose_name='switched off because')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('record', models.ForeignKey(blank=True, help_text='articles of an official, a country, a body or a source', limit_choices_to={'is_proposed': False, 'kind__in': ('official', 'country', 'body', 'source')}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='webhooks', to='authorities.authorityrecord', verbose_name='record')),
            ],
            options={
                'verbose_name': 'webhook',
                'verbose_name_plural': 'webhooks',
                'ordering': ['address', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WebhookChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=64)),
                ('event', models.CharField(choices=[('published', 'published'), ('changed', 'changed'), ('withdrawn', 'withdrawn'), ('left', 'no longer among those asked for'), ('touched', 'perhaps found otherwise')], max_length=9)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='webhooks.webhook')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='WebhookDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(default=search.webhooks.models.new_name, max_length=40, unique=True, verbose_name='identifier')),
                ('items', models.JSONField(default=list, verbose_name='articles')),
                ('is_test', models.BooleanField(default=False, verbose_name='test')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'delivered'), ('failed', 'failed')], default='waiting', max_length=7, verbose_name='state')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                ('failures', models.PositiveIntegerField(default=0, verbose_name='failures, one after another')),
                ('attempts', models.JSONField(default=list, verbose_name='attempts')),
                ('status', models.PositiveSmallIntegerField(null=True, verbose_name='answered with the status')),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='webhooks.webhook', verbose_name='webhook')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['webhook', 'state'], name='deliveries_by_state')],
            },
        ),
        migrations.CreateModel(
            name='WebhookMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identifier', models.CharField(max_length=64)),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='webhooks.webhook')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('webhook', 'identifier'), name='webhook_member_once')],
            },
        ),
        migrations.RunPython(permissions, migrations.RunPython.noop),
    ]
