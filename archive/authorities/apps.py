"""Authority records: officials, countries, bodies and sources with all their names."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AuthoritiesConfig(AppConfig):
    name = "archive.authorities"
    label = "authorities"
    verbose_name = _("Authority records")

    def ready(self) -> None:
        from archive.authorities.directory import label, revision
        from archive.authorities.models import AuthorityRecord
        from archive.authorities.revisions import watch_authorities
        from archive.pages import revalidation

        AuthorityRecord.called = label  # type: ignore[assignment, method-assign]
        revalidation.depends_on(revision)
        post_migrate.connect(watch_authorities, sender=self)
