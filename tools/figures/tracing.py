"""Which functions of ours one doing passes through: run as a script, in the tree that is measured, one doing a process.

    python tracing.py begin  TREE               the five first articles but one in the state folder DIWAN_VAR
    python tracing.py import TREE FILE          import and publish a page, and bring the index up to date
    python tracing.py page   TREE ADDRESS...    ask the addresses, tracing the last

It prints JSON: `functions` and `files` passed, `climbs` from one function to another, and beside these the climbs of
decorators (`wrapped`) and those to methods of a protocol (`promised`). It imports nothing of ours, so that a tree may
be measured that has no such script.
"""

from __future__ import annotations

import ast
import inspect
import io
import json
import logging
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

PACKAGES = ("archive", "search", "config")
OTHER = "<"  # begins the names of code that is no function: <module>, <listcomp>, <lambda>
Call = tuple[str, str]  # caller and called, each as `search.matching:match`


class CallTrace:
    """What was called while it ran; code is known by its file, its qualified name and its first line."""

    def __init__(self, tree: Path) -> None:
        self.tree = tree
        self.functions: set[str] = set()
        self.files: set[str] = set()
        self.calls: set[Call] = set()
        self.wrapped: set[Call] = set()
        self._places: dict[CodeType, str] = {}

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event != "call":
            return
        called = self._place(frame.f_code)
        if not called:
            return
        self.files.add(called.partition(":")[0])
        if _is_function(called):
            self.functions.add(called)
        # The caller of a generator, as the interpreter tells it, is who takes from it, not who made it.
        if frame.f_back and not frame.f_code.co_flags & inspect.CO_GENERATOR:
            self._call(frame.f_back, frame.f_code, called)

    def _call(self, calling: FrameType, code: CodeType, called: str) -> None:
        caller = self._place(calling.f_code)
        if not caller or caller.endswith(":<module>") or called.endswith(":<module>"):
            return
        self.calls.add((caller, called))
        # What a decorator makes has the function that it decorates among its free variables.
        held = (calling.f_locals.get(name) for name in calling.f_code.co_freevars)
        if _is_function(caller) and any(getattr(one, "__code__", None) is code for one in held):
            self.wrapped.add((caller, called))

    def _place(self, code: CodeType) -> str:
        """`search.matching:match`, or "" for code that is not ours."""
        if code not in self._places:
            path = Path(code.co_filename)
            ours = path.is_relative_to(self.tree) and path.relative_to(self.tree).parts[0] in PACKAGES
            module = _module(path, self.tree) if ours else ""
            is_class = not code.co_flags & inspect.CO_OPTIMIZED and code.co_name != "<module>"
            self._places[code] = f"{module}:{code.co_qualname}" if ours and not is_class else ""
        return self._places[code]


def _module(path: Path, tree: Path) -> str:
    return ".".join(path.relative_to(tree).with_suffix("").parts)


def _is_function(place: str) -> bool:
    return not place.replace(":", ".").rpartition(".")[2].startswith(OTHER)


def climbs(calls: set[Call], rooms: dict[str, set[str]]) -> list[Call]:
    """Calls from a room into one that it may not import."""
    found = []
    for caller, called in sorted(calls):
        own, other = room(caller, rooms), room(called, rooms)
        if own and other and own != other and other not in rooms[own]:
            found.append((caller, called))
    return found


def protocols(tree: Path) -> dict[str, set[str]]:
    """The methods that our protocols promise, with the modules of these: `{"search": {"search.engine.protocol"}}`."""
    found: dict[str, set[str]] = {}
    for path in (path for package in PACKAGES for path in (tree / package).rglob("*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "Protocol" in text else ():
            if isinstance(node, ast.ClassDef) and any("Protocol" in ast.unparse(base) for base in node.bases):
                for one in node.body:
                    if isinstance(one, ast.FunctionDef):
                        found.setdefault(one.name, set()).add(_module(path, tree))
    return found


def is_promised(call: Call, promises: dict[str, set[str]], rooms: dict[str, set[str]]) -> bool:
    """Whether what is called is a method that the caller knows by a protocol which it may import, or by Python's own.

    `search.answer.service:ask → search.engine.whoosh.backend:Backend.search` is, when a protocol of `search.engine` has
    a method `search`; and so is `Backend.__contains__`.
    """
    caller, called = call
    within, _, method = called.partition(":")[2].rpartition(".")
    if not within or within.endswith("<locals>"):
        return False
    may_import = {room(caller, rooms), *rooms[room(caller, rooms)]}
    is_pythons = method.startswith("__") and method.endswith("__")
    return is_pythons or any(room(module, rooms) in may_import for module in promises.get(method, ()))


def room(place: str, rooms: dict[str, set[str]]) -> str:
    """The room that a function is in: the longest that its module's name begins with."""
    module = place.partition(":")[0].removesuffix(".__init__")
    return max((one for one in rooms if module == one or module.startswith(f"{one}.")), key=len, default="")


def main(doing: str, tree: Path, *arguments: str) -> None:
    sys.path.insert(0, str(tree))
    rooms = runpy.run_path(str(tree / "tests/test_architecture.py"))["ROOMS"] if doing != "begin" else {}
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    trace = CallTrace(tree)
    {"begin": _begin, "import": _import, "page": _page}[doing](trace, *arguments)
    climbing, promises = climbs(trace.calls - trace.wrapped, rooms), protocols(tree)
    told = {
        "functions": sorted(trace.functions),
        "files": sorted(trace.files),
        "climbs": [call for call in climbing if not is_promised(call, promises, rooms)],
        "wrapped": climbs(trace.wrapped, rooms),
        "promised": [call for call in climbing if is_promised(call, promises, rooms)],
    }
    print(json.dumps(told))


def _begin(_trace: CallTrace, *files: str) -> None:
    from django.core.management import call_command

    quiet: Any = {"stdout": io.StringIO(), "stderr": io.StringIO()}
    call_command("migrate", verbosity=0, **quiet)
    call_command("load_authorities", **quiet)
    call_command("import_articles", *files, publish=True, **quiet)
    call_command("prepare", **quiet)
    call_command("collectstatic", interactive=False, verbosity=0, **quiet)


def _import(trace: CallTrace, *files: str) -> None:
    from django.core.management import call_command

    def take() -> None:
        call_command("import_articles", *files, publish=True, stdout=io.StringIO())
        call_command("sync_index", stdout=io.StringIO())

    _traced(trace, take)


def _page(trace: CallTrace, *addresses: str) -> None:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    for address in addresses[:-1]:
        client.get(address)
    _traced(trace, lambda: _sound(client.get(addresses[-1])))


def _sound(response: Any) -> None:
    if response.status_code != 200:
        raise SystemExit(f"The page has status {response.status_code}.")


def _traced(trace: CallTrace, do: Callable[[], None]) -> None:
    sys.setprofile(trace)
    try:
        do()
    finally:
        sys.setprofile(None)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main(sys.argv[1], Path(sys.argv[2]).resolve(), *sys.argv[3:])
