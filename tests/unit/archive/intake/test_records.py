"""JSON as givers write it: a record a line, arrays, wrapped lists; one bad row keeps no other out."""

from __future__ import annotations

import json

import pytest

from archive.intake.reading.columns import UnknownField, read_mapping
from tests.unit.archive.intake.wholes import FIVE, RECORDS, asides, bounds, items, json_lines, read

TITLES = [found.title for found in FIVE]
ARRAY = json.dumps(RECORDS, ensure_ascii=False, indent=1).encode()
ONE = json.dumps(RECORDS[0], ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("payload", "name"),
    [
        (json_lines(), "batch.jsonl"),
        (json_lines(), "export.txt"),
        (b"\xef\xbb\xbf" + json_lines(), "batch.ndjson"),
        (json_lines().replace(b"\n", b"\r\n\r\n"), "batch.json"),
        (b"\n\n" + json_lines(), "batch.jsonl"),
        (ARRAY, "batch.json"),
        (b"\xef\xbb\xbf \n" + ARRAY, "batch.txt"),
        (b"\n".join(json.dumps(one, indent=2).encode() for one in RECORDS), "batch.json"),
        (b'{"count": 5, "articles": ' + ARRAY + b"}", "export.json"),
    ],
)
def test_every_way_of_writing_records_gives_the_five(payload: bytes, name: str) -> None:
    found = items(payload, name)
    assert [one.stated.title for one in found] == TITLES
    assert [one.stated.date for one in found] == [record["date"] for record in RECORDS]
    assert found[0].stated.tags == ("دبلوماسية", "قطر")
    assert len({one.name for one in found}) == 5


def test_a_row_is_kept_as_its_bytes() -> None:
    assert [one.payload for one in items(json_lines(), "a.jsonl")] == json_lines().splitlines()


def test_a_bad_row_is_told_with_its_line_and_keeps_no_other_out() -> None:
    rows = json_lines().splitlines()
    rows[1:1] = [b'{"title": "x", ', b'["a"]', b'{"title": "\xff"}', b'{"title": "only a title"}', b"{" * 5000]
    found = read(b"\n".join(rows), "a.jsonl")
    assert len([one for one in found if hasattr(one, "payload")]) == 5
    told = asides(b"\n".join(rows), "a.jsonl")
    assert [line.partition(":")[2].partition(":")[0] for line in told] == ["2", "3", "4", "5", "6"]
    for line, part in zip(told, ("not JSON", "list", "UTF-8", "no text", "not JSON"), strict=True):
        assert part in line


def test_a_row_larger_than_an_article_may_be_is_left_out_and_the_next_is_read() -> None:
    payload = ONE + b"\n" + json.dumps({"title": "x", "body": "y" * 5000}).encode() + b"\n" + ONE
    found = read(payload, "a.jsonl", bounds=bounds(item_bytes=len(ONE) + 100 if len(ONE) < 4900 else 4900))
    assert [one.name for one in found][1] == "a.jsonl:2"
    assert not hasattr(found[1], "payload")


def test_a_broken_array_gives_what_stands_before_the_break() -> None:
    found = read(ARRAY[: len(ARRAY) - 40], "a.json")
    assert [hasattr(one, "payload") for one in found] == [True] * 4 + [False]


@pytest.mark.parametrize(
    "record",
    [
        {"headline": "ع", "content": "ن"},
        {"Title": "ع", "Body_Text": "", "articleBody": "ن"},
        {"العنوان": "ع", "النص": "ن"},
        {"عنوان الخبر": "ع", "نصّ الخبر": "ن"},
        {"تیتر": "ع", "متن خبر": "ن"},
        {"عنوان": "ع", "متن‌کامل": "ن"},
        {"title": {"rendered": "ع"}, "content": {"rendered": "ن"}},
        {"title": "ع", "paragraphs": ["ن"]},
        {"title": "ع", "description": "ن"},
    ],
)
def test_columns_are_known_by_their_usual_names(record: dict[str, object]) -> None:
    (found,) = items(json.dumps(record).encode(), "a.json")
    assert (found.stated.title, found.stated.body) == ("ع", "ن")


def test_markup_in_the_text_is_told_from_text() -> None:
    record = {"title": "ع", "content": "<p>ن</p><p>ن</p>"}
    (found,) = items(json.dumps(record).encode(), "a.json")
    assert found.stated.html == "<p>ن</p><p>ن</p>" and not found.stated.body
    (found,) = items(json.dumps({"title": "ع", "body": "3 < 4 و 5 > 2"}).encode(), "a.json")
    assert found.stated.body == "3 < 4 و 5 > 2"


def test_a_mapping_says_which_column_is_what() -> None:
    columns = read_mapping("title = Überschrift  # as the library calls it\nbody = Vorspann, Haupttext\n")
    record = {"Überschrift": "ع", "Vorspann": "ا", "Haupttext": "ن", "title": "x", "text": "y"}
    (found,) = items(json.dumps(record).encode(), "a.json", columns=columns)
    assert (found.stated.title, found.stated.body) == ("ع", "ا\n\nن")


@pytest.mark.parametrize("text", ["", "titel = x", "title", "title ="])
def test_a_mapping_that_says_nothing_is_refused_in_words(text: str) -> None:
    with pytest.raises(UnknownField, match="mapping"):
        read_mapping(text)
