"""R7, R48: the n-th call fails, n = 1, 2, … until a run passes, in whatever writes; nothing is half, again it succeeds.

Here some n of each kind, and `make long` every one (`EVERY_CALL=1`), with its log in docs/failing_calls.jsonl.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.faults.archive import Archive

EVERY = bool(os.environ.get("EVERY_CALL"))
LOG = os.environ.get("FAILING_LOG", "")
FILES = ("open", "write", "fsync", "rename")
DONE = {
    "import": (*FILES, "statement"),
    "publish": ("statement",),
    "index": (*FILES, "statement", "engine"),
    "merge": ("statement",),
    "backup": FILES,  # it asks SQLite itself, by no statement of Django
    "fetch": ("fetch", "statement"),
}
ALL = [(kind, deed) for deed, kinds in DONE.items() for kind in kinds]
OTHERS = [one for one in ALL if one[0] != "statement"]
STATEMENTS = [one for one in ALL if one[0] == "statement"]
SOME = {"statement": 17}  # every so many of a kind of which there are many; of others every third


def failed(archive: Archive, kind: str, deed: str) -> dict[str, Any]:
    stride, most = (1, 0) if EVERY else (SOME.get(kind, 3), 4)
    arguments = (kind, deed, "1", str(stride), str(most))
    said = archive.run("-m", "tests.faults.failing", *arguments, timeout=7200 if EVERY else 600)
    told: dict[str, Any] = json.loads(next(line for line in said.splitlines() if line.startswith('{"kind"')))
    if LOG:
        with Path(LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(told) + "\n")
    return told


@pytest.mark.parametrize(("kind", "deed"), OTHERS, ids=map("-".join, OTHERS))
def test_r7_a_file_a_fetch_or_the_engine_fails_at_each_call(archive: Archive, kind: str, deed: str) -> None:
    told = failed(archive, kind, deed)
    assert told["failed"] and told["wrong"] == []
    assert told["whole"] or not EVERY


@pytest.mark.parametrize(("kind", "deed"), STATEMENTS, ids=map("-".join, STATEMENTS))
def test_r48_the_database_fails_at_each_statement(archive: Archive, kind: str, deed: str) -> None:
    told = failed(archive, kind, deed)
    assert told["failed"] and told["wrong"] == []
    assert told["whole"] or not EVERY
