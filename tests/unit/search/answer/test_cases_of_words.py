"""Words that are one word in the press, and words that only look or sound like another: a file of cases a kind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from search.answer.matching import match
from tests import CASES

KINDS = (
    "ar-hamza-acc", "ar-hamza-h", "ar-heyaa", "country-set", "country-spelling", "fa-ezafe", "fa-plural",
    "fa-president", "false-initials", "false-sound", "false-stem", "name-variant", "same-set",
)  # fmt: skip


def cases(kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{kind}.jsonl").read_text("utf-8").splitlines()]


def fault(case: dict[str, Any]) -> str:
    """What is wrong with the answers to a case; "" if nothing."""
    if case["via"] == "same":
        for text in case["texts"]:
            found = {query for query in case["queries"] if match(text, query, case["lang"])}
            if found and found != set(case["queries"]):
                return f"«{text}» is found by {found} only"
        return ""
    is_found = match(case["a"], case["b"], case["lang"]) is not None
    return "" if is_found is (case["via"] == "match") else f"«{case['b']}» and «{case['a']}»"


@pytest.mark.parametrize("kind", KINDS)
def test_words_meet_and_stay_apart_as_a_reader_expects(kind: str) -> None:
    held = cases(kind)
    assert len(held) > 10
    assert [told for case in held if (told := fault(case))] == []
