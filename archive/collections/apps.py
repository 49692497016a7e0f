"""Collections: sets of articles that curators make."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CollectionsConfig(AppConfig):
    name = "archive.collections"
    label = "collections"
    verbose_name = _("Collections")

    def ready(self) -> None:
        from archive.collections import gathering, listeners  # noqa: F401 - they register what they are about
        from archive.collections.held import watch_collections

        post_migrate.connect(watch_collections, sender=self)
