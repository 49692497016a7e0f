"""Whose name it is: namesakes, protocol names, headlines, and words that are a country's only elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from archive.authorities.recognition.recognition import find_mentions
from tests import ROOT

ROWS = [json.loads(line) for line in (ROOT / "tests" / "cases" / "persons.jsonl").read_text("utf-8").splitlines()]


def rows(*kinds: str) -> list[Any]:
    return [pytest.param(row, id=row["id"]) for row in ROWS if row["kind"].removeprefix("stay-") in kinds]


def judge(row: dict[str, Any]) -> None:
    found = {mention.record for mention in find_mentions(row["text"], row["lang"])}
    if "want" in row:
        assert set(row["want"]) <= found
    else:
        assert row["record"] not in found


@pytest.mark.parametrize("row", rows("wrong-bearer"))
def test_a_surname_is_of_whom_the_text_introduces(row: dict[str, Any]) -> None:
    judge(row)


@pytest.mark.parametrize("row", rows("protocol-form"))
def test_a_protocol_name_is_the_prince_and_no_namesake(row: dict[str, Any]) -> None:
    judge(row)


@pytest.mark.parametrize("row", rows("headline-surname"))
def test_a_headline_names_its_speaker_whose_post_the_lead_gives(row: dict[str, Any]) -> None:
    judge(row)


@pytest.mark.parametrize("row", rows("no-country"))
def test_a_forename_or_a_group_is_no_country(row: dict[str, Any]) -> None:
    judge(row)


def test_a_protocol_name_is_marked_whole() -> None:
    text = "استقبل صاحب السمو الملكي الأمير محمد بن سلمان بن عبدالعزيز آل سعود ولي العهد الوفد"
    [mention] = [mention for mention in find_mentions(text, "ar") if mention.kind == "official"]
    assert text[mention.start : mention.end] == "محمد بن سلمان بن عبدالعزيز آل سعود"
