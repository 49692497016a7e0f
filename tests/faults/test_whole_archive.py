"""R17: an exported archive becomes the same archive elsewhere; what is damaged, foreign or killed changes nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import bagit
import pytest

from tests.faults.archive import Archive

LONG = 900  # seconds that a busy machine may need for an import with all that `prepare` does


@pytest.fixture(scope="module")
def source(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """An archive with a row of every kind, and a reader who decided nothing, whose account is nobody's business."""
    folder = tmp_path_factory.mktemp("whole") / "archive"
    shutil.copytree(template, folder, symlinks=True)
    archive = Archive(folder)
    archive.run("manage.py", "prepare", "--no-first-articles")
    archive.tell("fill_every_table")
    archive.tell("reader", "nobody")
    archive.run("manage.py", "rebuild_index")
    yield archive
    archive.stop_all()


@pytest.fixture(scope="module")
def exported(source: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    bag = tmp_path_factory.mktemp("exported") / "bag"
    assert "46 pages exported" in source.run("manage.py", "export_archive", str(bag))
    return bag


@pytest.fixture
def bag(exported: Path, tmp_path: Path) -> Path:
    return shutil.copytree(exported, tmp_path / "bag")


@pytest.fixture
def elsewhere(template: Path, tmp_path: Path) -> Iterator[Archive]:
    """An empty state folder, but for the static files, which take long to make."""
    folder = tmp_path / "elsewhere"
    shutil.copytree(template / "static", folder / "static", symlinks=True)
    archive = Archive(folder)
    yield archive
    archive.stop_all()


def test_r17_an_exported_archive_is_the_same_archive_elsewhere(source: Archive, bag: Path, elsewhere: Archive) -> None:
    said = elsewhere.run("manage.py", "import_archive", str(bag), timeout=LONG)
    assert "46 pages imported" in said and "every field is what the bag says" in said
    held = source.tell("everything")
    assert elsewhere.tell("everything") == held
    assert not [table for table, told in held.items() if told.startswith("0 ")], "the table was not filled"
    assert elsewhere.tell("answers") == source.tell("answers")
    elsewhere.invariants()
    assert "46 intact" in elsewhere.run("manage.py", "check_fixity")
    assert "This archive holds rows of" in elsewhere.run("manage.py", "import_archive", str(bag), fails=True)


def test_r17_an_export_tells_no_secret(bag: Path) -> None:
    told = b"".join(path.read_bytes() for path in bag.rglob("*.jsonl"))
    assert b"layla-search" in told
    for secret in (b"5ec2e7", b"ramin-search", b"nobody", b"pbkdf2", b"argon2", b"scrypt", b"session_data"):
        assert secret not in told


def test_r17_an_export_made_while_others_write_is_of_one_moment(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    writing = archive.start("-m", "tests.faults.deeds", "publish", "400", "1000")
    archive.until(lambda: archive.tell("counted")["published"] > 45, "the importer is at work")
    archive.run("manage.py", "export_archive", str(tmp_path / "bag"))
    assert writing.poll() is None
    archive.kill(writing)
    elsewhere.run("manage.py", "import_archive", str(tmp_path / "bag"), timeout=LONG)
    assert elsewhere.tell("counted")["published"] > 45
    elsewhere.invariants()


@pytest.mark.parametrize(
    "part",
    ["bagit.txt", "manifest-sha256.txt", "data/archive.json", "data/records/articles.Article.jsonl", "data/captures"],
)
def test_r17_a_damaged_bag_is_refused(bag: Path, elsewhere: Archive, part: str) -> None:
    path = next((bag / part).glob("*.gz")) if part == "data/captures" else bag / part
    whole = path.read_bytes()
    path.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])
    said = elsewhere.run("manage.py", "import_archive", str(bag), fails=True)
    assert "CommandError" in said and ("damaged" in said or "no bag" in said) and "Traceback" not in said
    nothing_is_held(elsewhere)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 99}, "has format 99"),
        ({"models": {}}, "was written by another version of Diwan"),
        ({"lost": None}, "not of an archive of Diwan"),
    ],
    ids=["format", "fields", "foreign"],
)
def test_r17_a_bag_of_another_version_is_refused(
    bag: Path, elsewhere: Archive, change: dict[str, object], said: str
) -> None:
    about = bag / "data/archive.json"
    about.write_text(json.dumps(json.loads(about.read_bytes()) | change), "utf-8")
    bagit.Bag(str(bag)).save(manifests=True)
    assert said in elsewhere.run("manage.py", "import_archive", str(bag), fails=True)
    nothing_is_held(elsewhere)


def test_r17_rows_that_are_no_rows_change_nothing(bag: Path, elsewhere: Archive) -> None:
    """A bag that is whole by its digests, and was made wrongly."""
    articles = bag / "data/records/articles.Article.jsonl"
    told = articles.read_text("utf-8")
    for wrong in (told.replace('"dated_on": "20', '"dated_on": "soon', 1), told.partition("\n")[2], told[:-40]):
        articles.write_text(wrong, "utf-8")
        bagit.Bag(str(bag)).save(manifests=True)
        said = elsewhere.run("manage.py", "import_archive", str(bag), fails=True)
        assert "CommandError" in said and "Traceback" not in said
        nothing_is_held(elsewhere)
    articles.write_text(told, "utf-8")
    bagit.Bag(str(bag)).save(manifests=True)
    elsewhere.tell("import_archive", bag)


POINTS = [
    ("while pages are kept", "archive.captures.payloads:PayloadStore.put", 20),
    ("between two tables", "archive.exchange.importing:write", 12),
    ("before anything is compared", "archive.exchange.importing:_compare", 1),
    ("before the end", "archive.exchange.importing:read", 25),
]


@pytest.mark.parametrize("point", POINTS, ids=[point[0] for point in POINTS])
def test_r17_a_killed_import_leaves_no_half_archive(
    source: Archive, bag: Path, elsewhere: Archive, point: tuple[str, str, int]
) -> None:
    _when, target, count = point
    elsewhere.dies_at(target, count, "import_archive", bag)
    nothing_is_held(elsewhere)
    elsewhere.tell("import_archive", bag)
    assert elsewhere.tell("everything") == source.tell("everything")


@pytest.mark.parametrize(
    "point",
    [
        ("between two tables", "archive.exchange.exporting:_write_rows", 9),
        ("while pages are written", "archive.exchange.warcs:Warcs.add", 20),
        ("before the bag has its name", "os:fsync", 10),
    ],
    ids=lambda point: point[0],
)
def test_r17_a_killed_export_leaves_no_bag(source: Archive, tmp_path: Path, point: tuple[str, str, int]) -> None:
    _when, target, count = point
    bag = tmp_path / "bag"
    source.dies_at(target, count, "export_archive", bag)
    assert not bag.exists()
    source.tell("export_archive", bag)
    assert [path.name for path in tmp_path.iterdir()] == ["bag"]
    assert "exists; name a folder" in source.run("manage.py", "export_archive", str(bag), fails=True)


def test_r17_a_page_that_was_lost_is_named_and_the_rest_travels(
    archive: Archive, elsewhere: Archive, tmp_path: Path
) -> None:
    gone = sorted((archive.folder / "captures").glob("??/*"))[0]
    gone.unlink()
    told = archive.run("manage.py", "export_archive", str(tmp_path / "bag"), fails=True)
    assert "44 pages exported" in told and gone.parent.name + gone.name in told
    assert "Lost before the archive was exported" in elsewhere.run(
        "manage.py", "import_archive", str(tmp_path / "bag"), timeout=LONG
    )


def nothing_is_held(archive: Archive) -> None:
    """No row of what travels: another import may begin."""
    assert archive.tell("rows_held") == 0
