"""Tables as givers save them: delimiters, encodings, quoted paragraphs; errors by row."""

from __future__ import annotations

import json

import pytest

from tests.unit.archive.intake.wholes import FIVE, ROWS, asides, items, read, table

ENGLISH = ["title", "date", "source", "body"]
ARABIC = ["العنوان", "تاريخ النشر", "المصدر", "نص الخبر"]
PERSIAN = ["تیتر", "تاریخ انتشار", "منبع", "متن"]
TITLES = [found.title for found in FIVE]


@pytest.mark.parametrize("columns", [ENGLISH, ARABIC, PERSIAN], ids=["en", "ar", "fa"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_parts_its_cells(columns: list[str], delimiter: str) -> None:
    found = items(table(columns, ROWS, delimiter).encode(), "a.csv")
    assert [one.stated.title for one in found] == TITLES
    assert [one.stated.body for one in found] == [row[3] for row in ROWS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
def test_a_table_is_read_in_the_encodings_of_spreadsheets(encoding: str) -> None:
    rows = [row for row in ROWS if row[3].encode("windows-1256", "ignore").decode("windows-1256") == row[3]] or ROWS[:1]
    payload = table(ENGLISH, rows).encode(encoding, "strict" if encoding.startswith("utf") else "ignore")
    found = items(payload, "a.csv")
    assert len(found) == len(rows) and found[0].stated.date == rows[0][1]


def test_a_row_is_kept_as_json_by_the_names_of_its_columns() -> None:
    found = items(table(ARABIC, ROWS).encode(), "a.csv")[0]
    assert json.loads(found.payload) == dict(zip(ARABIC, ROWS[0], strict=True))
    assert found.media_type == "application/json"


def test_rows_are_named_by_their_line() -> None:
    rows = [["ع", "", "", "ن\nن"], ["ع", "", "", "ن"]]
    assert [one.name for one in items(table(ENGLISH, rows).encode(), "a.csv")] == ["a.csv:2", "a.csv:4"]


def test_cells_that_are_missing_at_the_end_are_empty_and_cells_too_many_are_an_error() -> None:
    text = "title,body,tags\nع,ن\nع,ن,و,و\nع,,\n\nع,ن,و;ه\n"
    assert asides(text.encode(), "a.csv") == [
        "a.csv:3: The row has 4 cells, the header 3.",
        "a.csv:4: The row has no text: its column is empty.",
    ]
    assert [one.stated.tags for one in read(text.encode(), "a.csv") if hasattr(one, "stated")] == [(), ("و", "ه")]


def test_a_byte_that_is_no_letter_costs_its_row_alone() -> None:
    payload = table(ENGLISH, ROWS[:3]).encode().replace(ROWS[1][0].encode(), ROWS[1][0].encode()[:-1], 1)
    told = asides(payload, "a.csv")
    assert len(told) == 1 and "decoded as utf-8" in told[0]
    assert len(read(payload, "a.csv")) == 3


def test_a_table_without_a_column_for_the_text_says_what_it_has() -> None:
    assert asides(b"surname,first\na,b\n", "a.csv") == [
        "a.csv: No column of the table (surname, first) is known to hold the text; name one in a mapping."
    ]


def test_a_table_of_another_name_is_known_by_its_header_and_a_report_is_none() -> None:
    assert [one.stated.title for one in items(table(ENGLISH, ROWS).encode(), "a.txt")] == TITLES
    report = "title, body and date\n\nThe minister arrived, and left.\n"
    (found,) = items(report.encode(), "a.txt")
    assert found.payload == report.encode()
