"""Authority records: officials, countries, bodies and sources with all their names."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuthoritiesConfig(AppConfig):
    name = "archive.authorities"
    label = "authorities"
    verbose_name = _("Authority records")
