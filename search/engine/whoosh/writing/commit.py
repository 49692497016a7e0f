"""A commit that vouches for its files: segments to disk, then the manifest, then the table of contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import RamStorage

from search.engine.whoosh.files import manifest, posting_lists_file


def commit(
    storage: Any, name: str, schema: Any, segments: Sequence[Any], generation: int, fresh: Iterable[Any]
) -> None:
    """Make a list of segments the state of the index.

    `fresh` are the segments that were just written; for every other one an earlier commit vouched, or
    ManifestUnreadable is raised.
    """
    folder = Path(storage.folder)
    toc = whoosh_index.TOC._filename(name, generation)
    waiting = folder / f"{toc}.fresh"
    manifest.put(waiting, _contents(name, schema, segments, generation))
    known = manifest.read(folder) if (folder / manifest.MANIFEST).exists() else {}
    entries = {file: entry for file, entry in known.items() if (folder / file).exists()}
    entries |= {file: manifest.describe(folder / file) for file in _files(fresh)}
    if strange := [file for file in _files(segments) if file not in entries]:
        raise manifest.ManifestUnreadable(f"no commit vouched for {', '.join(strange)}")
    manifest.write(folder, {**entries, toc: manifest.describe(waiting)})
    waiting.replace(folder / toc)
    manifest.sync_folder(folder)
    whoosh_index.clean_files(storage, name, generation, segments)


def _files(segments: Iterable[Any]) -> list[str]:
    """What a commit vouches for of each segment."""
    return [one.make_filename(kind) for one in segments for kind in (".seg", posting_lists_file.EXTENSION)]


def _contents(name: str, schema: Any, segments: Sequence[Any], generation: int) -> bytes:
    """The bytes of a table of contents, as Whoosh writes it."""
    memory = RamStorage()
    whoosh_index.TOC(schema, segments, generation).write(memory, name)
    (content,) = memory.files.values()
    return bytes(content)
