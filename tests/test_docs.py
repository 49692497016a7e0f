"""The documentation is true: its links lead somewhere, its commands and settings exist and are all told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("fixtures/*.md"), *ROOT.glob("static/**/*.md")]
)
OURS = {name for name, app in get_commands().items() if str(app).split(".")[0] in {"archive", "search", "config"}}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_of_ours_is_told_to_operators_or_curators() -> None:
    told = (ROOT / "docs/operations.md").read_text("utf-8") + (ROOT / "docs/curation.md").read_text("utf-8")
    assert not {name for name in OURS if f"`{name}" not in told and f"manage.py {name}" not in told}


def test_every_setting_that_is_read_is_told_and_the_other_way_round() -> None:
    code = "".join(
        path.read_text("utf-8") for path in [*ROOT.glob("config/*.py"), ROOT / "gunicorn.conf.py", ROOT / "Makefile"]
    )
    told = (ROOT / "docs/operations.md").read_text("utf-8")
    assert set(re.findall(r"DIWAN_[A-Z_]+", code)) == set(re.findall(r"DIWAN_[A-Z_]+", told))


def test_every_target_of_the_makefile_that_the_pages_name_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE))
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z]+)", page.read_text("utf-8")))
        assert named <= targets, page.name


TOPS = "archive|search|config|tools|tests|benchmarks|templates|static|fixtures|locale|docs"


def _named(page: Path) -> set[str]:
    """What a page names in code marks that looks like a place in this project: `search/tree.py`, `search.tree.All`."""
    marked = re.findall(r"`([^`\s]+)`", page.read_text("utf-8"))
    return {name.rstrip("/") for name in marked if re.fullmatch(rf"(?:{TOPS})[./][\w./-]+|[\w/]+\.py", name)}


def _exists(name: str) -> bool:
    """Whether there is a file or folder of this name, a module, or a name that a module defines."""
    if (ROOT / name).exists() or (ROOT / f"{name}.py").exists():
        return True
    if "/" in name or name.endswith(".py"):
        return any(ROOT.glob(f"*/**/{name}")) or (ROOT / name).exists()
    place, _, last = name.rpartition(".")
    path = ROOT.joinpath(*name.split("."))
    if path.is_dir() or path.with_suffix(".py").exists():
        return True
    path = ROOT.joinpath(*place.split("."))
    module = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return module.exists() and re.search(rf"\b{last}\b", module.read_text("utf-8")) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_module_and_file_that_a_page_names_exists(page: Path) -> None:
    assert not sorted(name for name in _named(page) if not _exists(name))
