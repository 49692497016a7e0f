"""The phrases of news pages: of outlets, counters and codes; and the address and number that a page gives itself."""

from __future__ import annotations

import pytest

from archive.extraction.article import extract
from archive.extraction.cutting import outlet_words
from archive.extraction.cutting.addresses import find_address, find_item_code
from archive.extraction.cutting.attribution import find_source
from archive.extraction.cutting.line_patterns import CLOSING_MARK, PATTERNS
from archive.extraction.cutting.phrases import PHRASES, RULE_OF_PHRASE, SHARE_NAMES, SHARE_WORDS
from archive.extraction.page.folding import fold, key
from archive.extraction.page.lines import PageLine, read_plain
from archive.extraction.page.types import Removed


def source(paragraph: str) -> str | None:
    claim = find_source(read_plain(paragraph), [], [PageLine(0, len(paragraph), paragraph)])
    return claim.name if claim else None


@pytest.mark.parametrize(
    ("paragraph", "name"),
    [
        ("ذكر موقع الشرق أن وزير الخارجية وصل إلى باكو", "الشرق"),
        ("به گزارش دفاعپرس، خلف اف در این دیدار گفت", "دفاعپرس"),
        ("حسب AzVision، عقدت الجولة الثانية", "AzVision"),
        ("عقدت الجولة الثانية، وذلك بحسب ما نقلته وكالة أنباء تريند", None),
        ("قالت صحيفة جزائرية إن الوزير وصل", None),
        ("AzVision: عقدت الجولة الثانية من المشاورات", "AzVision"),
        ("Stand: 24.04.2024 22:58 Uhr", None),
        ("Update: the ministers met again", None),
    ],
)
def test_a_source_opens_a_paragraph_and_has_a_name(paragraph: str, name: str | None) -> None:
    assert source(paragraph) == name


def test_the_number_of_an_item_is_read_in_ascii_digits_and_kept_as_printed() -> None:
    code, evidence = find_item_code([Removed("کد خبر: ۶۲۰۹۲۴", 10, 24, "item-code")], read_plain(""))
    assert code == "620924"
    assert evidence is not None and (evidence.text, evidence.start) == ("۶۲۰۹۲۴", 18)
    assert find_item_code([Removed("620924", 0, 6, "view-counter")], read_plain("")) == ("", None)


def test_a_printed_address_is_the_page_s_own() -> None:
    printed = "رابط: https://azvision.az/1"
    found = find_address(read_plain(printed), [Removed(printed, 0, len(printed), "page-address")])
    assert found is not None and found.text == "https://azvision.az/1"


@pytest.mark.parametrize("rule", list(PHRASES))
def test_every_phrase_is_cut_by_the_first_rule_that_lists_it(rule: str) -> None:
    phrases = [phrase for line in PHRASES[rule].split("\n") for phrase in line.split("|") if phrase.strip()]
    assert all(RULE_OF_PHRASE[key(phrase)] in PHRASES for phrase in phrases)
    assert rule in {RULE_OF_PHRASE[key(phrase)] for phrase in phrases}


def test_what_names_a_share_bar_belongs_to_one() -> None:
    assert key("واتساب") in SHARE_NAMES & SHARE_WORDS
    assert key("الخبر") in SHARE_WORDS - SHARE_NAMES


def test_patterns_are_written_in_folded_letters() -> None:
    assert not [pattern.pattern for _rule, pattern in PATTERNS if fold(pattern.pattern) != pattern.pattern.lower()]


def test_the_mark_at_the_end_of_a_message_stands_behind_a_sentence() -> None:
    assert CLOSING_MARK.search(fold("برگزار می‌شود. انتهای پیام/"))
    assert not CLOSING_MARK.search(fold("در انتهای پیام خود گفت"))


def test_an_agency_named_with_its_noun_keeps_it() -> None:
    assert "فرانسه".startswith(outlet_words.NAMED_WITH_NOUN)
    assert source("به گزارش خبرگزاری فرانسه، وزیر گفت") == "خبرگزاری فرانسه"


def test_a_page_is_read_into_its_parts() -> None:
    page = extract(
        "خلفوف يستقبل السفير\n26 اكتوبر 2020    قرأ 604\nاستقبل نائب وزير الخارجية خلف خلفوف السفير.".encode()
    )
    assert page.title == "خلفوف يستقبل السفير"
    assert [(cut.text, cut.rule) for cut in page.removed] == [
        ("26 اكتوبر 2020", "dateline"),
        ("قرأ 604", "view-counter"),
    ]
    assert page.body == "استقبل نائب وزير الخارجية خلف خلفوف السفير."
