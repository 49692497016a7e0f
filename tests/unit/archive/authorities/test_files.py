"""The authority files that ship: complete, consistent, every fact with its source."""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import Counter
from typing import Any

import pytest

from archive.authorities.gazetteer.files import FIXTURES, joined, read_table, shipped_records
from archive.authorities.gazetteer.gazetteer import Gazetteer
from tests import CAPTURES
from tools import country_tables as cldr
from tools.records.people import letters

FORMS = {"authorized", "parallel", "variant"}
USES = {"domain", "name", "official_name", "short", "press", "demonym", "capital", "surname", "misspelling"}
ROLES = {row["role"] for row in read_table("roles.tsv")}


BY_HAND = {name: json.loads((FIXTURES / name).read_text("utf-8")) for name in ("bodies.json", "officials.json")}
DATED = json.loads((FIXTURES / "officials_dated.json").read_text("utf-8"))
LISTED = json.loads((FIXTURES / "bodies_listed.json").read_text("utf-8"))
OUTLETS = json.loads((FIXTURES / "sources_listed.json").read_text("utf-8"))


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


def test_titles_in_persian_are_joined_as_an_editor_joins_them() -> None:
    """Readers see a title as it stands on file: «نخست‌وزیر», «رئیس‌جمهور» with a half-space."""
    titles = {post["titles"].get("fa", "") for record in records("official") for post in record["posts"]}
    assert any("نخست‌وزیر" in title for title in titles)
    assert not [title for title in titles if re.search("نخست وزیر|رئیس جمهور", title)]


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


def test_every_body_and_official_kept_by_hand_has_a_name_in_three_languages() -> None:
    for record in [*BY_HAND["bodies.json"], *BY_HAND["officials.json"]]:
        languages = {name["language"] for name in record["names"] if name["form"] != "variant"}
        assert {"ar", "fa", "en"} <= languages, record["slug"]


@pytest.mark.parametrize("language", ["ar", "fa", "en", "az"])
def test_no_two_records_share_an_authorized_form(language: str) -> None:
    shared = {text for text, count in Counter(text for _, text in names(language)).items() if count > 1}
    held = {name["text"] for record in DATED for name in record["names"]}
    assert shared <= held, "only namesakes of the given data"
    by_hand = [name["text"] for record in BY_HAND["officials.json"] for name in record["names"]]
    assert not shared & set(by_hand)


def test_slugs_are_unique_and_plain() -> None:
    for kind in ("country", "body", "official", "source"):
        slugs = [record["slug"] for record in [*records(kind), *(OUTLETS if kind == "source" else ())]]
        assert len(slugs) == len(set(slugs))
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_every_name_has_text_language_form_use_and_source() -> None:
    for record in [*shipped_records(), *OUTLETS]:
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


def test_posts_from_general_knowledge_are_marked_unverified_and_have_no_date() -> None:
    for record in BY_HAND["officials.json"]:
        for post in record["posts"]:
            assert post["verified"] == post["source"].startswith("capture sha256:")
            assert (post["start"], post["end"]) == ("", ""), "no date was invented"


def test_every_post_of_the_dated_file_has_a_day_and_a_source_with_its_licence() -> None:
    assert sum(len(record["posts"]) for record in DATED) >= 3000
    for record in DATED:
        for post in record["posts"]:
            dates = [post[name] for name in ("start", "end", "attested_on") if name in post]
            assert dates and all(re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day) for day in dates), record["slug"]
            assert all(datetime.date.fromisoformat(day) for day in dates if len(day) == 10), record["slug"]
            assert post.get("end", "9") >= post.get("start", "")[:4], record["slug"]
            assert re.search(r"\((CC0|public domain)\)", post["source"]), record["slug"]
            assert not post["verified"]


def test_an_open_end_of_the_dated_file_says_how_long_it_is_known() -> None:
    open_ones = [post for record in DATED for post in record["posts"] if not post.get("end")]
    assert open_ones and all(post.get("attested_on", "") for post in open_ones)


def test_a_post_with_dates_takes_the_place_of_the_same_post_without() -> None:
    lavrov = next(record for record in shipped_records() if record["slug"] == "sergey-lavrov")
    (post,) = (post for post in lavrov["posts"] if post["role"] == "foreign_minister")
    assert post["start"].startswith("2004-03") and not post.get("end")
    entry = {"kind": "official", "slug": "x", "names": [], "posts": [{"role": "king", "country": "qa", "body": ""}]}
    other = {**entry, "posts": [{"role": "president", "country": "qa", "body": "", "start": "2001"}]}
    assert len(joined([entry, other])[0]["posts"]) == 2


def test_no_surname_alone_comes_from_given_data() -> None:
    assert not [name for record in DATED for name in record["names"] if name["use"] != "name"]
    arabic = [name for record in DATED for name in record["names"] if name["language"] != "en"]
    assert arabic and not [name for name in arabic if len(name["text"].split()) < 2]


def test_a_form_from_given_data_names_one_record_alone() -> None:
    owners: dict[str, set[str]] = {}
    for record in [*DATED, *BY_HAND["officials.json"]]:
        for name in record["names"]:
            if name["language"] != "en":
                owners.setdefault(letters(name["text"]), set()).add(record["slug"])
    given = {letters(name["text"]) for record in DATED for name in record["names"] if name["language"] != "en"}
    assert not [form for form in given if len(owners[form]) > 1]


def test_bodies_and_outlets_of_given_data_have_names_and_domains() -> None:
    assert len(LISTED) > 500 and len(OUTLETS) > 500
    slugs = {record["slug"] for record in BY_HAND["bodies.json"]}
    for record in LISTED:
        assert record["slug"] in slugs or record["names"][0]["language"] == "en", record["slug"]
    for record in OUTLETS:
        assert [name for name in record["names"] if name["use"] == "domain" and "." in name["text"]], record["slug"]


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
