"""The arrows of the house: who may import whom. The archive announces, the search listens; no arrow points back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("archive", "search", "config")

# A room, and the rooms of ours that it may import besides itself; the longest prefix of a module's name is its room.
ROOMS = {
    "archive.interface": set(),
    "archive.asked_once": set(),
    "archive.captures": set(),
    "archive.extraction": set(),
    "search.analysis": set(),
    "search.query": set(),
    "search.syntax": {"search.query"},
    "search.terms": {"search.analysis", "search.query"},
    "archive.authorities": {"search.analysis", "archive.interface", "archive.asked_once"},
    "archive.revalidation": {"archive.authorities", "archive.interface"},
    "archive.articles": {
        "archive.revalidation",
        "archive.captures",
        "archive.extraction",
        "archive.authorities",
        "archive.interface",
    },
    "archive.stories": {
        "archive.asked_once",
        "archive.articles",
        "archive.authorities",
        "archive.extraction",
        "archive.interface",
        "archive.revalidation",
        "search.analysis",
        "search.terms",
    },
    "archive.curation": {
        "archive.articles",
        "archive.authorities",
        "archive.captures",
        "archive.extraction",
        "archive.interface",
    },
    "search": {
        "archive.revalidation",
        "archive.articles",
        "archive.authorities",
        "archive.extraction",
        "archive.interface",
        "archive.stories",
        "search.analysis",
        "search.query",
        "search.syntax",
        "search.terms",
    },
    "config": {
        "archive.asked_once",
        "archive.articles",
        "archive.authorities",
        "archive.captures",
        "archive.curation",
        "archive.extraction",
        "archive.interface",
        "archive.stories",
        "search",
    },
}
PURE = (
    "archive.extraction",
    "search.analysis",
    "search.query",
    "search.syntax",
    "search.matching",
    "search.terms",
    "search.streams",
    "archive.stories.clusters",
    "archive.stories.copies",
    "archive.stories.counts",
    "archive.stories.evaluation",
    "archive.stories.evidence",
    "archive.stories.rounds",
    "archive.stories.traits",
)
ALONE = {
    "arabic_reshaper": {"archive.articles.visual"},
    "bidi": {"archive.articles.visual"},
    "whoosh": {"search.backends"},
    "haystack": {"search.backends", "search.search_indexes", "search.indexing"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path


def imports(name: str, path: Path) -> Iterator[str]:
    """The full names of the modules that a module imports, relative ones resolved."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            yield from (f"{source}.{alias.name}" if _is_module(source, alias.name) else source for alias in node.names)


def _is_module(package: str, name: str) -> bool:
    place = ROOT.joinpath(*package.split("."), name)
    return place.is_dir() or place.with_suffix(".py").exists()


def room(name: str) -> str:
    fitting = [room for room in ROOMS if name == room or name.startswith(f"{room}.")]
    return max(fitting, key=len, default="")


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_no_import_points_back(name: str, path: Path) -> None:
    own = room(name)
    for imported in imports(name, path):
        target = room(imported)
        assert not target or target == own or target in ROOMS[own], f"{name} may not import {imported}"


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_pure_rooms_know_no_framework(name: str, path: Path) -> None:
    if name.startswith(PURE):
        assert not [imported for imported in imports(name, path) if imported.split(".")[0] in {"django", "haystack"}]


@pytest.mark.parametrize(("library", "places"), list(ALONE.items()))
def test_a_library_with_traps_is_imported_in_its_place_only(library: str, places: set[str]) -> None:
    users = {name for name, path in modules() if any(i.split(".")[0] == library for i in imports(name, path))}
    assert users
    assert not [user for user in users if not user.startswith(tuple(places))]
