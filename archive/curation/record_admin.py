"""Authority records in the admin: one list for each kind, with every name and post and where it was found."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from archive.authorities.dates import partial_date
from archive.authorities.directory import directory, label, read
from archive.authorities.models import AuthorityRecord, Kind, Name, Post, Relation
from archive.authorities.states import State, state_of
from archive.curation.concerned import concerned
from archive.curation.dated_form import examples_apart
from archive.curation.guarded import ReasonedForm
from archive.curation.history import HistoryAdmin
from archive.curation.merge_admin import merge_selected
from archive.curation.models import CurationEvent
from archive.curation.record_actions import confirm, reread_after, settle
from archive.curation.record_files import csv_selected, import_view, may_import, skos_selected
from archive.curation.rereading import RereadingPreview, preview
from archive.curation.rows import NamedRows, NamedRowSet
from archive.curation.split_admin import split_view
from archive.pages.desk import NamedChoices, curator
from archive.pages.interface import reader_language
from archive.pages.shown import localnumber
from archive.work.models import Job

Action = CurationEvent.Action

DATES: Final = {"start", "end", "attested_on"}


class Names(NamedRowSet):
    """A record is called something: a row of it at least stays."""

    def clean(self) -> None:
        super().clean()
        named = [form for form in self.forms if form.cleaned_data.get("text") and not form.cleaned_data.get("DELETE")]
        if not any(self.errors) and not named:
            raise ValidationError(_("A record has a name."))


class NameInline(NamedRows):
    model = Name
    formset = Names
    extra = 0
    min_num = 1

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **named)
        if field is not None and db_field.name in {"text", "source"}:
            field.widget.attrs["dir"] = "auto"
        return field


class PartialDatesForm(forms.ModelForm):
    """Posts and relations: dates are typed in any calendar, whole or in part, and kept in ISO 8601."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in DATES & self.fields.keys():
            field: Any = self.fields[name]
            self.fields[name] = forms.CharField(
                label=field.label,
                required=False,
                max_length=60,
                help_text=field.help_text or examples_apart(_("2020-10-28, 2020-10, ۷ آبان ۱۳۹۹, 1442")),
                widget=forms.TextInput({"aria-label": field.label, "dir": "auto", "size": 18, "autocomplete": "off"}),
            )
        if "source" in self.fields:
            self.fields["source"].widget.attrs["dir"] = "auto"

    def _post_clean(self) -> None:
        """What an earlier release let in and nobody touched now keeps nobody from saving the rest."""
        if self.instance.pk is None or self.has_changed():
            super()._post_clean()  # type: ignore[misc]  # not in the stubs

    def _clean_fields(self) -> None:
        """Each date is read by itself, so that what is refused stands beside the field."""
        super()._clean_fields()  # type: ignore[misc]  # not in the stubs
        for name in DATES & self.cleaned_data.keys():
            try:
                self.cleaned_data[name] = partial_date(self.cleaned_data[name])
            except ValidationError as error:
                self.add_error(name, error)


class PostInline(NamedChoices, admin.StackedInline):
    model = Post
    form = PartialDatesForm
    fk_name = "record"
    extra = 0
    autocomplete_fields = ["country", "body"]


class RelationInline(NamedRows):
    model = Relation
    form = PartialDatesForm
    fk_name = "record"
    extra = 0
    autocomplete_fields = ["other"]


@admin.register(AuthorityRecord)
class RecordAdmin(HistoryAdmin):
    """Whatever is saved here counts as curated: loading files leaves it alone from then on."""

    form = ReasonedForm
    change_form_template = "admin/curation/record.html"
    add_form_template = change_form_template
    list_display = ["shown", "kind", "slug", "is_proposed", "curated", "updated_at"]
    list_filter = ["kind", "is_proposed", "curated"]
    search_fields = ["slug", "names__text"]
    readonly_fields = ["merged_into", "curated", "created_at", "updated_at"]
    change_list_template = "admin/curation/record_list.html"
    actions = ["confirm_selected", merge_selected, csv_selected, skos_selected]
    fields = [
        *("kind", "slug", "note", "wikidata", "viaf", "why"),
        *("merged_into", "curated", "created_at", "updated_at", "version"),
    ]
    source_fields = ("is_proposed", "rights_pages", "rights_bulk")

    def get_urls(self) -> list[Any]:
        split = self.admin_site.admin_view(self.split_view)
        take_in = self.admin_site.admin_view(self.import_view)
        return [
            path("import/", take_in, name="authorities_authorityrecord_import"),
            path("<path:object_id>/split/", split, name="authorities_authorityrecord_split"),
            *super().get_urls(),
        ]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        return import_view(self, request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "may_import": may_import(request)})

    def split_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return split_view(self, request, object_id)

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("authorities.add_merge"))

    def has_change_permission(self, request: HttpRequest, obj: AuthorityRecord | None = None) -> bool:
        """Who may not tell the posts of officials keeps sources alone."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or obj.kind == Kind.SOURCE or _describes(request))

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **named: Any) -> Any:
        if db_field.name == "kind" and not _describes(request):
            named["choices"] = [(Kind.SOURCE.value, Kind.SOURCE.label)]
        return super().formfield_for_choice_field(db_field, request, **named)

    def get_readonly_fields(self, request: HttpRequest, obj: AuthorityRecord | None = None) -> list[str]:
        """The identifier is in other people's links and feeds; what of a source is shown, administrators say."""
        may_give = request.user.has_perm("authorities.give_rights_authorityrecord")
        rights = [] if may_give else self.source_fields[1:]
        return [*super().get_readonly_fields(request, obj), *rights, *(["kind", "slug"] if obj else [])]

    def get_fields(self, request: HttpRequest, obj: AuthorityRecord | None = None) -> list[Any]:
        """What its reports may be shown as is asked of a source alone."""
        return [*self.fields[:5], *(self.source_fields if obj and obj.kind == Kind.SOURCE else ()), *self.fields[5:]]

    def get_inlines(self, request: HttpRequest, obj: AuthorityRecord | None) -> list[Any]:
        """Posts and relations are told of a record that is there."""
        of_kind = [PostInline] if obj and obj.kind == Kind.OFFICIAL else []
        return [NameInline, *of_kind, *([RelationInline] if obj else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuthorityRecord]:
        return super().get_queryset(request).prefetch_related("names")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[AuthorityRecord], search_term: str
    ) -> tuple[QuerySet[AuthorityRecord], bool]:
        """Also by any spelling of a name, as readers search: خلفوف finds خلف خلفوف, Khalafov, too."""
        found, _distinct = super().get_search_results(request, queryset, search_term)
        spelled = Q()
        for kind, slugs in directory().spelled(search_term).items():
            spelled |= Q(kind=kind, slug__in=slugs)
        return (found | queryset.filter(spelled) if spelled else found), True

    def has_delete_permission(self, request: HttpRequest, obj: AuthorityRecord | None = None) -> bool:
        return False  # identifiers are permanent: merge a record that should not be

    @admin.action(description=_("Confirm the selected proposed records"), permissions=["change"])
    def confirm_selected(self, request: HttpRequest, chosen: QuerySet[AuthorityRecord]) -> None:
        confirmed = 0
        for record in chosen.filter(is_proposed=True).order_by("pk"):
            confirm(record, by=curator(request))
            confirmed += 1
        told = ngettext("%(count)d record was confirmed.", "%(count)d records were confirmed.", confirmed)
        self.message_user(request, told % {"count": confirmed}, messages.SUCCESS)

    @admin.display(description=_("name"))
    def shown(self, record: AuthorityRecord) -> str:
        return label(record, reader_language())

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With `_preview` nothing is saved: the page tells which articles would gain or lose what."""
        held = self.get_object(request, object_id) if object_id else None
        is_term = bool(held and held.kind == Kind.TERM)  # no link, of which reading again would gain or lose any
        can_split = bool(held and not held.merged_into_id) and request.user.has_perm("authorities.add_split")
        extra = {**(extra_context or {}), "can_preview": not is_term, "can_split": can_split}
        if "_preview" not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra)
        with transaction.atomic():
            response = super().changeform_view(request, object_id, form_url, extra)
            saved: tuple[AuthorityRecord, State | None] | None = getattr(request, "saved_record", None)
            if saved is None:
                return response  # what was typed is refused
            names, after = read(), state_of(saved[0])
            transaction.set_rollback(True)
        # The database is others' again: what follows asks the index, and reads many texts.
        keys = concerned(saved[0], *filter(None, (saved[1], after)))
        label_of = {key: names.label(*key, reader_language()) for key in names.labels}
        list(messages.get_messages(request))  # that something was saved is not so
        return self._show_preview(request, preview(keys, names), label_of, saved[0])

    def _show_preview(
        self,
        request: HttpRequest,
        shown: RereadingPreview,
        label_of: dict[tuple[str, str], str],
        record: AuthorityRecord,
    ) -> HttpResponse:
        posted = [(name, value) for name, values in request.POST.lists() for value in values if name != "_preview"]
        context = {
            **self.admin_site.each_context(request),
            "title": _("What this changes: %(what)s") % {"what": label_of.get((record.kind, record.slug), record.slug)},
            "opts": self.opts,
            "shown": shown,
            **{name: localnumber(getattr(shown, name)) for name in ("concerned", "read", "changed")},
            "gained": [(label_of.get(key, key[1]), number) for key, number in shown.gained.most_common()],
            "lost": [(label_of.get(key, key[1]), number) for key, number in shown.lost.most_common()],
            "examples": [
                {**one, **{way: [label_of.get(key, key[1]) for key in one[way]] for way in ("gained", "lost")}}
                for one in shown.examples
            ],
            "posted": posted,
        }
        return TemplateResponse(request, "admin/curation/preview.html", context)

    def save_model(self, request: HttpRequest, obj: AuthorityRecord, form: Any, change: bool) -> None:
        held = AuthorityRecord.objects.filter(pk=obj.pk).first()
        form.before = state_of(held) if held else None
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Remember what changed, names and posts included, in the transaction that the admin opened."""
        super().save_related(request, form, formsets, change)
        record: AuthorityRecord = form.instance
        before: State | None = form.before
        note = form.cleaned_data.get("why", "")
        event = settle(record, Action.EDIT if change else Action.ADD, curator(request), note=note, before=before)
        request.saved_record = record, before  # type: ignore[attr-defined]
        if "_preview" not in request.POST:
            tell_of(request, reread_after(record, event, before, curator(request)))


def _describes(request: HttpRequest) -> bool:
    return bool(request.user.has_perm("authorities.change_post"))


def tell_of(request: HttpRequest, job: Job | None) -> None:
    """Tell a curator where to see what reading again changes."""
    if job is not None:
        told = _('{count} articles are read again for it. <a href="{address}">See how far it has come</a>.')
        address = reverse("admin:work_job_change", args=[job.pk])
        messages.info(request, format_html(str(told), count=localnumber(job.total), address=address))
