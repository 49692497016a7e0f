"""R2: whatever writes is killed within its work, at random moments: nothing is half, and done again it succeeds.

Two kills of each here; `make long` has `KILLS` of each, logged in docs/kills.jsonl (intakes: docs/intake_kills.jsonl).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.faults.archive import Archive

KILLS = int(os.environ.get("KILLS", "2"))
LOG = os.environ.get("KILLS_LOG", "")
SEED = int(os.environ.get("KILLS_SEED", "1"))
BLOCK = 20  # kills of one process; a run that is stopped has noted the blocks before


@pytest.mark.parametrize("deed", ["import", "publish", "index", "merge", "backup", "queue"])
def test_r2_killed_within_whatever_writes(archive: Archive, deed: str) -> None:
    log: list[dict[str, Any]] = []
    while len(log) < KILLS:
        count, seed = min(BLOCK, KILLS - len(log)), SEED + len(log) // BLOCK
        said = archive.run("-m", "tests.faults.kills", deed, str(count), str(seed), timeout=120 + 60 * count)
        some = [json.loads(line) for line in said.splitlines() if line.startswith('{"deed"')]
        assert len(some) == count
        if LOG:
            with Path(LOG).open("a", encoding="utf-8") as file:
                file.write("".join(f"{json.dumps(kill)}\n" for kill in some))
        log += some
    assert [kill for kill in log if kill["wrong"]] == []
