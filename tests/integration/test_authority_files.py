"""Authority records as files: what leaves comes in again as it was; what cannot be is told with its line."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from archive.articles.models import AccessPoint, Article
from archive.authorities import exchanged, skos
from archive.authorities.models import AuthorityRecord, Name, Post, Relation
from archive.authorities.states import State, state_of, states_of
from archive.curation import record_importing, record_undoing
from archive.curation.models import CurationEvent
from archive.curation.record_plan import Plan, planned, read_file
from archive.work.management.commands.work import work_off
from archive.work.models import Job
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db
LIST = "admin:authorities_authorityrecord_changelist"
IMPORT = "admin:authorities_authorityrecord_import"
WRITERS = {"csv": exchanged.written, "jsonld": skos.written}
HEADS = ",".join(exchanged.COLUMNS)


@pytest.fixture
def names(db: None) -> dict[str, AuthorityRecord]:
    """An official with a post of a country, a source, two bodies of which one is a part of the other; nothing else."""
    emptied()
    made = {
        slug: AuthorityRecord.objects.create(kind=kind, slug=slug)
        for slug, kind in {
            "qa": "country",
            "mofa-qa": "body",
            "gov-qa": "body",
            "hamad": "official",
            "raya": "source",
        }.items()
    }
    for slug, text, language, form in [
        ("qa", "قطر", "ar", "authorized"),
        ("mofa-qa", "وزارة الخارجية القطرية", "ar", "authorized"),
        ("gov-qa", "حكومة قطر", "ar", "authorized"),
        ("hamad", "Hamad Al Thani", "en", "authorized"),
        ("hamad", "حمد بن جاسم", "ar", "parallel"),
        ("hamad", "=HYPERLINK(1)", "en", "variant"),
        ("hamad", '\'Abd "x", y', "en", "variant"),
        ("raya", "الراية", "ar", "authorized"),
    ]:
        Name.objects.create(record=made[slug], text=text, language=language, form=form, source="capture, page 1")
    Name.objects.create(record=made["raya"], text="raya.com", language="zxx", use="domain", source="its imprint")
    Post.objects.create(
        record=made["hamad"],
        role="foreign_minister",
        title_ar="وزير الخارجية",
        country=made["qa"],
        body=made["mofa-qa"],
        start="1992-09",
        end="2013",
        source="QNA",
        verified=True,
    )
    Relation.objects.create(record=made["mofa-qa"], kind="part", other=made["gov-qa"], start="1971", source="law 2")
    AuthorityRecord.objects.filter(slug="hamad").update(wikidata="Q359480", viaf="66494525", note="سطر\nثانٍ, “x”")
    AuthorityRecord.objects.filter(slug="raya").update(rights_pages="excerpt", is_proposed=True)
    return made


def file(form: str) -> bytes:
    return "".join(WRITERS[form](exchanged.told(AuthorityRecord.objects.all()))).encode()


def states() -> dict[tuple[str, str], State]:
    return {(record.kind, record.slug): state for record, state in states_of(AuthorityRecord.objects.all())}


def plan_of(content: bytes | str, **named: bool) -> Plan:
    content = content.encode() if isinstance(content, str) else content
    return planned(read_file(content), **{"may_give_rights": True, **named})


def taken_in(content: bytes) -> Job:
    job = record_importing.take_in(plan_of(content), None)
    work_off()
    job.refresh_from_db()
    assert job.state == Job.State.DONE, job.error
    return job


def emptied() -> None:
    Article.objects.all().delete()
    for model in (Relation, Post, Name, CurationEvent, AuthorityRecord):
        model.objects.all()._raw_delete("default")


@pytest.mark.parametrize("form", WRITERS)
def test_an_empty_archive_has_every_field_again_and_the_same_file_changes_nothing(
    names: dict[str, AuthorityRecord], form: str
) -> None:
    was, content = states(), file(form)
    assert state_of(names["hamad"]) != state_of(names["qa"])
    same = plan_of(content)
    assert (same.planned, same.unchanged, same.refused) == ([], 5, [])
    emptied()
    assert taken_in(content).outcome == {"added": 5}
    assert states() == was
    assert set(CurationEvent.objects.values_list("action", flat=True)) == {"add"}
    again = plan_of(content)
    assert (again.planned, again.unchanged, again.refused) == ([], 5, [])


@pytest.mark.parametrize("form", WRITERS)
def test_all_that_ships_goes_round(form: str) -> None:
    content = file(form)
    plan = plan_of(content)
    assert plan.planned == [] and plan.refused == [] and plan.unchanged == AuthorityRecord.objects.count()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # within rdflib
def test_what_is_written_as_skos_is_skos(names: dict[str, AuthorityRecord]) -> None:
    graph = Graph().parse(data=file("jsonld").decode(), format="json-ld")
    hamad = URIRef("urn:diwan:official:hamad")
    assert set(graph.objects(hamad, SKOS.prefLabel)) == {
        Literal("Hamad Al Thani", "en"),
        Literal("حمد بن جاسم", "ar"),
    }
    assert Literal("=HYPERLINK(1)", "en") in set(graph.objects(hamad, SKOS.altLabel))
    assert set(graph.objects(hamad, SKOS.exactMatch)) == {
        URIRef("http://www.wikidata.org/entity/Q359480"),
        URIRef("https://viaf.org/viaf/66494525"),
    }
    assert len(set(graph.subjects(predicate=SKOS.inScheme))) == 5


def test_skos_of_others_is_read_by_its_labels() -> None:
    labels = {"prefLabel": {"ar": "هدنة"}, "altLabel": {"fa": ["آتش‌بس", "متارکه"]}}
    concept = {"@id": "urn:diwan:term:laying-down-of-arms", **labels}
    [one] = plan_of(json.dumps({"@graph": [concept]})).new
    assert [(name["text"], name["form"]) for name in one.state["names"]] == [
        ("هدنة", "authorized"),
        ("آتش‌بس", "variant"),
        ("متارکه", "variant"),
    ]


def test_no_cell_is_run_by_a_spreadsheet(names: dict[str, AuthorityRecord]) -> None:
    cells = [cell for row in csv.reader(io.StringIO(file("csv").decode())) for cell in row]
    assert "'=HYPERLINK(1)" in cells and not [cell for cell in cells if cell[:1] in "=+-@" and cell]


def test_a_curator_sees_what_a_file_changes_before_it_does_and_takes_it_back(
    five: dict[str, Article], layla: Client
) -> None:
    record = AuthorityRecord.objects.get(slug="khalaf-khalafov")
    was = state_of(record)
    linked = AccessPoint.objects.filter(record=record).count()
    content = "".join(exchanged.written(exchanged.told(AuthorityRecord.objects.filter(pk=record.pk)))).encode()
    lines = content.decode().splitlines(keepends=True)
    shorter = "".join(line for line in lines if ",name," not in line or "Khalaf Khalafov" in line).encode()
    page = sent(layla, shorter)
    assert figures(page) == (0, 1, 0, 0) and state_of(record) == was and not Job.objects.exists()
    page = sent(layla, None, carried=hidden(page, "carried"), seen=hidden(page, "seen"), note="من الجريدة الرسمية")
    work_off()
    job = Job.objects.get(kind=record_importing.IMPORT)
    assert job.outcome == {"changed": 1} and len(state_of(record)["names"]) == 1
    event = record.events.latest("pk")
    assert (event.action, str(event.by), event.note) == ("edit", "layla", "من الجريدة الرسمية")
    assert linked and AccessPoint.objects.filter(record=record).count() < linked, "the articles are read again"
    record_undoing.undo(job, None)
    work_off()
    assert state_of(AuthorityRecord.objects.get(pk=record.pk)) == was
    assert AccessPoint.objects.filter(record=record).count() == linked
    record_undoing.redo(Job.objects.get(kind=record_undoing.UNDO), None)
    work_off()
    assert len(state_of(record)["names"]) == 1
    assert AccessPoint.objects.filter(record=record).count() < linked


def sent(layla: Client, content: bytes | None, **fields: Any) -> str:
    files = {"file": SimpleUploadedFile("names.csv", content)} if content is not None else {}
    return on_one_line(layla.post(reverse(IMPORT), {**files, **fields}, follow=True).content.decode())


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, page
    return found[1]


def figures(page: str) -> tuple[int, ...]:
    found = re.search(r'data-new="(\d+)" data-changed="(\d+)" data-unchanged="(\d+)" data-refused="(\d+)"', page)
    assert found, page
    return tuple(map(int, found.groups()))


def test_a_record_that_changed_since_it_was_seen_is_shown_again(
    names: dict[str, AuthorityRecord], layla: Client
) -> None:
    content = file("csv").replace(b"QNA", b"Qatar News Agency")
    page = sent(layla, content)
    AuthorityRecord.objects.filter(slug="hamad").update(note="")
    again = sent(layla, None, carried=hidden(page, "carried"), seen=hidden(page, "seen"))
    assert "look again" in again and not Job.objects.exists()
    job = record_importing.take_in(plan_of(content), None)
    AuthorityRecord.objects.filter(slug="hamad").update(note="أخرى")
    work_off()
    job.refresh_from_db()
    assert job.outcome == {"left": 1} and AuthorityRecord.objects.get(slug="hamad").note == "أخرى"


def test_taking_back_leaves_nothing_of_what_was_new(names: dict[str, AuthorityRecord]) -> None:
    content, was = file("csv"), states()
    emptied()
    job = taken_in(content)
    AuthorityRecord.objects.create(kind="official", slug="other").posts.create(
        role="minister", country=AuthorityRecord.objects.get(slug="qa"), source="x"
    )
    undone = record_undoing.undo(job, None)
    work_off()
    undone.refresh_from_db()
    assert undone.outcome == {"removed": 4, "retired": 1}
    assert {slug for _kind, slug in states()} == {"qa", "other"}
    again = record_undoing.redo(undone, None)
    work_off()
    assert was.items() <= states().items()
    record_undoing.undo(again, None)
    work_off()
    assert {slug for _kind, slug in states()} == {"qa", "other"}
    taken_in(content)
    assert was.items() <= states().items()


def test_undoing_an_undo_leaves_what_changed_meanwhile(names: dict[str, AuthorityRecord]) -> None:
    job = taken_in(file("csv").replace(b"QNA", b"Qatar News Agency"))
    undone = record_undoing.undo(job, None)
    work_off()
    undone.refresh_from_db()
    slug = undone.options["taken"][0]["slug"]
    AuthorityRecord.objects.filter(slug=slug).update(note="أخرى")
    again = record_undoing.redo(undone, None)
    work_off()
    again.refresh_from_db()
    assert again.outcome == {"left": 1} and AuthorityRecord.objects.get(slug=slug).note == "أخرى"


def test_the_list_gives_the_chosen_or_all_that_its_filter_shows(
    names: dict[str, AuthorityRecord], layla: Client
) -> None:
    chosen = {"action": "csv_selected", "_selected_action": [names["qa"].pk]}
    answer = layla.post(reverse(LIST), chosen)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="authorities.csv"'
    rows = list(csv.DictReader(io.StringIO(streamed(answer))))
    assert {row["slug"] for row in rows} == {"qa"}
    everything = {"action": "skos_selected", "select_across": "1", "_selected_action": [names["gov-qa"].pk]}
    document = json.loads(streamed(layla.post(f"{reverse(LIST)}?kind__exact=body", everything)))
    assert [one["slug"] for one in document["@graph"][1:]] == ["gov-qa", "mofa-qa"]


def streamed(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def test_what_of_a_source_is_shown_is_said_by_administrators_alone(names: dict[str, AuthorityRecord]) -> None:
    content = file("csv").replace(b"excerpt", b"whole")
    assert len(plan_of(content).changed) == 1
    refused = plan_of(content, may_give_rights=False)
    assert not refused.planned and "administrators" in refused.refused[0][1]


def rows(*told: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, exchanged.COLUMNS)
    writer.writeheader()
    writer.writerows(told)
    return out.getvalue()


def record(slug: str, kind: str = "body", **more: str) -> list[dict[str, str]]:
    name = {"part": "name", "text": slug, "language": "en", "form": "authorized", "use": "name", "source": "x"}
    return [{"kind": kind, "slug": slug, "part": "record"} | more, {"kind": kind, "slug": slug} | name]


def part(slug: str, other: str, relation: str = "part", **more: str) -> dict[str, str]:
    told = {"kind": "body", "slug": slug, "part": "relation", "relation": relation, "other": other, "source": "x"}
    return told | more


POST = {"kind": "official", "slug": "a", "part": "post", "role": "minister", "source": "x"}
REFUSED = [
    ([*record("a", "planet")], 2, "kind"),
    ([*record("A b")], 2, "slug"),
    ([*record("a"), *record("a")], 4, "twice"),
    ([record("a")[0]], 2, "has a name"),
    ([*record("a"), record("a")[1]], 2, "twice"),
    ([*record("a"), part("a", "body/a")], 4, "itself"),
    ([*record("a"), part("a", "body/nobody")], 2, "body/nobody"),
    ([*record("a"), part("a", "x")], 4, "no such value"),
    ([*record("a"), *record("b"), part("a", "body/b"), part("b", "body/a")], 2, "body/b"),
    ([*record("a"), *record("b"), part("a", "body/b", start="soon")], 6, "soon"),
    ([*record("a"), *record("b"), part("a", "body/b", start="2020", end="2019")], 6, "before the beginning"),
    ([*record("a"), *record("b"), part("a", "body/b", "friend")], 6, "kind"),
    ([*record("a", "official"), POST], 4, "country"),
    ([*record("a", "official"), POST | {"country": "nowhere"}], 2, "country/nowhere"),
    ([*record("a", "official"), POST | {"country": "x", "verified": "perhaps"}], 4, "verified"),
    ([*record("a", wikidata="Douglas")], 2, "wikidata"),
    ([record("a")[1]], 2, "before it"),
    ([record("a")[0] | {"part": "shoe"}], 2, "shoe"),
    ([*record("x" * 100)], 2, "slug"),
]


@pytest.mark.parametrize(("told", "line", "reason"), REFUSED, ids=[reason for _told, _line, reason in REFUSED])
def test_what_cannot_be_is_refused_with_its_line_and_the_reason(
    told: list[dict[str, str]], line: int, reason: str
) -> None:
    plan = plan_of(rows(*told))
    assert [one for one in plan.refused if one[0] == line and reason in one[1]], plan.refused


HOSTILE = {
    "columns": b"name,country\nx,y\n",
    "no columns": b"",
    "NUL": f"{HEADS}\nbody,a\0,record\n".encode(),
    "not UTF-8": f"{HEADS}\nbody,\xff".encode("latin-1"),
    "UTF-16": "kind,slug".encode("utf-16"),
    "a cell of 10 MB": f"{HEADS}\nbody,{'x' * 10_000_000}\n".encode(),
    "a quote that does not end": f'{HEADS}\nbody,"a\n'.encode(),
    "too few cells": f"{HEADS}\nbody,a\n".encode(),
    "no JSON": b"{nothing",
    "JSON of others": b'{"a": [1, 2]}',
    "a deep one": b'{"@graph":' + b"[" * 100_000,
    "a graph of numbers": b'{"@graph": [1, 2]}',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_such_file_is_a_message(layla: Client, content: bytes) -> None:
    held = AuthorityRecord.objects.count()
    page = sent(layla, content)
    assert "errorlist" in page and "data-new" not in page
    assert AuthorityRecord.objects.count() == held and not Job.objects.exists()


@pytest.mark.parametrize(
    "concept",
    [
        {},
        {"@id": "x"},
        {"kind": "body", "slug": ["a"]},
        {"kind": "body", "slug": "a", "names": "abc"},
        {"kind": "body", "slug": "a", "names": [{"text": 5}]},
        {"kind": "body", "slug": "a", "note": {}, "prefLabel": {"en": "a"}},
        {"kind": "body", "slug": "a", "prefLabel": {"en": "\ud800"}},
        {"kind": "body", "slug": "a", "prefLabel": {"en": "\0"}},
        {"kind": "body", "slug": "a", "prefLabel": {"en": None}},
        {"kind": "official", "slug": "a", "prefLabel": {"en": "a"}, "posts": [{"country": [1], "role": "minister"}]},
        {"kind": "body", "slug": "a", "prefLabel": {"en": "a"}, "relations": [{"other": 5}]},
    ],
)
def test_a_strange_concept_is_refused(concept: dict[str, Any]) -> None:
    plan = plan_of(json.dumps({"@graph": [concept]}))
    assert not plan.planned and [line for line, _reason in plan.refused] == [1]


def test_reasons_are_told_in_the_language_of_the_reader(layla: Client) -> None:
    told = rows(record("a")[0]).encode()
    page = layla.post(f"{reverse(IMPORT)}?ui=ar", {"file": SimpleUploadedFile("a.csv", told)}).content.decode()
    assert "للسجل اسم واحد على الأقل." in page


@pytest.mark.parametrize("form", WRITERS)
def test_the_command_writes_and_takes_in(
    names: dict[str, AuthorityRecord], tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    path, was = tmp_path / f"names.{form}", states()
    call_command("authorities", "export", path)
    emptied()
    call_command("authorities", "import", path, dry_run=True)
    assert "5 new, 0 changed, 0 unchanged, 0 refused" in capsys.readouterr().out and not states()
    call_command("authorities", "import", path)
    assert states() == was
    call_command("authorities", "export", path, kind="body")
    assert len(plan_of(path.read_bytes()).planned) == 0 and plan_of(path.read_bytes()).unchanged == 2
    (tmp_path / "x.csv").write_bytes(b"nothing")
    with override("en"), pytest.raises(CommandError, match="columns"):
        call_command("authorities", "import", tmp_path / "x.csv")
    with pytest.raises(CommandError, match="jsonld"):
        call_command("authorities", "export", tmp_path / "x.txt")
