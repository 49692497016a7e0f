"""Who wrote a report and when: small print that belongs to its article is told from that of others."""

from __future__ import annotations

import pytest

from archive.extraction.cutting.credits import Credits, find_credits
from archive.extraction.cutting.reports import count_reports
from archive.extraction.cutting.small_print import HEAD, NOWHERE, TAIL, TOP, Zones, is_fact, joined_clock, mixed
from archive.extraction.page.lines import Page, PageLine, read_plain
from archive.extraction.page.types import Evidence, Removed

PROSE = (
    "عقدت وزارتا الخارجية في الدوحة مشاورات سياسية، وترأس الوفدين نائبا الوزيرين، وجرى خلال الاجتماع بحث العلاقات "
    "الثنائية بين البلدين وسبل تعزيزها في مختلف المجالات، إضافة إلى القضايا الإقليمية والدولية ذات الاهتمام المشترك."
)


def credits_of(line: str, rule: str = "byline") -> Credits:
    return find_credits(Page(line, ()), [Removed(line, 0, len(line), rule)], [])


def printed(evidence: Evidence | None) -> str:
    return evidence.text if evidence else ""


@pytest.mark.parametrize(
    ("line", "byline", "agency", "place"),
    [
        ("كتبت منى أحمد", "منى أحمد", "", ""),
        ("كتب: أحمد سالم - الدوحة", "أحمد سالم", "", "الدوحة"),
        ("باريس - رويترز", "", "رويترز", "باريس"),
        ("الدوحة (قنا)", "", "قنا", "الدوحة"),
        ("منى أحمد", "منى أحمد", "", ""),
        ("أخبار محلية", "", "", ""),
        ("عواصم - وكالات", "", "", "عواصم"),
    ],
)
def test_a_line_cut_as_byline_tells_writer_agency_and_place(line: str, byline: str, agency: str, place: str) -> None:
    found = credits_of(line)
    assert (printed(found.byline), printed(found.agency), printed(found.place)) == (byline, agency, place)


def test_a_line_cut_for_another_reason_tells_nothing() -> None:
    assert credits_of("كتبت منى أحمد", "share-bar") == Credits()


def test_the_opening_words_tell_the_agency_and_stay_where_they_are() -> None:
    page = read_plain("الدوحة 19 أكتوبر /قنا/ عقدت وزارتا الخارجية مشاورات.")
    found = find_credits(page, [], page.lines)
    assert (printed(found.place), printed(found.agency)) == ("الدوحة", "قنا")
    assert found.agency is not None and page.text[found.agency.start : found.agency.end] == "قنا"
    assert found.agency.rule == "wire-dateline"


def bulletin(*reports: tuple[str, str, str]) -> list[PageLine]:
    return list(read_plain("\n\n".join("\n".join(report) for report in reports)).lines)


def test_a_bulletin_is_counted_by_titles_that_have_a_date_and_a_text() -> None:
    one = ("خلفوف يلتقي نظيره القطري", "26 أكتوبر 2020", PROSE)
    other = ("لاتفيا وأذربيجان تبحثان التعاون", "27 أكتوبر 2020", PROSE)
    assert count_reports(bulletin(one), is_markup=False) == 1
    assert count_reports(bulletin(one, other), is_markup=False) == 2
    assert count_reports(bulletin(one, other, one), is_markup=False) == 3
    assert count_reports([], is_markup=False) == 0


def test_a_teaser_below_a_report_is_no_report_of_its_own() -> None:
    one = ("خلفوف يلتقي نظيره القطري", "26 أكتوبر 2020", PROSE)
    assert count_reports(bulletin(one, ("لاتفيا وأذربيجان تبحثان", "27 أكتوبر 2020", "التفاصيل")), is_markup=False) == 1


def test_dates_between_the_paragraphs_of_a_chronicle_have_no_title() -> None:
    chronicle = "\n\n".join(f"{day} أكتوبر 2020\n{PROSE}" for day in (1, 2, 3))
    assert count_reports(read_plain(chronicle).lines, is_markup=False) == 0


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("رقم الخبر: 7349926", True),
        ("26 أكتوبر 2020", True),
        ("تاریخ انتشار: ۵ آبان ۱۳۹۹", True),
        ("12:15", True),
        ("المصدر: قنا", True),
        ("شارك", False),
        (PROSE, False),
    ],
)
def test_a_fact_says_when_under_which_number_or_from_whom(line: str, fact: bool) -> None:
    assert is_fact(line) is fact


def test_where_a_date_stands_says_whose_it_is() -> None:
    where = Zones(title=100, text=200, end=900)
    day = "26 أكتوبر 2020"
    assert [where.of(at, day) for at in (50, 150, 500, 950)] == [TOP, HEAD, TAIL, NOWHERE]
    assert [where.of(at, f"تاريخ النشر: {day}") for at in (50, 950)] == [HEAD, HEAD]


def parts(line: str) -> list[tuple[str, str]]:
    return [
        (line[start:end].strip(" -/|"), rule) for start, end, rule in mixed(PageLine(0, len(line), line, "", "byline"))
    ]


def test_a_line_that_names_people_too_is_parted() -> None:
    assert parts("بقلم أحمد سالم - 14 فبراير 2020") == [("بقلم أحمد سالم", "byline"), ("14 فبراير 2020", "dateline")]
    assert parts("الرئيسية / سياسة / 14 فبراير 2020")[1] == ("14 فبراير 2020", "dateline")


@pytest.mark.parametrize(
    "line", ["وصل الوزير في 14 فبراير 2020 إلى الدوحة.", "بقلم أحمد سالم", "أحمد " * 20 + "14 فبراير 2020"]
)
def test_a_sentence_and_a_line_without_a_day_stay_whole(line: str) -> None:
    assert parts(line) == []


def test_the_hour_printed_beside_a_date_joins_it() -> None:
    text = "12 مارس 2021 | 12:15"
    assert joined_clock(text, (0, 12), [(15, 20)]) == (0, 20)
    assert joined_clock("12:15 - 12 مارس 2021", (8, 20), [(0, 5)]) == (0, 20)
    assert joined_clock("12 مارس 2021 قال 12:15", (0, 12), [(17, 22)]) == (0, 12)
    assert joined_clock(text, (0, 12), []) == (0, 12)
