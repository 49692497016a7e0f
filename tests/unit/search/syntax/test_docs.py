"""The page on the search box says what the search box does."""

from __future__ import annotations

import pytest

from search.syntax import NOTICE_MESSAGES, parse, to_text
from search.syntax.fields import FIELD_NAMES
from search.tree import And, Fielded, Node, Not, Or, Phrase
from tests import ROOT

PAGE = (ROOT / "docs" / "search-syntax.md").read_text(encoding="utf-8")
ARTICLES = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "fixtures" / "captures").glob("*.txt"))
)
HEADINGS = [
    "Words",
    "AND",
    "OR",
    "NOT and minus",
    "Parentheses",
    "Phrases",
    "Proximity",
    "Prefix",
    "Fuzzy words",
]
HEADINGS += ["Fields", "Dates and ranges", "What is changed, and how you are told"]


def rows(section: str) -> list[list[str]]:
    """The cells of every table row that has an example."""
    lines = [line for line in section.splitlines() if line.startswith("| ") and "`" in line and "|---" not in line]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def sections() -> dict[str, str]:
    parts = PAGE.split("\n## ")[1:]
    return {part.split("\n", 1)[0]: part for part in parts}


EXAMPLES = [
    (cells[-2].strip("` "), cells[-1].strip("` "))
    for name, section in sections().items()
    if name != HEADINGS[-1]
    for cells in rows(section)
    if len(cells) == 2
]
CHANGES = [
    (code, typed.strip("`"), read.strip("`"), told) for code, typed, read, told in rows(sections()[HEADINGS[-1]])
]


def test_every_operator_has_its_heading_and_an_example() -> None:
    assert set(HEADINGS) <= set(sections())
    assert all(rows(sections()[heading]) for heading in HEADINGS)
    assert len(EXAMPLES) > 30


@pytest.mark.parametrize(("typed", "read"), EXAMPLES)
def test_each_example_is_read_as_the_page_says(typed: str, read: str) -> None:
    parsed = parse(typed)
    assert to_text(parsed.tree) == read
    assert [told.code for told in parsed.notices if told.code != "only-negative"] == []


@pytest.mark.parametrize(("code", "typed", "read", "told"), CHANGES)
def test_each_change_is_told_as_the_page_says(code: str, typed: str, read: str, told: str) -> None:
    parsed = parse(typed)
    assert to_text(parsed.tree) == read
    assert [(notice.code, notice.message) for notice in parsed.notices] == [(code, told)]


def test_the_page_has_every_notice_and_every_field_name() -> None:
    assert {code for code, *_rest in CHANGES} | {"too-long", "too-many-terms"} == set(NOTICE_MESSAGES)
    assert all(f"`{code}`: {NOTICE_MESSAGES[code].split('%')[0]}" in PAGE for code in ("too-long", "too-many-terms"))
    table = {cells[0]: cells[1].split(", ") for cells in _field_rows()}
    assert all(set(names) <= set(table[field]) for field, names in FIELD_NAMES.items())


def _field_rows() -> list[list[str]]:
    lines = [line.strip("|").split(" | ") for line in sections()["Fields"].splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in cells] for cells in lines if cells[0].strip() in FIELD_NAMES]


@pytest.mark.parametrize("typed", [typed for typed, _read in EXAMPLES])
def test_the_phrases_of_the_examples_are_in_the_articles(typed: str) -> None:
    phrases = [" ".join(node.words) for node in _texts(parse(typed).tree) if not node.slop]
    assert all(phrase in ARTICLES for phrase in phrases)


def _texts(node: Node) -> list[Phrase]:
    if isinstance(node, And | Or):
        return [phrase for child in node.children for phrase in _texts(child)]
    if isinstance(node, Not | Fielded):
        return _texts(node.child)
    return [node] if isinstance(node, Phrase) else []
