"""What the desks of the curators share in the admin: who acts, and lists that are a memory."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import BaseModelAdmin, IncorrectLookupParameters
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import BigIntegerField, DateField, DateTimeField, Model
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext

from archive.pages.interface import reader_calendar
from archive.pages.shown import in_calendar, moment

ASKED_AGAIN = 2  # seconds after which a page that shows work under way asks again


def curator(request: HttpRequest) -> User | None:
    """Who acts, to be remembered with what was done."""
    return request.user if isinstance(request.user, User) else None


def asking_again(request: HttpRequest, response: HttpResponse, *, is_under_way: bool) -> HttpResponse:
    """Have the browser ask for a page again, without a script, while what it shows is under way."""
    if request.method == "GET" and response.status_code == HTTPStatus.OK and is_under_way:
        response.headers["Refresh"] = str(ASKED_AGAIN)
    return response


class KnownFilter(admin.SimpleListFilter):
    """A filter of the choices that it offers: any other value is told, and never taken for all there is."""

    def value(self) -> Any:
        value = super().value()
        if value is not None and value not in {str(offered) for offered, _words in self.lookup_choices}:
            raise IncorrectLookupParameters(value)
        return value


class DatedLists(admin.ModelAdmin):
    """Its list, and what a form shows to be read, has days and times in the calendar of whoever looks."""

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [dated(self.model, name) for name in super().get_list_display(request)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [dated(self.model, name) for name in super().get_readonly_fields(request, obj)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        read = {name.__name__: name for name in self.get_readonly_fields(request, obj) if callable(name)}
        return [
            (
                title,
                {
                    **told,
                    "fields": [read.get(name, name) if isinstance(name, str) else name for name in told["fields"]],
                },
            )
            for title, told in super().get_fieldsets(request, obj)
        ]


def dated(model: type[Model], name: Any) -> Any:
    """The column of a date; any other as it is."""
    try:
        field = model._meta.get_field(name) if isinstance(name, str) else None
    except FieldDoesNotExist:
        return name
    return _column(field) if isinstance(field, DateField) else name


@cache
def _column(field: DateField[Any, Any]) -> Callable[[Model], str]:
    @admin.display(description=field.verbose_name, ordering=field.name)
    def shown(held: Model) -> str:
        value = getattr(held, field.name)
        told = moment(value) if isinstance(field, DateTimeField) else in_calendar(value, reader_calendar())
        return told or "–"

    shown.__name__ = field.name
    return shown


class Unseen(forms.HiddenInput):
    """A hidden field. A label belongs to nothing that can be reached, so that none is for it."""

    def id_for_label(self, id_: str) -> str:
        return ""


class NamedChoice(AutocompleteSelect):
    """A field that is searched for its value. While it has none, it says what it is, and so does its empty choice."""

    @property
    def name(self) -> str:
        return capfirst(str(self.field.verbose_name))

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        return {**super().build_attrs(base_attrs, extra_attrs), "data-placeholder": self.name}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        """What was sent and is no key of any record is no choice: the field says so, and the widget asks for none."""
        return super().optgroups(name, [one for one in value if _is_key(self.field, one)], attr)

    def create_option(self, name: str, value: Any, label: Any, *rest: Any, **named: Any) -> dict[str, Any]:
        return super().create_option(name, value, label or self.name, *rest, **named)


class KnownKeys(forms.ModelMultipleChoiceField):
    """Several records by their keys; a number larger than any key is none of them, as another that nobody has."""

    def _check_values(self, value: Any) -> Any:
        try:
            return super()._check_values(value)  # type: ignore[misc]
        except OverflowError as error:
            told, values = self.error_messages["invalid_choice"], {"value": str(value[0])[:40]}
            raise ValidationError(told, code="invalid_choice", params=values) from error


def _is_key(field: Any, value: Any) -> bool:
    """Whether a value that was sent may be a key at all: of the right kind, and no larger than a database counts."""
    try:
        key = field.remote_field.model._meta.pk.to_python(value)
    except ValidationError:
        return value in (None, "")
    return not isinstance(key, int) or 0 < key <= BigIntegerField.MAX_BIGINT


class NamedChoices(BaseModelAdmin):
    """A desk whose `autocomplete_fields` are each a `NamedChoice`."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            named.setdefault("widget", NamedChoice(db_field, self.admin_site, using=named.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **named)


def logged(entry: LogEntry) -> str:
    """What Django's own history tells of a change, in the language of whoever looks.

    It keeps the labels of fields in English, with a capital letter that no catalogue has.
    """
    try:
        parts = json.loads(entry.change_message)
    except ValueError:
        return gettext(entry.change_message) if entry.change_message else ""
    for part in parts if isinstance(parts, list) else ():
        for told in part.values():
            if "fields" in told:
                told["fields"] = list(map(_as_labelled, told["fields"]))
            if "name" in told:
                told["name"] = _as_labelled(told["name"])
    return str(LogEntry(change_message=json.dumps(parts)).get_change_message())


def _as_labelled(label: str) -> str:
    """A label that was kept in English: `Is public` is looked up so, and as `is public`."""
    if (told := gettext(label)) != label:
        return told
    return capfirst(gettext(label[:1].lower() + label[1:]))


class MemoryAdmin(DatedLists):
    """What nobody types in: to be read, at most decided on by an action, by who has the `permission`."""

    permission = ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return self.has_decide_permission(request) if self.permission else super().has_view_permission(request, obj)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_decide_permission(request) if self.permission else super().has_module_permission(request)
