"""Terms of diplomacy as records: edited in the admin, searched at once, put back, and never in the place of names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.authorities.directory import directory, gazetteer
from archive.authorities.models import AuthorityRecord, Kind
from archive.curation.record_actions import merge
from search import SearchRequest, search
from search.indexing.writer import apply_all
from search.models import IndexChange
from search.terms import follow, shipped, terms
from tests.integration.test_rereading import new_body
from tests.integration.test_revising import posted

pytestmark = pytest.mark.django_db
CHANGE = "admin:authorities_authorityrecord_change"


@pytest.fixture(autouse=True)
def _as_shipped() -> Iterator[None]:
    yield
    follow(())


def found(query: str) -> int:
    return search(SearchRequest(query)).total


def consultations() -> AuthorityRecord:
    record: AuthorityRecord = AuthorityRecord.objects.get(kind=Kind.TERM, slug="political-consultations")
    return record


def edited(client: Client, record: AuthorityRecord, text: str, language: str = "en") -> Any:
    """Give a record one more form in the admin."""
    path = reverse(CHANGE, args=[record.pk])
    data = posted(client, path)
    row = int(data["names-TOTAL_FORMS"])
    told = {"text": text, "language": language, "form": "variant", "use": "name", "source": "a report"}
    more = {f"names-{row}-{name}": value for name, value in told.items()} | {"names-TOTAL_FORMS": row + 1}
    return client.post(path, data | more)


def test_every_term_that_ships_is_a_record_and_searched_as_it_ships() -> None:
    held = set(AuthorityRecord.objects.of_kind(Kind.TERM).values_list("slug", flat=True))
    assert held == set(shipped().concepts)
    directory()
    assert terms() is shipped()
    talks = AuthorityRecord.objects.get(kind=Kind.TERM, slug="talks")
    assert {name.text for name in talks.names.filter(language="ar")} >= {"مباحثات", "محادثات"}
    assert consultations().relations.get().other.slug == "consultations"


def test_a_label_that_a_curator_adds_finds_at_once(five: dict[str, Article], own_index: object, layla: Client) -> None:
    wanted = found("المشاورات السياسية")
    assert wanted and found("diplomatic huddle") == 0
    assert edited(layla, consultations(), "diplomatic huddle").status_code == 302
    assert found("diplomatic huddle") == wanted
    event = consultations().events.latest("pk")
    assert event.by is not None and event.by.username == "layla" and event.changes["names"]


def test_a_new_term_is_found_in_what_is_held(five: dict[str, Article], own_index: object, layla: Client) -> None:
    naming = {article.identifier for article in five.values() if "آفاق جديدة" in f"{article.title} {article.body}"}
    assert naming and found("fresh horizons") == 0
    layla.post(reverse("admin:authorities_authorityrecord_add"), new_body("آفاق جديدة", "fresh-horizons", "term"))
    edited(layla, AuthorityRecord.objects.get(slug="fresh-horizons"), "fresh horizons")
    assert naming <= set(IndexChange.objects.values_list("identifier", flat=True))
    apply_all()
    assert found("fresh horizons") == len(naming)


def test_what_is_put_back_is_searched_as_before(five: dict[str, Article], own_index: object, layla: Client) -> None:
    record = consultations()
    first = record.events.earliest("pk")
    edited(layla, record, "diplomatic huddle")
    layla.post(reverse("admin:authorities_authorityrecord_history", args=[record.pk]), {"to": first.pk})
    assert found("diplomatic huddle") == 0 and found("political consultations")


def test_two_terms_that_are_one_are_merged(five: dict[str, Article], own_index: object) -> None:
    both = found("المشاورات السياسية")
    merge(consultations(), AuthorityRecord.objects.get(kind=Kind.TERM, slug="summit"))
    apply_all()
    assert "political-consultations" not in terms().concepts
    assert found("summit") >= both


def test_the_labels_of_terms_are_nobodys_names(five: dict[str, Article]) -> None:
    assert not gazetteer().lookup("مشاورات سياسية")
    assert all(form.record.kind != Kind.TERM for form in directory().forms)


def test_terms_are_found_in_the_admin_in_any_spelling(five: dict[str, Article], layla: Client) -> None:
    page = layla.get(
        reverse("admin:authorities_authorityrecord_changelist"), {"kind__exact": "term", "q": "رایزنی سياسي"}
    )
    assert "political-consultations" in {record.slug for record in page.context["cl"].queryset}
