"""`make looks DIR=folder`: every page in every look, many on one picture, for eyes that judge what no checker can.

A sheet shows some pages in one look: a width, a language, and a dress (light, dark, print, text of 200 %, forced
colours). Nothing is asserted, and no sheet is kept: they show whatever archive is named. Without `--of` it is the
archive of the five; `--of http://127.0.0.1:8000` looks at one that is served there, `--desk --password …` at its
desk.
"""

from __future__ import annotations

import argparse
import io
import itertools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.desk import desk_paths, sign_in
from tests.browser.pages import EVERY_PATH, LANGUAGES
from tests.browser.server import PASSWORDS, served
from tests.chromium import ARGUMENTS, CHROMIUM

WIDTHS: Final = (360, 768, 1440, 2560)
DRESSES: Final = ("light", "dark", "print", "large", "forced")
SHEET: Final = 2000  # pixels, the width of a sheet
SHRUNK: Final = {360: 0.9, 768: 0.6, 1440: 0.45, 2560: 0.38}  # what of a page's size a sheet shows
HIGHEST: Final = 2400  # pixels of a page; what stands below is more of the same
PATIENCE: Final = 60_000  # milliseconds


def main() -> None:
    wanted = _wanted()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    with _archive(wanted.of) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        password = wanted.password or PASSWORDS.get(address, "")
        for width, language, dress in itertools.product(wanted.width, wanted.language, wanted.dress):
            context = _dressed(browser, width, language, dress)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            paths = list(wanted.path)
            if wanted.desk:
                sign_in(page, address, "curator", password)
                paths = desk_paths(page, address)
            for number, sheet in enumerate(_sheets(_pictures(page, address, paths, width, dress), width), 1):
                sheet.save(wanted.folder / f"{width}-{language}-{dress}-{number:02}.png")
            context.close()


def _wanted() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m tests.browser.looks", description=__doc__)
    told.add_argument("folder", type=Path, help="where the sheets are put")
    told.add_argument("--of", metavar="ADDRESS", help="of an archive that is served, as http://127.0.0.1:8000")
    told.add_argument("--desk", action="store_true", help="the pages of the desk in place of readers'")
    told.add_argument("--password", help="of the account `curator` of that archive")
    told.add_argument("--path", nargs="+", default=EVERY_PATH, help="these pages alone")
    told.add_argument("--width", nargs="+", type=int, default=WIDTHS, choices=WIDTHS)
    told.add_argument("--language", nargs="+", default=LANGUAGES, choices=LANGUAGES)
    told.add_argument("--dress", nargs="+", default=DRESSES, choices=DRESSES)
    return told.parse_args()


@contextmanager
def _archive(address: str | None) -> Iterator[str]:
    if address:
        yield address.rstrip("/")
    else:
        with served() as own:
            yield own


def _dressed(browser: Browser, width: int, language: str, dress: str) -> BrowserContext:
    """A reader of this width, language and dress. Text of 200 % is what a browser makes of it: half the width."""
    wide = width // 2 if dress == "large" else width
    return browser.new_context(
        viewport={"width": wide, "height": 900},
        device_scale_factor=2 if dress == "large" else 1,
        locale=language,
        color_scheme="dark" if dress == "dark" else "light",
        forced_colors="active" if dress == "forced" else "none",
    )


def _pictures(page: Page, address: str, paths: Iterable[str], width: int, dress: str) -> Iterator[Image.Image]:
    wide = page.viewport_size["width"] if page.viewport_size else width
    for path in paths:
        page.set_viewport_size({"width": wide, "height": 900})
        page.goto(address + path)
        if dress == "print":
            page.emulate_media(media="print")
        high = min(int(page.evaluate("document.documentElement.scrollHeight")), HIGHEST)
        page.set_viewport_size({"width": wide, "height": max(high, 300)})
        yield _named(Image.open(io.BytesIO(page.screenshot())).convert("RGB"), path, width)


def _named(seen: Image.Image, path: str, width: int) -> Image.Image:
    """The picture at the size of the sheet, below the address that it shows."""
    shrunk = SHRUNK[width] * width / seen.width
    small = seen.resize((round(seen.width * shrunk), round(seen.height * shrunk)), Image.Resampling.LANCZOS)
    named = Image.new("RGB", (small.width + 12, small.height + 18), "#c33")
    named.paste(small, (0, 18))
    ImageDraw.Draw(named).text((2, 3), path.encode("ascii", "replace").decode(), fill="white")
    return named


def _sheets(pictures: Iterator[Image.Image], width: int) -> Iterator[Image.Image]:
    beside = max(1, round(SHEET / (SHRUNK[width] * width)))
    while row := tuple(itertools.islice(pictures, beside)):
        sheet = Image.new("RGB", (sum(seen.width for seen in row), max(seen.height for seen in row)), "#888")
        start = 0
        for seen in row:
            sheet.paste(seen, (start, 0))
            start += seen.width
        yield sheet


if __name__ == "__main__":
    main()
