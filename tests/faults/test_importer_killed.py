"""R1: the importer is killed at random moments; running it again ends with every article once and no half one."""

from __future__ import annotations

import random
import time
from pathlib import Path

from tests.faults.archive import ROUNDS, Archive

PAGES = 12


def test_r1_killed_importer(archive: Archive, tmp_path: Path) -> None:
    made = tmp_path / "pages"
    made.mkdir()
    for number in range(PAGES):
        (made / f"{number}.txt").write_text(
            f"الأخبار رقم {number}\n\n" + "التقى وزير الخارجية نظيره القطري في الدوحة وبحثا التعاون. " * 12, "utf-8"
        )
    chosen = random.Random(1)  # noqa: S311
    before = archive.tell("counted")["published"]
    for _round in range(2 * ROUNDS):
        importer = archive.start("manage.py", "import_articles", str(made), "--publish")
        time.sleep(1 + chosen.random() * 2)
        archive.kill(importer)
    archive.run("manage.py", "import_articles", str(made), "--publish")
    assert archive.tell("counted") == {"draft": 0, "published": before + PAGES, "withdrawn": 0}
    assert archive.tell("mend") == []
    captures = archive.folder / "captures"
    assert not [path for path in captures.rglob(".*") if path.is_file()], "a half payload was left"
