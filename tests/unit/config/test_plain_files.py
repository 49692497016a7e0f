"""Kept files hold plain values; one that somebody else laid there runs nothing."""

from __future__ import annotations

import os
import pickle
import zlib
from pathlib import Path
from typing import Any

import pytest

from config.plain_files import PlainFileCache

PAGE = (b"<p>a page", {"ETag": '"1"'})


@pytest.fixture
def cache(tmp_path: Path) -> PlainFileCache:
    return PlainFileCache(str(tmp_path / "kept"), {})


class Malicious:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.place),)


def test_what_was_kept_is_there_until_it_expires(cache: PlainFileCache) -> None:
    cache.set("page", PAGE, None)
    assert cache.get("page") == PAGE and cache.get("another", "nothing") == "nothing"
    assert cache.touch("page", -1) is True
    assert cache.get("page") is None and cache.touch("page") is False
    assert cache.add("page", 7) and not cache.add("page", 8)
    assert cache.incr("page") == 8


@pytest.mark.parametrize("where", ["value", "expiry"])
def test_a_file_that_names_a_function_is_refused(cache: PlainFileCache, tmp_path: Path, where: str) -> None:
    place = tmp_path / "made by a pickle"
    cache.set("page", PAGE, None)
    bad = pickle.dumps(Malicious(place))
    laid = bad if where == "expiry" else pickle.dumps(None) + zlib.compress(bad)
    Path(cache._key_to_file("page")).write_bytes(laid)
    with pytest.raises(pickle.UnpicklingError, match="mkdir"):
        cache.get("page")
    assert not place.exists()
