"""Marks of direction in lines that no browser sets: around brackets, and where words of one direction end."""

from __future__ import annotations

import pytest

from archive.articles.visual.direction import LRM, RLM, is_rtl, isolated, paired, parted


@pytest.mark.parametrize(("text", "rtl"), [("باكو", True), ("(Baku)", False), ("26 أكتوبر", True), ("2020", False)])
def test_a_line_has_the_direction_of_its_first_letter(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


def test_brackets_go_with_the_line() -> None:
    assert paired("باكو (أذرتاج)", rtl=True) == f"باكو {RLM}(أذرتاج){RLM}"


def test_brackets_go_with_the_words_of_the_other_direction_that_they_follow() -> None:
    assert paired("قال Baku (Azertac)", rtl=True) == f"قال Baku {LRM}(Azertac){LRM}"


def test_a_bracket_without_its_other_half_gets_no_marks() -> None:
    assert paired("باكو (أذرتاج", rtl=True) == "باكو (أذرتاج"


@pytest.mark.parametrize("line", ["باكو، 26.10.2020 (أذرتاج) Baku", "", "+994 12", "سلامٌ عليكم: Baku."])
def test_nothing_but_marks_is_added(line: str) -> None:
    marked = parted(paired(line, rtl=True), rtl=True)
    assert marked.replace(RLM, "").replace(LRM, "") == line


@pytest.mark.parametrize("line", ["Diwan · 29 November 2026", "https://diwan.example/search/?q=%D8&country=az"])
def test_a_line_of_one_direction_gets_no_marks(line: str) -> None:
    assert parted(line, rtl=False) == line


@pytest.mark.parametrize("rtl", [True, False])
def test_an_address_stays_as_it_is_written(rtl: bool) -> None:
    address = "https://diwan.example/articles/26b14ba7e75e/"
    assert address in parted(f"دیوان، {isolated(address, rtl=rtl)}. 2026", rtl=rtl)


def test_a_text_of_the_other_direction_is_set_apart_and_one_of_the_same_is_not() -> None:
    assert isolated("26 غارة", rtl=False) == f"{LRM}{RLM}26 غارة{RLM}{LRM}"
    assert isolated("Al Watan", rtl=True) == f"{RLM}{LRM}Al Watan{LRM}{RLM}"
    assert [isolated(text, rtl=True) for text in ("26 غارة", "2026", "")] == ["26 غارة", "2026", ""]
