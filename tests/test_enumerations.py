"""A state, a certainty, an outcome or the use of a name is written by its enumeration, never as a bare word."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.articles.models import Certainty, Precision
from archive.authorities.gazetteer.kinds import FormStatus, NameUse
from archive.captures.models import FixityEvent
from archive.curation.models import Mistake
from archive.states import LinkState, Status
from tests.test_architecture import PURE, modules

ROOT = Path(__file__).resolve().parent.parent
# "name", "short" and "day" are words of much else.
COMMON = {"name", "short", "day", "month", "year", "undated", "missing"}
ENUMERATIONS = (Status, LinkState, Certainty, Precision, FormStatus, NameUse, FixityEvent.Outcome, Mistake.State)
WORDS = {str(value) for enumeration in ENUMERATIONS for value in enumeration} - COMMON
# Rooms without Django have plain words, which the models take over; and what builds files.
ELSEWHERE = (*PURE, "tools")
MODULES = [(name, path) for name, path in modules() if not name.startswith(ELSEWHERE)]


@pytest.mark.parametrize(("name", "path"), MODULES, ids=lambda value: value if isinstance(value, str) else "")
def test_no_module_compares_with_or_asks_for_a_bare_word(name: str, path: Path) -> None:
    assert not [word for word in _bare(ast.parse(path.read_text("utf-8"))) if word in WORDS]


def test_no_template_compares_with_a_bare_word() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        assert not WORDS & set(re.findall(r"[!=]= \"(\w+)\"", path.read_text("utf-8"))), path.name


def test_the_words_are_found_where_they_stand() -> None:
    code = 'a.status == "draft" or b in ("x", "intact") or f(status="published", status__in=["withdrawn"])'
    assert {"draft", "intact", "published", "withdrawn"} <= set(_bare(ast.parse(code)))


def _bare(tree: ast.AST) -> Iterator[str]:
    """The constants of comparisons, and of what is asked of the database by `state`, `status` and the like."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from _texts(node)
        elif isinstance(node, ast.keyword) and re.search("stat|outcome|certainty|use", node.arg or ""):
            yield from _texts(node.value)


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value
