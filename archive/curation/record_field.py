"""A record of the authority file as curators type it: by its identifier, or by any form of its name."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from archive.authorities.directory import directory
from archive.authorities.models import AuthorityRecord, Kind

NAMED: Final = (Kind.OFFICIAL, Kind.COUNTRY, Kind.BODY)  # what texts name and mentions lead to


def find_record(typed: str, kinds: Collection[str] = NAMED) -> AuthorityRecord | None:
    """The record of one of these kinds that is meant: `qa`, «خلف خلفوف», «الجزيرة»; None where none is.

    A name before an identifier: two records of two kinds may have one identifier, and «قطر» is the country.
    """
    names = directory()
    keys = [(key.kind, key.slug) for key in names.gazetteer.lookup(typed)]
    if Kind.SOURCE in kinds and (slug := names.source_of(typed, "")):
        keys.insert(0, (Kind.SOURCE, slug))
    present = AuthorityRecord.objects.present().filter(kind__in=kinds)
    found = (present.filter(kind=kind, slug=slug).first() for kind, slug in keys if kind in kinds)
    return next((one for one in found if one), None) or present.filter(slug=typed).first()


class RecordField(forms.CharField):
    """Its value is the record; what names none is refused."""

    widget = forms.TextInput({"dir": "auto", "size": 30, "autocomplete": "off"})

    def __init__(self, kinds: Collection[str] = NAMED, **named: Any) -> None:
        super().__init__(max_length=200, **named)
        self.kinds = kinds

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        record = find_record(typed, self.kinds) if typed else None
        if typed and record is None:
            raise forms.ValidationError(_("No record has this identifier or name."))
        return record
