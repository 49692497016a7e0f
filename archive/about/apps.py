"""The page about the archive, written by its owner in the admin."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AboutConfig(AppConfig):
    name = "archive.about"
    label = "about"
    verbose_name = _("About the archive")
