"""R2: whatever writes is killed within its work, at random moments: nothing is half, and done again it succeeds.

Two kills of each here; `make long` has `KILLS` of each, logged in docs/kills.jsonl (intakes: docs/intake_kills.jsonl).
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.faults.archive import Archive

KILLS = int(os.environ.get("KILLS", "2"))
LOG = os.environ.get("KILLS_LOG", "")
SEED = int(os.environ.get("KILLS_SEED", "1"))


@pytest.mark.parametrize("deed", ["import", "publish", "index", "merge", "backup", "queue"])
def test_r2_killed_within_whatever_writes(archive: Archive, deed: str) -> None:
    said = archive.run("-m", "tests.faults.kills", deed, str(KILLS), str(SEED), timeout=120 + 60 * KILLS)
    log = [json.loads(line) for line in said.splitlines() if line.startswith('{"deed"')]
    if LOG:
        with Path(LOG).open("a", encoding="utf-8") as file:
            file.write("".join(f"{json.dumps(kill)}\n" for kill in log))
    assert len(log) == KILLS
    assert [kill for kill in log if kill["wrong"]] == []
