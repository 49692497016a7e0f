"""The site as a whole, and its admin."""

from django.apps import AppConfig
from django.contrib.admin import apps


class SiteConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        from config import checks  # noqa: F401  (they register themselves)


class AdminConfig(apps.AdminConfig):
    default_site = "config.signing_in.site.DiwanAdminSite"
