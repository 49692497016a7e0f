"""Search: the index of published articles and the questions asked of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from django.conf import settings

        from search.analysis.remembered import remember

        remember(settings.WORDS_REMEMBERED)
        from search import checks, finding, signals  # noqa: F401  (they register themselves)
        from search.desk import asking  # noqa: F401
        from search.indexing import erasing  # noqa: F401
        from search.ways import opened  # noqa: F401
        from search.web import caching  # noqa: F401
