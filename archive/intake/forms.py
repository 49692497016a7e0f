"""The form by which a curator takes something in: files, a text, addresses."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from archive.fetching.errors import AddressRefused
from archive.fetching.targets import target
from archive.intake import uploads as kept
from archive.intake.addresses import reach
from archive.intake.models import Accession, WatchedFeed
from archive.intake.queued import take_in_later
from archive.intake.reading.columns import FIELDS, UnknownField, read_mapping
from archive.intake.reading.items import Stated
from archive.intake.working import begin
from archive.pages.shown import apart, in_words

MOST_ADDRESSES: Final = 100
# Marks of direction come along when an address is copied out of a page.
MARKS: Final = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
Way = Accession.Way


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Any number of files."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(_FilesField, self).clean(one, initial) for one in data or []]


class IntakeForm(forms.Form):
    """One of files, a text or addresses, or several of these; each becomes an accession."""

    uploads = _FilesField(
        label=_("Files"),
        required=False,
        allow_empty_file=True,  # it is told of as an item, and keeps no other out
        help_text=_("Text, HTML, PDF, MHTML, e-mail, JSON Lines, CSV, ZIP, WARC, WACZ; several at once if you like."),
    )
    addresses = forms.CharField(
        label=_("Addresses of pages"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr", "spellcheck": "false", "class": "vLargeTextField"}),
        help_text=_("One in a line, a hundred at most. Page, text, PDF, MHTML or e-mail: each becomes a draft."),
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=1000, widget=forms.TextInput(attrs={"dir": "auto", "size": 60})
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto", "class": "vLargeTextField"}),
        help_text=_("An empty line parts paragraphs."),
    )
    date = forms.CharField(
        label=_("Date as printed"), required=False, max_length=200, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("of what names none itself"),
    )
    columns = forms.CharField(
        label=_("Columns"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "spellcheck": "false", "class": "vLargeTextField"}),
        help_text=_("Only where columns of a table have unusual names; a line for a field: title = Überschrift"),
    )
    publish = forms.BooleanField(label=_("Publish at once"), required=False)
    dry_run = forms.BooleanField(
        label=_("Dry run"), required=False, help_text=_("Nothing is taken in; you see what would become of each item.")
    )

    def clean_addresses(self) -> list[str]:
        """The addresses, each of which may be asked."""
        given = list(filter(None, dict.fromkeys(one.strip(MARKS) for one in self.cleaned_data["addresses"].split())))
        if len(given) > MOST_ADDRESSES:
            raise ValidationError(_("Give a hundred addresses at most."))
        wrong = [told for address in given if (told := _problem(address))]
        if wrong:
            raise ValidationError(wrong)
        return given

    def clean_columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of a table by the fields that they say."""
        if not self.cleaned_data["columns"].strip():
            return {}
        try:
            return read_mapping(self.cleaned_data["columns"])
        except UnknownField as error:
            told = _("Each line says which column a field has, as in: title = Überschrift. The fields are: %(fields)s.")
            raise ValidationError(told, params={"fields": ", ".join(FIELDS)}) from error

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if said["title"] and not said["text"].strip():
            raise ValidationError({"text": _("A title without a text is no article.")})
        if not (said["uploads"] or said["addresses"] or said["text"].strip()):
            raise ValidationError(_("Choose files, paste a text, or give addresses."))
        return said

    @transaction.atomic
    def take_in(self, by: User | None) -> list[Accession]:
        """Put what was given into the queue of work."""
        said = self.cleaned_data
        given: list[tuple[Way, list[str]]] = []
        if said["uploads"]:
            given.append((Way.UPLOAD, kept.keep_files(said["uploads"])))
        if said["text"].strip():
            text = {"title": said["title"], "body": said["text"], "date": said["date"], "source": said["source"]}
            given.append((Way.PASTE, kept.keep_text(text)))
        if said["addresses"]:
            given.append((Way.ADDRESS, said["addresses"]))
        stated = Stated(source=said["source"])
        wishes = {"publish": said["publish"], "dry_run": said["dry_run"], "columns": said["columns"]}
        begun = [begin(origins, way, by=by, stated=stated, **wishes) for way, origins in given]
        for accession in begun:
            take_in_later(accession, by)
        return begun


class WatchedFeedForm(forms.ModelForm):
    """A feed or site map to be watched; its address may be asked."""

    class Meta:
        model = WatchedFeed
        fields: ClassVar = ["address", "source", "minutes", "is_active"]
        widgets: ClassVar = {"address": forms.TextInput(attrs={"dir": "ltr", "size": 80})}

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip().strip(MARKS)
        if told := _problem(address):
            raise ValidationError(told)
        return address


def _problem(address: str) -> str:
    try:
        target(address, open_ports=reach().loopback)
    except AddressRefused as error:
        return f"{apart(address[:100])}: {in_words(error.template, error.parameters)}"
    return ""
