"""Stories: reports of one event, by different outlets and in different languages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "archive.stories"
    label = "stories"
    verbose_name = _("Stories")

    def ready(self) -> None:
        from archive.stories import listeners  # noqa: F401  (they register themselves)
