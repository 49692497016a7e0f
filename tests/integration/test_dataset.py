"""The dataset: a dump holds what readers may see, is read by the real readers of such packages, and goes at once."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from frictionless import Package, system

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Rights
from archive.authorities.signals import record_changed
from archive.curation import actions
from archive.dataset import dumping, held
from archive.dataset.tables import TABLES
from archive.work.management.commands.work import work_off
from archive.work.models import Job

pytestmark = pytest.mark.django_db
WORD = "وزارتا خارجية أذربيجان ولاتفيا"  # stands in one article alone
GONE = "3d43f546d925"


@pytest.fixture(autouse=True)
def datasets(settings: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of dumps of this test's own; steps that leave several for a table."""
    settings.DATASETS_DIR = tmp_path / "datasets"
    monkeypatch.setattr(dumping, "ROWS", 500)
    return tmp_path / "datasets"


def made() -> held.Dump:
    assert dumping.begin_due()
    work_off()
    assert Job.objects.latest("pk").error == ""
    return next(held.dumps())


@pytest.fixture
def unpacked(five: dict[str, Article], tmp_path: Path) -> Path:
    dump = made()
    with zipfile.ZipFile(dump.path) as bundle:
        bundle.extractall(tmp_path)
    return tmp_path / dump.name


def test_a_dump_is_a_valid_data_package(unpacked: Path) -> None:
    """By the reader of the standard's own makers: every row of every table is of the types that are told."""
    with system.use_context(trusted=True):
        report = Package(str(unpacked / "datapackage.json")).validate()
    assert report.valid, report.flatten(["resourceName", "rowNumber", "note"])[:5]
    assert report.stats["tasks"] == 2 * len(TABLES)


def test_every_column_is_told_in_the_package_and_the_page_to_read(unpacked: Path) -> None:
    told = json.loads((unpacked / "datapackage.json").read_bytes())
    page = (unpacked / "README.md").read_text("utf-8")
    for resource in told["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        lines = (unpacked / resource["path"]).read_text("utf-8").splitlines()
        first = json.loads(lines[0]) if resource["format"] == "jsonl" else dict.fromkeys(lines[0].split(","))
        assert list(first) == names
        assert all(f"| `{name}` |" in page for name in names)
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_both_forms_say_the_same_and_it_is_what_the_archive_says(unpacked: Path, five: dict[str, Article]) -> None:
    with (unpacked / "articles.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    objects = [json.loads(line) for line in (unpacked / "articles.jsonl").read_text("utf-8").splitlines()]
    plain = [{k: " | ".join(v) if isinstance(v, list) else v or "" for k, v in one.items()} for one in objects]
    assert [{k: re.sub("^'", "", v) for k, v in row.items()} for row in table] == plain
    assert {one["identifier"]: (one["title"], one["text"]) for one in objects} == {
        article.identifier: (article.title, article.body) for article in five.values()
    }
    one = next(one for one in objects if one["identifier"] == GONE)
    assert {"az", "lv"} <= set(one["countries"]) and one["source"] == "azvision"


def test_drafts_and_withdrawn_articles_are_in_no_table(five: dict[str, Article], tmp_path: Path) -> None:
    actions.withdraw(five["001"])
    Article.objects.filter(pk=five["002"].pk).update(status="draft", title="كلمةمزروعة")
    with zipfile.ZipFile(made().path) as bundle:
        held_text = b"".join(bundle.read(name) for name in bundle.namelist()).decode()
    assert WORD not in held_text and GONE not in held_text and "كلمةمزروعة" not in held_text


def test_a_dump_goes_with_the_first_article_that_is_withdrawn(ramin: Client, five: dict[str, Article]) -> None:
    dump = made()
    address = f"/data/{dump.name}.zip"
    whole = b"".join(ramin.get(address).streaming_content)
    assert zipfile.ZipFile(io.BytesIO(whole)).testzip() is None
    assert address in ramin.get("/data/").content.decode()
    actions.withdraw(five["001"])
    assert ramin.get(address).status_code == 404
    assert address not in ramin.get("/data/").content.decode()
    again = made()
    assert again.counts["articles"] == dump.counts["articles"] - 1
    assert ramin.get(address).status_code == 200


def test_a_dump_obeys_the_rights_of_sources_and_goes_when_they_change(five: dict[str, Article]) -> None:
    made()
    record = AuthorityRecord.objects.get(slug="azvision")
    record.rights_bulk = Rights.DESCRIPTION
    record.save()
    record_changed.send(AuthorityRecord, record=record)
    assert not list(held.dumps())
    dump = made()
    with zipfile.ZipFile(dump.path) as bundle:
        lines = bundle.read(f"{dump.name}/articles.jsonl").decode().splitlines()
        whole = b"".join(bundle.read(name) for name in bundle.namelist()).decode()
    one = next(one for one in map(json.loads, lines) if one["identifier"] == GONE)
    assert (one["text"], one["text_shown"]) == (None, "description")
    assert five["001"].paragraphs[0] not in whole and five["002"].paragraphs[0] in whole
    Article.objects.filter(pk=five["002"].pk).update(source=record)
    assert not list(held.dumps())


def test_a_dump_goes_with_an_article_that_is_deleted(five: dict[str, Article]) -> None:
    made()
    Article.objects.filter(pk=five["001"].pk).delete()
    assert not list(held.dumps())


def test_one_that_is_withdrawn_while_a_dump_is_made_is_not_in_it(five: dict[str, Article]) -> None:
    job = dumping.begin_due()
    for _step in range(3):  # begun, and the articles are written
        dumping.step(job)
    assert GONE in (dumping.folder() / f".{job.pk}.part/articles.jsonl").read_text("utf-8")
    actions.withdraw(five["001"])
    while dumping.step(job):
        pass
    with zipfile.ZipFile(next(held.dumps()).path) as bundle:
        assert GONE not in bundle.read(f"{next(held.dumps()).name}/articles.jsonl").decode()


def test_a_step_that_was_killed_after_it_wrote_is_done_again(five: dict[str, Article]) -> None:
    job = dumping.begin_due()
    dumping.step(job)
    before = json.loads(json.dumps(job.cursor))
    dumping.step(job)
    job.cursor = before  # its transaction was lost, its lines were not
    while dumping.step(job):
        pass
    with zipfile.ZipFile(next(held.dumps()).path) as bundle:
        assert len(bundle.read(f"{next(held.dumps()).name}/articles.jsonl").splitlines()) == len(five)


def test_a_month_has_one_dump_and_an_empty_archive_none(five: dict[str, Article]) -> None:
    dump = made()
    assert dumping.begin_due() is None
    assert re.fullmatch(r"diwan-\d{4}-\d{2}", dump.name)
    Article.objects.all().delete()
    assert dumping.begin_due() is None


def test_addresses_of_no_dump_are_404(ramin: Client, db: None) -> None:
    for address in ("/data/diwan-2020-01.zip", "/data/diwan-2020-1.zip", "/data/..%2Fsecret_key", "/data/x.zip"):
        assert ramin.get(address).status_code == 404


@pytest.mark.parametrize("language", ["ar", "fa", "en"])
def test_the_page_is_in_the_language_of_the_reader(language: str, five: dict[str, Article]) -> None:
    page = Client(headers={"accept-language": language}).get("/data/").content.decode()
    assert f'lang="{language}"' in page and "articles.jsonl" in page
