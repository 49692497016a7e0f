"""A curator's day in Chromium: queues worked empty, by keys and without a script, many articles changed and undone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.day.desk import KNOWN_LATIN, LATIN, MOVED_SIDEWAYS
from tests.browser.server import PASSWORDS, served

PATIENCE = 120_000  # milliseconds; two cores may be busy with other tests
DRAFTS = [
    (
        "التقى وزير الخارجية القطري السفير أسامة نقلي في الدوحة",
        "وأكد السفير أسامة نقلي عمق العلاقات مع قطر.",
    ),
    ("وزير خارجية أذربيجان يستقبل جيمس موجومي", "واستقبل الوزير وكيل وزارة الخارجية الأوغندية جيمس موجومي في باكو."),
    ("دیدار رئیس‌جمهور آذربایجان با محمد رضا وصفی", "محمد رضا وصفی سفیر ایران در باکو از گسترش روابط دو کشور گفت."),
]
SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def own_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An archive of this module's own, with three drafts: what is decided here is seen by no other test."""
    path = tmp_path_factory.mktemp("drafts") / "drafts.jsonl"
    lines = [{"title": title, "body": f"{title} اليوم.\n\n{body}"} for title, body in DRAFTS]
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    with served(Path(path)) as where:
        yield where


@pytest.fixture
def curator(browser: Browser, own_archive: str) -> Iterator[SignIn]:
    contexts: list[BrowserContext] = []

    def sign_in(language: str, *, scripts: bool) -> Page:
        size = {"width": 1280, "height": 900}
        contexts.append(browser.new_context(viewport=size, locale=language, java_script_enabled=scripts))
        page = Reader(contexts[-1], own_archive).open("/admin/")
        page.fill("input[name=username]", "curator")
        page.fill("input[name=password]", PASSWORDS[own_archive])
        page.press("input[name=password]", "Enter")
        expect(page.locator("nav.queues")).to_be_visible()
        return page

    yield sign_in
    for context in contexts:
        context.close()


def waiting(page: Page, own_archive: str, queue: str) -> int:
    page.goto(f"{own_archive}/admin/")
    return int(page.locator(f"[data-queue={queue}]").get_attribute("data-count") or 0)


def review_first(page: Page, own_archive: str, queue: str) -> None:
    """Open the first article of a queue, as a curator does from the first page."""
    page.goto(f"{own_archive}/admin/")
    page.click(f"[data-queue={queue}]")
    page.locator("#result_list a[href*='/review/']").first.click()
    expect(page.locator("form.review")).to_be_visible()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def until_shown(page: Page, place: Locator) -> None:
    """Look again, as a curator does whose page has not asked by itself yet, until the work is over."""
    end = time.monotonic() + PATIENCE / 1000
    while not place.is_visible():
        assert time.monotonic() < end, page.locator("main").inner_text()
        page.wait_for_timeout(1000)
        page.reload()


def test_drafts_are_published_by_keys_in_arabic(curator: SignIn, own_archive: str) -> None:
    page = curator("ar", scripts=True)
    left = waiting(page, own_archive, "drafts")
    assert left == len(DRAFTS)
    review_first(page, own_archive, "drafts")
    for _each in range(left):
        assert page.locator("html").get_attribute("dir") == "rtl" and fits(page)
        at = page.url
        expect(page.locator("form.review[data-keys]")).to_be_visible(timeout=PATIENCE)
        page.keyboard.press("j")
        expect(page.locator(".mention[open]")).to_have_count(1)
        page.keyboard.press("a")
        expect(page.locator(".mention.accepted").first).to_be_visible(timeout=PATIENCE)
        expect(page.locator("form.review[data-keys]")).to_be_visible(timeout=PATIENCE)
        page.keyboard.press("A")
        expect(page.locator(".mention.recognised")).to_have_count(0, timeout=PATIENCE)
        expect(page.locator("form.review[data-keys]")).to_be_visible(timeout=PATIENCE)
        page.keyboard.press("P")
        page.wait_for_url(lambda url, at=at: url != at, timeout=PATIENCE)
    assert "/review/" not in page.url
    assert waiting(page, own_archive, "drafts") == 0


def test_unknown_persons_are_decided_without_a_script_in_english(curator: SignIn, own_archive: str) -> None:
    page = curator("en", scripts=False)
    read = page.locator("[data-queue=unknown-person]:not([data-count='0'])")
    for _each in range(60):  # the worker reads the texts when it begins
        if read.count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    assert waiting(page, own_archive, "unknown-person") == len(DRAFTS)
    decisions = ["propose", "dismiss", "propose"]
    for decision in decisions:
        review_first(page, own_archive, "unknown-person")
        assert fits(page)
        left = page.locator("[data-unknown]").count()
        page.locator(f"[data-unknown] button[value^='{decision}:']").first.click()
        expect(page.locator("[data-unknown]")).to_have_count(left - 1)
    assert waiting(page, own_archive, "unknown-person") == 0 == waiting(page, own_archive, "unknown-names")
    page.goto(f"{own_archive}/admin/authorities/authorityrecord/?is_proposed__exact=1&kind__exact=official")
    assert page.locator("#result_list tbody tr").count() == 2


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_many_are_changed_and_all_of_it_is_undone(curator: SignIn, own_archive: str, language: str) -> None:
    page = curator(language, scripts=True)
    page.goto(f"{own_archive}/admin/articles/article/?status__exact=published")
    chosen = page.locator("#result_list tbody tr").count()
    page.check("#action-toggle")
    page.select_option("select[name=action]", "change_selected")
    page.click("button[name=index]")
    assert fits(page)
    page.fill("#id_withdraw-note", "مراجعة")
    page.click("button[name=deed][value=withdraw]")
    expect(page.locator("[data-changed]")).to_have_attribute("data-changed", str(chosen))
    assert page.locator("[data-facet=all]").get_attribute("data-after") == "0" and fits(page)
    page.click("button[name=deed][value=withdraw]")
    page.click(".messagelist a[href*='/work/job/']")
    undo = page.locator("form:has(input[value=undo_selected]) button")
    until_shown(page, undo)
    assert Reader(page.context, own_archive).open("/search/").locator("[data-article]").count() == 0
    undo.click()
    page.goto(f"{own_archive}/admin/work/job/?kind=undo")
    page.locator("#result_list tbody tr a").first.click()
    until_shown(page, undo)
    page.goto(f"{own_archive}/admin/articles/article/?status__exact=published")
    assert page.locator("#result_list tbody tr").count() == chosen


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_what_became_of_an_intake_is_read_without_scrolling_sideways(
    curator: SignIn, own_archive: str, language: str
) -> None:
    page = curator(language, scripts=True)
    page.goto(f"{own_archive}/admin/intake/accession/add/")
    page.fill("#id_source", "وكالة الأنباء")
    page.set_input_files(
        "#id_uploads",
        [
            {
                "name": f"تقرير طويل الاسم عن المشاورات السياسية {language}.csv",
                "mimeType": "text/csv",
                "buffer": b"a;b\n1;2\n",
            },
            {
                "name": f"crawl-of-the-foreign-ministry-2020-10-{language}.html",
                "mimeType": "text/html",
                "buffer": b"<p>x</p>",
            },
        ],
    )
    page.click("#intake_form input[type=submit]")
    until_shown(page, page.locator("progress[value='100']"))
    for place in ("accession/", "accessionitem/", "watchedfeed/", "pair/"):
        page.goto(f"{own_archive}/admin/intake/{place}")
        table = page.locator("#changelist-form .results")
        if table.count():
            assert table.evaluate("list => list.scrollWidth <= list.clientWidth"), place


LISTS = (
    "articles/article/",
    "authorities/authorityrecord/",
    "captures/capture/",
    "curation/curationevent/",
    "stories/fingerprint/",
    "meetings/meeting/",
    "work/job/",
    "auth/user/",
)


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_lists_and_forms_are_seen_whole_and_speak_one_language(
    curator: SignIn, own_archive: str, language: str
) -> None:
    """On a screen of 1,280 pixels; the form of each first row, too, and the one for a new person."""
    page = curator(language, scripts=True)
    for place in (*LISTS, "auth/user/add/", "status/"):
        page.goto(f"{own_archive}/admin/{place}")
        first = page.locator("#result_list tbody tr a[href*='/change/']").first
        forms = [str(first.get_attribute("href"))] if first.count() else []
        for address in ("", *forms):
            if address:
                page.goto(own_archive + address)
            assert fits(page) and page.evaluate(MOVED_SIDEWAYS) == [], page.url
            words = [] if language == "en" else page.evaluate(LATIN)
            assert [one for one in words if not KNOWN_LATIN.match(one)] == [], page.url
