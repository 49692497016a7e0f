"""Two records that are one: everything moves to the one that stays, the index follows, and it can be taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from archive.articles.models import AccessPoint, Article
from archive.authorities.merging import NotMergeable, merge, undo
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, Merge, Name, Post
from search.indexing.comparison import compare
from search.indexing.writer import apply_all
from search.models import IndexChange
from tests.conftest import ADMIN

pytestmark = pytest.mark.django_db


def record(slug: str, kind: str = Kind.OFFICIAL) -> AuthorityRecord:
    return AuthorityRecord.objects.get(kind=kind, slug=slug)


@pytest.fixture
def double(five: dict[str, Article]) -> AuthorityRecord:
    """Khalafov a second time, as a curator may find him: another spelling, linked to two articles."""
    made = AuthorityRecord.objects.create(kind=Kind.OFFICIAL, slug="halaf-halafov")
    made.names.create(text="Halaf Halafov", language="en", form=FormStatus.AUTHORIZED, source="a list")
    made.names.create(text="خلف خلفوف", language="ar", form=FormStatus.AUTHORIZED, source="a list")
    made.posts.create(role="ambassador", title_en="Ambassador", country=record("az", Kind.COUNTRY), source="a list")
    AccessPoint.objects.create(article=five["000"], record=made)
    AccessPoint.objects.create(article=five["001"], record=made, state=AccessPoint.State.ACCEPTED)
    return made


def state() -> dict[str, Any]:
    """Everything that a merge touches."""
    return {
        "points": sorted(AccessPoint.objects.values_list("article", "record", "state")),
        "names": sorted(Name.objects.values_list("record", "text", "language", "form")),
        "posts": sorted(Post.objects.values_list("record", "role", "country", "body"), key=repr),
        "records": sorted(AuthorityRecord.objects.values_list("slug", "merged_into__slug", "curated")),
        "mentions": sorted(
            AccessPoint.objects.exclude(mentions=None).values_list("article", "record", "mentions__start")
        ),
    }


def facet(client: Client, slug: str) -> int:
    html = client.get("/search/", {"official": slug}).content.decode()
    return int(html.partition('data-total="')[2].partition('"')[0])


def test_articles_names_and_posts_move_and_the_page_leads_on(
    five: dict[str, Article], double: AuthorityRecord, own_index: Path, ramin: Client
) -> None:
    kept = record("khalaf-khalafov")
    merge(double, kept)
    assert {point.article_id for point in kept.access_points.all()} == {five[n].pk for n in ("000", "001", "003")}
    assert kept.access_points.get(article=five["001"]).state == AccessPoint.State.ACCEPTED
    assert kept.names.get(text="Halaf Halafov").form == FormStatus.VARIANT
    assert kept.posts.filter(role="ambassador").exists()
    assert ramin.get("/officials/halaf-halafov/").headers["Location"] == "/officials/khalaf-khalafov/"


def test_the_index_follows(five: dict[str, Article], double: AuthorityRecord, own_index: Path, ramin: Client) -> None:
    assert facet(ramin, "halaf-halafov") == 2
    merge(double, record("khalaf-khalafov"))
    assert {five[n].identifier for n in ("000", "001", "003")} == set(
        IndexChange.objects.values_list("identifier", flat=True)
    )
    apply_all()
    assert facet(ramin, "khalaf-khalafov") == 3
    assert facet(ramin, "halaf-halafov") == 0
    assert not compare()


def test_a_merge_can_be_taken_back(double: AuthorityRecord, own_index: Path, ramin: Client) -> None:
    before = state()
    done = merge(double, record("khalaf-khalafov"))
    assert state() != before
    undo(done)
    assert state() == before
    apply_all()
    assert facet(ramin, "halaf-halafov") == 2
    assert not compare()
    with pytest.raises(NotMergeable):
        undo(done)


def test_what_was_proposed_is_so_again_when_a_merge_is_taken_back(double: AuthorityRecord) -> None:
    kept = record("khalaf-khalafov")
    AuthorityRecord.objects.filter(pk=kept.pk).update(is_proposed=True)
    done = merge(double, kept)
    assert not record("khalaf-khalafov").is_proposed
    undo(done)
    assert record("khalaf-khalafov").is_proposed


def test_reports_move_with_a_source(five: dict[str, Article], own_index: Path) -> None:
    twin = AuthorityRecord.objects.create(kind=Kind.SOURCE, slug="azvision-az")
    Article.objects.filter(pk=five["000"].pk).update(source=twin)
    done = merge(twin, record("azvision", Kind.SOURCE))
    assert Article.objects.get(pk=five["000"].pk).source.slug == "azvision"
    undo(done)
    assert Article.objects.get(pk=five["000"].pk).source.slug == "azvision-az"


def test_what_cannot_become_one_is_refused(double: AuthorityRecord) -> None:
    kept = record("khalaf-khalafov")
    for gone, other in ((kept, kept), (double, record("az", Kind.COUNTRY))):
        with pytest.raises(NotMergeable):
            merge(gone, other)
    merge(double, kept)
    for gone, other in ((double, kept), (kept, double)):
        with pytest.raises(NotMergeable):
            merge(gone, other)


def test_a_curator_merges_and_takes_back_in_the_admin(double: AuthorityRecord, own_index: Path, layla: Client) -> None:
    kept = record("khalaf-khalafov")
    chosen = {"action": "merge_selected", "_selected_action": [double.pk, kept.pk]}
    asked = layla.post(f"{ADMIN}authorities/authorityrecord/", chosen)
    assert asked.status_code == 200 and 'name="kept"' in asked.content.decode()
    layla.post(f"{ADMIN}authorities/authorityrecord/", {**chosen, "kept": kept.pk})
    done = Merge.objects.get()
    assert (done.gone, done.kept, done.by.username) == (double, kept, "layla")
    assert layla.get(f"{ADMIN}authorities/merge/").status_code == 200
    layla.post(f"{ADMIN}authorities/merge/", {"action": "undo_selected", "_selected_action": [done.pk]})
    done.refresh_from_db()
    assert done.undone_at and done.undone_by.username == "layla"
    assert AuthorityRecord.objects.get(pk=double.pk).merged_into is None


def test_a_record_cannot_be_merged_by_editing_it(double: AuthorityRecord, layla: Client) -> None:
    """Writing `merged_into` by hand would leave the articles behind."""
    page = layla.get(f"{ADMIN}authorities/authorityrecord/{double.pk}/change/").content.decode()
    assert 'name="merged_into"' not in page
