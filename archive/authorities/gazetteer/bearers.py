"""Officials by role and state, with the keys of their names: who may be meant beside a title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive.authorities.gazetteer.types import NameForm, Post
from search.analysis import name_keys


class Bearer(NamedTuple):
    """An official by the keys of the first and the last word of the Latin form."""

    form: NameForm
    first: frozenset[str]
    last: frozenset[str]


def bearers_by_state(
    forms: Mapping[str, NameForm], posts: Mapping[str, Sequence[Post]]
) -> dict[tuple[str, str], list[Bearer]]:
    """Index the officials by role and state; `forms` are their Latin forms by slug, of two words or more."""
    bearers: dict[tuple[str, str], list[Bearer]] = {}
    for slug, form in forms.items():
        words = form.text.replace("-", " ").split()
        first, last = name_keys(words[0]), name_keys(words[-1])
        for post in posts.get(slug, ()) if len(words) > 1 and first and last else ():
            bearers.setdefault((post.role, post.country or post.body), []).append(Bearer(form, first, last))
    return bearers
