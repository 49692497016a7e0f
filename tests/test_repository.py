"""The repository itself: nothing left over, nothing secret, every translation whole."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.files.storage import FileSystemStorage

from config.style_sheets import SheetsWithoutBlanks

ROOT = Path(__file__).resolve().parent.parent
LISTED = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
TRACKED = [ROOT / line for line in subprocess.check_output(LISTED, cwd=ROOT, text=True).splitlines()]


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_sentence_is_translated(language: str) -> None:
    with (ROOT / f"locale/{language}/LC_MESSAGES/django.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    for message in catalog:
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings) and not message.fuzzy, message.id
        wanted = set(re.findall(r"%\(\w+\)[sd]", str(message.id)))
        assert all(set(re.findall(r"%\(\w+\)[sd]", string)) <= wanted for string in strings), message.id


def test_no_sentence_waits_for_translation(tmp_path: Path) -> None:
    """The catalogues hold every sentence that the code and the templates mark."""
    template = tmp_path / "locale"
    files = [p for p in TRACKED if p.suffix in {".py", ".html"} and p.exists() and "tests" not in p.parts]
    for path in files:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    (template / "ar" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    python = Path(sys.executable).parent / "django-admin"
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([python, "makemessages", "-l", "ar"], cwd=tmp_path, env=environment, check=True, capture_output=True)
    with (template / "ar/LC_MESSAGES/django.po").open("rb") as file:
        wanted = {(message.id, message.context) for message in read_po(file) if message.id}
    with (ROOT / "locale/ar/LC_MESSAGES/django.po").open("rb") as file:
        held = {(message.id, message.context) for message in read_po(file) if message.id}
    assert not wanted - held


def test_presentation_forms_stand_in_no_page_or_catalogue() -> None:
    """Shaped text is for pictures and terminals; HTML and translations hold letters."""
    shown = [path for path in TRACKED if path.suffix in {".html", ".po", ".json", ".css"} and "tests" not in path.parts]
    assert not [
        path for path in shown if path.exists() and re.search("[\ufb50-\ufdfb\ufe70-\ufefc]", path.read_text("utf-8"))
    ]


def test_who_cites_the_software_is_told_its_present_version() -> None:
    """CITATION.cff has what the format (1.2.0) requires, and the version of the project, which the changelog dates."""
    told = dict(re.findall(r'^([\w-]+): *"?([^"\n]*)', (ROOT / "CITATION.cff").read_text("utf-8"), flags=re.MULTILINE))
    assert {"cff-version", "message", "title", "authors", "license"} <= told.keys()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert told["version"] == project["version"]
    released = re.findall(r"^## ([\d.]+) \((.+)\)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert released[0] == (told["version"], told["date-released"])


def test_no_secret_and_no_state_is_tracked() -> None:
    names = {str(path.relative_to(ROOT)) for path in TRACKED}
    assert not [name for name in names if name.startswith("var/") or Path(name).name == "secret_key"]
    assert not [name for name in names if name.endswith((".sqlite3", ".mo", ".pyc"))]


def test_no_link_is_tracked_that_leads_out_of_the_tree_or_nowhere() -> None:
    linked = subprocess.check_output(["git", "ls-files", "--stage"], cwd=ROOT, text=True).splitlines()
    for line in linked:
        mode, digest, rest = line.split(maxsplit=2)
        if mode != "120000":
            continue
        place = ROOT / rest.partition("\t")[2]
        target = subprocess.check_output(["git", "cat-file", "blob", digest], cwd=ROOT, text=True)
        goal = (place.parent / target).resolve()
        assert goal.is_relative_to(ROOT) and goal.exists(), f"{place.relative_to(ROOT)} leads to {target}"


@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_what_npm_installs_is_ignored_as_file_link_or_folder(tmp_path: Path, kind: str) -> None:
    (tmp_path / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    place = tmp_path / "checkers" / "node_modules"
    place.parent.mkdir()
    if kind == "link":
        place.symlink_to("/elsewhere")
    elif kind == "file":
        place.write_text("x")
    else:
        place.mkdir()
        (place / "axe.js").write_text("x")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    seen = subprocess.check_output(["git", "status", "--porcelain", "-uall"], cwd=tmp_path, text=True)
    assert "node_modules" not in seen


SHEETS = sorted((ROOT / "static/css").glob("*.css"))
SENT = 12_000  # bytes of all sheets, as the weaker of the two compressions sends them


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Our sheets as `prepare` collects them, each with its two compressed files beside it."""
    folder = tmp_path_factory.mktemp("collected")
    shutil.copytree(ROOT / "static", folder, dirs_exist_ok=True)
    storage, ours = SheetsWithoutBlanks(location=folder, base_url="/static/"), FileSystemStorage(ROOT / "static")
    files = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    assert list(storage.post_process({name: (ours, name) for name in files}))
    return [Path(storage.path(storage.hashed_files[f"css/{sheet.name}"])) for sheet in SHEETS]


def test_styles_are_light_as_they_are_sent(collected: list[Path]) -> None:
    """Browsers that take Brotli are sent less still."""
    sent = sum(Path(f"{sheet}.gz").stat().st_size for sheet in collected)
    assert sent < SENT
    assert sum(Path(f"{sheet}.br").stat().st_size for sheet in collected) < sent


def test_styles_that_are_sent_are_those_that_were_written(collected: list[Path]) -> None:
    """No comment, and no fewer rules or declarations; tests/browser reads both with a browser's eyes."""
    for sheet, written in zip(collected, SHEETS, strict=True):
        sent, text = sheet.read_text("utf-8"), re.sub(r"/\*.*?\*/", "", written.read_text("utf-8"), flags=re.DOTALL)
        assert "/*" not in sent and "\n" not in sent
        assert sent.count("{") == text.count("{") and sent.count("var(") == text.count("var(")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_styles_are_readable_and_logical(sheet: Path) -> None:
    """One declaration a line; start and end in place of left and right."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    physical = re.compile(
        r"(?:margin|padding|border|inset)-(?:left|right)|(?<![-\w])(?:left|right):|text-align: *(?:left|right)"
    )
    assert not physical.search(text)
    assert not [line for line in text.splitlines() if len(line) > 120 or line.count(";") > 1 or re.search(r"\{.", line)]


def test_a_measure_that_is_named_is_used_and_one_that_is_used_is_named() -> None:
    """The workshop of the curators is left aside: its names are those of Django's own sheets."""
    sheets = {sheet.name: sheet.read_text("utf-8") for sheet in SHEETS}
    readers = "".join(text for name, text in sheets.items() if name != "admin.css")
    named = set(re.findall(r"(--[a-z-]+):", readers))
    assert named == set(re.findall(r"var\((--[a-z-]+)\)", readers))
