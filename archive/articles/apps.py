"""Articles: the described items of the archive."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "archive.articles"
    label = "articles"
    verbose_name = _("Articles")

    def ready(self) -> None:
        from archive.articles import listeners  # noqa: F401  (they register themselves)
        from archive.articles.tallying import lay, take_away

        pre_migrate.connect(take_away, sender=self)
        post_migrate.connect(lay, sender=self)
