"""Rows of a form at the desk that belong to what is edited: each field says what it is, as its column does."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import BaseInlineFormSet, CheckboxInput
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT, ManagementForm
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive.pages.desk import NamedChoices


class Deletion(CheckboxInput):
    """The box of a row that is to go."""

    def __init__(self) -> None:
        super().__init__({"aria-label": _("Delete this row")})


class NamedRowSet(BaseInlineFormSet):
    deletion_widget = Deletion

    @cached_property
    def management_form(self) -> ManagementForm:
        """How many rows there are, as it was sent; fewer than none are no form of ours, and are refused as such."""
        form = super().management_form
        if self.is_bound and form.is_valid() and int(form.cleaned_data[INITIAL_FORM_COUNT] or 0) < 0:
            form.add_error(INITIAL_FORM_COUNT, "")
            form.cleaned_data |= {INITIAL_FORM_COUNT: 0, TOTAL_FORM_COUNT: 0}
        return form


class NamedRows(NamedChoices, admin.TabularInline):
    """A table of rows whose fields have names of their own for those who hear them, beside the head of the column."""

    formset = NamedRowSet

    def formfield_for_dbfield(self, *args: Any, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(*args, **kwargs)
        if field:
            widget: Any = getattr(field.widget, "widget", field.widget)  # inside Django's links to add and change
            widget.attrs.setdefault("aria-label", field.label)
        return field
