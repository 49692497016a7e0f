"""Captures: pages exactly as received."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CapturesConfig(AppConfig):
    name = "archive.captures"
    label = "captures"
    verbose_name = _("Captures")
