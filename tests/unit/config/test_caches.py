"""Caches hold bytes and whole numbers; a file that somebody else laid there runs nothing."""

from __future__ import annotations

import os
import pickle
import zlib
from pathlib import Path
from typing import Any

import pytest

from config.caches import EXPIRY, NEVER, PlainFileCache

PAGE = b'{"ETag": "1"}\n<p>a page'


@pytest.fixture
def cache(tmp_path: Path) -> PlainFileCache:
    return PlainFileCache(str(tmp_path / "kept"), {"OPTIONS": {"MAX_ENTRIES": 3}})


class Malicious:
    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.place),)


def test_what_was_kept_is_there_until_it_expires(cache: PlainFileCache) -> None:
    cache.set("page", PAGE, None)
    assert cache.get("page") == PAGE and cache.get("another", "nothing") == "nothing"
    cache.set("page", PAGE, -1)
    assert cache.get("page") is None and not cache.has_key("page")
    assert cache.add("page", 7) and not cache.add("page", 8)
    assert cache.incr("page") == 8


def test_objects_are_not_kept(cache: PlainFileCache) -> None:
    with pytest.raises(TypeError, match="bytes and whole numbers, not dict"):
        cache.set("page", {"ETag": "1"})
    assert cache.get("page") is None


def test_when_it_is_full_what_was_asked_for_longest_ago_goes(cache: PlainFileCache) -> None:
    for age, key in enumerate(("first", "second", "third")):
        cache.set(key, PAGE, None)
        os.utime(cache._key_to_file(key, None), (age, age))
    assert cache.get("first") == PAGE
    cache.set("fourth", PAGE, None)
    assert cache.get("first") == PAGE and cache.get("second") is None


@pytest.mark.parametrize("where", ["value", "whole"])
def test_a_file_that_names_a_function_is_thrown_away(cache: PlainFileCache, tmp_path: Path, where: str) -> None:
    place = tmp_path / "made by a pickle"
    cache.set("page", PAGE, None)
    bad = pickle.dumps(Malicious(place))
    laid = EXPIRY.pack(NEVER) + zlib.compress(bad) if where == "value" else pickle.dumps(None) + zlib.compress(bad)
    file = Path(cache._key_to_file("page", None))
    file.write_bytes(laid)
    assert cache.get("page") is None and not place.exists()
