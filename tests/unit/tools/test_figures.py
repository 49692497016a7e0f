"""The figures of the house: what is counted, what is not, and which call climbs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.figures import source, tracing

ROOT = Path(__file__).resolve().parents[3]
ROOMS = {"archive": set[str](), "search.query": set[str](), "search": {"archive", "search.query"}}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A tree with one matcher, one parser, a migration and a test of the matcher alone."""
    files = {
        "search/__init__.py": "",
        "search/matching.py": "class Found:\n    def words(self):\n        return 1\n\n\nclass _Own: ...\n",
        "search/query/__init__.py": "",
        "search/query/parsing.py": "class Found: ...\n\n\ndef parse(typed):\n" + "    typed += 1\n" * 41,
        "search/management/commands/sync_index.py": "class Command: ...\n",
        "archive/management/commands/check_fixity.py": "class Command: ...\n",
        "archive/migrations/0001_initial.py": "x = 1\n",
        "tests/test_matching.py": 'from search.matching import Found\n\ncall_command("sync_index")\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_lines_are_those_of_wc_and_migrations_stand_apart(house: Path) -> None:
    assert source.lines(source.modules(house, ("search",))) == 6 + 45 + 1
    assert [module.name for module in source.modules(house, migrations=True)] == ["archive.migrations.0001_initial"]


def test_functions_are_measured_from_def_to_their_last_line(house: Path) -> None:
    found = source.functions(source.modules(house))
    assert [(one.name, one.lines) for one in found] == [("words", 2), ("parse", 42)]
    assert [one.name for one in source.too_long(found)] == ["parse"]
    assert source.median_length(found) == 22


def test_a_class_named_twice_is_told_with_its_places_but_no_command(house: Path) -> None:
    assert source.twice_named(source.modules(house)) == {"Found": ["search.matching", "search.query.parsing"]}


def test_modules_that_stand_in_no_room_are_loose(house: Path) -> None:
    assert source.loose(house, "search") == ["matching"]


def test_a_module_is_named_by_an_import_or_as_a_command(house: Path) -> None:
    unnamed = source.unnamed(source.modules(house), source.modules(house, ("tests",)))
    assert unnamed == ["archive.management.commands.check_fixity", "search.query.parsing"]


def test_the_longest_line_is_told_with_its_place(house: Path) -> None:
    assert source.longest_line(house / "search", "matching.py") == (20, "matching.py:2")
    assert source.longest_line(house / "nowhere", "*.css") == (0, "")


@pytest.mark.parametrize(
    ("caller", "called", "is_climb"),
    [
        ("search.matching:match", "search.query.parsing:parse", False),
        ("search.query.parsing:parse", "search.matching:match", True),
        ("search.matching:match", "search.matching:match", False),
        ("search.matching:match", "archive.interface:reader_language", False),
        ("archive.interface:reader_language", "search.query.parsing:parse", True),
        ("config.urls:f", "search.query.parsing:parse", False),
    ],
)
def test_a_call_climbs_where_an_import_would_be_forbidden(caller: str, called: str, is_climb: bool) -> None:
    assert bool(tracing.climbs({(caller, called)}, ROOMS)) is is_climb


@pytest.mark.parametrize(
    ("called", "is_promised"),
    [
        ("search.matching:Index.search", True),
        ("search.matching:Index.__contains__", True),
        ("search.matching:Index.close", False),
        ("search.matching:search", False),
        ("search.matching:kept.<locals>.search", False),
    ],
)
def test_a_method_that_a_protocol_below_promises_is_no_climb(tmp_path: Path, called: str, is_promised: bool) -> None:
    for name, method in {"search/query/engine.py": "search", "search/other.py": "close"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"class Engine(Protocol):\n    def {method}(self): ...\n", "utf-8")
    promises = tracing.protocols(tmp_path)
    assert promises == {"search": {"search.query.engine"}, "close": {"search.other"}}
    assert tracing.is_promised(("search.query.parsing:parse", called), promises, ROOMS) is is_promised


def test_a_trace_has_our_functions_alone_and_who_called_them(tmp_path: Path) -> None:
    names = {
        "search/matching.py": "def match(text, read):\n    return [read(word) for word in text.split()]\n",
        "search/query.py": (
            "def kept(read):\n    def asked(word):\n        return read(word)\n    return asked\n\n\n"
            "def read(word):\n    return ''.join(each(word))\n\n\ndef each(word):\n    yield from word\n"
        ),
        "elsewhere/library.py": "def other(word):\n    return word\n",
    }
    spaces: dict[str, dict[str, object]] = {name: {} for name in names}
    for name, text in names.items():
        exec(compile(text, str(tmp_path / name), "exec"), spaces[name])  # noqa: S102 - code of this test
    match, query = spaces["search/matching.py"]["match"], spaces["search/query.py"]
    trace = tracing.CallTrace(tmp_path)
    before = sys.getprofile()
    sys.setprofile(trace)
    try:
        match("خلف خلفوف", query["kept"](query["read"]))  # type: ignore[operator]
        spaces["elsewhere/library.py"]["other"]("قطر")  # type: ignore[operator]
    finally:
        sys.setprofile(before)
    asked = "search.query:kept.<locals>.asked"
    assert trace.files == {"search.matching", "search.query"}
    assert trace.functions == {
        "search.matching:match",
        "search.query:kept",
        "search.query:read",
        "search.query:each",
        asked,
    }
    assert trace.wrapped == {(asked, "search.query:read")}
    assert ("search.matching:match.<locals>.<listcomp>", asked) in trace.calls
    assert not [called for _caller, called in trace.calls if called == "search.query:each"]


def test_the_table_of_rooms_is_there_to_be_read() -> None:
    from tests.test_architecture import ROOMS as ROOMS_OF_THE_HOUSE

    assert set().union(*ROOMS_OF_THE_HOUSE.values()) <= set(ROOMS_OF_THE_HOUSE)
    assert len(source.modules(ROOT)) > 300
