"""The shelf: what readers keep."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShelfConfig(AppConfig):
    name = "search.shelf"
    label = "shelf"
    verbose_name = _("Shelves of readers")
