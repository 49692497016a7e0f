"""Stories: reports of one event, by different outlets and in different languages."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "archive.stories"
    label = "stories"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from archive.stories import listeners, queues  # noqa: F401  (they register themselves)
        from archive.stories.held import watch_stories

        post_migrate.connect(watch_stories, sender=self)
