"""The authority files from given data: whose a post is, how long it is known, which names are taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.records.people import Person, persons
from tools.records.rows import GivenPost, read_posts

COLUMNS = (
    "name_en name_ar name_fa country_iso2_or_body role role_text from to source posted_to wikidata name_ar_source"
    " name_fa_source attested_in_news seen_in_editions corroborated_by name_variants note"
).split()
WIKIDATA = "Wikidata via github:every-politician-scrapers/x html/holders21.csv @1 2022-07-23"
HAND = {
    "slug": "sabah-al-ahmad",
    "names": [
        {"text": "Sabah al-Ahmad", "language": "en", "use": "name"},
        {"text": "صباح الأحمد", "language": "ar", "use": "name"},
    ],
    "posts": [{"role": "emir", "country": "kw", "body": ""}],
}
RUTTE = {
    "slug": "mark-rutte",
    "names": [{"text": "Mark Rutte", "language": "en", "use": "name"}],
    "posts": [{"role": "secretary_general", "country": "", "body": "nato"}],
}


def given(tmp_path: Path, *rows: dict[str, str]) -> list[GivenPost]:
    plain = {"source": WIKIDATA, "role": "head_of_state", "role_text": "emir", "country_iso2_or_body": "KW"}
    lines = ["\t".join((plain | row).get(name, "") for name in COLUMNS) for row in rows]
    path = tmp_path / "posts.tsv"
    path.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", "utf-8")
    return read_posts(path)


def people(tmp_path: Path, *rows: dict[str, str]) -> list[Person]:
    return persons(given(tmp_path, *rows), [HAND, RUTTE])


SABAH = {"name_en": "Sabah Al-Ahmad Al-Jaber Al-Sabah", "wikidata": "Q1", "from": "2006-01-29", "to": "2020-09-29"}
SAAD = {"name_en": "Saad Al-Abdullah Al-Sabah", "wikidata": "Q2", "from": "2006-01-15", "to": "2006-01-24"}


def test_an_official_on_file_is_known_by_name_and_role(tmp_path: Path) -> None:
    assert [person.slug for person in people(tmp_path, SABAH)] == ["sabah-al-ahmad"]


@pytest.mark.parametrize("wrong", [{"name_ar": "صباح الأحمد"}, {"name_variants": "Sabah al-Ahmad al-Jabir"}])
def test_another_ones_form_in_a_row_does_not_make_him_the_other(tmp_path: Path, wrong: dict[str, str]) -> None:
    assert [person.slug for person in people(tmp_path, SAAD | wrong)] == [""]


def test_who_heads_a_body_is_known_by_the_post_of_a_state_before(tmp_path: Path) -> None:
    row = {"name_en": "Mark Rutte", "role": "head_of_government", "role_text": "Prime Minister"}
    row |= {"country_iso2_or_body": "NL", "from": "2010-10-14", "wikidata": "Q3"}
    assert [person.slug for person in people(tmp_path, row)] == ["mark-rutte"]


def test_what_two_sources_tell_of_one_term_is_one_post(tmp_path: Path) -> None:
    factbook = SABAH | {"wikidata": "", "source": "CIA World Factbook", "from": "2006-02-01", "to": ""}
    (person,) = people(tmp_path, SABAH, factbook | {"seen_in_editions": "2006..2020"})
    assert [(post.start, post.end) for post in person.posts] == [("2006-01-29", "2020-09-29")]


def test_an_open_end_is_known_as_far_as_a_source_saw_it(tmp_path: Path) -> None:
    row = SABAH | {"to": ""}
    (alone,) = given(tmp_path, row)
    assert alone.attested_on == "2022-07-23"  # nobody follows: the day of the snapshot
    first, _second = given(tmp_path, row, {"name_en": "Nawaf Al-Ahmad", "wikidata": "Q4", "from": "2020-09-29"})
    assert first.attested_on == "2006-01-29"
    (seen,) = given(tmp_path, row | {"source": "CIA World Factbook", "seen_in_editions": "2015..2021-03-01"})
    assert seen.attested_on == "2020-03-01"  # a year before the last snapshot, which lags behind


@pytest.mark.parametrize(
    "row",
    [
        {"from": "2006-11-14", "to": "2006-01-06"},
        {"from": "", "to": ""},
        {"role": "ambassador", "role_text": "Chargé d’Affaires ad interim to Jordan", "from": "2001"},
        {"name_en": "Chamber Sabine Bergmann-Pohl", "from": "1990-04-05"},
    ],
)
def test_a_row_that_cannot_be_right_is_left_out(tmp_path: Path, row: dict[str, str]) -> None:
    assert given(tmp_path, {"name_en": "Somebody Else"} | row) == []


def test_an_ambassador_is_told_with_the_state_he_was_sent_to(tmp_path: Path) -> None:
    row = {"role": "ambassador", "role_text": "ambassador to the Netherlands", "country_iso2_or_body": "FR"}
    (post,) = given(tmp_path, row | {"name_en": "Pierre Ménat", "from": "2011", "to": "2014"})
    assert (post.posted, post.titles) == ("nl", ("السفير لدى هولندا", "سفیر در هلند", "Ambassador to the Netherlands"))
