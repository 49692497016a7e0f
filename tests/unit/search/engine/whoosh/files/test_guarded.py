"""A file of the index that names a function is read by nobody, and its function is not called."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.engine.protocol import SearchUnavailable
from search.engine.whoosh.files import guarded, manifest
from search.engine.whoosh.files.trust import Trust
from tests.unit.search.engine.whoosh.files.test_trust import folder, trust

__all__ = ["trust"]


class Malicious:
    """Makes a folder when it is unpickled."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.place),)


# Whoosh leaves a table of contents open that it cannot read.
@pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning")
def test_a_table_of_contents_that_names_a_function_is_refused_by_who_reads_it(trust: Trust, tmp_path: Path) -> None:
    place = tmp_path / "made by a pickle"
    storage = FileStorage(str(folder(trust)))
    held = TOC.read(storage, "MAIN", 1, trust.schema())
    (folder(trust) / "_MAIN_1.toc").unlink()
    TOC(held.schema, [Malicious(place)], 1).write(storage, "MAIN")
    commit = trust._look()
    with pytest.raises(manifest.ManifestUnreadable, match=r"names posix\.mkdir"):
        trust.segments(commit)
    with pytest.raises(SearchUnavailable):
        Trust(trust.folders, trust.wanted, trust.schema).commit()
    assert not place.exists()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol_is_guarded(tmp_path: Path, protocol: int) -> None:
    place = tmp_path / "made by a pickle"
    (tmp_path / "file").write_bytes(pickle.dumps(Malicious(place), protocol))
    file = FileStorage(str(tmp_path)).open_file("file")
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        file.read_pickle()
    file.close()
    assert not place.exists()


def test_what_whoosh_writes_itself_is_read(trust: Trust) -> None:
    assert trust.segments(trust.commit()) and ("whoosh.codec.whoosh3", "W3Segment") in guarded.NAMED
