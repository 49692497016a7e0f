"""`make screenshots`: the pages of the archive of the five, as readers see them, into docs/screenshots/."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.pages import LANGUAGES, PAGES
from tests.browser.server import served
from tests.chromium import ARGUMENTS, CHROMIUM

# Pages that are looked at in every look; the others wide and light alone.
EVERY_LOOK = {"home", "search", "articles:detail", "search-concordance", "stories:witnesses", "shelf"}
LOOKS = {"wide": (1280, "light"), "narrow": (360, "light"), "dark": (1280, "dark"), "narrow-dark": (360, "dark")}
HIGHEST = 1400  # pixels of one picture; what stands below is more of the same
PATIENCE = 120_000  # milliseconds for a page of a busy machine
COLOURS = 48  # of one picture; pages of text have no more that are seen


def main(folder: Path) -> None:
    """Take every picture anew, and delete those that are no longer taken."""
    folder.mkdir(parents=True, exist_ok=True)
    before = set(folder.glob("*.png"))
    with served() as address, sync_playwright() as playwright:
        taken = _take(playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS), address, folder)
    for path in before - taken:
        path.unlink()


def _take(browser: Browser, address: str, folder: Path) -> set[Path]:
    taken = set()
    for look, (width, colours) in LOOKS.items():
        for language in LANGUAGES:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=colours, locale=language,
                java_script_enabled=False,
            )  # fmt: skip
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            for name, path in _pictures(look, language):
                context.clear_cookies()  # what one page chose, as a calendar, is not the next one's
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(address + path)
                high = min(int(page.evaluate("document.documentElement.scrollHeight")), HIGHEST)
                target = folder / f"{name}-{language}-{look}.png"
                page.set_viewport_size({"width": width, "height": high})
                _put(page.screenshot(), target)
                taken.add(target)
            context.close()
    return taken


def _put(seen: bytes, target: Path) -> None:
    """A quarter of the bytes, the same to the eye."""
    picture = Image.open(io.BytesIO(seen)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def _pictures(look: str, language: str) -> list[tuple[str, str]]:
    """Name and address of each picture; further states of a page, numbered, in Arabic alone."""
    return [
        (re.sub(r"\W", "-", name) + (f"-{number}" if number > 1 else ""), path)
        for name, paths in PAGES.items()
        if look == "wide" or name in EVERY_LOOK
        for number, path in enumerate(paths, 1)
        if number == 1 or (name == "search" and number == 2) or (look == "wide" and language == "ar")
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
