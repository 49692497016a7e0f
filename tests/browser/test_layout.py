"""What stands where on a page, as an eye sees it and no checker does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Reader
from tests.browser.desk import sign_in
from tests.browser.pages import ARTICLE, EVERY_PATH, LANGUAGES, PERSIAN
from tests.browser.server import PASSWORDS

Readers = Callable[..., Reader]
CLOSE = 64  # pixels; what belongs together stands no farther apart
A_SHEET = 971  # pixels; a sheet of paper is so high without its margins
A_TITLE = 300  # pixels; four or five words of a title in a line

# Letters of a list that stand in another column than the first name under them.
ALONE = """() => [...document.querySelectorAll(".many section")].filter((group) => {
  const [letter, name] = [group.querySelector("h2"), group.querySelector("li")].map((one) => one.getClientRects()[0]);
  return letter.left !== name.left;
}).map((group) => group.querySelector("h2").textContent.trim())"""

# Text that stands closer below a heavy rule than eight pixels: what follows a heading belongs to it, not to its line.
CROWDED = """() => [...document.querySelectorAll(".ruled, .bar-line")].flatMap((head) => {
  const next = head.nextElementSibling;
  if (!next || !head.getClientRects().length || getComputedStyle(head).borderBlockEndWidth !== "2px") return [];
  const walker = document.createTreeWalker(next, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const [line] = range.getClientRects();
    if (!line || !walker.currentNode.data.trim() || walker.currentNode.parentElement.closest(".hidden")) continue;
    const gap = line.top - head.getBoundingClientRect().bottom;
    return 0 <= gap && gap < 8 ? [`${head.textContent.trim()}: ${gap} ${next.outerHTML.slice(0, 80)}`] : [];
  }
  return [];
})"""

# Words of tables and names in code that are broken, and links that stand alone and are lower than a finger needs.
BROKEN = """() => [...document.querySelectorAll("td, th, .coded code")].flatMap((cell) => {
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), broken = [];
  while (walker.nextNode()) for (const word of walker.currentNode.data.matchAll(/[^\\s-]+/g)) {
    const range = document.createRange();
    range.setStart(walker.currentNode, word.index);
    range.setEnd(walker.currentNode, word.index + word[0].length);
    const lines = new Set([...range.getClientRects()].filter((one) => one.width).map((one) => Math.round(one.top / 8)));
    if (lines.size > 1) broken.push(word[0]);
  }
  return broken;
})"""
LOW = """() => [...document.querySelectorAll(".soft > a, .back > a, .explain-page a, .link")].filter(
  (one) => one.checkVisibility() && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML.slice(0, 80))"""
# What can be pressed or filled in, and is seen.
PRESSED = """() => [...document.querySelectorAll("button, input, select, textarea")].filter(
  (one) => one.checkVisibility() && one.getBoundingClientRect().width > 1).map((one) => one.outerHTML.slice(0, 80))"""
# Hints of empty fields that are cut off at the edge of their field.
CUT = """() => [...document.querySelectorAll("input[placeholder]")].flatMap((field) => {
  const style = getComputedStyle(field), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const width = pen.measureText(field.placeholder).width, above = getComputedStyle(field.form, "::before");
  const isAbove = above.display === "block" && above.content === JSON.stringify(field.placeholder);
  if (isAbove && getComputedStyle(field, "::placeholder").color === "rgba(0, 0, 0, 0)") return [];
  return field.checkVisibility() && width > room ? [`${field.placeholder}: ${Math.round(width)} in ${room}`] : [];
})"""
# Marks that stand over the letters or the frame of what stands above their text.
REACHING = """() => [...document.querySelectorAll(".title mark, .head h1 mark, .fragment mark")].filter((mark) => {
  const top = mark.getClientRects()[0].top, text = mark.closest(".title, h1, .fragment");
  const above = text.previousElementSibling || text.parentElement.previousElementSibling;
  return above && [above, ...above.querySelectorAll("*")].some((one) => {
    const held = one.getBoundingClientRect();
    return held.width > 1 && held.bottom > top + 2.5 && held.top < top;
  });
}).map((mark) => mark.textContent)"""
# Letters of a list that cling to the name above them in their column.
APART = """() => [...document.querySelectorAll(".many section + section h2")].filter((letter) => {
  const last = letter.closest("section").previousElementSibling.querySelector("li:last-child");
  const range = document.createRange();
  range.selectNodeContents(letter);
  return range.getBoundingClientRect().top - last.getBoundingClientRect().bottom < 16;
}).map((letter) => letter.textContent.trim())"""
# Words that name the links behind them, where these begin on another line.
PARTED = """() => [...document.querySelectorAll(".orders li:first-child:not(:has(a))")].filter((word) => {
  const [one, other] = [word, word.nextElementSibling].map((item) => item.getBoundingClientRect());
  return one.top >= other.bottom || other.top >= one.bottom;
}).map((word) => word.textContent.trim())"""
# Boxes of choices that stand above or below what is chosen by them.
ASTRAY = """() => [...document.querySelectorAll(".choice")].filter((choice) => {
  const [box, label] = [choice.querySelector(".box, input"), choice.querySelector(".label")];
  if (!box || !label || !choice.checkVisibility()) return false;
  const [one, other] = [box, label].map((item) => item.getBoundingClientRect());
  return one.top >= other.bottom || other.top >= one.bottom;
}).map((choice) => choice.textContent.trim())"""
# What of the pictures has another colour than those that a reader's system gives: `[what, colour]`.
OF_OUR_OWN = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  const given = new Set(["Canvas", "CanvasText", "LinkText"].map((name) => {
    probe.style.cssText = `forced-color-adjust: none; color: ${name}`;
    return getComputedStyle(probe).color;
  }));
  const kinds = "text, path, polyline, circle, rect, line";
  const shapes = document.querySelectorAll(`main svg :is(${kinds}):not(.reach, clipPath *)`);
  return [...shapes].flatMap((shape) => ["fill", "stroke"].map((what) => [what, getComputedStyle(shape)[what]])).filter(
    ([, colour]) => colour !== "none" && !given.has(colour));
}"""
# Where the words of each column of numbers end at the right, its head first.
RIGHTS = """table => [...table.tHead.rows[0].cells].flatMap((head, number) => !head.classList.contains("count") ? [] : [
  [head, ...[...table.tBodies[0].rows].map((row) => row.cells[number])].map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return range.getBoundingClientRect().right;
  })])"""
# Where the first letter of a link stands, and its last one.
EDGES = """link => {
  const text = link.firstChild, at = (place) => {
    const range = document.createRange();
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    return range.getBoundingClientRect().left;
  };
  return [at(0), at(text.data.length - 1)];
}"""


def box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found, selector
    return {**found, "end": found["y"] + found["height"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lists_beside_the_home_page_end_before_its_reports(reader: Readers, language: str) -> None:
    page = reader(language).open("/")
    page.evaluate("document.querySelector('.browse').style.alignSelf = 'start'")
    assert box(page, ".browse")["end"] <= box(page, ".latest > :last-child")["end"] + CLOSE


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_done_with_results_stands_right_below_them(reader: Readers, language: str) -> None:
    page = reader(language, scripts=True).open("/search/?q=Khalafov&country=az")
    assert 0 <= box(page, "#copy")["y"] - box(page, ".results")["end"] < CLOSE


@pytest.mark.parametrize("path", ["/countries/", "/officials/", "/bodies/", "/sources/"])
@pytest.mark.parametrize("width", [768, 1024, 1440, 2560])
def test_no_letter_stands_alone_at_the_foot_of_a_column(reader: Readers, path: str, width: int) -> None:
    page = reader("en", width).open(path)
    assert page.locator(".many section").count() > 1
    assert page.evaluate(ALONE) == []


def test_the_table_of_a_map_stands_beside_it_where_there_is_room(reader: Readers) -> None:
    page = reader("en", 1440).open("/search/map/")
    assert box(page, "[data-places]")["y"] <= box(page, ".charted > figure")["y"] + CLOSE
    page.set_viewport_size({"width": 360, "height": 900})
    assert box(page, "[data-places]")["y"] >= box(page, ".charted > figure")["end"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_curator_reads_the_titles_of_a_list(reader: Readers, address: str, language: str) -> None:
    page = reader(language).page
    sign_in(page, address, "curator", PASSWORDS[address])
    page.goto(f"{address}/admin/articles/article/")
    assert box(page, "#result_list tbody .field-headline")["width"] >= A_TITLE


@pytest.mark.parametrize(("language", "width"), [("ar", 1440), ("fa", 768), ("en", 360)])
def test_nothing_clings_to_the_rule_below_a_heading(reader: Readers, language: str, width: int) -> None:
    who = reader(language, width)
    crowded = {path: found for path in EVERY_PATH if (found := who.open(path).evaluate(CROWDED))}
    assert crowded == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_of_numbers_stand_below_one_another(reader: Readers, language: str) -> None:
    """At the right, in every script; the head of the column ends where its numbers do."""
    page = reader(language).open("/search/collocates/?q=وزير الخارجية")
    ends = page.locator("table[data-rows]").evaluate(RIGHTS)
    assert len(ends) == 6 and all(len(column) > 2 and max(column) - min(column) < 2 for column in ends), ends


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_called_in_the_direction_of_the_page(reader: Readers, language: str) -> None:
    """«CSV لبرنامج Excel» begins at the right."""
    page = reader(language).open("/search/?q=Khalafov")
    link = page.locator(".export a[href*='bom=1']").first
    first, last = link.evaluate(EDGES)
    assert "Excel" in link.inner_text() and (first > last) == (language != "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_and_the_languages_stand_on_one_line_of_a_narrow_masthead(reader: Readers, language: str) -> None:
    page = reader(language, 360).open("/")
    name, other = box(page, ".masthead .name"), box(page, ".masthead .languages a")
    assert name["y"] + name["height"] / 2 == pytest.approx(other["y"] + other["height"] / 2, abs=3)


def test_nothing_to_press_is_printed_and_a_report_begins_on_the_first_sheet(reader: Readers) -> None:
    who = reader("en", 718, scripts=True)  # the width of a sheet of paper without its margins
    who.page.emulate_media(media="print")
    printed = {path: found for path in EVERY_PATH if (found := who.open(path).evaluate(PRESSED))}
    assert printed == {}
    assert box(who.open(f"/articles/{ARTICLE}/"), ".reading p")["y"] < A_SHEET / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_results_on_paper_tell_their_question(reader: Readers, language: str) -> None:
    page = reader(language, 718).open("/search/?q=Khalafov&country=az")
    assert page.locator(".on-paper").is_hidden()
    page.emulate_media(media="print")
    assert "Khalafov" in page.locator(".on-paper").inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/search/?q=خلف", f"/articles/{ARTICLE}/?q=أذربيجان"])
def test_a_mark_does_not_reach_into_the_line_above_it(reader: Readers, language: str, path: str) -> None:
    page = reader(language).open(path)
    assert page.locator("mark").count()
    assert page.evaluate(REACHING) == []


def test_what_is_said_of_a_report_and_its_tick_stand_at_its_edge(reader: Readers) -> None:
    """A report from right to left on an English page, wide as a desk: what belongs to it is not on the other side."""
    who = reader("en", 2560)
    page = who.open(f"/shelf/?a={ARTICLE}&a={PERSIAN}")
    for pick in page.locator(".pick").all():
        tick, title = pick.locator("input").bounding_box(), pick.locator(".title").bounding_box()
        assert tick and title and 0 <= tick["x"] - title["x"] - title["width"] < CLOSE
    said = who.open("/search/?q=Xelefoof").locator(".report > p.soft").first
    assert said.evaluate("one => getComputedStyle(one).textAlign") == "end"


def test_each_line_of_a_title_begins_where_its_language_does(reader: Readers) -> None:
    page = reader("en", 1280).open(f"/articles/{PERSIAN}/")
    titles = page.locator("[data-related] > a > bdi")
    assert titles.count()
    for title in titles.all():
        ends = title.evaluate(
            "one => { const all = document.createRange(); all.selectNodeContents(one);"
            " return [...all.getClientRects()].map((line) => line.right) }"
        )
        assert max(ends) - min(ends) < 1, title.inner_text()


@pytest.mark.parametrize("path", ["/officials/", "/countries/"])
def test_a_letter_stands_apart_from_the_names_before_it(reader: Readers, path: str) -> None:
    assert reader("en", 360).open(path).evaluate(APART) == []


def test_a_button_is_one_colour_where_the_reader_has_colours_of_their_own(reader: Readers) -> None:
    """Words on a ground that the system does not know get a plate of their own: a white box in a dark one."""
    who = reader("en", 1280)
    who.page.emulate_media(forced_colors="active")
    button = who.open("/").locator(".search .button")
    assert button.evaluate("one => getComputedStyle(one).backgroundColor") == who.page.evaluate(
        "() => { const one = document.body.appendChild(document.createElement('i'));"
        " one.style.cssText = 'forced-color-adjust: none; background: ButtonFace';"
        " return getComputedStyle(one).backgroundColor }"
    )


@pytest.mark.parametrize("width", [1280, 2560])
def test_a_map_has_the_whole_room_beside_its_table_and_no_more(reader: Readers, width: int) -> None:
    page = reader("en", width).open("/search/map/")
    held = page.locator(".charted .scroll").evaluate("one => [one.scrollWidth, one.clientWidth]")
    assert held[0] == held[1]
    assert page.locator(".charted .scroll svg").bounding_box()["width"] == pytest.approx(held[1], abs=1)


ON_NARROW_PAGES = (
    "/data/", "/explain/word/?q=والمشاورات", f"/explain/?q=خلفوف&article={ARTICLE}", f"/articles/{PERSIAN}/",
    "/countries/az/qa/", "/sources/", "/officials/khalaf-khalafov/",
    f"/articles/{ARTICLE}/witnesses/?with={PERSIAN}",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_narrow_page_breaks_no_word_of_a_table_and_its_links_can_be_hit(reader: Readers, language: str) -> None:
    who = reader(language, 360, scripts=True)
    for path in ON_NARROW_PAGES:
        page = who.open(path)
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true })")
        assert page.evaluate(BROKEN) == [], path
        assert page.evaluate(LOW) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


ASKED_IN = ("/", "/search/", "/search/facet/country/", "/search/collocates/", "/search/expression/", "/explain/word/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hint_of_a_field_is_read_whole(reader: Readers, language: str) -> None:
    who = reader(language, 360, scripts=True)
    for path in ASKED_IN:
        page = who.open(path)
        assert page.locator("input[placeholder]").count()
        for width in (180, 320, 360, 1440):  # 180: a narrow phone at twice the size of letters
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(CUT) == [], (path, width)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["/search/concordance/?q=خلفوف", "/search/expression/?q=قطر&re=وزير", "/search/wording/"]
)
def test_what_names_a_group_of_links_stands_on_a_line_with_them(reader: Readers, language: str, path: str) -> None:
    page = reader(language, 360).open(path)
    assert page.locator(".orders li:first-child:not(:has(a))").count() > 1
    assert page.evaluate(PARTED) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/search/", "/search/facet/country/", "/search/facet/official/?by=post"])
def test_a_box_stands_beside_what_is_chosen_by_it(reader: Readers, language: str, path: str) -> None:
    page = reader(language, 1440).open(path)
    assert page.locator(".choice .label").count() > 5
    assert page.evaluate(ASTRAY) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sign_of_an_expression_stands_beside_its_meaning(reader: Readers, language: str) -> None:
    """Several signs in a line run from the left, their meanings from the right: a reader would take one for another."""
    terms = reader(language).open("/search/expression/").locator(".fold dt")
    assert terms.count() == 15
    assert all(" " not in sign.strip() for sign in terms.all_inner_texts())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures_have_the_colours_of_the_readers_system(reader: Readers, scheme: str) -> None:
    who = reader("ar", dark=scheme == "dark")
    who.page.emulate_media(forced_colors="active")
    for path in ("/", "/search/map/", "/search/together/", "/search/wording/?q=قطر&with=رایزنی", "/countries/az/"):
        page = who.open(path)
        assert page.locator("main svg").count()
        assert page.evaluate(OF_OUR_OWN) == [], path


@pytest.mark.parametrize(
    ("path", "own", "beside"),
    [
        ("/countries/az/", ".columns > .latest", ".columns > .browse"),
        ("/", ".columns > .latest", ".columns > .browse"),
        (f"/articles/{ARTICLE}/", ".article-page > .sheet", ".article-page > .notes"),
        ("/search/?q=Khalafov", ".results-page > .results", ".results-page > .side"),
    ],
)
def test_what_stands_beside_a_page_stays_the_smaller_part_of_it_at_twice_the_size_of_letters(
    reader: Readers, path: str, own: str, beside: str
) -> None:
    page = reader("ar", 1280).open(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert box(page, own)["width"] > box(page, beside)["width"]
    assert box(page, own)["x"] != box(page, beside)["x"]  # side by side
