"""R3: a web worker is killed in a save: what the curator changed is there whole, with its memory, or not at all."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing

from tests.faults.archive import ROUNDS, Archive
from tests.faults.browsing import Curator, FormFields
from tests.faults.dying import FILE

STRIDE = max(1, 6 // ROUNDS)  # every so many statements of the save; with ROUNDS of six, each
TITLE = "عنوان جديد لهذا الخبر"


def held(archive: Archive) -> tuple[str, int, int]:
    """The title of the article, how many events it has, and how many changes wait for the index."""
    with closing(sqlite3.connect(archive.folder / "diwan.sqlite3", timeout=30)) as database:
        ask = database.execute
        ((key, title),) = ask("SELECT id, title FROM articles_article ORDER BY id LIMIT 1").fetchall()
        ((events,),) = ask("SELECT count(*) FROM curation_curationevent WHERE article_id = ?", [key]).fetchall()
        ((waiting,),) = ask("SELECT count(*) FROM search_indexchange").fetchall()
        return str(title), int(events), int(waiting)


def test_r3_a_web_worker_is_killed_at_the_steps_of_a_save(archive: Archive) -> None:
    """At each statement until a save comes to its end: no row without its event and its change of the index."""
    archive.tell("keeper", "a long enough secret")
    archive.more = {"DJANGO_SETTINGS_MODULE": "tests.faults.dying_settings"}
    archive.serve()
    curator = Curator(archive)
    key = archive.tell("first_key")
    path = f"/admin/articles/article/{key}/change/"
    killed = 0
    for number in itertools.count(1, STRIDE):
        archive.until(lambda: archive.status("/healthz") == 200, "another worker answers")
        status, page = curator.get(path)
        assert status == 200
        before = held(archive)
        title = f"{TITLE} {number}"
        (archive.folder / FILE).write_text(str(number))
        status, page = curator.post(path, FormFields(page).held | {"title": title, "_save": "Save"})
        after = held(archive)
        if after[0] == title:
            assert after[1] == before[1] + 1 and after[2] > before[2]
        else:
            assert after == before, f"half a save at statement {number}"
        if status:
            assert status == 200 and after[0] == title, page[:3000]
            break
        assert not (archive.folder / FILE).exists()
        killed += 1
    assert killed >= 3
    archive.recovers()
