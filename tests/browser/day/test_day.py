"""A short curator's day: the steps of `make day` once, in three languages in turn, over reports of our own.

That every page of the desk opens is seen by tests/browser/test_desk.py and left out here.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.day.day import LANGUAGES, Day, Official
from tests.browser.day.made import EACH, NAMED_BY_NONE, drafts, published, written
from tests.browser.day.steps import STEPS, pages
from tests.browser.server import manage, served


def test_a_day_is_worked_to_its_end_and_the_archive_is_sound(browser: Browser, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir(mode=0o700)
    files = written(tmp_path / "drafts.jsonl", drafts()), written(tmp_path / "published.jsonl", published())
    officials = {
        language: Official(form, "fa" if language == "fa" else "ar", f"day-{language}", EACH)
        for language, form in NAMED_BY_NONE.items()
    }
    steps = [name for name in STEPS if name != pages.__name__]
    with served(files[0], published=files[1], state=state) as address:
        day = Day(browser, address, (state / "password").read_text("utf-8"), officials, by_keys=2, many=5)
        with day.open():
            day.work(steps, LANGUAGES, in_turn=True)
            day.until_quiet()
    assert day.log.faults == []
    assert [name for name, _language, _deeds, _seconds in day.log.steps[-len(steps) :]] == steps
    assert "0 faults among states, records, meetings and names." in manage(state, "check_archive")
