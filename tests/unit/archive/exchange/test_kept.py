"""Every model of the database travels, or is left out for a reason; the page of the format tells every field."""

from __future__ import annotations

import re
from pathlib import Path

from django.apps import apps

from archive.exchange.described import tables
from archive.exchange.kept import EXPORTED, FIELDS_LEFT_OUT, LEFT_OUT, exported, fields

PAGE = Path(__file__).resolve().parents[4] / "docs/archive-format.md"


def test_every_model_travels_or_is_left_out_for_a_reason() -> None:
    known = [*EXPORTED, *LEFT_OUT]
    assert sorted(known) == sorted(model._meta.label for model in apps.get_models(include_auto_created=True))
    assert all(LEFT_OUT.values())


def test_what_a_row_names_travels_with_it() -> None:
    named = {field.related_model._meta.label for model in exported() for field in fields(model) if field.related_model}
    assert named - set(EXPORTED) == {"contenttypes.ContentType", "auth.Permission"}


def test_no_field_that_travels_is_a_secret() -> None:
    secret = re.compile("password|secret|token|session|^key$")
    assert not [str(field) for model in exported() for field in fields(model) if secret.search(field.name)]
    assert FIELDS_LEFT_OUT == {"auth.User": ("password", "last_login"), "curation.CurationEvent": ("job",)}


def test_the_page_of_the_format_has_every_field() -> None:
    assert tables() in PAGE.read_text("utf-8")


def test_the_page_of_the_format_says_what_is_left_out_and_why() -> None:
    told = PAGE.read_text("utf-8")
    assert all(f"| {label} | {why} |" in told for label, why in LEFT_OUT.items())
