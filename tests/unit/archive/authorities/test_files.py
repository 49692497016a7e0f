"""The authority files that ship: complete, consistent, every fact with its source."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import Any

import pytest

from archive.authorities.gazetteer.files import FIXTURES, read_table, shipped_records
from archive.authorities.gazetteer.gazetteer import Gazetteer
from tests import CAPTURES
from tools import country_tables as cldr

FORMS = {"authorized", "parallel", "variant"}
USES = {"name", "official_name", "short", "press", "demonym", "capital", "surname", "misspelling"}
ROLES = {row["role"] for row in read_table("roles.tsv")}


def records(kind: str) -> list[dict[str, Any]]:
    return [record for record in shipped_records() if record["kind"] == kind]


def names(language: str, form: str = "authorized") -> list[tuple[str, str]]:
    return [
        (record["slug"], name["text"])
        for record in shipped_records()
        for name in record["names"]
        if name["language"] == language and name["form"] == form
    ]


def test_country_file_is_what_the_command_builds() -> None:
    assert cldr.build_countries() == records("country")


def test_every_iso_country_has_an_authorized_form_in_arabic_persian_and_english() -> None:
    assert len(records("country")) == 250  # the 249 of ISO 3166-1, and Kosovo
    for record in records("country"):
        languages = Counter(name["language"] for name in record["names"] if name["form"] == "authorized")
        assert {"ar", "fa", "en", "az"} <= set(languages), record["slug"]
        assert max(languages.values()) == 1, record["slug"]


def test_country_slug_is_its_code_in_lower_case() -> None:
    assert all(record["slug"] == record["code"].lower() for record in records("country"))


@pytest.mark.parametrize(
    ("slug", "language", "text"),
    [
        ("az", "ar", "أذربيجان"),
        ("az", "fa", "آذربایجان"),
        ("tr", "fa", "ترکیه"),
        ("qa", "ar", "قطر"),
        ("lv", "fa", "لتونی"),
    ],
)
def test_country_is_called_by_its_everyday_name(slug: str, language: str, text: str) -> None:
    assert (slug, text) in names(language)


def test_official_name_of_azerbaijan_is_parallel() -> None:
    assert ("az", "جمهوری آذربایجان") in names("fa", "parallel")


def test_every_body_and_official_has_a_name_in_three_languages() -> None:
    for record in [*records("body"), *records("official")]:
        languages = {name["language"] for name in record["names"] if name["form"] != "variant"}
        assert {"ar", "fa", "en"} <= languages, record["slug"]


@pytest.mark.parametrize("language", ["ar", "fa", "en", "az"])
def test_no_two_records_share_an_authorized_form(language: str) -> None:
    shared = [text for text, count in Counter(text for _, text in names(language)).items() if count > 1]
    assert shared == []


def test_slugs_are_unique_and_plain() -> None:
    for kind in ("country", "body", "official"):
        slugs = [record["slug"] for record in records(kind)]
        assert len(slugs) == len(set(slugs))
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_every_name_has_text_language_form_use_and_source() -> None:
    for record in shipped_records():
        for name in record["names"]:
            assert set(name) == {"text", "language", "form", "use", "source"}, record["slug"]
            assert all(name.values()), (record["slug"], name)
            assert name["form"] in FORMS
            assert name["use"] in USES
            assert name["text"] == name["text"].strip()


def test_every_post_has_a_known_role_a_place_and_a_source() -> None:
    slugs = {kind: {record["slug"] for record in records(kind)} for kind in ("country", "body")}
    for record in records("official"):
        assert record["posts"], record["slug"]
        for post in record["posts"]:
            assert post["role"] in ROLES, record["slug"]
            assert post["source"], record["slug"]
            assert bool(post["country"]) != bool(post["body"]), record["slug"]
            assert post["country"] in slugs["country"] or post["body"] in slugs["body"], record["slug"]
            assert all(post["titles"][language] for language in ("ar", "fa", "en")), record["slug"]


def test_posts_from_general_knowledge_are_marked_unverified() -> None:
    for record in records("official"):
        for post in record["posts"]:
            assert post["verified"] == post["source"].startswith("capture sha256:")
            assert (post["start"], post["end"]) == ("", ""), "no date was invented"


def test_names_attested_in_a_capture_stand_in_it() -> None:
    captures = {
        hashlib.sha256(path.read_bytes()).hexdigest(): path.read_text("utf-8") for path in CAPTURES.glob("*.txt")
    }
    attested = [
        (name["text"], name["source"].removeprefix("capture sha256:"))
        for record in shipped_records()
        for name in record["names"]
        if name["source"].startswith("capture")
    ]
    assert len(attested) > 20
    for text, digest in attested:
        # Word by word and without the article: لحلف “الناتو”, للأمم المتحدة.
        assert all(word.removeprefix("ال") in captures[digest] for word in text.split()), text


@pytest.mark.parametrize(
    "word", ["مالي", "مالی", "عُمان", "قطر", "بنين", "چک", "پرو", "ترک", "الأردن", "المغرب", "مسقط", "رم"]
)
def test_ambiguous_word_is_guarded(word: str) -> None:
    assert word in {row["word"] for row in read_table("guards.tsv")}


def test_guards_speak_of_forms_that_exist() -> None:
    places = {row["text"] for row in read_table("places.tsv")}
    unknown = [row["word"] for row in read_table("guards.tsv") if not Gazetteer.shipped().lookup(row["word"])]
    assert set(unknown) <= places


def test_tables_are_tab_separated_and_have_no_twin_rows() -> None:
    for path in FIXTURES.glob("*.tsv"):
        rows = [tuple(row.values()) for row in read_table(path.name)]
        assert len(rows) == len(set(rows)), path.name


def test_no_record_has_a_form_twice() -> None:
    for record in shipped_records():
        forms = Counter((name["text"], name["language"], name["use"]) for name in record["names"])
        assert max(forms.values()) == 1, record["slug"]
