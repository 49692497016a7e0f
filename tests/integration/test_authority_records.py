"""The authority file: loaded from files, corrected by curators, held in memory, never out of date."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from archive.articles.models import Article
from archive.authorities.directory import directory
from archive.authorities.loading import load, read_entries
from archive.authorities.models import AuthorityRecord, Name
from search.models import IndexChange

pytestmark = pytest.mark.django_db
FILES = settings.BASE_DIR / "fixtures" / "authorities"


def entry(slug: str) -> dict[str, object]:
    return next(entry for entry in read_entries(FILES) if entry["slug"] == slug)


def khalafov() -> AuthorityRecord:
    return AuthorityRecord.objects.get(kind="official", slug="khalaf-khalafov")


def test_loading_a_second_time_changes_nothing() -> None:
    before = directory()
    outcomes = load(read_entries(FILES))
    assert set(outcomes) == {"unchanged"}
    assert directory() is before


def test_a_changed_file_renews_its_record_and_the_index_of_its_articles(five: dict[str, Article]) -> None:
    changed = entry("khalaf-khalafov")
    changed["names"] = [*changed["names"], {**changed["names"][0], "text": "Халаф Халафов", "language": "ru"}]
    assert load([changed]) == {"renewed": 1}
    assert khalafov().names.filter(text="Халаф Халафов").exists()
    noted = set(IndexChange.objects.values_list("identifier", flat=True))
    assert noted == {five["001"].identifier, five["003"].identifier}


def test_what_a_curator_edited_is_left_alone() -> None:
    record = khalafov()
    record.curated = True
    record.save()
    record.names.all().delete()
    assert load([entry("khalaf-khalafov")]) == {"curated": 1}
    assert not record.names.exists()


def test_labels_are_renewed_when_a_record_changes() -> None:
    assert directory().label("official", "khalaf-khalafov", "en") == "Khalaf Khalafov"
    record = khalafov()
    record.names.filter(language="en").update(text="Xalaf Khalafov")
    record.save()
    assert directory().label("official", "khalaf-khalafov", "en") == "Xalaf Khalafov"


def test_a_label_falls_back_to_english_then_to_any_form() -> None:
    assert directory().label("country", "az", "ru") == "Azerbaijan"
    assert directory().label("country", "zz", "en") == "zz"


@pytest.mark.parametrize("spelling", ["دفاعپرس", "دفاع‌پرس", "دفاع پرس", "Defa Press"])
def test_a_source_is_known_in_every_spelling(spelling: str) -> None:
    assert directory().source(spelling) == "defapress"


def test_layla_adds_a_name_and_it_is_found_at_once(five: dict[str, Article], layla: Client) -> None:
    record = khalafov()
    url = reverse("admin:authorities_authorityrecord_change", args=[record.pk])
    names = list(record.names.all())
    data: dict[str, object] = {"note": "", "merged_into": "", "posts-TOTAL_FORMS": 0, "posts-INITIAL_FORMS": 0}
    data |= {"relations-TOTAL_FORMS": 0, "relations-INITIAL_FORMS": 0}
    data |= {"names-TOTAL_FORMS": len(names) + 1, "names-INITIAL_FORMS": len(names)}
    for place, name in enumerate(names):
        fields = {field: getattr(name, field) for field in ("text", "language", "form", "use", "source")}
        data |= {f"names-{place}-{field}": value for field, value in {**fields, "id": name.pk}.items()}
    added = {"text": "Halaf Halafof", "language": "tr", "form": "variant", "use": "name", "source": "a test"}
    data |= {f"names-{len(names)}-{field}": value for field, value in added.items()}
    response = layla.post(url, data)
    assert response.status_code == 302, response.context["errors"]
    assert Name.objects.get(text="Halaf Halafof").record == record
    record.refresh_from_db()
    assert record.curated
    html = Client().get("/search/", {"q": "Halaf Halafof"}).content.decode()
    assert 'data-total="2"' in html


@pytest.mark.parametrize("spelling", ["خلف اف", "Khalafov", "khalaf-khal"])
def test_layla_finds_a_record_in_any_spelling(layla: Client, spelling: str) -> None:
    html = layla.get(reverse("admin:authorities_authorityrecord_changelist"), {"q": spelling}).content.decode()
    assert f"/{khalafov().pk}/change/" in html
