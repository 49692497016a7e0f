"""`make screenshots`: the pages of the archive of the five, as readers see them, into docs/screenshots/."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.server import served

ARTICLES = {"ar": "/articles/3d43f546d925/", "fa": "/articles/26b14ba7e75e/", "en": "/articles/650b1076e0af/"}
PAGES = {
    "home": dict.fromkeys(("ar", "fa", "en"), "/"),
    "results": {"ar": "/search/?q=خلفوف", "fa": "/search/?q=خلف‌اف", "en": "/search/?q=Khalafov&country=az"},
    "nothing": dict.fromkeys(("ar", "fa", "en"), "/search/?q=خلفوف&country=qa"),
    "article": ARTICLES,
    "facet": dict.fromkeys(("ar", "fa", "en"), "/search/facet/official/?by=post&not-country=qa"),
    "official": dict.fromkeys(("ar", "fa", "en"), "/officials/khalaf-khalafov/"),
    "countries": dict.fromkeys(("ar", "fa", "en"), "/countries/"),
}
EVERY_LOOK = {"home", "results", "article"}
LOOKS = {"wide": (1440, "light"), "narrow": (360, "light"), "dark": (1440, "dark"), "narrow-dark": (360, "dark")}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        _take(playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS), address, folder)


def _take(browser: Browser, address: str, folder: Path) -> None:
    for look, (width, colours) in LOOKS.items():
        for page_name, paths in PAGES.items():
            if look != "wide" and page_name not in EVERY_LOOK:
                continue
            for language, path in paths.items():
                context = browser.new_context(
                    viewport={"width": width, "height": 900}, color_scheme=colours, locale=language,
                    java_script_enabled=False,
                )  # fmt: skip
                page = context.new_page()
                page.goto(address + path)
                page.screenshot(path=folder / f"{page_name}-{language}-{look}.png", full_page=True)
                context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
