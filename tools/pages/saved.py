"""Answers in a folder: `index.json` with requests, status and headers, and a file for each body as it was sent."""

from __future__ import annotations

import hashlib
import json
import mimetypes
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tools.pages.asking import Request, Response

Pages = dict[Request, Response]


def write(folder: Path, pages: Iterable[tuple[Request, Response]], archive: Path) -> int:
    """Save answers to requests about the archive in a state folder; how many."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, (request, answer) in enumerate(pages):
        suffix = mimetypes.guess_extension(answer.media_type) or ".txt"
        name = f"{number:03}-{request.who}-{hashlib.sha256(request.address.encode()).hexdigest()[:8]}{suffix}"
        (folder / name).write_bytes(answer.body)
        rows.append(request.plain() | {"status": answer.status, "headers": answer.headers, "body": name})
    index = {"archive": str(archive), "pages": rows}
    (folder / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1), "utf-8")
    return len(rows)


def read(folder: Path) -> Pages:
    """The saved answers in the order in which they were given."""
    return {
        Request.of({name: row[name] for name in ("who", "address", "method", "fields")}): Response(
            row["status"], tuple((name, value) for name, value in row["headers"]), (folder / row["body"]).read_bytes()
        )
        for row in _index(folder)["pages"]
    }


def archive_of(folder: Path) -> Path:
    """The state folder that the saved answers are about."""
    return Path(_index(folder)["archive"])


def _index(folder: Path) -> dict[str, Any]:
    index: dict[str, Any] = json.loads((folder / "index.json").read_text("utf-8"))
    return index
