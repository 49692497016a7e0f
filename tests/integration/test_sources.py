"""Every printed source is a source: known by name, site or feed, else proposed; later records reach what is held."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.authorities.directory import directory
from archive.authorities.loading import load
from archive.authorities.merging import merge
from archive.authorities.models import AuthorityRecord, Name
from archive.authorities.signals import record_changed
from archive.curation import sources
from archive.curation.actions import edit
from archive.intake import watching
from archive.intake.models import WatchedFeed
from archive.intake.reading.items import Item, Stated
from archive.intake.taking import Wish, take_in
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from search.indexing.writer import apply_all
from tests.conftest import ADMIN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captures_folder")]
GAZETTE = "صحيفة النجم القطبي"
TEXT = "عقدت وزارتا الخارجية في قطر ولاتفيا مشاورات سياسية في الدوحة، وبحث الجانبان العلاقات الثنائية وسبل تعزيزها."


def taken(number: int, source: str = "", address: str = "", *, publishing: bool = False) -> Article:
    stated = Stated(title=f"مشاورات قطر ولاتفيا {number}", body=f"{TEXT}\n\n{TEXT} ({number})", source=source)
    item = Item(f"{number}.json", f"{number}{source}{address}".encode(), stated=stated, address=address)
    article = take_in(item, Wish(publishing=publishing, despite_doubts=True)).article
    assert article is not None
    return article


def named(slug: str, text: str, **more: str) -> AuthorityRecord:
    """A record as a curator adds it in the admin."""
    record = AuthorityRecord.objects.create(kind="source", slug=slug, curated=True)
    Name.objects.create(
        record=record, **{"language": "ar", "form": "authorized", "source": "a curator"} | more, text=text
    )
    record_changed.send(AuthorityRecord, record=record)
    return record


def worked_off() -> None:
    work_off()
    apply_all()


def source_of(article: Article) -> str:
    article.refresh_from_db()
    return article.source.slug if article.source else ""


@pytest.mark.parametrize("name", ["Mehr News", "وكالة مهر", "خبرگزاری مهر", "mehrnews.com"])
def test_an_outlet_is_known_by_its_names_in_three_languages(name: str) -> None:
    assert source_of(taken(1, name)) == "mehr-news"


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://plus.irna.ir/news/1", "irna"),
        ("https://ar.irna.ir/news/1", "irna-arabic"),  # a site within a site
        ("http://www.irna.ir:80/news/1", "irna"),
        ("https://notirna.ir/news/1", ""),
        ("https://irna.ir.example/news/1", ""),
        ("https://[broken/news", ""),
        ("", ""),
    ],
)
def test_an_outlet_is_known_by_the_site_of_an_address(address: str, slug: str) -> None:
    assert source_of(taken(1, address=address)) == slug
    assert source_of(taken(2, "Al Jazeera", address)) == "al-jazeera"  # what is printed goes first


def test_an_outlet_is_known_by_its_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    named("the-star", GAZETTE)
    named("the-moon", "https://feeds.example/Moon", use="feed", language="zxx")
    Name.objects.create(record=AuthorityRecord.objects.get(slug="the-moon"), text="The Moon", language="en", source="x")
    assert watching._known_source(WatchedFeed(address="https://feeds.example/Moon")) == "The Moon"
    assert watching._known_source(WatchedFeed(address="https://feeds.example/Star")) == ""


def test_an_unknown_source_is_proposed_once_in_whatever_spelling_and_readers_narrow_by_it(
    ramin: Client, own_index: Path
) -> None:
    one, other = taken(1, GAZETTE, publishing=True), taken(2, "صحيفه النجم  القطبي", publishing=True)
    apply_all()
    assert source_of(one) == source_of(other)
    record = one.source
    assert record.is_proposed and record.names.get().text == GAZETTE
    page = ramin.get(f"/search/?source={record.slug}").content.decode()
    assert one.identifier in page and GAZETTE in page
    assert "proposed" in ramin.get(record.get_absolute_url(), headers={"accept-language": "en"}).content.decode()


def test_unknown_is_a_value_of_the_facet(ramin: Client, own_index: Path) -> None:
    nameless = taken(1, publishing=True)
    apply_all()
    page = ramin.get("/search/?source=unknown&ui=en").content.decode()
    assert nameless.identifier in page and "Unknown source" in page
    assert nameless.identifier not in ramin.get("/search/?not-source=unknown&fold=0").content.decode()
    assert "مصدر غير معروف" in ramin.get("/search/facet/source/?ui=ar").content.decode()
    assert nameless.identifier in ramin.get(f"/search/?q={quote('source:unknown')}").content.decode()


def test_a_record_added_later_reaches_what_is_held(own_index: Path) -> None:
    held, decided, draft = taken(1, GAZETTE, publishing=True), taken(2, GAZETTE, publishing=True), taken(3, GAZETTE)
    sited = taken(4, address="https://www.polestar.example/4", publishing=True)
    proposal = held.source
    edit(decided, {"source": None})
    edit(decided, {"source": proposal})
    apply_all()
    record = named("polestar", GAZETTE)
    Name.objects.create(record=record, text="polestar.example", language="zxx", use="domain", source="a curator")
    record_changed.send(AuthorityRecord, record=record)
    assert source_of(held) == proposal.slug and Job.objects.filter(kind=sources.KIND).count() == 1
    worked_off()
    assert [source_of(one) for one in (held, draft, sited)] == ["polestar"] * 3
    assert source_of(decided) == proposal.slug  # a curator gave it
    from search import SearchRequest, search

    found = search(SearchRequest(filters=(("source", ("polestar",)),), fold=False))
    assert {hit.article.pk for hit in found.hits} == {held.pk, sited.pk}


def test_a_name_taken_away_from_a_record_is_proposed_again() -> None:
    record = named("polestar", GAZETTE)
    held = taken(1, GAZETTE)
    assert source_of(held) == "polestar"
    record.names.update(text="صحيفة أخرى")
    record.save()
    record_changed.send(AuthorityRecord, record=record)
    work_off()
    assert held.pk and source_of(held).startswith("source-") and held.source.is_proposed


def test_records_of_a_file_reach_what_is_held() -> None:
    held = taken(1, GAZETTE)
    name = {"text": GAZETTE, "language": "ar", "form": "authorized", "use": "name", "source": "a list"}
    load([{"kind": "source", "slug": "polestar", "names": [name]}])
    work_off()
    assert source_of(held) == "polestar"
    assert not AuthorityRecord.objects.filter(is_proposed=True).exists()  # nothing rests on it any more


def test_what_an_earlier_version_left_without_a_source_is_proposed() -> None:
    held = taken(1, GAZETTE)
    Article.objects.filter(pk=held.pk).update(source=None)
    AuthorityRecord.objects.filter(is_proposed=True).delete()
    sources.read_what_was_never_read()
    work_off()
    assert source_of(held).startswith("source-")


def test_a_proposal_that_is_joined_to_a_record_gives_it_its_name() -> None:
    held = taken(1, GAZETTE)
    known = AuthorityRecord.objects.get(slug="mehr-news")
    merge(held.source, known)
    assert source_of(held) == "mehr-news"
    assert source_of(taken(2, GAZETTE)) == "mehr-news"
    work_off()
    assert source_of(held) == "mehr-news"


def test_a_curator_confirms_proposals_in_the_admin(admin_client: Client) -> None:
    proposal = taken(1, GAZETTE).source
    shown = admin_client.get(f"{ADMIN}authorities/authorityrecord/?is_proposed__exact=1").content.decode()
    assert proposal.slug in shown
    form = {"action": "confirm_selected", "_selected_action": [proposal.pk]}
    admin_client.post(reverse("admin:authorities_authorityrecord_changelist"), form)
    proposal.refresh_from_db()
    assert not proposal.is_proposed and proposal.curated


def test_the_names_of_persons_are_not_compiled_again_for_a_source() -> None:
    before = directory().gazetteer
    taken(1, GAZETTE)
    assert directory().source(GAZETTE) and directory().gazetteer is before


@pytest.fixture(autouse=True)
def _nothing_waits(db: None) -> None:
    """What loading the authority file put into the queue is no part of these tests."""
    Job.objects.all().delete()
