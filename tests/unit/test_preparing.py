"""The steps before an archive is served: translations, static files, packages, each done only where it is needed."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from babel.messages.mofile import read_mo
from django.contrib.staticfiles import storage as static_storage
from django.core.files.storage import storages

from config import installing, static_files, translations

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Search"\nmsgstr "%s"\n'


@pytest.fixture
def catalogue(tmp_path: Path, settings: Any) -> Path:
    path = tmp_path / "locale" / "fa" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO % "جستجو", "utf-8")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return path


def compiled(catalogue: Path) -> str:
    with catalogue.with_suffix(".mo").open("rb") as file:
        return str(read_mo(file)["Search"].string)


def test_translations_are_compiled_when_they_were_changed(catalogue: Path) -> None:
    assert translations.lacking() == "not compiled: fa"
    assert translations.compile_stale() == ["fa"]
    assert translations.lacking() == "" and compiled(catalogue) == "جستجو"
    assert translations.compile_stale() == []
    catalogue.write_text(PO % "جست‌وجو", "utf-8")
    later = catalogue.with_suffix(".mo").stat().st_mtime + 10
    os.utime(catalogue, (later, later))
    assert translations.lacking() == "not compiled: fa"
    assert translations.compile_stale() == ["fa"] and compiled(catalogue) == "جست‌وجو"


def test_a_source_that_only_looks_newer_is_not_compiled_again(catalogue: Path) -> None:
    """As after unpacking or copying the code to where nobody may write it."""
    translations.compile_stale()
    later = catalogue.with_suffix(".mo").stat().st_mtime + 10
    os.utime(catalogue, (later, later))
    assert translations.lacking() == ""


@pytest.fixture
def assets(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one style sheet, to be collected as in production."""
    folder = tmp_path / "assets"
    folder.mkdir()
    (folder / "small.css").write_text("p { color: red }")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    storage = storages.create_storage(settings.STORAGES["staticfiles"])
    monkeypatch.setattr(static_files, "staticfiles_storage", storage)
    monkeypatch.setattr(static_storage, "staticfiles_storage", storage)
    monkeypatch.setattr("django.contrib.staticfiles.management.commands.collectstatic.staticfiles_storage", storage)
    static_files._own.cache_clear()
    yield folder
    static_files._own.cache_clear()


def served(name: str) -> str:
    storage: Any = static_files.staticfiles_storage
    return Path(storage.path(storage.hashed_files[name])).read_text()


def test_static_files_are_collected_when_their_content_changed(assets: Path, settings: Any) -> None:
    assert static_files.lacking().startswith("not collected")
    assert static_files.collect() is True
    assert static_files.lacking() == "" and served("small.css") == "p { color: red }"
    assert static_files.collect() is False
    (assets / "small.css").write_text("p { color: blue }")
    os.utime(assets / "small.css", (1, 1))  # older than what was collected, as of an earlier release
    assert static_files.collect() is True and served("small.css") == "p { color: blue }"


def test_a_collected_file_that_is_gone_is_missed_and_collected_again(assets: Path, settings: Any) -> None:
    static_files.collect()
    for path in Path(settings.STATIC_ROOT).glob("small.*.css"):
        path.unlink()
    assert static_files.lacking() == "missing: small.css"
    assert static_files.collect() is True
    assert static_files.lacking() == ""


PIP = """\
Collecting django==5.2.19 (from -r requirements.txt (line 1))
  Downloading django-5.2.19-py3-none-any.whl (8.3 MB)
Ignoring colorama: markers 'sys_platform == "win32"' don't match your environment
Requirement already satisfied: sqlparse==0.5.3 in ./lib (0.5.3)
Installing collected packages: sqlparse, django
Successfully installed django-5.2.19
"""


def test_the_progress_of_pip_is_said_in_plain_lines() -> None:
    said: list[str] = []
    ended = threading.Event()
    ended.set()
    lines = installing.follow(PIP.splitlines(keepends=True), 3, said.append, ended)
    assert said == ["  1 of 3: django", "  unpacking 2 packages …"]
    assert lines[-1] == "Successfully installed django-5.2.19"


def test_what_cannot_be_installed_is_told_with_the_words_of_pip(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("--no-such-option\n")
    said: list[str] = []
    assert installing.install(tmp_path / "requirements.txt", said.append) != 0
    assert "no such option" in said[-1]


def test_every_pinned_package_is_counted() -> None:
    text = (Path(__file__).parents[2] / "requirements.txt").read_text("utf-8")
    assert len(installing.PINNED.findall(text)) == sum(
        "==" in line and line[:1].isalnum() for line in text.splitlines()
    )
