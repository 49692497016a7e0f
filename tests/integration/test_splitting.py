"""One record that is two: forms and mentions go to another, and come back as one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from archive.articles.models import AccessPoint, Article, Mention
from archive.articles.soundness import unsound
from archive.authorities.dates import partial_date, refuse_nonsense
from archive.authorities.directory import same_name
from archive.authorities.models import AuthorityRecord, Split
from archive.authorities.states import state_of
from archive.curation.models import CurationEvent
from archive.curation.splitting import NotSplittable, split, undo
from archive.work.management.commands.work import work_off
from tests.integration.test_rereading import new_body
from tests.integration.test_revising import posted

pytestmark = pytest.mark.django_db
CHANGE = "admin:authorities_authorityrecord_change"


def azerbaijan() -> AuthorityRecord:
    record: AuthorityRecord = AuthorityRecord.objects.get(kind="country", slug="az")
    return record


def links() -> set[tuple[Any, ...]]:
    """Every link of every article: to what, in which state, and its mentions."""
    rows = Mention.objects.values_list(
        "access_point__article", "access_point__record__slug", "access_point__state", "field", "start", "end", "rule"
    )
    return set(rows)


def going(record: AuthorityRecord, letters: str) -> list[int]:
    """The names of a record that a text shows in these letters, in whichever language."""
    return [name.pk for name in record.names.all() if same_name(name.text) == same_name(letters)]


def test_a_form_goes_to_a_new_record_with_its_mentions_and_comes_back(five: dict[str, Article]) -> None:
    record = azerbaijan()
    before, state = links(), state_of(record)
    form = Mention.objects.filter(access_point__record=record).values_list("form", flat=True)
    letters = next(text for text in form if going(record, text))
    done = split(record, AuthorityRecord(kind="country", slug="aran"), names=going(record, letters))
    gone = Mention.objects.filter(access_point__record__slug="aran")
    assert {same_name(mention.form) for mention in gone} == {same_name(letters)}
    assert not Mention.objects.filter(access_point__record=record, form=letters).exists()
    assert CurationEvent.objects.filter(record__slug="aran", action="add").exists()
    assert CurationEvent.objects.filter(article__isnull=False, action="split").exists()
    undo(done)
    assert links() == before
    record.refresh_from_db()
    assert state_of(record)["names"] and {name["text"] for name in state_of(record)["names"]} == {
        name["text"] for name in state["names"]
    }
    assert AuthorityRecord.objects.get(slug="aran").merged_into == record


def test_what_is_read_again_after_a_split_stays_split(five: dict[str, Article]) -> None:
    record = azerbaijan()
    mention = Mention.objects.filter(access_point__record=record, access_point__article=five["000"]).first()
    assert mention is not None
    qatar = AuthorityRecord.objects.get(kind="country", slug="qa")
    split(record, qatar, mentions=[mention.pk])
    work_off()
    held = Mention.objects.get(field=mention.field, start=mention.start, access_point__article=five["000"])
    assert held.access_point.record == qatar and held.rule == "curator"
    assert AccessPoint.objects.get(article=five["000"], record=qatar).state == "accepted"
    assert all(not list(unsound(article)) for article in Article.objects.all())


def test_nothing_is_split_into_another_kind_nor_twice_undone(five: dict[str, Article]) -> None:
    record = azerbaijan()
    gcc = AuthorityRecord.objects.get(kind="body", slug="gcc")
    with pytest.raises(NotSplittable):
        split(record, gcc, names=[record.names.earliest("pk").pk])
    with pytest.raises(NotSplittable):
        split(record, AuthorityRecord(kind="country", slug="nothing"))
    done = split(record, AuthorityRecord(kind="country", slug="aran"), names=[record.names.latest("pk").pk])
    undo(done)
    with pytest.raises(NotSplittable):
        undo(done)


def test_a_curator_sees_what_moves_before_it_does(five: dict[str, Article], layla: Client) -> None:
    record = azerbaijan()
    path = reverse("admin:authorities_authorityrecord_split", args=[record.pk])
    name = record.names.filter(text__in=Mention.objects.values("form")).first()
    assert name is not None and layla.get(path).status_code == 200
    persian = layla.get(path, headers={"accept-language": "fa"}).content.decode()
    assert "آبان ۱۳۹۹" in persian and "2020-10-" not in persian
    shown = layla.post(path, {"names": [name.pk], "to": "aran"}).content.decode()
    assert "would go to the new record" in shown and not Split.objects.exists()
    assert layla.post(path, {"names": [name.pk], "to": "aran", "_split": "1"}).status_code == 302
    assert str(Split.objects.get().by) == "layla"
    undone = {"action": "undo_selected", "_selected_action": [Split.objects.get().pk]}
    layla.post(reverse("admin:authorities_split_changelist"), undone)
    assert Split.objects.get().undone_at and name.record.names.filter(pk=name.pk).exists()


def test_where_to_is_asked_by_name_and_nonsense_is_refused(five: dict[str, Article], layla: Client) -> None:
    record = azerbaijan()
    path = reverse("admin:authorities_authorityrecord_split", args=[record.pk])
    name = record.names.latest("pk")
    page = layla.post(path, {"names": [name.pk], "to": "بلاد بعيدة", "_split": "1"}).content.decode()
    assert "No record has this name" in page and not Split.objects.exists()
    assert layla.post(path, {"names": [name.pk], "to": "قطر", "_split": "1"}).status_code == 302
    assert Split.objects.get().other.slug == "qa"


def post_of(client: Client, **fields: Any) -> Any:
    """The answer to one more post of Khalaf Khalafov, typed in the admin."""
    record = AuthorityRecord.objects.get(slug="khalaf-khalafov")
    path = reverse(CHANGE, args=[record.pk])
    data = posted(client, path)
    row = int(data["posts-TOTAL_FORMS"])
    told = {"role": "ambassador", "country": azerbaijan().pk, "source": "a report", **fields}
    return client.post(
        path, data | {f"posts-{row}-{name}": value for name, value in told.items()} | {"posts-TOTAL_FORMS": row + 1}
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"start": "soon"}, "no date of a calendar"),
        ({"start": "2020-13"}, "no date of a calendar"),
        ({"start": "2021", "end": "2020-05"}, "before the beginning"),
        ({"start": "2020", "end": "2021", "attested_on": "2023-01-01"}, "after the end"),
        ({"country": ""}, "of a country or of a body"),
        ({"source": ""}, "required"),
        ({"role": "the ambassador"}, "valid value"),
    ],
    ids=str,
)
def test_nonsense_in_a_post_is_refused_in_the_form(
    five: dict[str, Article], layla: Client, fields: dict[str, str], told: str
) -> None:
    answer = post_of(layla, **fields)
    assert answer.status_code == 200 and told in answer.content.decode()


def test_a_date_of_a_post_is_typed_in_any_calendar(five: dict[str, Article], layla: Client) -> None:
    assert post_of(layla, start="۷ آبان ۱۳۹۹", end="2021").status_code == 302
    post = AuthorityRecord.objects.get(slug="khalaf-khalafov").posts.latest("pk")
    assert (post.start, post.end) == ("2020-10-28", "2021")


@pytest.mark.parametrize(("name", "day"), [("start", "2999-01-01"), ("end", "2999"), ("attested_on", "2100-01-01")])
def test_a_day_that_is_far_away_is_none_of_a_post(name: str, day: str) -> None:
    with pytest.raises(ValidationError) as refused:
        refuse_nonsense(**{"start": "", "end": "", name: day})
    assert name in refused.value.message_dict


def test_a_year_of_the_hijra_is_one_whatever_its_digits() -> None:
    assert [partial_date(typed) for typed in ("1442", "١٤٤٢", "2020", "1399-08")] == ["2020", "2020", "2020", "2020-10"]


@pytest.mark.parametrize("text", ["\u200f\u200e", "—", "  .  "])
def test_a_record_is_called_by_letters(layla: Client, text: str) -> None:
    add = reverse("admin:authorities_authorityrecord_add")
    for rows in (new_body(text), new_body("x") | {"names-TOTAL_FORMS": 0}):
        assert layla.post(add, rows).status_code == 200
    assert not AuthorityRecord.objects.filter(slug="hall-of-doha").exists()


def test_a_relation_is_told_on_the_pages_of_both(five: dict[str, Article], layla: Client, ramin: Client) -> None:
    gcc = AuthorityRecord.objects.get(kind="body", slug="gcc")
    qatar = AuthorityRecord.objects.get(kind="country", slug="qa")
    path = reverse(CHANGE, args=[qatar.pk])
    told = {"kind": "member", "other": gcc.pk, "start": "1981-05", "source": "the charter"}
    more = {f"relations-0-{name}": value for name, value in told.items()} | {"relations-TOTAL_FORMS": 1}
    assert layla.post(path, posted(layla, path) | more).status_code == 302
    assert "is a member of" in ramin.get("/countries/qa/").content.decode()
    assert "has as a member" in ramin.get("/bodies/gcc/").content.decode()
    event = CurationEvent.objects.filter(record=qatar).latest("pk")
    assert event.changes["relations"][1][0]["other"] == ["body", "gcc"]
    first = qatar.events.earliest("pk")
    layla.post(reverse("admin:authorities_authorityrecord_history", args=[qatar.pk]), {"to": first.pk})
    assert not qatar.relations.exists()


def test_the_page_of_a_record_leads_to_other_files(five: dict[str, Article], ramin: Client) -> None:
    AuthorityRecord.objects.filter(slug="khalaf-khalafov").update(wikidata="Q4499303", viaf="12345")
    page = ramin.get("/officials/khalaf-khalafov/").content.decode()
    assert "https://www.wikidata.org/wiki/Q4499303" in page and "https://viaf.org/viaf/12345" in page


@pytest.mark.parametrize("typed", ["خلفوف", "خلف خلفوف", "khalafov", "خَلَف"])
def test_the_list_of_records_is_searched_in_any_spelling(five: dict[str, Article], layla: Client, typed: str) -> None:
    page = layla.get(reverse("admin:authorities_authorityrecord_changelist"), {"q": typed})
    assert "khalaf-khalafov" in {record.slug for record in page.context["cl"].queryset}
