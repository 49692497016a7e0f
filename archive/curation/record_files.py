"""Authority records out of the list of names as files, and in from a file: first shown, then written in the queue."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.authorities import exchanged, skos
from archive.authorities.exchanged import NotAFile, Told
from archive.authorities.models import AuthorityRecord
from archive.curation.reason_field import KEPT, ReasonField
from archive.curation.record_importing import take_in
from archive.curation.record_plan import Plan, planned, read_file
from archive.curation.states import Changes
from archive.curation.telling import told
from archive.pages.desk import Unseen, curator
from archive.pages.grants import PARAMETER, grant

MOST: Final = 16 * 1024 * 1024  # bytes of a file that a page shows; the command takes longer ones
SHOWN: Final = 20  # records whose changes are told
MOST_REFUSALS_SHOWN: Final = 200
_FORMS: Final = 64 * 1024  # bytes of what is sent beside the file
Write = Callable[[Iterable[Told]], Iterator[str]]


def _given(records: QuerySet[AuthorityRecord], write: Write, name: str, kind: str) -> StreamingHttpResponse:
    chosen = AuthorityRecord.objects.filter(pk__in=records.order_by().values("pk"))
    lines = (line.encode() for line in write(exchanged.told(chosen)))
    response = StreamingHttpResponse(lines, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@admin.action(description=gettext_lazy("Write the selected records as CSV"), permissions=["view"])
def csv_selected(
    _desk: admin.ModelAdmin, _request: HttpRequest, chosen: QuerySet[AuthorityRecord]
) -> StreamingHttpResponse:
    return _given(chosen, exchanged.written, "authorities.csv", "text/csv; charset=utf-8")


@admin.action(description=gettext_lazy("Write the selected records as SKOS (JSON-LD)"), permissions=["view"])
def skos_selected(
    _desk: admin.ModelAdmin, _request: HttpRequest, chosen: QuerySet[AuthorityRecord]
) -> StreamingHttpResponse:
    return _given(chosen, skos.written, "authorities.jsonld", "application/ld+json")


def may_import(request: HttpRequest) -> bool:
    """Whoever tells of officials and makes new records."""
    return request.user.has_perms(["authorities.add_authorityrecord", "authorities.change_post"])


class RecordFileForm(forms.Form):
    """A file; the page that shows what it changes carries it along, so that nothing is kept of what is only tried."""

    file = forms.FileField(
        label=gettext_lazy("File"), required=False, help_text=gettext_lazy("CSV or SKOS in JSON-LD, as written here.")
    )
    note = ReasonField(help_text=KEPT)
    carried = forms.CharField(widget=Unseen, required=False)

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.POST or None, request.FILES or None)
        self.may_give_rights = request.user.has_perm("authorities.give_rights_authorityrecord")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file, carried = cleaned.get("file"), cleaned.get("carried", "")
        if file is None and not carried:
            raise ValidationError(_("Choose a file."))
        if file is not None and file.size > MOST:
            raise ValidationError(_TOO_LONG)
        content = _unpacked(carried) if file is None else file.read()
        cleaned["packed"] = base64.b64encode(zlib.compress(content)).decode()
        if len(cleaned["packed"]) + _FORMS > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise ValidationError(_TOO_LONG)
        try:
            cleaned["plan"] = planned(read_file(content), may_give_rights=self.may_give_rights)
        except NotAFile as error:
            raise ValidationError(str(error)) from error
        return cleaned


_TOO_LONG: Final = gettext_lazy("This file is too long for a page; `manage.py authorities import` takes it.")


def _unpacked(carried: str) -> bytes:
    try:
        return zlib.decompressobj().decompress(base64.b64decode(carried, validate=True), MOST)
    except (zlib.error, binascii.Error, ValueError) as error:
        raise ValidationError(_("Choose a file.")) from error


def import_view(desk: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Ask for a file, show what becomes of each record, and have it written: what is seen is what is done."""
    if not may_import(request):
        raise PermissionDenied
    form = RecordFileForm(request)
    shown: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        plan = form.cleaned_data["plan"]
        seen = _digest(plan)
        if plan.planned and request.POST.get("seen") == seen and "look" not in request.POST:
            job = take_in(plan, curator(request), form.cleaned_data["note"])
            return redirect("admin:work_job_change", job.pk)
        if request.POST.get("seen") and "look" not in request.POST:
            messages.warning(request, _("Meanwhile the archive changed: look again."))
        shown = {"plan": plan, "seen": seen, "packed": form.cleaned_data["packed"], **_examples(plan)}
    context = {
        **desk.admin_site.each_context(request),
        "title": _("Take in authority records"),
        "opts": desk.opts,
        "form": form,
        "to": f"?{PARAMETER}={quote(grant(request.user.pk or 0))}",
        **shown,
    }
    return TemplateResponse(request, "admin/curation/record_import.html", context)


def _digest(plan: Plan) -> str:
    """Of what is to be written, and of the states that it is written over."""
    rows = [[one.kind, one.slug, one.state, one.seen] for one in plan.planned]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _examples(plan: Plan) -> dict[str, Any]:
    shown = [*plan.changed, *plan.new][:SHOWN]
    rows = [(f"{one.kind}/{one.slug}", _told(one.changes)) for one in shown]
    return {"examples": rows, "refusals": plan.refused[:MOST_REFUSALS_SHOWN]}


def _told(changes: Changes) -> list[str]:
    return [told(name, was, now, AuthorityRecord) for name, (was, now) in changes.items() if was or now]
