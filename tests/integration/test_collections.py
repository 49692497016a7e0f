"""Collections: by hand or by a saved search, with an introduction in three languages, a page, feeds and files."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import lxml.html
import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from archive.articles.models import Article
from archive.collections.models import Collection
from archive.curation import actions as articles
from archive.curation import bulk
from archive.curation.revising import before, parts, revised
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from search.indexing.writer import apply_all
from tests.integration.test_bulk import ROW, posted, seen

pytestmark = pytest.mark.django_db
TITLES = {"title_ar": "مشاورات سياسية", "title_en": "Consultations"}


@pytest.fixture
def collection(five: dict[str, Article]) -> Collection:
    """Two reports, chosen by hand."""
    made = Collection.objects.create(
        slug="consultations", is_public=True, introduction_en="What the ministries said.\n\nIn their words.", **TITLES
    )
    made.add([five["001"].pk, five["000"].pk])
    return made


def html(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def shown(page: str) -> list[str]:
    return list(lxml.html.fromstring(page).xpath("//@data-article"))


def test_a_collection_has_its_introduction_and_its_articles_in_their_order(
    collection: Collection, five: dict[str, Article], ramin: Client
) -> None:
    page = html(ramin, "/collections/consultations/")
    assert shown(page) == [five["001"].identifier, five["000"].identifier]
    assert "What the ministries said." in page and "In their words." in page and "<title>" in page
    assert "/collections/consultations/" in html(ramin, "/collections/")


def test_it_is_shown_in_the_readers_language_or_in_another_that_says_so(collection: Collection) -> None:
    page = lxml.html.fromstring(html(Client(headers={"accept-language": "ar"}), "/collections/consultations/"))
    assert page.xpath("//h1/@lang") == ["ar"] and page.xpath("//h1/text()") == ["مشاورات سياسية"]
    assert page.xpath('//p[@class="introduction"]/@lang') == ["en", "en"]
    assert page.xpath('//p[@class="introduction"]/@dir') == ["ltr", "ltr"]


def test_it_is_a_facet_with_feeds_and_files(
    collection: Collection, five: dict[str, Article], ramin: Client, own_index: Path
) -> None:
    found = html(ramin, "/search/?collection=consultations")
    assert "Consultations" in found and "2 articles" in found
    for address in ("/feeds/atom/?collection=consultations", "/feeds/rss/?collection=consultations"):
        feed = html(ramin, address)
        assert five["000"].title in feed and five["003"].title not in feed
    rows = ramin.get("/search/export/?collection=consultations&format=jsonl")
    assert len(b"".join(rows.streaming_content).splitlines()) == 2  # type: ignore[attr-defined]


def test_a_saved_search_is_a_collection_that_grows(five: dict[str, Article], ramin: Client, own_index: Path) -> None:
    Collection.objects.create(slug="latvia", query="country=lv", is_public=True, title_en="Latvia")
    assert shown(html(ramin, "/collections/latvia/")) == [five["001"].identifier]
    assert "/feeds/atom/?country=lv" in html(ramin, "/collections/latvia/")


def test_a_list_by_hand_is_no_heavy_work_and_a_costly_saved_search_is(
    collection: Collection, ramin: Client, settings: Any, tmp_path: Path
) -> None:
    settings.SLOTS_DIR, settings.HEAVY_PER_MINUTE = tmp_path / "slots", 1
    Collection.objects.create(slug="costly", is_public=True, query=urlencode({"q": "قط* مشا* وزا*"}), **TITLES)
    for slug, wanted in (("consultations", [200, 200, 200]), ("costly", [200, 429, 429])):
        assert [ramin.get(f"/collections/{slug}/?page={page}").status_code for page in (1, 2, 3)] == wanted


def test_what_is_not_public_is_in_no_collection(
    collection: Collection, five: dict[str, Article], ramin: Client, own_index: Path
) -> None:
    articles.withdraw(five["000"])
    assert shown(html(ramin, "/collections/consultations/")) == [five["001"].identifier]
    apply_all()
    assert five["000"].title not in html(ramin, "/feeds/atom/?collection=consultations")


def test_a_collection_that_is_not_public_is_nowhere(collection: Collection, ramin: Client) -> None:
    Collection.objects.update(is_public=False, on_home=True)
    assert ramin.get("/collections/consultations/").status_code == 404
    assert "consultations" not in html(ramin, "/collections/") and "consultations" not in html(ramin, "/")


def test_the_home_page_shows_those_that_are_to_stand_there(collection: Collection, ramin: Client) -> None:
    assert "/collections/consultations/" not in html(ramin, "/")
    Collection.objects.update(on_home=True)
    assert "/collections/consultations/" in html(ramin, "/")


def test_a_curator_makes_one_from_the_address_of_a_search(layla: Client) -> None:
    address = reverse("admin:collections_collection_add")
    page = lxml.html.fromstring(layla.get(address).content.decode())
    form = next(form for form in page.forms if form.get("id") == "collection_form")
    held = {name: value for name, value in form.form_values() if not name.startswith("_")}
    assert "title in one language" in layla.post(address, held | {"slug": "qatar"}).content.decode()
    typed = {"slug": "qatar", "title_fa": "قطر", "query": "https://archive.example/search/?q=قطر&country=qa"}
    assert layla.post(address, held | typed).status_code == 302
    made = Collection.objects.get(slug="qatar")
    assert made.query == "q=قطر&country=qa" and made.events.get().action == "add"


def gathered(layla: Client, deed: str, collection: Collection, filters: str = "") -> str:
    """What the preview shows of a change of all that a filter lists, before it is done."""
    fields = {"collection": collection.pk, "note": "حصاد الأسبوع"}
    page = posted(layla, deed, fields, filters)
    posted(layla, deed, fields, filters, seen=seen(page))
    return page


def undone(job: Job) -> Job:
    taken_back = bulk.undo(job, None)
    work_off()
    taken_back.refresh_from_db()
    return taken_back


def test_all_that_a_filter_lists_are_added_with_a_preview_in_the_queue_and_taken_back_as_one(
    collection: Collection, five: dict[str, Article], layla: Client, own_index: Path, ramin: Client
) -> None:
    was = collection.state_of()
    page = gathered(layla, "collect", collection)
    assert 'data-chosen="5" data-changed="3"' in page, "two are in it"
    assert ("collection", "consultations", "2", "5") in ROW.findall(page)
    assert collection.state_of() == was, "no request waits for it"
    work_off()
    apply_all()
    assert "5 articles" in html(ramin, "/search/?collection=consultations")
    later = list(Article.objects.exclude(pk__in=[five["000"].pk, five["001"].pk]).order_by("dated_on", "pk"))
    assert list(collection.public_articles()) == [five["001"], five["000"], *later]
    event = collection.events.get()
    assert (str(event.by), event.note) == ("layla", "حصاد الأسبوع")
    assert event.changes == {"articles": [[], [one.identifier for one in later]]}, "no more than what changed"
    taken_back = undone(Job.objects.get())
    assert taken_back.outcome == {"changed": 3} and collection.state_of() == was
    apply_all()
    assert "2 articles" in html(ramin, "/search/?collection=consultations")
    undone(taken_back)
    assert list(collection.public_articles()) == [five["001"], five["000"], *later]


def test_what_is_taken_out_comes_back_to_its_place_whatever_was_added_since(
    collection: Collection, five: dict[str, Article], layla: Client
) -> None:
    collection.add([five["002"].pk])
    page = gathered(layla, "take_out", collection, f"?q={five['000'].identifier}")
    assert 'data-chosen="1" data-changed="1"' in page
    assert ("collection", "consultations", "3", "2") in ROW.findall(page)
    work_off()
    assert list(collection.public_articles()) == [five["001"], five["002"]]
    collection.add([five["003"].pk])
    undone(Job.objects.get())
    assert list(collection.public_articles()) == [five["001"], five["000"], five["002"], five["003"]]


def test_what_a_curator_took_out_since_is_left_out_by_undoing(
    collection: Collection, five: dict[str, Article], layla: Client
) -> None:
    gathered(layla, "collect", collection)
    work_off()
    collection.take_out([five["003"].pk])
    assert undone(Job.objects.get()).outcome == {"changed": 2, "left": 1}
    assert list(collection.public_articles()) == [five["001"], five["000"]]


def test_the_history_of_a_collection_goes_back_over_changes_of_many(
    collection: Collection, five: dict[str, Article], layla: Client
) -> None:
    with revised(collection, "edit", None):
        collection.take_out([five["000"].pk])
    event = collection.events.get()
    for deed in ("collect", "take_out", "collect"):
        gathered(layla, deed, collection, f"?q={five['002'].identifier}")
        work_off()
    assert list(collection.public_articles()) == [five["001"], five["002"]]
    layla.post(reverse("admin:collections_collection_history", args=[collection.pk]), {"to": event.pk})
    assert list(collection.public_articles()) == [five["001"]]


def test_who_may_not_change_collections_is_not_offered_it(
    collection: Collection, layla: Client, django_user_model: type[User]
) -> None:
    user = django_user_model.objects.get(username="layla")
    user.groups.clear()
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_article", "publish_article"]))
    page = posted(layla, "collect", {"collection": collection.pk})
    assert 'name="seen"' not in page and "Withdraw" in page and "Add to a collection" not in page


def test_a_saved_search_takes_nothing(collection: Collection, layla: Client) -> None:
    how = {"collection": collection.pk, "note": ""}
    Collection.objects.create(slug="latvia", query="country=lv", title_en="Latvia")
    assert "errorlist" in posted(layla, "collect", {"collection": Collection.objects.get(slug="latvia").pk})
    job = bulk.put_off("collect", Article.objects.all(), None, **how)
    Collection.objects.filter(pk=collection.pk).update(query="q=قطر")
    work_off()
    job.refresh_from_db()
    assert job.outcome == {"left": 5}


@given(st.lists(st.integers(0, 20), unique=True), st.sets(st.integers(0, 20)), st.lists(st.integers(21, 40)))
def test_the_parts_of_a_list_that_changed_lead_back_to_it(was: list[int], gone: set[int], new: list[int]) -> None:
    now = [row for row in was if row not in gone] + list(dict.fromkeys(new))
    assert before(now, *parts(was, now)) == was
    assert before(was, *parts(now, was)) == now
    since = before([*now, 99], *parts(was, now))
    assert [row for row in since if row != 99] == was and 99 in since
