"""Two records that are one: everything moves to the one that stays, the index follows, and it can be taken back."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from archive.articles.models import AccessPoint, Article
from archive.authorities.merging import NotMergeable, merge, undo
from archive.authorities.models import AuthorityRecord, FormStatus, Kind, Merge, Name, Post
from search import SearchRequest, search
from search.alerts.models import Alert, Follower
from search.alerts.news import news
from search.indexing.comparison import compare
from search.indexing.writer import apply_all
from search.models import IndexChange
from search.question.address import read_request
from tests.conftest import ADMIN
from tests.integration.test_shelf import OURS

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
    assert facet(ramin, "halaf-halafov") == 3  # what was kept in a bookmark leads on
    assert not search(SearchRequest(filters=(("official", ("halaf-halafov",)),))).total
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


NARROWED = (  # whatever a record narrows
    *("/search/?{}", "/search/facet/lang/?{}", "/search/timeline/?{}", "/search/map/?{}", "/search/together/?{}"),
    *("/search/concordance/?q=وزير&{}", "/search/wording/?q=وزير&{}", "/search/collocates/?q=وزير&{}"),
    *("/search/expression/?re=وزير&{}", "/search/together/export/?{}", "/search/export/?format=jsonl&{}"),
    *("/search/export/?format=csv&head=1&{}", "/feeds/atom/?{}", "/feeds/json/?{}", "/api/v1/articles?{}"),
    *("/api/v1/facets/lang?{}", "/api/v1/timeline?{}"),
)
KEPT = (("official", "khalaf-khalafov"), ("country", "az"), ("body", "gcc"), ("source", "azvision"))


def merged_away(kind: str, slug: str) -> str:
    """The identifier of a record that was merged into this one."""
    gone = AuthorityRecord.objects.create(kind=kind, slug="of-former-days")
    merge(gone, record(slug, kind))
    return gone.slug


def undated(feed: str) -> str:
    """Without the moment at which an empty feed was made."""
    return re.sub(r"<updated>[^<]*</updated>", "", feed)


@pytest.mark.parametrize("name", ["{}", "not-{}"])
@pytest.mark.parametrize(("kind", "slug"), KEPT)
def test_an_earlier_address_asks_for_what_the_record_became(
    kind: str, slug: str, name: str, five: dict[str, Article], own_index: Path, ramin: Client
) -> None:
    gone, asked = merged_away(kind, slug), name.format(kind)
    apply_all()
    for address in NARROWED:
        then, now = (ramin.get(address.format(f"{asked}={one}")) for one in (gone, slug))
        assert then.status_code == now.status_code == 200, address
        told = [b"".join(one).decode() if one.streaming else one.content.decode() for one in (then, now)]
        assert undated(told[0]).replace(gone, slug) == undated(told[1]), address


@pytest.mark.parametrize(("kind", "slug"), KEPT)
def test_a_field_of_an_earlier_record_finds_what_it_became(
    kind: str, slug: str, five: dict[str, Article], own_index: Path
) -> None:
    gone = merged_away(kind, slug)
    apply_all()
    assert search(SearchRequest(f"{kind}:{gone}")).total == search(SearchRequest(filters=((kind, (slug,)),))).total


def test_chosen_once_and_left_out_first_whatever_they_were_called(five: dict[str, Article]) -> None:
    gone = merged_away("country", "az")
    asked = read_request(QueryDict(f"country={gone}&country=az&country=qa"))
    assert asked.chosen("country") == ("az", "qa")
    asked = read_request(QueryDict(f"country={gone}&country=qa&not-country=az"))
    assert asked.chosen("country") == ("qa",) and asked.left_out("country") == ("az",)


def test_searches_that_were_kept_go_on_and_can_be_given_up(
    five: dict[str, Article], own_index: Path, ramin: Client
) -> None:
    made = AuthorityRecord.objects.create(kind=Kind.OFFICIAL, slug="of-former-days")
    ramin.post("/shelf/searches/", {"query": f"official={made.slug}", "name": "Khalafov"}, headers=OURS)
    follower = Follower.objects.create(address="ramin@example.org", language="en")
    past = timezone.now() - datetime.timedelta(days=3650)
    alert = Alert.objects.create(follower=follower, query=f"official={made.slug}", confirmed_at=past, since=past)
    merge(made, record("khalaf-khalafov"))
    apply_all()
    found = search(SearchRequest(filters=(("official", ("khalaf-khalafov",)),))).total
    assert len(news(alert, timezone.now() + datetime.timedelta(days=1))) == found > 0
    page = ramin.get("/shelf/").content.decode()
    assert 'href="/search/?official=khalaf-khalafov"' in page
    ramin.post("/shelf/searches/", {"query": f"official={made.slug}", "name": "Another name"}, headers=OURS)
    page = ramin.get("/shelf/").content.decode()
    assert "Another name" in page and page.count('class="saved"') == 1
    ramin.post("/shelf/searches/", {"query": f"official={made.slug}", "action": "drop"}, headers=OURS)
    assert 'class="saved"' not in ramin.get("/shelf/").content.decode()


def test_meetings_of_an_earlier_country_are_those_of_what_it_became(five: dict[str, Article], ramin: Client) -> None:
    gone = merged_away("country", "az")
    for address in ("/meetings/?country={}", "/meetings/proposed/?country={}", "/feeds/meetings/atom/?country={}"):
        then, now = (ramin.get(address.format(one)).content.decode() for one in (gone, "az"))
        assert undated(then).replace(gone, "az") == undated(now), address
    then, now = (ramin.get(f"/api/v1/meetings?country={one}").json() for one in (gone, "az"))
    assert then == now


@pytest.mark.parametrize(("kind", "slug"), KEPT)
def test_harvesters_of_an_earlier_set_are_given_what_it_became(
    kind: str, slug: str, five: dict[str, Article], ramin: Client
) -> None:
    gone = merged_away(kind, slug)
    told = [
        ramin.get("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc", "set": f"{kind}:{one}"}).content
        for one in (gone, slug)
    ]
    assert told[0].count(b"<identifier>") == told[1].count(b"<identifier>")
