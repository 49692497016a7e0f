"""The page of the list of articles on which a curator says what is to change of those selected, and sees it before."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.translation import gettext as _

from archive.articles.models import Article
from archive.curation import bulk
from archive.curation.bulk_preview import facet_changes, left_out, preview
from archive.extraction.dates.typed import read_date
from archive.pages.desk import curator
from archive.pages.shown import localnumber
from archive.work.models import Job

_CARRIED = ("action", "select_across", "index")


def change_page(desk: admin.ModelAdmin, request: HttpRequest, chosen: QuerySet[Article]) -> HttpResponse:
    """Ask what is to change, show what that changes, and do it: three posts of one selection to the list."""
    deed = {one.name: one for one in bulk.deeds(request.user)}.get(request.POST.get("deed", ""))
    form = deed.form(request.POST, prefix=deed.name) if deed else None
    if deed is None or form is None or not form.is_valid():
        return _ask(desk, request, chosen, form)
    keys = list(chosen.order_by("pk").values_list("pk", flat=True))
    how = form.how()
    seen = digest(deed, how, keys)
    if request.POST.get("seen") == seen:
        tell_of_bulk(request, bulk.put_off(deed.name, chosen, curator(request), **how))
        return redirect(request.get_full_path())
    if request.POST.get("seen"):
        messages.warning(request, _("Meanwhile other articles are selected than those you saw: look again."))
    return _show(desk, request, deed, keys, {"how": how, "seen": seen, "form": form})


def digest(deed: bulk.BulkDeed, how: bulk.How, keys: list[int]) -> str:
    """Of what a preview showed: the next post is of the same, or it is shown again."""
    return hashlib.sha256(json.dumps([deed.name, how, keys]).encode()).hexdigest()


def tell_of_bulk(request: HttpRequest, job: Job) -> None:
    """Tell a curator where to watch, and to undo, what was begun."""
    told = _('{count} articles: done in the background. <a href="{address}">See how far it has come</a>.')
    address = reverse("admin:work_job_change", args=[job.pk])
    messages.success(request, format_html(told, count=localnumber(job.total), address=address))


def _ask(desk: admin.ModelAdmin, request: HttpRequest, chosen: QuerySet[Article], refused: Any) -> HttpResponse:
    forms = [
        (deed, refused if refused is not None and refused.prefix == deed.name else deed.form(prefix=deed.name))
        for deed in bulk.deeds(request.user)
    ]
    return _answer(desk, request, _("What is to change?"), {"forms": forms, "chosen": chosen.count()})


def _show(
    desk: admin.ModelAdmin, request: HttpRequest, deed: bulk.BulkDeed, keys: list[int], asked: dict[str, Any]
) -> HttpResponse:
    shown = preview(deed, keys, asked["how"])
    context = {
        **asked,
        "deed": deed,
        "given": _given(asked["form"]),
        "shown": shown,
        "facets": list(facet_changes(shown)),
        "left_out": left_out(shown),
    }
    return _answer(desk, request, _("What this changes: %(what)s") % {"what": deed.label}, context)


def _given(form: bulk.BulkForm) -> list[tuple[str, str]]:
    """What was typed, as it was understood: a record by its label, a date by its day."""
    given = []
    for field in form.visible_fields():
        value = form.cleaned_data[field.name]
        if field.name == "typed" and (read := read_date(value)):
            value = f"{value} = {localize(read.first)}"
        words = dict(getattr(field.field, "choices", ()))
        if value:
            given.append((str(field.label), str(words.get(value, "✓" if value is True else value))))
    return given


def _answer(desk: admin.ModelAdmin, request: HttpRequest, title: str, context: dict[str, Any]) -> HttpResponse:
    # Of a selection of all that is listed one row is enough: the list is asked again.
    rows = request.POST.getlist("_selected_action")[: 1 if request.POST.get("select_across") == "1" else None]
    carried = [(name, request.POST[name]) for name in _CARRIED if name in request.POST]
    page = {
        **desk.admin_site.each_context(request),
        "title": title,
        "opts": desk.opts,
        "carried": [*carried, *(("_selected_action", row) for row in rows)],
        **context,
    }
    return TemplateResponse(request, "admin/curation/bulk.html", page)
