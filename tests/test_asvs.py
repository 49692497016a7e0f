"""docs/asvs.md tells of every requirement of levels 1 and 2 once, and names tests that there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = re.findall(r"^\| (\d[^|]*) \| ([^|]+) \| ([^|]+) \|([^|]*)\|$", (ROOT / "docs/asvs.md").read_text("utf-8"), re.M)
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; in each they are numbered from 1 on.
SECTIONS = """1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2
4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2
8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1
11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4
16.4:3 16.5:3 17.1:1 17.2:4 17.3:2"""
VERDICTS = {"held", "held, not tested", "in part", "not held", "does not apply"}


def numbers(items: str) -> Iterator[str]:
    """`1.2.6–1.2.8, 1.3.1` → each of them."""
    for part in items.split(","):
        first, _dash, last = part.strip().partition("–")
        section, _dot, start = first.rpartition(".")
        assert not last or last.startswith(f"{section}.")
        for number in range(int(start), int(last.rpartition(".")[2] or start) + 1):
            yield f"{section}.{number}"


def test_every_requirement_of_two_levels_is_told_once() -> None:
    sections = (one.split(":") for one in SECTIONS.split())
    wanted = {f"{section}.{number}" for section, count in sections for number in range(1, int(count) + 1)}
    told = Counter(number for items, *_rest in ROWS for number in numbers(items))
    assert len(wanted) == 253
    assert set(told) == wanted and set(told.values()) == {1}


def test_what_is_held_has_a_test_and_every_test_exists() -> None:
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        if "node_modules" not in path.parts
        for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.M)
    }
    for items, verdict, how, tests in ROWS:
        named = re.findall(r"`(test_\w+)`", tests)
        assert verdict in VERDICTS and how, items
        assert not set(named) - there, items
        assert bool(named) or verdict != "held", items
        assert not named or verdict in {"held", "in part"}, items
