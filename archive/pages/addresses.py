"""The paths of pages, which one page of results asks for a hundred times."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse


def path_to(name: str, argument: str) -> str:
    """The path of a named page with one argument: `articles:detail`, `3d43f546d925`."""
    return _path_to(name, argument, get_script_prefix())


@lru_cache(4096)
def _path_to(name: str, argument: str, _prefix: str) -> str:
    return reverse(name, args=[argument])
