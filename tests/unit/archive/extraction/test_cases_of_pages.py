"""Pages in layouts of many kinds, and lines of text with days: files of cases, as many that must not change."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest

from archive.extraction.dates import find_dates
from tests import CASES
from tools.bindings import Taken, take_in

TEXTS = json.loads((CASES / "page_texts.json").read_text("utf-8"))


def cases(name: str) -> dict[str, list[dict[str, Any]]]:
    by_kind: dict[str, list[dict[str, Any]]] = {}
    for line in (CASES / f"{name}.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        by_kind.setdefault(case["kind"], []).append(case)
    return by_kind


PAGES, DATES = cases("pages"), cases("dates")


def page(case: dict[str, Any]) -> bytes:
    """The page of a case: its layout, filled with the texts of its language."""
    texts = TEXTS[case["lang"]]
    head = f'<!doctype html><html lang="{case["lang"]}" dir="rtl"><head><meta charset="utf-8">'
    parts = {
        "{HEAD}": head,
        "{TOP}": f"<header><nav><ul>{texts['menu']}</ul></nav></header>",
        "{TITLE}": texts["title"],
    }
    parts |= {f"{{{at}}}": paragraph for at, paragraph in enumerate(texts["paragraphs"], 1)}
    html = case["html"]
    for mark, text in parts.items():
        html = html.replace(mark, text)
    return str(html).encode()


def fault_of_page(case: dict[str, Any]) -> str:
    """What is wrong with what a page gives; "" if nothing."""
    taken, want = take_in(page(case)), case["want"]
    if taken.title != want.get("title", TEXTS[case["lang"]]["title"]):
        return f"the title is «{taken.title}»"
    for field in ("date", "clock", "kicker"):
        if field in want and getattr(taken, field) != want[field]:
            return f"{field} is «{getattr(taken, field)}», not «{want[field]}»"
    if want.get("code") and taken.item_code != want["code"]:
        return f"the code is «{taken.item_code}»"
    if "source" in want and taken.source not in want["source"]:
        return f"the source is «{taken.source}»"
    return fault_of_body(case, taken)


def fault_of_body(case: dict[str, Any], taken: Taken) -> str:
    wanted = [*case["want"].get("body_has", ())]
    if case["kind"].removeprefix("stay-") != "source":
        wanted += TEXTS[case["lang"]]["paragraphs"]
    missing = [part for part in wanted if part not in taken.body]
    foreign = [part for part in case["want"].get("body_lacks", ()) if part in taken.body]
    return f"lost {missing}, has {foreign}" if missing or foreign else ""


def fault_of_days(case: dict[str, Any]) -> str:
    found = find_dates(case["text"], lang=case["lang"], ref=case.get("ref"))
    if case["want"] is None:
        return f"no day: {found}" if found else ""
    span = case["want"] if isinstance(case["want"], dict) else {"start": case["want"], "end": case["want"]}
    got = [(hit.start_iso or hit.iso or "", hit.end_iso or hit.iso or "") for hit in found]
    if len(got) != 1 or not all(
        near(at[:10], span[end], case) for at, end in zip(got[0], ("start", "end"), strict=True)
    ):
        return f"{case['want']} wanted, got {got}"
    return "" if (found[0].iso or "")[11:16].startswith(case.get("clock", "")) else f"the clock of {found[0].iso}"


def near(got: str, want: str, case: dict[str, Any]) -> bool:
    """Whether a day is the one wanted, or a lunar one within the days that sighting may differ by."""
    if got == want or len(got) != len(want) or len(want) < len("2020-10-26"):
        return got == want
    days = datetime.date.fromisoformat(got) - datetime.date.fromisoformat(want)
    return abs(days.days) <= int(case.get("within", 0))


@pytest.mark.parametrize("kind", sorted(PAGES))
def test_a_page_gives_its_own_words_day_and_outlet_whatever_its_layout(kind: str) -> None:
    assert [(case["html"], told) for case in PAGES[kind] if (told := fault_of_page(case))] == []


@pytest.mark.parametrize("kind", sorted(DATES))
def test_days_are_read_as_written_and_numbers_are_no_days(kind: str) -> None:
    assert [(case["text"], told) for case in DATES[kind] if (told := fault_of_days(case))] == []
