"""One day: who is at the desk, what they use, what it came to."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, product
from typing import Any, Final

from playwright.sync_api import Browser

from tests.browser.day.desk import PATIENCE, Desk, Log
from tests.browser.day.steps import ARTICLES, STEPS

LANGUAGES: Final = ("ar", "fa", "en")
SECRET: Final = "a long enough secret 12"


@dataclass(frozen=True, slots=True)
class Official:
    """Somebody whom no record names, in at least so many `articles` under this `form`."""

    form: str
    language: str
    slug: str
    articles: int


@dataclass(frozen=True, slots=True)
class NewTerm:
    """Two labels with their languages: the first stands in reports, the second nowhere."""

    slug: str
    labels: tuple[tuple[str, str], tuple[str, str]]


TERMS: Final = {
    "ar": NewTerm("day-bilateral", (("ar", "العلاقات الثنائية"), ("fa", "پیوندهای دوسویه"))),
    "fa": NewTerm("day-minister", (("fa", "وزیر امور خارجه"), ("ar", "وزير شؤون الخارج"))),
    "en": NewTerm("day-cooperation", (("ar", "التعاون المشترك"), ("en", "hand-in-glove"))),
}


@dataclass
class Day:
    """`names` are the accounts by their language; `held_back` how many drafts stay for want of text."""

    browser: Browser
    address: str
    password: str
    officials: dict[str, Official]
    log: Log = field(default_factory=Log)
    by_keys: int = 10
    many: int = 50
    held_back: int = 0
    terms: dict[str, NewTerm] = field(default_factory=lambda: dict(TERMS))
    names: dict[str, str] = field(default_factory=lambda: {"ar": "layla", "fa": "shirin", "en": "thomas"})
    desks: dict[str, Desk] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    languages_left: int = 0  # that do the present step after this one

    def expects(self, desk: Desk, holds: bool, told: str) -> None:
        """Note what is not as it should be, and go on."""
        if not holds:
            self.log.fault(f"{desk.step} {desk.language}: {told}")

    def told(self, words: str) -> None:
        self.notes.append(words)

    @contextmanager
    def open(self) -> Iterator[Day]:
        """Make an account for each language, as an administrator does, and sign all of them in."""
        first = self._desk("en", "curator", self.password)
        with first.during("accounts"):
            for name in self.names.values():
                self._make_account(first, name)
        first.close()
        for language, name in self.names.items():
            self.desks[language] = self._desk(language, name, SECRET)
        try:
            yield self
        finally:
            for desk in self.desks.values():
                desk.close()

    def work(self, steps: Iterable[str], languages: Sequence[str] = LANGUAGES, *, in_turn: bool = False) -> None:
        """Do the steps in every language, or each in one language, in turn."""
        pairs = zip(steps, cycle(languages), strict=False) if in_turn else product(steps, languages)
        for name, language in pairs:
            self.languages_left = 0 if in_turn else len(languages) - 1 - languages.index(language)
            desk = self.desks[language]
            begun = time.monotonic()
            try:
                with desk.during(name):
                    STEPS[name](self, desk)
            except Exception as error:
                words = " ".join(str(error).split())[:400]
                where = desk.page.url.removeprefix(self.address)
                self.log.fault(f"{name} {language}: stopped on {where}: {type(error).__name__}: {words}")
            print(f"{name} {language}: {time.monotonic() - begun:.1f} s, {desk.deeds} deeds", flush=True)

    def until_quiet(self) -> None:
        """Wait until the work that was put off is done and the index has followed, as an archive at night."""
        desk, end = next(iter(self.desks.values())), time.monotonic() + PATIENCE / 1000
        while time.monotonic() < end:
            desk.page.goto(f"{self.address}/admin/work/job/?state__exact=waiting")
            waiting = desk.page.locator("#result_list tbody tr").count()
            desk.page.goto(f"{self.address}/admin/work/job/?state__exact=running")
            waiting += desk.page.locator("#result_list tbody tr").count()
            if not waiting and not self.api(desk, "/readyz")["pending"]:
                return
            desk.page.wait_for_timeout(1000)
        self.log.fault("work or index did not come to an end")

    def _desk(self, language: str, name: str, password: str) -> Desk:
        desk = Desk(self.browser, self.address, language, self.log)
        desk.step = "home"
        desk.sign_in(name, password)
        return desk

    def _make_account(self, desk: Desk, name: str) -> None:
        desk.go(f"/admin/auth/user/?username={name}")
        if desk.page.locator("#result_list tbody tr").count():
            return
        desk.go("/admin/auth/user/add/")
        desk.fill("#id_username", name)
        desk.fill("#id_password1", SECRET)
        desk.fill("#id_password2", SECRET)
        desk.press("input[name=_save]")
        desk.tick("#id_is_staff")
        groups = desk.page.locator("#id_groups_from, #id_groups").first
        desk.page.wait_for_timeout(300)
        groups.select_option([str(one.get_attribute("value")) for one in groups.locator("option").all()])
        if desk.page.locator("#id_groups_add, .selector-add, #id_groups_add_link").count():
            desk.page.locator("#id_groups_add, .selector-add, #id_groups_add_link").first.click()
        desk.press("input[name=_save]")

    # What steps work on: another article for each of them

    def share(self, waiting: int) -> int | None:
        """How many rows of a queue are this language's, so that the next ones have work too; None for all there are."""
        return min(waiting // (self.languages_left + 1), self.many) or None if self.languages_left else None

    def colleague(self, desk: Desk) -> Desk:
        return next(other for other in self.desks.values() if other is not desk)

    def api(self, desk: Desk, path: str) -> Any:
        return desk.read(path).json()

    def linked_article(self, desk: Desk) -> tuple[str, str]:
        """The key and the identifier of a public article with links, of no other step's so far."""
        desk.go(f"{ARTICLES}?status__exact=published&date_certainty__exact=stated&o=-8")
        rows = desk.page.locator("#result_list tbody tr")
        for number in range(rows.count()):
            key = str(rows.nth(number).locator("input.action-select").get_attribute("value"))
            if key in self.used:
                continue
            self.used.add(key)
            desk.go(f"{ARTICLES}{key}/change/")
            if int(desk.page.locator("#id_access_points-INITIAL_FORMS").get_attribute("value") or 0) > 2:
                return key, desk.page.locator(".field-identifier .readonly").inner_text().strip()
            return self.linked_article(desk)
        raise LookupError("no article with links is left")

    def article_to_erase(self, desk: Desk) -> tuple[str, str]:
        return self.linked_article(desk)

    def two_officials(self, desk: Desk) -> tuple[str, str]:
        """The identifiers of the two officials of most articles."""
        held = self.api(desk, "/api/v1/facets/official")["facet"]["values"]
        found = [one["value"] for one in held if one["value"] not in {who.slug for who in self.officials.values()}]
        place = 2 * LANGUAGES.index(desk.language) if len(found) >= 2 * len(LANGUAGES) else 0
        return found[place], found[place + 1]
