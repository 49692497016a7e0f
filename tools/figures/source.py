"""What the source says: lines, functions, classes, modules that no test names."""

from __future__ import annotations

import ast
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGES = ("archive", "search", "config", "tools")
LONGEST_FUNCTION = 40


@dataclass(frozen=True, slots=True)
class Function:
    """`lines` go from `def` to the last line of the body; a function within a function is one of its own, too."""

    module: str
    name: str
    lines: int


@dataclass(frozen=True)
class Module:
    """A source file by its dotted name, `search.matching`; that of a package is the package's."""

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n")


def modules(tree: Path, packages: tuple[str, ...] = PACKAGES, *, migrations: bool = False) -> list[Module]:
    """The modules of our packages: those that are migrations, or the others."""
    found = []
    for package in packages:
        for path in sorted((tree / package).rglob("*.py")):
            parts = path.relative_to(tree).with_suffix("").parts
            if ("migrations" in parts) == migrations:
                found.append(Module(".".join(parts).removesuffix(".__init__"), path))
    return found


def lines(files: list[Module]) -> int:
    """As `wc -l` counts them."""
    return sum(module.lines for module in files)


def functions(files: list[Module]) -> list[Function]:
    return [
        Function(module.name, node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for module in files
        for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def median_length(found: list[Function]) -> float:
    return statistics.median(function.lines for function in found)


def too_long(found: list[Function]) -> list[Function]:
    return sorted((one for one in found if one.lines > LONGEST_FUNCTION), key=lambda one: -one.lines)


def twice_named(files: list[Module]) -> dict[str, list[str]]:
    """Public classes of one name in several modules: `{"Found": ["search.exports", "search.terms"]}`.

    Django looks for `Command` in every command and for `Meta` in every model; these are names of its own.
    """
    places: dict[str, list[str]] = defaultdict(list)
    for module in files:
        for node in module.tree.body:
            if (
                isinstance(node, ast.ClassDef)
                and not node.name.startswith("_")
                and node.name not in {"Command", "Meta"}
            ):
                places[node.name].append(module.name)
    return {name: where for name, where in sorted(places.items()) if len(where) > 1}


def loose(tree: Path, package: str) -> list[str]:
    """Modules that stand in a package itself, in none of its rooms."""
    return sorted(path.stem for path in (tree / package).glob("*.py") if path.name != "__init__.py")


def unnamed(files: list[Module], tests: list[Module]) -> list[str]:
    """Modules that no test imports, names in a string, or starts as a command; empty ones do not count."""
    named = set[str]()
    for test in tests:
        named.update(_imported(test))
        named.update(re.findall(r"\b(?:\w+\.)+\w+", test.text))
        named.update(re.findall(r'call_command\(\s*"(\w+)"', test.text))
    return [one.name for one in files if one.text.strip() and not _is_named(one.name, named)]


def _is_named(name: str, named: set[str]) -> bool:
    command = name.rpartition(".management.commands.")[2]
    return command in named or any(other == name or other.startswith(f"{name}.") for other in named)


def _imported(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def longest_line(folder: Path, pattern: str) -> tuple[int, str]:
    """Characters of the longest line of these files, and where it is: `(866, "_partials/facets.html:3")`."""
    found = [
        (len(line), f"{path.relative_to(folder)}:{number}")
        for path in folder.rglob(pattern)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]
    return max(found, default=(0, ""))
