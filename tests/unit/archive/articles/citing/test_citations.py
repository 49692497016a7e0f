"""Citations: ready text in three languages, files that other programs read, and what a page tells Zotero."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from urllib.parse import parse_qs

import bibtexparser
import pytest
import rispy

from archive.articles.citing import metadata
from archive.articles.citing.cited import ARCHIVE, LANGUAGES, Cited, CitedDate
from archive.articles.citing.formats import bibtex, csl, csl_json, key, ris
from archive.articles.citing.styles import Style, apa, chicago, credited, house, plain
from archive.articles.citing.transliteration import transliterate

MIHR_12 = CitedDate(datetime.date(2023, 10, 4), "solar_hijri", "day")
PEACE = Cited(
    identifier="26b14ba7e75e",
    title="زبان صلح و امنیت جایگزین تنش و درگیری در منطقه شود",
    language="fa",
    url="https://diwan.example/articles/26b14ba7e75e/",
    accessed_on=datetime.date(2026, 11, 21),
    date=MIHR_12,
    source={"fa": "دفاع‌پرس", "ar": "دفاع برس", "en": "Defa Press"},
    source_slug="defapress",
    digest="26b14ba7e75e08d06ce303406ec44937b4b3909727f6c27b7bdcb631b71c272a",
    item_code="620924",
    subjects=("Khalaf Khalafov", "Azerbaijan"),
)
UNDATED = replace(PEACE, date=CitedDate())
GREGORIAN_PEACE = replace(PEACE, date=CitedDate(datetime.date(2023, 10, 4)))
ROUND = Cited(
    identifier="650b1076e0af",
    title="عقدت الجولة الأولى من المشاورات السياسية",
    language="ar",
    url="https://diwan.example/articles/650b1076e0af/",
    accessed_on=datetime.date(2026, 11, 21),
    date=CitedDate(datetime.date(2019, 12, 1), "gregorian", "day", supplied=True),
)


def test_original_date_stands_in_its_calendar_with_the_gregorian_day_in_brackets() -> None:
    assert "12 Mehr 1402 [4 October 2023]" in plain(chicago(PEACE, "en"))
    assert "12 مهر 1402 [4 أكتوبر 2023]" in plain(house(PEACE, "ar"))
    assert "(12 Mehr 1402 [2023, October 4])" in plain(apa(PEACE, "en"))
    assert "October 4, 2023" in plain(chicago(GREGORIAN_PEACE, "en"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", [chicago, apa, house])
def test_digits_of_a_citation_are_those_of_its_language(style: Style, language: str) -> None:
    """Also of the date that the page counts by another calendar, and of the item code."""
    for work in (PEACE, ROUND, UNDATED):
        told = plain(style(work, language)).replace(work.url, "")
        assert bool(re.search("[0-9]", told)) is (language != "fa" and bool(re.search("[0-9۰-۹]", told)))
        assert language == "fa" or not re.search("[۰-۹]", told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", [chicago, apa, house])
def test_a_title_is_kicker_and_title_in_their_own_script(style: Style, language: str) -> None:
    said = plain(style(replace(PEACE, kicker="امیرعبداللهیان در دیدار خلف اف:"), language))
    assert f"امیرعبداللهیان در دیدار خلف اف: {PEACE.title}" in said
    assert "amnīt" not in said
    assert "«گفتگو: " in plain(house(replace(PEACE, kicker="گفتگو"), "fa"))


def test_a_persian_citation_counts_persian_days_only() -> None:
    assert plain(house(PEACE, "fa")) == (
        "«زبان صلح و امنیت جایگزین تنش و درگیری در منطقه شود»، دفاع‌پرس، ۱۲ مهر ۱۴۰۲، کد خبر ۶۲۰۹۲۴، "
        "بایگانی‌شده در دیوان، دسترسی در ۳۰ آبان ۱۴۰۵: https://diwan.example/articles/26b14ba7e75e/"
    )


def test_chicago_begins_with_the_newspaper_and_keeps_the_title_in_its_script() -> None:
    assert plain(chicago(PEACE, "en")) == (
        "Defa Press. “زبان صلح و امنیت جایگزین تنش و درگیری در منطقه شود.” 12 Mehr 1402 [4 October 2023]. "
        "Diwan. Accessed November 21, 2026. https://diwan.example/articles/26b14ba7e75e/."
    )


@pytest.mark.parametrize(("language", "said"), [("ar", "بلا تاريخ"), ("fa", "بی‌تا"), ("en", "n.d.")])
def test_an_undated_report_is_called_undated_in_every_style(language: str, said: str) -> None:
    for style in (chicago, apa, house):
        text = plain(style(UNDATED, language))
        assert said in text
        assert ".." not in text
    assert said in credited(UNDATED, language)


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "[December 1, 2019]"), ("ar", "[1 ديسمبر 2019]"), ("fa", "[۱ دسامبر ۲۰۱۹ = ۱۰ آذر ۱۳۹۸]")],
)
def test_an_inferred_date_stands_in_brackets(language: str, shown: str) -> None:
    assert shown in plain(chicago(ROUND, language))


def test_a_month_of_another_calendar_is_a_span_of_months() -> None:
    mihr = CitedDate(datetime.date(2023, 9, 23), "solar_hijri", "month")
    assert mihr.own("fa") == "مهر ۱۴۰۲"
    assert mihr.within("gregorian", "en") == "September–October 2023"
    assert CitedDate(datetime.date(2023, 12, 22), "solar_hijri", "month").within("gregorian", "en") == (
        "December 2023–January 2024"
    )
    assert CitedDate(datetime.date(2023, 3, 21), "solar_hijri", "year").within("gregorian", "en") == "2023–2024"
    assert mihr.parts == (2023,)


def test_a_day_outside_the_tables_of_a_calendar_is_left_out() -> None:
    assert CitedDate(datetime.date(1890, 1, 1), "gregorian", "day").within("lunar_hijri", "ar") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_style_names_archive_and_address_and_apa_the_day_of_access_of_what_has_no_date(language: str) -> None:
    day = {"ar": "21 نوفمبر 2026", "fa": "۳۰ آبان ۱۴۰۵", "en": "November 21, 2026"}[language]
    for style in (chicago, apa, house):
        dated, undated = plain(style(PEACE, language)), plain(style(UNDATED, language))
        assert PEACE.url in dated
        assert ARCHIVE[language] in dated
        assert day in undated
        assert (day in dated) is (style is not apa)


def test_ris_is_a_newspaper_article() -> None:
    (entry,) = rispy.loads(ris(PEACE))
    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == PEACE.title
    assert entry["language"] == "fa"
    assert entry["year"] == "2023"
    assert entry["date"] == "2023/10/04/"
    assert entry["urls"] == [PEACE.url]
    assert entry["secondary_title"] == "دفاع‌پرس"
    assert entry["keywords"] == ["Khalaf Khalafov", "Azerbaijan"]
    assert "date in its calendar: ۱۲ مهر ۱۴۰۲ [4 October 2023]" in entry["notes"]


def test_ris_of_an_undated_report_has_no_date() -> None:
    text = ris(UNDATED)
    assert not re.search("^(PY|DA) ", text, flags=re.MULTILINE)
    assert "N1  - n.d." in text


def test_a_title_cannot_open_a_field_of_ris() -> None:
    hostile = replace(PEACE, title="قطر\r\nER  - \r\nTY  - BOOK\u2028")
    assert [entry["type_of_reference"] for entry in rispy.loads(ris(hostile))] == ["NEWS"]


def test_bibtex_reads_back_as_it_was() -> None:
    library = bibtexparser.parse_string(bibtex(PEACE))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {field.key: field.value for field in entry.fields}
    assert (entry.entry_type, entry.key) == ("article", "defapress-2023-26b14b")
    assert fields["title"].strip("{}") == PEACE.title
    assert fields["language"] == "fa"
    assert (fields["year"], fields["month"], fields["day"]) == ("2023", "oct", "4")
    assert fields["entrysubtype"] == "newspaper"


@pytest.mark.parametrize("title", ["50% & {قطر}_#1 $2 ~ ^ \\end", "}}, note={x", "@book{x,", "قطر \\"])
def test_bibtex_is_whole_whatever_a_title_holds(title: str) -> None:
    library = bibtexparser.parse_string(bibtex(replace(PEACE, title=title)) + bibtex(ROUND))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [key(PEACE), key(ROUND)]


def test_csl_json_is_a_newspaper_article_with_its_date() -> None:
    item = json.loads(csl_json(PEACE))
    assert item["type"] == "article-newspaper"
    assert item["issued"] == {"date-parts": [[2023, 10, 4]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 21]]}
    assert (item["title"], item["container-title"], item["language"]) == (PEACE.title, "دفاع‌پرس", "fa")
    assert csl(ROUND)["issued"]["circa"] is True
    assert "issued" not in csl(UNDATED)


def test_zotero_finds_a_newspaper_article_in_the_page() -> None:
    told = dict(metadata.dublin_core(PEACE))
    assert told["DC.type"] == "newspaperArticle"
    assert (told["DC.source"], told["DC.date"], told["DC.language"]) == ("دفاع‌پرس", "2023-10-04", "fa")
    context = parse_qs(metadata.coins(PEACE))
    assert context["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert context["rft.type"] == ["newspaperArticle"]
    assert context["rft.title"] == [PEACE.title]
    assert context["rft.source"] == ["دفاع‌پرس"]
    assert not [name for name in told if name.startswith("citation_")]


def test_json_ld_cannot_end_its_script_element() -> None:
    written = metadata.news_article(replace(PEACE, title="</script><b>&\u2028"))
    assert not set(written) & {"<", ">", "&", "\u2028"}
    assert json.loads(written)["headline"] == "</script><b>&\u2028"
    assert json.loads(written)["@type"] == "NewsArticle"


@pytest.mark.parametrize(
    ("language", "written", "latin"),
    [
        ("ar", "وزير الخارجية", "wzīr al-khārjīyah"),
        ("ar", "أذربيجان وقطر", "adhrbījān wqṭr"),
        ("ar", "نائب وزير الخارجية في الدوحة", "nāʼb wzīr al-khārjīyah fī al-dūḥah"),
        ("ar", "مُحَمَّدٌ", "muḥammadun"),
        ("ar", "جداً", "jdan"),
        ("ar", "بالسلام", "bi-al-slām"),
        ("ar", "اليمن، ٢٠٢٠؟", "al-ymn, 2020?"),
        ("fa", "ایران و اوکراین", "īrān va ūkrāyn"),
        ("fa", "می‌شود", "mī-shūd"),
        ("fa", "ثبات", "s̱bāt"),
        ("fa", "وزیر خارجه", "vzīr khārjah"),
        ("fa", "Khalafov 2020", "Khalafov 2020"),
        ("und", "قطر", "qṭr"),
    ],
)
def test_letters_are_transliterated_and_no_short_vowel_is_supplied(language: str, written: str, latin: str) -> None:
    assert transliterate(written, language) == latin


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("style", [chicago, apa, house])
def test_a_romanized_title_stands_in_brackets_where_a_curator_wrote_one(style: Style, language: str) -> None:
    work = replace(PEACE, romanized_title="Zabān-e ṣolḥ va amniyat")
    assert f"{PEACE.title} [Zabān-e ṣolḥ va amniyat]" in plain(style(work, language))
    assert "[Zab" not in plain(style(PEACE, language))
    (run,) = (run for run in style(work, language) if run.text.startswith("Zab"))
    assert run.language == "fa-Latn"


def test_reference_managers_get_the_romanized_title_beside_the_title() -> None:
    work = replace(PEACE, romanized_title="Zabān-e ṣolḥ")
    assert "romanized title: Zabān-e ṣolḥ" in ris(work) and "romanized title: Zabān-e ṣolḥ" in csl(work)["note"]
    assert "titleaddon = {{Zabān-e ṣolḥ}}" in bibtex(work) and "titleaddon" not in bibtex(PEACE)
    assert csl(work)["title"] == csl(PEACE)["title"]
