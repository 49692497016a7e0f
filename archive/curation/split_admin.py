"""Splitting in the admin: forms and mentions are chosen, shown before they move, and every split can be undone."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_slug
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.articles.models import Mention
from archive.authorities.directory import Directory, directory, label
from archive.authorities.models import AuthorityRecord, Kind, Split
from archive.authorities.states import NAME
from archive.curation.moved import told_of
from archive.curation.splitting import NotSplittable, going_with, split, undo
from archive.curation.wording import name_in_words
from archive.pages.desk import KnownKeys, MemoryAdmin, curator
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.shown import in_calendar, localnumber

AROUND: Final = 60  # code points on each side of a mention
MOST: Final = 200  # mentions to choose from, the latest


class SplitForm(forms.Form):
    """`to` is an identifier, or any form of a held record's name; an identifier that nobody has makes a new record."""

    names: Any = KnownKeys(
        label=gettext_lazy("Forms of the name that go"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    to = forms.CharField(
        label=gettext_lazy("To"),
        max_length=200,
        widget=forms.TextInput({"dir": "auto", "class": "vTextField"}),
        help_text=gettext_lazy(
            "A name or the identifier of a held record; or an identifier of its own for a new one: hamad-al-thani."
        ),
    )
    mentions: Any = KnownKeys(
        label=gettext_lazy("Mentions that go, whatever their form"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, record: AuthorityRecord, data: Any = None) -> None:
        super().__init__(data)
        self.record = record
        held = Mention.objects.filter(access_point__record=record).select_related("access_point__article")
        shown = held.order_by("-access_point__article__dated_on", "-pk")
        names: Any = self.fields["names"]
        names.queryset = record.names.all()
        names.label_from_instance = _form
        mentions: Any = self.fields["mentions"]
        mentions.queryset = held
        mentions.choices = [(mention.pk, _sentence(mention)) for mention in shown[:MOST]]

    def clean_to(self) -> AuthorityRecord:
        typed = str(self.cleaned_data["to"]).strip()
        found = meant(typed, self.record.kind, directory())
        if found is not None:
            return found
        try:
            validate_slug(typed)
        except ValidationError as error:
            raise ValidationError(_("No record has this name, and it is no identifier for a new one.")) from error
        return AuthorityRecord(kind=self.record.kind, slug=typed.lower()[:80])


def meant(typed: str, kind: str, names: Directory) -> AuthorityRecord | None:
    """The present record of a kind that is typed by its identifier or by any form of its name."""
    present = AuthorityRecord.objects.present().of_kind(kind)
    by_slug: AuthorityRecord | None = present.filter(slug=typed).first()
    if by_slug:
        return by_slug
    slug = (
        names.source(typed)
        if kind == Kind.SOURCE
        else next((key.slug for key in names.gazetteer.lookup(typed) if key.kind == kind), None)
    )
    found: AuthorityRecord | None = present.filter(slug=slug).first() or present.filter(names__text=typed).first()
    return found


def _form(name: Any) -> str:
    return name_in_words({field: getattr(name, field) for field in NAME})


def _sentence(mention: Mention) -> str:
    article = mention.access_point.article
    text = getattr(article, mention.field)
    around = text[max(0, mention.start - AROUND) : mention.end + AROUND].replace("\n", " ")
    return f"{mention.form} · {in_calendar(article.dated_on, reader_calendar()) or '–'} · … {around} …"


def split_view(desk: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask what goes where; show what that moves; then, asked again, move it."""
    record = desk.get_object(request, object_id)
    if record is None:
        raise Http404("there is no such record")
    if not request.user.has_perm("authorities.add_split"):
        raise PermissionDenied
    form = SplitForm(record, request.POST or None)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        chosen, other = form.cleaned_data, form.cleaned_data["to"]
        if "_split" in request.POST:
            try:
                keys = {name: [row.pk for row in chosen[name]] for name in ("names", "mentions")}
                split(record, other, **keys, by=curator(request))
            except NotSplittable as error:
                form.add_error(None, str(error))
            else:
                desk.message_user(request, _("It is split; it can be undone in the list of splits."), messages.SUCCESS)
                return redirect(reverse("admin:authorities_authorityrecord_change", args=[other.pk]))
        else:
            shown = _shown(record, chosen)
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Split: %(what)s") % {"what": label(record, reader_language())},
        "opts": desk.opts,
        "record": record,
        "form": form,
        "shown": shown,
    }
    return TemplateResponse(request, "admin/curation/split.html", context)


def _shown(record: AuthorityRecord, chosen: dict[str, Any]) -> dict[str, Any]:
    """How many mentions would go, in how many articles, and where to."""
    going = going_with(record, list(chosen["names"])) | Mention.objects.filter(pk__in=chosen["mentions"])
    articles = going.order_by().values("access_point__article").distinct().count()
    return {
        "mentions": localnumber(going.count()),
        "articles": localnumber(articles),
        "names": list(chosen["names"]),
        "other": chosen["to"],
        "is_new": chosen["to"].pk is None,
    }


@admin.register(Split)
class SplitAdmin(MemoryAdmin):
    """A memory: to be read, and undone by an action."""

    permission = "authorities.add_split"
    list_display = ["at", "record", "other", "by", "undone_at"]
    list_select_related = ["record", "other", "by"]
    search_fields = ["record__slug", "other__slug"]
    readonly_fields = ["record", "other", "by", "at", "told", "undone_at", "undone_by"]
    fields = tuple(readonly_fields)
    actions = ["undo_selected"]

    @admin.display(description=gettext_lazy("what moved"))
    def told(self, done: Split) -> str:
        return told_of(done.moved)

    @admin.action(description=gettext_lazy("Undo the selected splits"), permissions=["decide"])
    def undo_selected(self, request: HttpRequest, chosen: QuerySet[Split]) -> None:
        try:
            for done in chosen.order_by("-pk"):
                undo(done, by=curator(request))
        except NotSplittable as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.message_user(request, _("The records are as they were before."), messages.SUCCESS)
