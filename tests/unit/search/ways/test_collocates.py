"""Words near a match: which they are, what they are counted as, and how surely they are more than elsewhere."""

from __future__ import annotations

from itertools import pairwise
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.ways.collocates.counting import (
    PHRASES,
    WORDS,
    CollocateCount,
    CollocateRow,
    PhraseCount,
    listed,
    log_likelihood,
)
from search.ways.collocates.made import from_everywhere, spread
from search.ways.collocates.sides import FULL, Sides, bars
from search.ways.collocates.zones import AFTER, AWAY, BEFORE, MATCH, paragraphs

CITIES = ("باكو", "الدوحة", "طهران", "القاهرة")


def zones(text: str, match: str, window: int, language: str = "ar") -> list[tuple[str, int]]:
    start = text.index(match)
    parts = paragraphs(text, language, [(start, start + len(match))], window)
    return [(text[word.start : word.end], word.zone) for part in parts for word in part]


def counted(*reports: str, match: str = "", window: int = 2, language: str = "ar") -> CollocateCount:
    """The reports, each with every place of the match."""
    count = CollocateCount(language)
    for number, text in enumerate(reports, 1):
        places, at = [], text.find(match) if match else -1
        while at >= 0:
            places.append((at, at + len(match)))
            at = text.find(match, at + 1)
        count.add(number, text, paragraphs(text, language, places, window))
    return count


def by_written(rows: list[CollocateRow]) -> dict[str, CollocateRow]:
    return {row.written: row for row in rows}


def test_so_many_words_on_each_side_of_a_match_are_near_it() -> None:
    text = "قال أمس وزير الخارجية إن المباحثات بدأت"
    assert zones(text, "وزير الخارجية", 2) == [
        ("قال", BEFORE), ("أمس", BEFORE), ("وزير", MATCH), ("الخارجية", MATCH), ("إن", AFTER), ("المباحثات", AFTER),
        ("بدأت", AWAY),
    ]  # fmt: skip


def test_a_window_ends_with_its_paragraph() -> None:
    assert zones("انتهت المباحثات\nوزير قطر", "وزير", 5)[:2] == [("انتهت", AWAY), ("المباحثات", AWAY)]


def test_a_word_between_two_matches_belongs_to_the_nearer_one() -> None:
    text = "وزير صرح أمس اليوم وزير"
    places = [(0, 4), (len(text) - 4, len(text))]
    assert [word.zone for part in paragraphs(text, "ar", places, 3) for word in part][1:4] == [AFTER, AFTER, BEFORE]


def test_a_word_written_apart_is_one_unless_a_match_ends_within_it() -> None:
    joined = [word.key for part in paragraphs("رئیس جمهور ایران", "fa", (), 1) for word in part]
    assert len(joined) == 2
    assert zones("رئیس جمهور ایران", "جمهور", 1, "fa") == [("رئیس", BEFORE), ("جمهور", MATCH), ("ایران", AFTER)]


def test_spellings_and_particles_are_counted_together_and_shown_as_written_most() -> None:
    texts = ("زار الوفد الرياض", "بدأ الوفد بالرياض", "ترك الوفد الرياض", "يزور الوفد والرياض")
    (row,) = (row for row in counted(*texts, match="الوفد").near(WORDS) if row.written == "الرياض")
    assert (row.near, row.after, row.articles) == (4, 4, 4)
    forms = by_written(counted("كشورهای منطقه را", "كشورهاي منطقه", match="منطقه", language="fa").near(WORDS))
    assert len(forms) == 1 and next(iter(forms.values())).near == 2


@pytest.mark.parametrize("small", ["في", "على", "وعلى", "وكان", "ولكن", "2015", "٣", "بن", "د"])
def test_function_words_numbers_and_single_letters_are_no_collocates(small: str) -> None:
    assert by_written(counted(f"الوفد {small} الرياض", match="الوفد").near(WORDS)).keys() == {"الرياض"}


@pytest.mark.parametrize("small", ["می‌شود", "را", "که", "شده", "می شد"])
def test_persian_light_verbs_are_none_either(small: str) -> None:
    assert "تهران" in by_written(counted(f"وزیر {small} تهران", match="وزیر", window=3, language="fa").near(WORDS))
    assert len(counted(f"وزیر {small} تهران", match="وزیر", window=3, language="fa").near(WORDS)) == 1


def test_the_name_of_ali_is_a_collocate_though_folded_it_is_a_function_word() -> None:
    assert "علي" in by_written(counted("التقى علي بالوفد", match="التقى").near(WORDS))


def test_a_paragraph_of_several_reports_is_counted_once() -> None:
    wire = "أكد الوفد متانة العلاقات"
    (row,) = (row for row in counted(wire, wire, wire, match="الوفد").near(WORDS) if row.written == "متانة")
    assert (row.near, row.articles) == (1, 1)


def test_what_stands_elsewhere_in_the_same_reports_is_compared() -> None:
    count = counted("الوفد القطري وصل ثم غادر القطري", match="الوفد", window=1)
    row = by_written(count.near(WORDS))["القطري"]
    assert (row.near, row.elsewhere, row.words_near, row.words_elsewhere) == (1, 1, 1, 4)
    assert row.times == 4.0


def test_phrases_near_end_at_a_sign_and_at_function_words() -> None:
    texts = (f"الوزير {end} محمد جواد ظريف، النائب" for end in ("ترك", "زار"))
    rows = by_written(counted(*texts, match="الوزير", window=5).near(PHRASES))
    assert "محمد جواد ظريف" in rows and not any("النائب" in written for written in rows)
    assert not any(written.startswith("في ") for written in rows)


def test_a_part_of_a_longer_phrase_is_left_out() -> None:
    texts = [f"{word} الوزير محمد جواد ظريف" for word in ("قال", "وصل", "غادر")]
    texts += [f"هدأت المدينة كلها يوم الجمعة الماضي وعادت الحياة إليها ب{letter}ابل" for letter in "تثجحخدذرزسشص"]
    kept = [row.written for row in listed(counted(*texts, match="الوزير", window=5).near(PHRASES))]
    assert kept == ["محمد جواد ظريف"]


def test_frequent_phrases_are_those_of_several_reports() -> None:
    count = PhraseCount("ar")
    for number, text in enumerate(
        ("رحب مجلس الأمن القومي بالقرار", "عقد مجلس الأمن القومي جلسة", "جلسة طارئة ثم جلسة طارئة"), 1
    ):
        count.add(number, text, paragraphs(text, "ar", (), 0))
    assert [(row.written, row.near, row.articles) for row in count.frequent()] == [("مجلس الأمن القومي", 2, 2)]


def test_the_measure_is_that_of_dunning() -> None:
    """The four cells written out: 10 of 100 near, 20 of 2,000 elsewhere."""
    table = ((10, 100 * 30), (20, 2000 * 30), (90, 100 * 2070), (1980, 2000 * 2070))
    assert log_likelihood(10, 100, 20, 2000) == pytest.approx(2 * sum(o * log(o * 2100 / e) for o, e in table))


@given(st.integers(1, 50), st.integers(50, 500), st.integers(0, 50), st.integers(50, 5000))
def test_the_measure_is_never_negative_and_alike_from_both_sides(a: int, among: int, b: int, others: int) -> None:
    assert log_likelihood(a, among, b, others) == pytest.approx(log_likelihood(b, others, a, among), abs=1e-6)
    assert log_likelihood(a, among, b, others) >= 0
    assert log_likelihood(a, among, a, among) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.integers(), max_size=60, unique=True), st.integers(1, 20))
def test_what_is_read_is_spread_over_the_whole(held: list[int], most: int) -> None:
    names = [str(one) for one in held]
    read = spread(names, most)
    assert len(read) == min(len(names), most) == len(set(read))
    assert read == [name for name in names if name in set(read)]


def test_said_and_and_said_are_one_word() -> None:
    """«قال», «وقال» and «فقال»: what news like to begin with is a word and its particle."""
    reports = [f"{said} الوزير في {city}" for said, city in zip(("قال", "وقال", "وقال", "فقال"), CITIES, strict=True)]
    row = by_written(counted(*reports, match="الوزير", window=1).near(WORDS))["وقال"]
    assert (row.near, row.before, row.articles) == (4, 4, 4)


@given(st.integers(0, 300), st.integers(1, 20))
def test_whenever_reading_ends_what_was_read_is_spread(number: int, steps: int) -> None:
    places = from_everywhere(number)
    assert sorted(places) == list(range(number))
    for read in range(steps, number, steps):
        gaps = [after - before for before, after in pairwise([-1, *sorted(places[:read]), number])]
        assert max(gaps) <= 4 * number / read + 2


def test_the_bars_of_a_table_are_in_one_proportion() -> None:
    """26 before and 13 after beside 52: half, a quarter, and the longest; nothing is no bar, and little is seen."""
    one, other, little = bars([(26, 13), (0, 52), (1, 0)])
    assert one == Sides(FULL / 2, FULL / 4) and one.begins == FULL / 2
    assert other == Sides(0, FULL)
    assert little.before == pytest.approx(1.9) and bars([(1, 1000)])[0].before == 1
    assert bars([]) == [] and bars([(0, 0)]) == [Sides(0, 0)]
