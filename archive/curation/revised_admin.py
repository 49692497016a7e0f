"""The desk of a record that tells its own state: what its form changes is remembered, with what stands beneath it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from archive.curation.history import HistoryAdmin
from archive.curation.models import CurationEvent
from archive.curation.revising import StateRevision
from archive.pages.desk import curator

Action = CurationEvent.Action


class RevisedAdmin(HistoryAdmin):
    """Its form asks why (`ReasonedForm`), and holds the `revision` between the two steps of saving."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        form.revision = StateRevision(self.model._default_manager.get(pk=obj.pk) if change else obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Remember the edit, rows beneath it included, in the transaction that the admin opened."""
        super().save_related(request, form, formsets, change)
        form.revision.held = self.model._default_manager.get(pk=form.instance.pk)
        note = form.cleaned_data.get("why", "")
        form.revision.finish(Action.EDIT if change else Action.ADD, curator(request), note)
