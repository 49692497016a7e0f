"""Whatever a form or a list of the desk calls a field, it calls in the language of who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.utils import translation

DESKS = [desk for model, desk in admin.site._registry.items() if model.__module__.startswith("archive.")]
NAMES_OF_THEIR_OWN = {"Wikidata", "VIAF"}


def labels(desk: admin.ModelAdmin) -> Iterator[str]:
    names = [*desk.list_display, *flatten_fieldsets(desk.fieldsets or []), *(desk.fields or ()), *desk.readonly_fields]
    for name in dict.fromkeys(map(str, names)):
        typed = desk.form.base_fields.get(name)
        if typed is None or (typed.label and not typed.widget.is_hidden):
            yield str(typed.label if typed else label_for_field(name, desk.model, desk))


@pytest.mark.parametrize("language", ["ar", "fa"])
@pytest.mark.parametrize("desk", DESKS, ids=[desk.model.__name__ for desk in DESKS])
def test_every_label_of_the_desk_is_of_the_language(desk: admin.ModelAdmin, language: str) -> None:
    with translation.override(language):
        told = set(labels(desk)) - NAMES_OF_THEIR_OWN
    assert {label for label in told if not re.search("[\u0600-\u06ff]", label)} == set()
