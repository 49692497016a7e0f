"""Questions that took long: the last of them, for the status page. Kept is what was asked, not who asked.

Lines of one file beside the database, which all workers append to; whoever makes it too long leaves the last ones.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

KEPT: Final = 50
_LONGEST: Final = 300  # code points of an address: a line is then written in one go
_FULL: Final = 100_000  # bytes


@dataclass(frozen=True, slots=True)
class SlowQuestion:
    """`at` is in seconds since 1970; `address` the path with its parameters, cut."""

    at: float
    seconds: float
    address: str


class SlowMiddleware:
    """Notes the questions of the search that took longer than `DIWAN_SLOW_MS`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        took = time.monotonic() - began
        if took * 1000 >= settings.SLOW_MS and request.path.startswith(reverse("search")):
            note(SlowQuestion(time.time(), round(took, 3), request.get_full_path()[:_LONGEST]))
        return response


def note(question: SlowQuestion) -> None:
    """Remember a slow question; where there is no room for it, it is forgotten."""
    line = json.dumps(asdict(question)).encode() + b"\n"
    with contextlib.suppress(OSError), _place().open("ab") as file:
        file.write(line)
        if file.tell() > _FULL:
            last = _place().read_bytes().splitlines(keepends=True)[-KEPT:]
            beside = _place().with_suffix(f".{os.getpid()}")
            beside.write_bytes(b"".join(last))
            beside.replace(_place())


def slow_questions() -> list[SlowQuestion]:
    """The last ones, the latest first."""
    found = []
    with contextlib.suppress(OSError):
        for line in _place().read_bytes().splitlines()[-KEPT:]:
            with contextlib.suppress(ValueError, TypeError):  # a line that a full disk has cut
                found.append(SlowQuestion(**json.loads(line)))
    return found[::-1]


def _place() -> Path:
    return Path(settings.VAR_DIR) / "slow.jsonl"
