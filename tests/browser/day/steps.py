"""What a curator does in a day: each step at the desk, and what readers and harvesters then see.

A step takes the day and one desk. It notes what is wrong (`Day.expects`), so that the day goes on to its end.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Locator

from tests.browser.day.desk import PATIENCE, Desk

if TYPE_CHECKING:
    from tests.browser.day.day import Day

Step = Callable[["Day", Desk], None]
ARTICLES: Final = "/admin/articles/article/"
RECORDS: Final = "/admin/authorities/authorityrecord/"
HEAD: Final = {"ar": "أكدت الوزارة ما يلي. ", "fa": "این خبر کامل شد. ", "en": "أفادت الوزارة بالآتي. "}
REASON: Final = {"ar": "مراجعة", "fa": "بازبینی", "en": "looked through"}
ODD: Final = (
    *(f"{ARTICLES}?{asked}" for asked in ("queue=nonsense", "queue=drafts&p=99999", "p=-1", "p=x", "o=99.-77", "e=1")),
    *(f"{ARTICLES}?{asked}" for asked in ("status__exact=zzz", "dated_on__year=99999", "dated_on__gte=nonsense")),
    *(f"{ARTICLES}?{asked}" for asked in ("source__id__exact=x", "q=((", "q=%00", "q=date:9999-99", "assigned=%27")),
    *(f"{ARTICLES}{path}" for path in ("999999999/review/", "abc/review/", "-1/change/", "1/review/?queue=nonsense")),
    *(f"{ARTICLES}{path}" for path in ("99999999999999999999/review/", "abc/history/", "1/nowhere/")),
    *(f"{RECORDS}{path}" for path in ("abc/split/", "999999999/split/", "?kind__exact=zzz", "?q=%00", "?p=x")),
    *(f"/admin/meetings/meeting/{path}" for path in ("?state=nonsense", "?dated_on__year=0", "abc/change/")),
    *(f"/admin/work/job/{path}" for path in ("?kind=nonsense", "99999999999999999999/change/")),
    *(f"/admin/{path}" for path in ("nowhere/", "curation/unknownname/?o=77", "intake/pair/?state__exact=zz")),
)


def queues(day: Day, desk: Desk) -> None:
    """Every queue is listed, and tells as many as the first page does."""
    desk.go("/admin/")
    links = desk.page.locator("[data-queue]")
    for number in range(links.count()):
        link = links.nth(number)
        name, count = link.get_attribute("data-queue"), int(link.get_attribute("data-count") or 0)
        desk.press(link)
        shown = desk.page.locator("#result_list tbody tr").count()
        day.expects(desk, (shown > 0) == (count > 0), f"the queue {name} lists {shown} of {count}")
        desk.page.go_back()


def drafts_by_keys(day: Day, desk: Desk) -> None:
    """Drafts are decided and published by keys, one after the other."""
    before = desk.waiting("drafts")
    desk.press("[data-queue=drafts]")
    desk.press("#result_list a[href*='/review/']")
    for _each in range(min(day.by_keys, before)):
        page = desk.page
        page.locator("form.review[data-keys]").wait_for()
        if page.locator(".mention.recognised").count():
            page.keyboard.press("j")
            desk.key("A")
            page.locator("form.review[data-keys]").wait_for()
            day.expects(desk, page.locator(".mention.recognised").count() == 0, "accepted all, some wait")
        at = page.url
        desk.key("P")
        if page.url == at:  # held back with a reason: on to the next one
            day.expects(desk, bool(desk.told()), "a draft stayed, and nobody said why")
            if not page.locator("[data-key=n]").count():
                break
            desk.key("n")
    left = desk.waiting("drafts")
    day.expects(desk, left < before, f"drafts before {before}, now {left}")


def drafts_in_bulk(day: Day, desk: Desk) -> None:
    """What a filter shows is published in the background, with a preview, until the queue is empty."""
    before = desk.waiting("drafts")
    day.expects(desk, before > day.held_back, f"{before} drafts wait for this step")
    _share_of_queue(day, desk, "drafts", "publish", held_back=day.held_back)


def doubtful_mentions(day: Day, desk: Desk) -> None:
    """Doubtful mentions are decided: a few by keys, the rest by a filter; the last language leaves the queue empty."""
    at_first = desk.waiting("doubtful")
    day.expects(desk, at_first > 0, "no doubtful mentions wait for this step")
    for _each in range(min(day.by_keys, at_first // 2)):
        if not desk.waiting("doubtful"):
            break
        desk.press("[data-queue=doubtful]")
        desk.press("#result_list a[href*='/review/']")
        desk.page.locator("form.review[data-keys]").wait_for()
        for _mention in range(40):
            waiting = desk.page.locator(".mention.doubtful:not(.rejected)")
            if not waiting.count():
                break
            if not waiting.first.get_attribute("open"):
                waiting.first.locator("summary").click()
            desk.press(waiting.first.locator("button[value^='accept:']"))
    _share_of_queue(day, desk, "doubtful", "accept-doubtful")


def _share_of_queue(day: Day, desk: Desk, queue: str, change: str, held_back: int = 0) -> None:
    """What this language has of a queue is changed in bulk; those that are held back with a reason may stay."""
    before = desk.waiting(queue)
    if not before:
        return
    rows = day.share(before)
    desk.press(f"[data-queue={queue}]")
    _change(day, desk, change, {"note": REASON[desk.language]}, rows=rows)
    desk.follow_work()
    left, least = desk.waiting(queue), 0 if rows is None else before - rows
    day.expects(desk, least <= left <= least + held_back, f"{left} of {queue} are left of {before}, not {least}")


def new_official(day: Day, desk: Desk) -> None:
    """A record that is added is found in what is held: preview, the work, what readers see, undone as one."""
    official = day.officials[desk.language]
    desk.go(f"{RECORDS}add/")
    desk.choose("#id_kind", "official")
    desk.fill("#id_slug", official.slug)
    if not desk.page.locator("#id_names-0-text").is_visible():
        desk.page.locator("#names-group .add-row a").click()
    desk.fill("#id_names-0-text", official.form)
    desk.fill("#id_names-0-language", official.language)
    desk.choose("#id_names-0-form", "authorized")
    desk.fill("#id_names-0-source", "the reports")
    desk.press("button[name=_preview]")
    changed = int(desk.page.locator("[data-changed]").get_attribute("data-changed") or 0)
    day.expects(desk, changed >= official.articles, f"{changed} articles would gain {official.form}")
    day.expects(desk, desk.page.locator("blockquote").count() > 0, "the preview gives no example")
    desk.press("button[name=_save]")
    desk.follow_work()
    _until(desk, f"official={official.slug}", lambda total: total > 0, f"articles on {official.slug}")
    day.told(f"{official.form} ({desk.language}): {changed} articles gained the link")
    desk.undo_work()
    _until(desk, f"official={official.slug}", lambda total: total == 0, "no articles after undoing")
    day.expects(desk, desk.read(f"/officials/{official.slug}/").status == 404, "the record is still there")


def unknown_names(day: Day, desk: Desk) -> None:
    """Names that no record has: the most frequent is proposed, another one dismissed."""
    before = desk.waiting("unknown-names")
    day.expects(desk, before > 1, f"{before} names wait for this step")
    if before < 2:
        return
    for button in ("propose_selected", "dismiss_selected"):
        desk.press("[data-queue=unknown-names]")
        desk.press("#result_list tbody tr a")
        desk.press(f"button[value={button}]")
        day.expects(desk, bool(desk.told()), f"{button} said nothing")
        desk.go("/admin/")
    day.expects(desk, desk.waiting("unknown-names") <= before - 2, "the names wait as before")


def merge_undone(day: Day, desk: Desk) -> None:
    """Two officials become one, and two again; readers see both states."""
    one, other = day.two_officials(desk)
    counts = [_count(desk, f"official={slug}") for slug in (one, other)]
    desk.go(f"{RECORDS}?kind__exact=official&q={one}")
    keys = [_key(desk.go(f"{RECORDS}?kind__exact=official&slug={slug}").locator("input.action-select").first)
            for slug in (one, other)]  # fmt: skip
    desk.go(f"{RECORDS}?kind__exact=official&slug__in={one},{other}")
    desk.act("merge_selected")
    desk.tick(f"input[name=kept][value='{keys[0]}']")
    desk.press("form:has(input[name=kept]) [type=submit]")
    _until(desk, f"official={one}", lambda total: total >= max(counts), "the merged one")
    desk.until_read(f"/officials/{other}/", lambda answer: answer.url.endswith(f"/{one}/"), "the address leads on")
    desk.go("/admin/authorities/merge/")
    desk.act("undo_selected", rows=1)
    for slug, count in zip((one, other), counts, strict=True):
        _until(desk, f"official={slug}", lambda total, count=count: total == count, f"{slug}: {count} as before")


def split_undone(day: Day, desk: Desk) -> None:
    """Mentions of one record go to a new one, shown before; undone as one."""
    slug, _other = day.two_officials(desk)
    before = _count(desk, f"official={slug}")
    desk.go(f"{RECORDS}?kind__exact=official&slug={slug}")
    desk.press("#result_list tbody th a, #result_list tbody td a")
    desk.press(".object-tools a[href$='/split/']")
    desk.tick("input[name=mentions]")
    made = f"day-split-{desk.language}"
    desk.fill("#id_to", made)
    desk.press("button[name=_show]")
    day.expects(desk, desk.page.locator("button[name=_split]").count() == 1, "nothing was shown of the split")
    desk.press("button[name=_split]")
    desk.until_read(f"/officials/{made}/", lambda answer: answer.status == 200, "the record that was split off")
    desk.go("/admin/authorities/split/")
    desk.act("undo_selected", rows=1)
    desk.until_read(f"/officials/{made}/", lambda answer: not answer.url.endswith(f"/{made}/"), "it leads back")
    _until(desk, f"official={slug}", lambda total: total == before, "as before the split")


def head_corrected(day: Day, desk: Desk) -> None:
    """Words are put before everything else of a text: every link stays on its words, for curators and for readers."""
    number, identifier = day.linked_article(desk)
    links = _links(desk, identifier)
    desk.go(f"{ARTICLES}{number}/change/")
    body = desk.page.locator("#id_body").input_value()
    desk.fill("#id_body", HEAD[desk.language] + body)
    desk.fill("#id_why", REASON[desk.language])
    desk.press("input[name=_continue]")
    desk.go(f"{ARTICLES}{number}/review/")
    words = desk.page.locator(".mention summary").all_inner_texts()
    day.expects(desk, all(word.strip() == word and word in HEAD[desk.language] + body + desk.page.content()
                          for word in words), "a mention that is no whole words")  # fmt: skip
    desk.until_read(f"/articles/{identifier}/", lambda answer: HEAD[desk.language].strip() in answer.text(), "the head")
    day.expects(desk, _links(desk, identifier) == links, "other links than before for readers")
    _put_back(desk, number)
    desk.until_read(
        f"/articles/{identifier}/", lambda answer: HEAD[desk.language].strip() not in answer.text(), "the text put back"
    )
    day.expects(desk, _links(desk, identifier) == links, "other links after the text was put back")


def two_people(day: Day, desk: Desk) -> None:
    """Two open one article and one record; the second is told, what was typed stays, and saving again keeps it."""
    number, _identifier = day.linked_article(desk)
    desk.go(f"{RECORDS}?kind__exact=official&slug={day.two_officials(desk)[0]}")
    record = _key(desk.page.locator("input.action-select").first)
    other = day.colleague(desk)
    forms = ((f"{ARTICLES}{number}/change/", "#id_byline"), (f"{RECORDS}{record}/change/", "#id_note"))
    for path, field in forms:
        desk.go(path)
        other.go(path)
        other.fill(field, "colleague")
        other.press("input[name=_continue]")
        desk.fill(field, "mine")
        desk.press("input[name=_continue]")
        told = " ".join(desk.page.locator(".errorlist").all_inner_texts())
        day.expects(desk, day.names[other.language] in told and "colleague" in told, f"not told of the other: {told}")
        day.expects(desk, desk.page.locator(field).input_value() == "mine", "what was typed is lost")
        desk.press("input[name=_continue]")
        day.expects(desk, not desk.page.locator(".errorlist").count(), "refused again")
        desk.go(path.replace("/change/", "/history/"))
        shown = desk.page.locator("ol.history").inner_text()
        day.expects(desk, "colleague" in shown and "mine" in shown, "the history does not tell of both")


def withdrawn(day: Day, desk: Desk) -> None:
    """Readers get 410 with the reason, feeds and harvesters hear of it; one click makes it public again."""
    number, identifier = day.linked_article(desk)
    desk.go(f"{ARTICLES}{number}/change/")
    desk.fill(".deeds input[name=reason]", REASON[desk.language])
    desk.press("button[name=_withdraw]")
    path = f"/articles/{identifier}/"
    record = f"/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:diwan:{identifier}"
    desk.until_read(path, lambda answer: answer.status == 410, "410")
    gone = desk.read(path).text()
    day.expects(desk, REASON[desk.language] in gone and identifier in gone, "the page that is gone gives no reason")
    desk.until_read("/feeds/withdrawn/atom/", lambda answer: identifier in answer.text(), "the feed of withdrawals")
    desk.until_read("/feeds/atom/", lambda answer: "deleted-entry" in answer.text(), "a deleted entry in the feed")
    desk.until_read(record, lambda answer: 'status="deleted"' in answer.text(), "a deleted record for harvesters")
    desk.until_read(f"/search/?q={identifier}", lambda answer: identifier not in _found(answer.text()), "not found")
    desk.go(f"{ARTICLES}{number}/change/")
    desk.press("button[name=_publish]")
    desk.until_read(path, lambda answer: answer.status == 200, "public again")
    desk.until_read(record, lambda answer: 'status="deleted"' not in answer.text(), "harvesters have it again")


def bulk_undone(day: Day, desk: Desk) -> None:
    """Many articles get a country, with a preview of the counts of facets; undone as one."""
    desk.go(f"{ARTICLES}?status__exact=published")
    total = _count(desk, "country=mt")
    _change(day, desk, "country", {"record": "mt", "note": REASON[desk.language]}, rows=day.many)
    desk.follow_work()
    _until(desk, "country=mt", lambda found: found > total, "the country of many")
    desk.undo_work()
    _until(desk, "country=mt", lambda found: found == total, "as before the change")


def embargo(day: Day, desk: Desk) -> None:
    """What is under embargo is published by nobody."""
    number, identifier = day.linked_article(desk)
    desk.go(f"{ARTICLES}{number}/change/")
    desk.press("button[name=_withdraw]")
    later = datetime.date.today() + datetime.timedelta(days=30)
    desk.fill("#id_embargo_until_0", later.isoformat())
    desk.fill("#id_embargo_until_1", "12:00:00")
    desk.press("button[name=_publish]")
    day.expects(desk, bool(desk.page.locator(".messagelist .warning").count()), "published under embargo")
    day.expects(desk, desk.read(f"/articles/{identifier}/").status == 410, "readers see what is under embargo")
    desk.fill("#id_embargo_until_0", "")
    desk.fill("#id_embargo_until_1", "")
    desk.press("button[name=_publish]")
    desk.until_read(f"/articles/{identifier}/", lambda answer: answer.status == 200, "public after the embargo")


def erased(day: Day, desk: Desk) -> None:
    """An administrator erases an article: no words of it stay anywhere."""
    number, identifier = day.article_to_erase(desk)
    desk.go(f"{ARTICLES}{number}/change/")
    title = desk.page.locator("#id_title").input_value()
    desk.page.locator("details.erasing summary").click()
    desk.fill("input[name=erase_reason]", REASON[desk.language])
    desk.fill("input[name=erase_identifier]", identifier)
    desk.press("button[name=_erase]")
    desk.until_read(f"/articles/{identifier}/", lambda answer: answer.status == 410, "410 of what was erased")
    desk.go(f"{ARTICLES}{number}/change/")
    day.expects(desk, title not in desk.page.content(), "the title is still on the desk")
    desk.go(f"{ARTICLES}{number}/history/")
    day.expects(desk, title not in desk.page.content(), "the title is still in the history")


def meetings(day: Day, desk: Desk) -> None:
    """A proposed meeting is confirmed as it stands, another one rejected; readers see the first as a meeting."""
    before = desk.waiting("meetings")
    day.expects(desk, before > 1, f"{before} meetings are proposed")
    if before < 2:
        return
    desk.press("[data-queue=meetings]")
    desk.press("#result_list tbody th a, #result_list tbody td a")
    identifier = desk.page.locator("[data-meeting]").get_attribute("data-meeting")
    day.expects(desk, bool(desk.page.locator("section.deeds q").count()), "a proposal without its sentence")
    desk.press("button[name=_confirm]")
    desk.until_read(f"/meetings/{identifier}/", lambda answer: answer.status == 200, "the meeting")
    rejected = desk.page.locator("[data-meeting]").get_attribute("data-meeting")
    desk.press("button[name=_reject]")
    desk.until_read(f"/meetings/{rejected}/", lambda answer: answer.status == 404, "no page of what was rejected")
    desk.until_read("/feeds/meetings/atom/", lambda answer: str(identifier) in answer.text(), "the feed of meetings")
    day.expects(desk, desk.waiting("meetings") == before - 2, "the meetings wait as before")


def collection(day: Day, desk: Desk) -> None:
    """A collection in three languages, filled by a change of many; its page, its feed."""
    slug = f"day-{desk.language}"
    desk.go("/admin/collections/collection/add/")
    desk.fill("#id_slug", slug)
    for code, title in (("ar", "مجموعة اليوم"), ("fa", "مجموعهٔ روز"), ("en", "The day's collection")):
        desk.fill(f"#id_title_{code}", title)
        desk.fill(f"#id_introduction_{code}", title)
    desk.tick("#id_is_public")
    desk.press("input[name=_save]")
    desk.go(f"{ARTICLES}?status__exact=published")
    desk.act("change_selected", rows=3)
    options = desk.page.locator("#id_collect-collection option")
    values = [str(one.get_attribute("value") or "") for one in options.all()]
    chosen = [value for value in values if value]
    desk.choose("#id_collect-collection", max(chosen, key=int))  # the one that was just made
    desk.press("button[name=deed][value=collect]")
    desk.press("button[name=deed][value=collect]")
    desk.follow_work()
    desk.until_read(f"/collections/{slug}/", lambda answer: len(_found(answer.text())) == 3, "three in the collection")
    desk.until_read(f"/feeds/atom/?collection={slug}", lambda answer: answer.text().count("<entry") == 3, "its feed")


def term_pair(day: Day, desk: Desk) -> None:
    """A term in two languages is searched at once; its history takes it out again."""
    mine = day.terms[desk.language]
    desk.go(f"{RECORDS}add/")
    desk.choose("#id_kind", "term")
    desk.fill("#id_slug", mine.slug)
    for number, (language, words) in enumerate(mine.labels):
        if not desk.page.locator(f"#id_names-{number}-text").is_visible():
            desk.page.locator("#names-group .add-row a").click()
        desk.fill(f"#id_names-{number}-text", words)
        desk.fill(f"#id_names-{number}-language", language)
        desk.choose(f"#id_names-{number}-form", "authorized")
        desk.fill(f"#id_names-{number}-source", "the reports")
    (_own, known), (_foreign, new) = mine.labels
    wanted, before = _count(desk, f"q=%22{known}%22"), _count(desk, f"q={new}")
    desk.press("input[name=_save]")
    _until(desk, f"q={new}", lambda total: total >= wanted > 0, f"{new} finds {known}, {wanted}")
    key = _key(desk.go(f"{RECORDS}?kind__exact=term&slug={mine.slug}").locator("input.action-select").first)
    desk.go(f"{RECORDS}{key}/history/")
    desk.press("button[name=take_out]")
    desk.follow_work()
    _until(desk, f"q={new}", lambda total: total == before, f"{new} as before")


def reverted(day: Day, desk: Desk) -> None:
    """A title that was changed is put back by the history, and this is in the history, too."""
    number, _identifier = day.linked_article(desk)
    desk.go(f"{ARTICLES}{number}/change/")
    title = desk.page.locator("#id_title").input_value()
    desk.fill("#id_title", f"{title} ({REASON[desk.language]})")
    desk.press("input[name=_continue]")
    _put_back(desk, number)
    desk.go(f"{ARTICLES}{number}/change/")
    day.expects(desk, desk.page.locator("#id_title").input_value() == title, "the title is not what it was")


def mistake(day: Day, desk: Desk) -> None:
    """A reader reports a mistake; it waits at the desk, and is decided there."""
    _number, identifier = day.linked_article(desk)
    before = desk.waiting("mistakes")
    reader = desk.reader
    reader.goto(f"{desk.address}/articles/{identifier}/mistake/")
    reader.locator("input[name=about]").first.check()
    reader.fill("#told", REASON[desk.language] * 3)
    reader.click("button[name=check]")
    reader.locator("button[name=send]").click()
    reader.wait_for_url("**/thanks/", timeout=PATIENCE)
    day.expects(desk, desk.waiting("mistakes") == before + 1, "the mistake does not wait")
    desk.press("[data-queue=mistakes]")
    desk.press("#result_list tbody th a, #result_list tbody td a")
    desk.choose("#id_state", "accepted")
    desk.press("input[name=_save]")
    day.expects(desk, desk.waiting("mistakes") == before, "the mistake still waits")


def odd_addresses(day: Day, desk: Desk) -> None:
    """What nobody offers and somebody types is answered with words, never with an error of ours."""
    for path in ODD:
        page = desk.go(path, status=None)
        day.expects(desk, bool(page.locator("body").inner_text().strip()), f"an empty page for {path}")
        if page.url.endswith("?e=1"):
            day.expects(desk, bool(desk.told()), f"all is listed for {path}, and nobody said so")


def pages(day: Day, desk: Desk) -> None:
    """Every page of the desk: lists, the form for a new one, the first one that is held, its history."""
    desk.go("/admin/")
    hrefs = desk.page.locator("#content a[href^='/admin/']").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    for path in dict.fromkeys(hrefs):
        if "queue=" in path or "/logout" in path:
            continue
        desk.go(path)
        first = desk.page.locator("#result_list tbody tr a[href*='/change/']").first
        if not first.count():
            continue
        held = str(first.get_attribute("href")).partition("?")[0]
        desk.go(held)
        history = desk.page.locator("a.historylink")
        if history.count():
            desk.go(str(history.first.get_attribute("href")).partition("?")[0])
    for path in ("/admin/status/", "/admin/codes/", "/admin/sign-ins/", f"{RECORDS}import/"):
        desk.go(path, status=None)


# What several steps do


def _change(day: Day, desk: Desk, deed: str, given: dict[str, str], rows: int | None = None) -> None:
    """From a list: choose, say what is to change, look at what changes, have it done."""
    desk.act("change_selected", rows=rows)
    for name, value in given.items():
        desk.fill(f"#id_{deed}-{name}", value)
    desk.press(f"button[name=deed][value={deed}]")
    shown = desk.page.locator("[data-changed]")
    day.expects(desk, shown.count() == 1, f"no preview of {deed}")
    day.told(f"{deed} ({desk.language}): {shown.get_attribute('data-changed')} of {shown.get_attribute('data-chosen')}")
    desk.press(f"button[name=deed][value={deed}]")


def _put_back(desk: Desk, number: str) -> None:
    """To the state before the last event."""
    desk.go(f"{ARTICLES}{number}/history/")
    desk.press(desk.page.locator("ol.history > li").nth(1).locator("form button"))


def _key(place: Locator) -> str:
    return str(place.get_attribute("value"))


def _found(page: str) -> list[str]:
    return re.findall(r'data-article="([0-9a-f]+)"', page)


def _count(desk: Desk, asked: str) -> int:
    """How many public articles the question finds, as a program is told."""
    return int(desk.read(f"/api/v1/articles?{asked}").json()["total"])


def _until(desk: Desk, asked: str, seen: Callable[[int], bool], what: str) -> None:
    desk.until_read(f"/api/v1/articles?{asked}", lambda answer: answer.ok and seen(answer.json()["total"]), what)


def _links(desk: Desk, identifier: str) -> list[tuple[str, str]]:
    """The links of a report's text: where to, and the words they stand on."""
    desk.reader.goto(f"{desk.address}/articles/{identifier}/")
    links = desk.reader.locator(".text a[href], article .body a[href]")
    return [(str(one.get_attribute("href")), one.inner_text()) for one in links.all()]


STEPS: Final[dict[str, Step]] = {
    step.__name__: step
    for step in (
        pages, queues, odd_addresses, drafts_by_keys, new_official, unknown_names, doubtful_mentions, head_corrected,
        two_people, reverted, withdrawn, embargo, bulk_undone, merge_undone, split_undone, meetings, collection,
        term_pair, mistake, erased, drafts_in_bulk,
    )
}  # fmt: skip
