"""A curator at the desk, in one language: every page that is opened is timed and looked at."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import APIResponse, Browser, Error, Locator, Page, expect

from tests.browser.server import SERVERS

WIDTH: Final = 1280
PATIENCE: Final = 120_000  # milliseconds; two cores may be busy with other work
TICKS: Final = os.sysconf("SC_CLK_TCK")
# Words in Latin letters that stand in the page itself, not in what a record, an outlet or a person says.
LATIN = """() => {
  const own = 'bdi, code, input, textarea, select, script, style, [dir], [lang], q, time, iframe, pre, svg, '
    + '#result_list td, #result_list th, .readonly, .breadcrumbs, #content > h2, #user-tools, #changelist-filter a, '
    + '.original';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Set();
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const holder = node.parentElement, stop = holder.closest(own);
    if (stop && stop !== document.body && stop !== document.documentElement) continue;
    if (!holder.checkVisibility()) continue;
    const words = node.textContent.trim();
    if (/[A-Za-z]{3,}/.test(words) && !/[\\u0600-\\u06ff]/.test(words)) found.add(words.slice(0, 90));
  }
  return [...found];
}"""
# What is wider than the place it stands in, and is seen in whole by moving it sideways alone.
MOVED_SIDEWAYS: Final = """() => [...document.querySelectorAll('#content *')].filter(one =>
  !one.matches('textarea, pre, select, input, iframe') && one.scrollWidth > one.clientWidth + 1
  && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.checkVisibility()
).map(one => `${one.className || one.id || one.tagName} ${one.scrollWidth} > ${one.clientWidth}`)"""
KNOWN_LATIN: Final = re.compile(r"^(English|Diwan|Wikidata|VIAF|CSV|SKOS.*|PDF|JSON.*|Send to Diwan):?$")


@dataclass(slots=True)
class PageLoad:
    """One page as it was opened: seconds until it stood, of the processor that the servers took, and its bytes."""

    step: str
    language: str
    address: str
    seconds: float
    cpu: float


@dataclass(slots=True)
class Log:
    """What a day came to: pages, clicks and seconds of each step, and whatever was wrong on a page."""

    screens: Path | None = None
    loads: list[PageLoad] = field(default_factory=list)
    steps: list[tuple[str, str, int, float]] = field(default_factory=list)  # name, language, deeds, seconds
    faults: list[str] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)

    def fault(self, told: str) -> None:
        if told not in self.faults:
            self.faults.append(told)
            print(f"- {told}", flush=True)


def processor_seconds(parent: int) -> float:
    """What the servers of pages used so far; the worker and the writer, which work beside, are not counted."""
    used = 0.0
    for entry in Path("/proc").iterdir():
        if not entry.name.isdecimal():
            continue
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ")
            told = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if b"gunicorn" in command and parent in _ancestors(entry.name):
            used += (int(told[11]) + int(told[12])) / TICKS
    return used


def _ancestors(number: str) -> Iterator[int]:
    while number not in {"0", "1"}:
        yield int(number)
        try:
            number = Path("/proc", number, "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            return


class Desk:
    """`page` is the desk; `reader` a page of somebody who is not signed in, in the same language."""

    def __init__(self, browser: Browser, address: str, language: str, log: Log, *, scripts: bool = True) -> None:
        size = {"width": WIDTH, "height": 900}
        options: dict[str, Any] = {"viewport": size, "locale": language, "java_script_enabled": scripts}
        self.context, away = browser.new_context(**options), browser.new_context(**options)
        for context in (self.context, away):
            context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.reader: Page = away.new_page()
        self.address, self.language, self.log, self.step = address, language, log, ""
        self.deeds = 0
        for place in (self.page, self.reader):
            place.on("pageerror", lambda error: log.fault(f"{self.step} {language}: script: {error}"))
            place.on("response", self._answered)

    def _answered(self, answer: Any) -> None:
        if answer.status >= 500:
            self.log.fault(f"{self.step} {self.language}: {answer.status} {answer.url}")

    def close(self) -> None:
        self.reader.context.close()
        self.context.close()

    def sign_in(self, name: str, password: str) -> None:
        self.page.goto(f"{self.address}/admin/")
        self.page.fill("input[name=username]", name)
        self.page.fill("input[name=password]", password)
        self.press("form#login-form [type=submit]")
        expect(self.page.locator("nav.queues")).to_be_visible()

    @contextmanager
    def during(self, step: str) -> Iterator[None]:
        """What is done meanwhile belongs to a step of the day."""
        self.step, self.deeds, begun = step, 0, time.monotonic()
        yield
        self.log.steps.append((step, self.language, self.deeds, time.monotonic() - begun))

    def go(self, path: str, *, status: int | None = 200) -> Page:
        """Open a page by its address; what a page should answer is `status`, None where any will do."""
        answer = self._timed(lambda: self.page.goto(self.address + path if path.startswith("/") else path))
        if status is not None and answer.status != status:
            self.log.fault(f"{self.step} {self.language}: {answer.status} for {path}")
        return self.page

    def press(self, place: str | Locator) -> Page:
        """Press a button or a link that leads to a page."""
        found = self.page.locator(place).first if isinstance(place, str) else place
        self.deeds += 1

        def pressed() -> None:
            with self.page.expect_navigation(wait_until="domcontentloaded", timeout=PATIENCE):
                found.click()

        self._timed(pressed)
        return self.page

    def key(self, key: str) -> Page:
        """Press a key that leads to a page."""
        self.deeds += 1

        def pressed() -> None:
            with self.page.expect_navigation(wait_until="domcontentloaded", timeout=PATIENCE):
                self.page.keyboard.press(key)

        self._timed(pressed)
        return self.page

    def _timed(self, deed: Callable[[], Any]) -> Any:
        parent = SERVERS[self.address]
        cpu, begun = processor_seconds(parent), time.monotonic()
        answer = deed()
        seconds = time.monotonic() - begun
        path = self.page.url.removeprefix(self.address)
        self.log.loads.append(PageLoad(self.step, self.language, path, seconds, processor_seconds(parent) - cpu))
        self.look()
        return answer

    def look(self) -> None:
        """What a person sees at once: wider than the screen, another language, an error in raw letters."""
        where = f"{self.step} {self.language} {self._kind()}"
        page = self.page
        if not page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"):
            self.log.fault(f"{where}: wider than {WIDTH} pixels")
        for words in page.evaluate(MOVED_SIDEWAYS):
            self.log.fault(f"{where}: seen in whole by moving it sideways alone: {words}")
        if page.locator("html").get_attribute("dir") != ("ltr" if self.language == "en" else "rtl"):
            self.log.fault(f"{where}: written the other way")
        if self.language != "en":
            for words in page.evaluate(LATIN):
                if not KNOWN_LATIN.match(words):
                    self.log.fault(f"{where}: not translated: {words}")
        if "Traceback (most recent" in page.content():
            self.log.fault(f"{where}: a traceback")
        self._keep()

    def _kind(self) -> str:
        """The page without its numbers and what was asked of it, with the step where it was posted."""
        path = self.page.url.removeprefix(self.address).partition("?")[0]
        return re.sub(r"\d+", "0", path).strip("/").replace("/", "-") or "home"

    def _keep(self) -> None:
        """A picture of each kind of page, light and dark."""
        name = self._kind() if self.step in {"pages", "home"} else f"{self.step}-{self._kind()}"
        if self.log.screens is None or (name, self.language) in self.log.seen:
            return
        self.log.seen.add((name, self.language))
        for colours in ("light", "dark"):
            self.page.emulate_media(color_scheme=colours)
            self.page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
            self.page.screenshot(path=self.log.screens / f"{name[:80]}-{self.language}-{colours}.png", full_page=False)
        self.page.emulate_media(color_scheme="light")

    # What is asked of the desk again and again

    def waiting(self, queue: str) -> int:
        self.go("/admin/")
        return int(self.page.locator(f"[data-queue={queue}]").get_attribute("data-count") or 0)

    def tick(self, place: str | Locator) -> None:
        self.deeds += 1
        (self.page.locator(place).first if isinstance(place, str) else place).check()

    def fill(self, place: str, words: str) -> None:
        self.deeds += 1
        self.page.locator(place).first.fill(words)

    def choose(self, place: str, value: str) -> None:
        self.deeds += 1
        self.page.locator(place).first.select_option(value)

    def act(self, action: str, rows: int | None = None) -> Page:
        """Do an action of a list with its first rows, or with all that the filter shows."""
        if rows is None:
            self.tick("#action-toggle")
            across = self.page.locator(".actions .question a")
            if across.count() and across.first.is_visible():
                self.deeds += 1
                across.first.click()
        else:
            for number in range(rows):
                self.tick(self.page.locator("input.action-select").nth(number))
        self.choose("select[name=action]", action)
        return self.press("button[name=index]")

    def told(self) -> str:
        return " ".join(self.page.locator(".messagelist li").all_inner_texts())

    def until_over(self) -> str:
        """Watch the page of a job until the work is over, as long as it goes on; its outcome in words."""
        ended, progress = self.page.locator(".field-ended_at .readonly"), self.page.locator("progress").first
        come, end = "", time.monotonic() + PATIENCE / 1000
        while ended.inner_text().strip() == "-":
            if come != (come := str(progress.get_attribute("value"))):
                end = time.monotonic() + PATIENCE / 1000
            assert time.monotonic() < end, self.page.locator("main").inner_text()
            self.page.wait_for_timeout(700)
            self._look_again()
        return self.page.locator(".field-came_to .readonly").inner_text()

    def _look_again(self) -> None:
        with suppress(Error):  # the page asks again by itself, too, and the later one counts
            self.page.reload()
        self.page.wait_for_load_state()

    def follow_work(self) -> str:
        """From the message that leads to a job, to its end."""
        self.press(".messagelist a[href*='/work/job/']")
        return self.until_over()

    def undo_work(self) -> str:
        """Undo the job that is shown, and wait until that is over."""
        self.press("form:has(input[value=undo_selected]) button")
        return self.until_over()

    # What readers and harvesters see

    def read(self, path: str) -> APIResponse:
        """A page as a reader's program gets it, not from a kept copy."""
        return self.reader.request.get(self.address + path, headers={"accept-language": self.language})

    def until_read(self, path: str, seen: Callable[[APIResponse], bool], what: str) -> None:
        """Ask as a reader until the answer is what the curator decided: the writer works beside."""
        end = time.monotonic() + PATIENCE / 1000
        while not seen(answer := self.read(path)):
            if time.monotonic() > end:
                self.log.fault(f"{self.step} {self.language}: readers do not see: {what} ({answer.status} {path})")
                return
            self.page.wait_for_timeout(500)
