"""Articles: the described items of the archive."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "archive.articles"
    label = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from archive.articles import listeners  # noqa: F401  (they register themselves)
