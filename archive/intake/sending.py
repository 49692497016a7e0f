"""A page that a curator reads in the browser, sent by a bookmark: shown first, and taken in when the curator says so.

The bookmark opens our window beside the page, and hands it the markup as the browser shows it. So no password stands in
the bookmark and nothing is asked of the page's site; the session is that of our window, and the form there is as any.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.intake import uploads
from archive.intake.models import Accession
from archive.intake.queued import take_in_later
from archive.intake.reading.items import Stated
from archive.intake.working import begin

_BOOKMARK: Final = (
    "javascript:(()=>{const o=%(origin)s,w=open(%(address)s);addEventListener('message',e=>{"
    "if(e.source===w&&e.origin===o&&e.data==='diwan-waits')w.postMessage({address:location.href,title:document.title,"
    "html:'<!doctype html>'+document.documentElement.outerHTML},o)})})()"
)


def bookmark(request: HttpRequest) -> str:
    """The address of the bookmark: a script that opens our window, and answers to it alone."""
    address = request.build_absolute_uri(reverse("admin:intake_accession_send"))
    parts = urlsplit(address)
    said = {"origin": f"{parts.scheme}://{parts.netloc}", "address": address}
    return _BOOKMARK % {name: f"'{value}'" for name, value in said.items()}


class SendForm(forms.Form):
    """A page as it came from the browser, with its address; `address` is empty where its site is not known."""

    page = forms.FileField(
        label=_("Page"), max_length=200, widget=forms.FileInput(attrs={"hidden": True, "aria-label": _("Page")})
    )
    address = forms.CharField(
        label=_("Address"),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"readonly": True, "dir": "ltr", "size": 80}),
    )
    source = forms.CharField(
        label=_("Source"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    @transaction.atomic
    def take_in(self, by: User | None, *, dry_run: bool) -> Accession:
        """Put the page into the queue of work, as captured now."""
        said = self.cleaned_data
        file = said["page"]
        file.name = f"{urlsplit(said['address']).hostname or 'page'}.html"
        stated = Stated(source=said["source"], address=said["address"], captured_at=timezone.now().isoformat())
        origins = uploads.keep_files([file])
        accession = begin(origins, Accession.Way.BROWSER, by=by, stated=stated, dry_run=dry_run)
        take_in_later(accession, by)
        return accession


@transaction.atomic
def in_earnest(accession: Accession, by: User | None) -> Accession:
    """Take in what a dry run has told of; once, however often it is asked for."""
    Accession.objects.select_for_update().get(pk=accession.pk)
    if begun := Accession.objects.filter(options__tried=accession.pk).first():
        return begun
    options = {**accession.options, "tried": accession.pk}
    begun = Accession.objects.create(by=by, way=accession.way, origins=accession.origins, options=options)
    take_in_later(begun, by)
    return begun


def may_be_in_earnest(accession: Accession) -> bool:
    """Whether it is a dry run that is done, of what is still here."""
    is_done = accession.is_dry_run and accession.state == Accession.State.DONE
    return is_done and all(path.exists() for path in uploads.paths(accession))
