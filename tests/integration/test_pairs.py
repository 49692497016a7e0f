"""What resembles an article is told at the door: versions of one page, the same text, nearly the same; and decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.captures.models import Capture
from archive.captures.payloads import store
from archive.curation.actions import ArticleRevision, publish
from archive.curation.erasing import erase
from archive.intake import addresses
from archive.intake.deciding import settle_pair
from archive.intake.evidence import faults
from archive.intake.models import Accession, AccessionItem, Bucket, Pair, Trace, Version
from archive.intake.undoing import undo
from archive.stories.models import Decision as StoryDecision
from tests.integration.test_accessions import taken
from tests.integration.test_addresses import HTML, fetched
from tests.unit.archive.fetching.site import Site, page, served
from tests.unit.archive.intake.wholes import FIVE, json_lines, saved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("captures_folder")]
Decision, Outcome = Pair.Decision, AccessionItem.Outcome
TITLE = "مشاورات سياسية في باكو"
FIRST = "عقدت وزارتا الخارجية في باكو مشاورات سياسية، وبحث الجانبان العلاقات الثنائية وسبل تطويرها في المجالات كافة."
SECOND = "وأكد الجانبان أهمية مواصلة المشاورات السياسية بين البلدين، والتنسيق في المحافل الدولية والإقليمية المختلفة."
THIRD = "واتفق الوزيران على عقد الجولة المقبلة من المشاورات في العاصمة الدوحة خلال الربع الأول من العام المقبل."
MORE = " ".join(f"كلمة{letter * 3}" for letter in "بتثجحخدذرزسشصضطظ")
RECORD = {"title": TITLE, "body": f"{FIRST}\n\n{SECOND}\n\n{MORE}", "date": "2020-10-21", "source": "الشرق"}


def html(*paragraphs: str, title: str = TITLE, comment: str = "", charset: str = "utf-8") -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<html lang="ar"><head><meta charset="{charset}"><title>{title}</title></head><body><!-- {comment} -->'
        f"<article><h1>{title}</h1>{text}</article></body></html>"
    ).encode(charset)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(addresses, "_paces", {})
    with served() as site:
        site.pages["/1"] = page(html(FIRST, SECOND), HTML)
        yield site


def changed(site: Site, *paragraphs: str) -> tuple[Article, Pair]:
    """The article of a page that is captured twice, with another text the second time."""
    fetched(site.address("/1"))
    site.pages["/1"] = page(html(*paragraphs), HTML)
    fetched(site.address("/1"))
    return Article.objects.get(title=TITLE), Pair.objects.get()


def again(tmp_path: Path, *records: dict[str, Any]) -> Accession:
    return taken(saved(tmp_path, f"{len(list(tmp_path.iterdir()))}.jsonl", json_lines(list(records))))


def test_a_page_that_changed_is_proposed_and_its_article_stays_until_it_is_decided(site: Site) -> None:
    article, pair = changed(site, FIRST, THIRD)
    assert (pair.kind, pair.decision, pair.held) == ("version", "", article)
    assert article.body == f"{FIRST}\n\n{SECOND}" and not article.versions.exists()
    assert "0 added, 1 unchanged" in fetched(site.address("/1")), "the same bytes wait already"


def test_the_newer_text_is_taken_with_the_identifier_and_all_that_a_curator_decided(site: Site) -> None:
    article, pair = changed(site, FIRST, THIRD)
    publish(article)
    point = article.access_points.first()
    assert point is not None
    revision = ArticleRevision(article)
    point.state = "rejected"
    point.save()
    article.title = "عنوان محرَّر"
    revision.finish(None)
    before, first = article.identifier, article.capture_id
    assert settle_pair(pair, Decision.NEWER) is None
    held = Article.objects.get(identifier=before)
    assert (held.title, held.body, held.is_public) == ("عنوان محرَّر", f"{FIRST}\n\n{THIRD}", True)
    assert held.capture_id == pair.item.capture_id != first
    assert {one.capture_id for one in held.versions.all()} == {first, held.capture_id}
    assert held.access_points.get(record=point.record).state == "rejected"
    assert held.events.filter(action="refresh").exists() and list(faults(held)) == []


def test_both_captures_of_an_article_are_known_again(site: Site) -> None:
    _article, pair = changed(site, FIRST, THIRD)
    settle_pair(pair, Decision.NEWER)
    assert "0 added, 1 unchanged" in fetched(site.address("/1"))
    site.pages["/1"] = page(html(FIRST, SECOND), HTML)
    assert "0 added, 1 unchanged" in fetched(site.address("/1")), "the first bytes, too"
    assert Article.objects.filter(title=TITLE).count() == 1


def test_an_erased_article_leaves_no_version_and_nothing_to_compare_and_does_not_come_back(
    site: Site, django_capture_on_commit_callbacks: Any
) -> None:
    article, pair = changed(site, FIRST, THIRD)
    settle_pair(pair, Decision.NEWER)
    site.pages["/1"] = page(html(FIRST, SECOND, THIRD), HTML)
    fetched(site.address("/1"))
    digests = list(Capture.objects.filter(target_uri=site.address("/1")).values_list("payload_digest", flat=True))
    assert len(digests) == 3 and Pair.objects.filter(decision=Decision.OPEN).exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase(Article.objects.get(pk=article.pk), note="حكم محكمة")
    assert not any(store().has(digest) for digest in digests)
    assert not Pair.objects.exists() and not Trace.objects.filter(article=article).exists()
    assert not AccessionItem.objects.filter(capture__payload_digest__in=digests).exclude(name="").exists()
    assert "0 added, 1 unchanged" in fetched(site.address("/1")), "the bytes that only waited are known, too"


def test_a_version_may_be_kept_beside_the_text_or_be_an_article_or_be_left(site: Site) -> None:
    article, pair = changed(site, FIRST, THIRD)
    settle_pair(pair, Decision.SAME)
    article.refresh_from_db()
    assert article.body == f"{FIRST}\n\n{SECOND}" and article.versions.count() == 2
    pair.refresh_from_db()
    settle_pair(pair, Decision.WITNESS)
    other = Article.objects.exclude(pk=article.pk).get(title=TITLE)
    assert other.body == f"{FIRST}\n\n{THIRD}" and not other.is_public and not Version.objects.exists()
    assert StoryDecision.objects.get(one=article, other=other).together
    site.pages["/1"] = page(html(SECOND, THIRD), HTML)
    fetched(site.address("/1"))
    waiting = Pair.objects.get(decision=Decision.OPEN)
    capture = waiting.item.capture
    settle_pair(waiting, Decision.LEFT)
    assert capture is not None and not Capture.objects.filter(pk=capture.pk).exists()
    assert waiting.item.outcome == Outcome.DISCARDED


@pytest.mark.parametrize("way", ["comment", "encoding"])
def test_the_same_text_of_the_same_page_is_another_capture_of_it(site: Site, way: str) -> None:
    fetched(site.address("/1"))
    if way == "comment":
        site.pages["/1"] = page(html(FIRST, SECOND, comment="served at noon"), HTML)
    else:
        site.pages["/1"] = page(html(FIRST, SECOND, charset="windows-1256"), "Content-Type: text/html")
    assert "0 added, 0 unchanged, 0 refreshed, 0 refused, 1 captured" in fetched(site.address("/1"))
    article = Article.objects.get(title=TITLE)
    assert article.versions.count() == 2 and Pair.objects.get().is_by_rule


def test_what_one_asks_for_at_another_address_waits_to_be_compared(site: Site) -> None:
    fetched(site.address("/1"))
    site.pages["/2"] = page(html(FIRST, SECOND, comment="a copy"), HTML)
    assert "1 alike" in fetched(site.address("/2"))
    assert Pair.objects.get().kind == "same"


def test_a_bulk_intake_decides_by_rule_and_counts_each(tmp_path: Path) -> None:
    near = RECORD | {"title": f"{TITLE} وتأكيد على التعاون"}
    other = RECORD | {"title": "خبر آخر", "body": f"{SECOND}\n\n{THIRD}"}
    accession = again(tmp_path, RECORD, RECORD | {"id": "2"}, near, RECORD | {"source": "الغرب"}, other)
    assert accession.outcomes == {"added": 4, "captured": 1}
    told = [(pair.item.place, pair.kind, pair.decision) for pair in Pair.objects.order_by("pk")]
    assert told == [(2, "same", "same"), (3, "near", "witness"), (4, "same", "witness")]
    assert Trace.objects.filter(article__accession_items__accession=accession).count() >= 4
    dry = taken(saved(tmp_path, "dry.jsonl", json_lines([RECORD | {"id": "9"}, RECORD | {"id": "10"}])), dry_run=True)
    assert dry.outcomes == {"captured": 2}


def test_a_dry_run_tells_what_is_twice_in_the_file_itself(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.jsonl", json_lines([RECORD, RECORD | {"id": "2"}]))
    assert taken(path, dry_run=True).outcomes == {"added": 1, "captured": 1}
    assert not Pair.objects.exists()
    assert taken(path).outcomes == {"added": 1, "captured": 1}


def test_undoing_takes_the_captures_away_but_those_a_curator_decided_of(tmp_path: Path) -> None:
    first = again(tmp_path, RECORD)
    second = again(tmp_path, RECORD | {"id": "2"}, RECORD | {"id": "3"})
    assert second.outcomes == {"captured": 2}
    settle_pair(Pair.objects.order_by("pk")[0], Decision.SAME, User.objects.create_user("nasser"))
    undo(first, float("inf"))
    assert first.outcomes == {"kept": 1}, "another intake brought captures of it"
    undo(second, float("inf"))
    assert second.outcomes == {"kept": 1, "undone": 1}
    assert Article.objects.get(title=TITLE).versions.count() == 2
    assert Pair.objects.count() == 1


def test_an_article_made_by_rule_is_joined_to_the_other_unless_it_is_public(tmp_path: Path) -> None:
    again(tmp_path, RECORD, RECORD | {"source": "الغرب"})
    pair = Pair.objects.get()
    own = pair.item.article
    assert own is not None
    publish(own)
    assert settle_pair(pair, Decision.SAME) is not None
    Article.objects.filter(pk=own.pk).update(first_published_at=None, status="draft")
    own.events.filter(action="publish").delete()
    pair = Pair.objects.get()
    assert settle_pair(pair, Decision.SAME) is None
    assert not Article.objects.filter(pk=own.pk).exists() and pair.held.versions.count() == 2


def test_what_came_in_by_an_earlier_release_is_known_too(tmp_path: Path, five: dict[str, Article]) -> None:
    assert not Trace.objects.exists() or Trace.objects.all().delete()
    found = FIVE[0]
    told = again(tmp_path, {"title": found.title, "body": found.body})
    assert told.outcomes == {"captured": 1} and Trace.objects.count() == 5 and Bucket.objects.exists()


def test_the_curator_sees_what_differs_and_decides(site: Site, layla: Client) -> None:
    article, pair = changed(site, FIRST, THIRD)
    listed = layla.get(reverse("admin:intake_pair_changelist"), {"decision__exact": ""}).content.decode()
    address = reverse("admin:intake_pair_change", args=[pair.pk])
    assert address in listed
    shown = lxml.html.fromstring(layla.get(address).content.decode())
    gone, new = ("".join(piece.text_content() for piece in shown.xpath(f"//{tag}")) for tag in ("del", "ins"))
    assert "أهمية مواصلة" in gone and "العاصمة الدوحة" in new and FIRST not in gone + new
    layla.post(address, {"decision": "newer"})
    article.refresh_from_db()
    assert article.body == f"{FIRST}\n\n{THIRD}"
    pair.refresh_from_db()
    assert (pair.decision, str(pair.decided_by)) == ("newer", "layla")
    counted = layla.get(reverse("admin:intake_accession_change", args=[pair.item.accession_id])).content.decode()
    assert "the same address, another text: the same article, with the new text" in counted


def test_what_is_in_quarantine_is_one_click_from_a_draft(layla: Client, tmp_path: Path) -> None:
    accession = again(tmp_path, RECORD | {"date": "2199-01-01"})
    item = accession.items.get()
    listed = lxml.html.fromstring(layla.get(reverse("admin:intake_accessionitem_changelist")).content.decode())
    (button,) = listed.xpath(f'//form//button[contains(@formaction, "/{item.pk}/decide/")][@value="draft"]')
    layla.post(button.get("formaction"), {"decide": "draft"})
    item.refresh_from_db()
    assert item.outcome == "added" and item.article is not None
