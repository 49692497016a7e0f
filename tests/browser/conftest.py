"""A real Chromium, Debian's, and the archive of the five behind a real server."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import wraps

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from tests.browser.server import LOGS, served
from tests.chromium import CHROMIUM, MISSING


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show beside a failure what the running archives last wrote to their logs."""
    report = yield
    if report.failed:
        for address, log in LOGS.items():
            report.sections.append((f"log of {address}", log.read_text("utf-8", "replace")[-6000:]))
    return report


@pytest.fixture(scope="session", autouse=True)
def whole_pages() -> Iterator[None]:
    """A deed of a reader ends when the page that it leads to is there: what is read next is that page's."""

    def patient(deed: Callable[..., None]) -> Callable[..., None]:
        @wraps(deed)
        def done(place: Page | Locator, *values: object, **options: object) -> None:
            deed(place, *values, **options)
            (place if isinstance(place, Page) else place.page).wait_for_load_state("domcontentloaded")

        return done

    with pytest.MonkeyPatch.context() as patch:
        for kind in (Page, Locator):
            for name in ("click", "press"):
                patch.setattr(kind, name, patient(getattr(kind, name)))
        yield


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served() as where:
        yield where


class Reader:
    """Opens pages as one reader: width, language, colours, with or without scripts; remembers what went wrong."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._only_our_own)

    def _only_our_own(self, request: object) -> None:
        if not request.url.startswith((self.address, "data:")):
            self.complaints.append(f"asks elsewhere: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[object]:
    """`reader(language="fa", width=360, dark=True, scripts=False)` gives a Reader."""
    contexts: list[BrowserContext] = []

    def make(language: str = "en", width: int = 1440, dark: bool = False, scripts: bool = False) -> Reader:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale=language,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        return Reader(context, address)

    yield make
    for context in contexts:
        context.close()
