"""R3: a web worker is killed in a save: what the curator changed is there whole, with its memory, or not at all."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing

from tests.faults.archive import PASSWORD, ROUNDS, Archive
from tests.faults.browsing import Curator, FormFields
from tests.faults.dying import FILE, STEPS

POINTS = 6 * ROUNDS  # all over the save, and those about its commit
TITLE, NUMBERS = "عنوان جديد لهذا الخبر", itertools.count(1)


def held(archive: Archive) -> tuple[str, int, int]:
    """The title of the article, how many events it has, and how many changes wait for the index."""
    with closing(sqlite3.connect(archive.folder / "diwan.sqlite3", timeout=30)) as database:
        ask = database.execute
        ((key, title),) = ask("SELECT id, title FROM articles_article ORDER BY id LIMIT 1").fetchall()
        ((events,),) = ask("SELECT count(*) FROM curation_curationevent WHERE article_id = ?", [key]).fetchall()
        ((waiting,),) = ask("SELECT count(*) FROM search_indexchange").fetchall()
        return str(title), int(events), int(waiting)


def test_r3_a_web_worker_is_killed_at_the_steps_of_a_save(archive: Archive) -> None:
    """Each kill is proved to fall within the save: it has no answer. No row without its event and its change noted."""
    archive.tell("keeper", PASSWORD)
    archive.more = {"DJANGO_SETTINGS_MODULE": "tests.faults.dying_settings"}
    archive.serve()
    curator = Curator(archive)
    path = f"/admin/articles/article/{archive.tell('first_key')}/change/"
    assert saved(archive, curator, path, 0) == 200
    steps = int((archive.folder / STEPS).read_text())
    chosen = sorted({*range(1, steps - 3, max(1, steps // POINTS)), *range(steps - 3, steps + 1)})
    answers = [saved(archive, curator, path, number) for number in chosen]
    assert answers.count(0) >= POINTS and set(answers) <= {0, 200}  # a later save may have some statements fewer
    assert saved(archive, curator, path, 0) == 200
    archive.recovers()


def saved(archive: Archive, curator: Curator, path: str, number: int) -> int:
    """Save another title, the worker being killed at a statement; the status of the answer, 0 for none."""
    archive.until(lambda: archive.status("/healthz") == 200, "another worker answers")
    status, page = curator.get(path)
    assert status == 200
    before, title = held(archive), f"{TITLE} {next(NUMBERS)}"
    (archive.folder / FILE).write_text(str(number))
    status, page = curator.post(path, FormFields(page).held | {"title": title, "_save": "Save"})
    after = held(archive)
    if after[0] == title:
        assert after[1] == before[1] + 1 and after[2] > before[2]
    else:
        assert after == before and not status, f"half a save at statement {number}: {page[:2000]}"
    assert not (archive.folder / FILE).exists()
    return status
