"""Records made of given lists: bodies and outlets with their names, places from CLDR, names by their sound."""

from __future__ import annotations

from pathlib import Path

from tools.evaluate_sound import Heard, figures
from tools.lexicon.places import read_demonyms, read_places
from tools.records.listed import bodies, outlets

BODY = "name_en name_ar name_fa ar_source fa_source variants_ar variants_fa abbreviation wikidata".split()
OUTLET = "outlet_en outlet_ar outlet_fa ar_source fa_source domains source licence".split()


def table(path: Path, columns: list[str], *rows: dict[str, str]) -> Path:
    lines = ["\t".join(row.get(name, "") for name in columns) for row in rows]
    path.write_text("\n".join(["\t".join(columns), *lines]) + "\n", "utf-8")
    return path


OSCE = {
    "name_en": "Organization for Security and Co-operation in Europe",
    "name_ar": "منظمة الأمن والتعاون في أوروبا",
    "name_fa": "سازمان امنیت و همکاری اروپا",
    "ar_source": "source",
    "fa_source": "attested 12 (news_fa)",
    "variants_ar": "منظمة الأمن والتعاون الأوروبية (7)",
    "abbreviation": "OSCE",
    "wikidata": "Q81299",
}


def test_a_body_has_its_names_each_with_where_it_was_found(tmp_path: Path) -> None:
    (record,) = bodies(table(tmp_path / "bodies.tsv", BODY, OSCE), [])
    names = {name["text"]: name for name in record["names"]}
    assert record["kind"] == "body" and record["slug"].startswith("organization-for-security")
    assert "Q81299" in names[OSCE["name_en"]]["source"] and names["OSCE"]["use"] == "short"
    assert names["منظمة الأمن والتعاون الأوروبية"]["source"] == "attested 7 (news_ar), own count"
    assert names[OSCE["name_fa"]]["source"] == "attested 12 (news_fa), own count"


def test_an_abbreviation_that_is_a_word_of_other_texts_is_no_name(tmp_path: Path) -> None:
    (record,) = bodies(table(tmp_path / "bodies.tsv", BODY, OSCE | {"abbreviation": "UN"}), [])
    assert "UN" not in {name["text"] for name in record["names"]}


def test_a_body_on_file_gets_the_names_that_it_lacks(tmp_path: Path) -> None:
    by_hand = [{"slug": "osce", "names": [{"text": OSCE["name_ar"], "language": "ar"}]}]
    (record,) = bodies(table(tmp_path / "bodies.tsv", BODY, OSCE), by_hand)
    assert record["slug"] == "osce"
    assert OSCE["name_ar"] not in {name["text"] for name in record["names"]}
    assert {name["form"] for name in record["names"]} == {"variant"}


def test_a_name_that_two_bodies_have_is_left_out(tmp_path: Path) -> None:
    other = {"name_en": "Another Organization", "name_ar": OSCE["name_ar"], "ar_source": "source", "wikidata": "Q1"}
    records = bodies(table(tmp_path / "bodies.tsv", BODY, OSCE, other), [])
    assert len(records) == 2
    assert not [name for record in records for name in record["names"] if name["text"] == OSCE["name_ar"]]


RT = {"outlet_en": "RT Arabic (Russ", "outlet_ar": "روسيا اليوم", "domains": "arabic.rt.com, rtarabic.com"}
LISTED = {"source": "a list", "licence": "CC0", "ar_source": "attested 9"}


def test_an_outlet_has_its_names_and_domains_and_no_parenthesis_that_was_cut(tmp_path: Path) -> None:
    (record,) = outlets(table(tmp_path / "outlets.tsv", OUTLET, RT | LISTED))
    assert record["slug"] == "rt-arabic"
    assert [(name["text"], name["use"]) for name in record["names"]] == [
        ("RT Arabic", "name"),
        ("روسيا اليوم", "name"),
        ("arabic.rt.com", "domain"),
        ("rtarabic.com", "domain"),
    ]
    assert record["names"][0]["source"] == "a list (CC0)"


def test_a_name_is_the_first_outlets_alone_and_common_words_are_nobodys(tmp_path: Path) -> None:
    rival = {"outlet_en": "Russia Today", "outlet_ar": "روسيا اليوم", "domains": "rt.com"}
    news = {"outlet_en": "Al-Akhbar", "outlet_ar": "الأخبار", "domains": "al-akhbar.com"}
    records = outlets(table(tmp_path / "outlets.tsv", OUTLET, RT | LISTED, rival | LISTED, news | LISTED))
    texts = [name["text"] for record in records for name in record["names"]]
    assert texts.count("روسيا اليوم") == 1 and "الأخبار" not in texts


def test_places_have_their_names_in_four_languages_and_none_twice(tmp_path: Path) -> None:
    (tmp_path / "attested.json").write_text('[{"iso2": "QA", "aliases": {"ar": ["قطر", "دولة قطر"]}}]', "utf-8")
    places = read_places(tmp_path / "attested.json")
    assert len(set(places)) == len(places) and places == sorted(places)
    held = {(place, language, name) for place, _kind, language, name in places}
    assert {("country:QA", "ar", "قطر"), ("country:QA", "en", "Qatar"), ("city:baku", "az", "Bakı")} <= held
    assert ("country:QA", "ar", "دولة قطر") not in held  # of one word alone
    assert not [place for place, *_rest in places if place in {"country:EU", "country:001", "country:ZZ"}]


def test_demonyms_are_those_that_no_rule_derives() -> None:
    demonyms = {word for language, word, _country in read_demonyms() if language == "ar"}
    assert "قطري" not in demonyms and "سوري" not in demonyms


def test_what_is_heard_is_counted_over_all_words_and_by_name() -> None:
    heard = [
        Heard("Macron", (("ماكرون", True), ("مكرون", True), ("مقرون", False))),
        Heard("Hollande", (("هولندا", False), ("هولاند", True), ("هولندي", False))),
        Heard("Nobody", ()),
    ]
    first, share, mean = figures(heard)
    assert first.startswith("3 names, 2 of them find words by sound alone, 6 among")
    assert share == "right: 3 of 6, 0.500" and mean == "mean share of a name: 0.500; mostly wrong: 1 names"
    assert figures([])[1] == "right: 0 of 0, 0.000"
