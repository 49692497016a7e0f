"""Compares the titles of one text with the posts of officials: does the title beside a name belong to this official?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from archive.authorities.gazetteer.types import GazetteerPost
from archive.authorities.recognition.posts import GENERAL_ROLES, OTHER, PostReader

# Offices by which a namesake is known; with a state behind them they may be the next person's.
_OFFICES_OF_ONE = frozenset(("defence_minister", "interior_minister"))


class Fit(IntEnum):
    """How well a title beside a name fits an official."""

    NONE = 0
    GENERAL = 1  # الوزير بيراموف: any minister's
    EXACT = 2  # وزير الخارجية بيراموف


class Holders:
    """Who may bear the titles of a text."""

    def __init__(self, reader: PostReader, posts: Mapping[str, Sequence[GazetteerPost]]) -> None:
        self._reader, self._posts = reader, posts
        self._titles = {(title.role.role, _whole(title.state.slug)) for title in reader.titles()}
        self._roles = {role.role for role in reader.roles}

    def fit(self, first: int, last: int, slug: str) -> Fit:
        """Say how a title beside the name fits: it is one that the official held, for the state named with it."""
        best = Fit.NONE
        for role, state in self._reader.roles_beside(first, last):
            for post in self._posts.get(slug, ()):
                if state is not None and _whole(state.slug) not in (post.country, post.body):
                    continue
                if post.role == role.role:
                    best = max(best, Fit.EXACT if state or role.role not in GENERAL_ROLES else Fit.GENERAL)
                elif post.role in GENERAL_ROLES.get(role.role, ()):
                    best = max(best, Fit.EXACT if state else Fit.GENERAL)
        return best

    def is_of_named_state(self, slug: str) -> bool:
        """Say whether the text names a state or body that the official served."""
        return any((post.country or post.body) in self._reader.named for post in self._posts.get(slug, ()))

    def is_titled(self, slug: str) -> bool:
        """Say whether the text gives a post of the official with its state, wherever: `وزير الخارجية الروسي`."""
        return any(
            (role, post.country or post.body) in self._titles
            for post in self._posts.get(slug, ())
            for role in (post.role, *(general for general, held in GENERAL_ROLES.items() if post.role in held))
        )

    def is_titled_without_state(self, slug: str) -> bool:
        """Say whether the text gives a post of the official, and with no state."""
        stated = {role for role, _ in self._titles}
        return any(
            post.role in self._roles and post.role not in stated and post.role not in ("minister", "leader")
            for post in self._posts.get(slug, ())
        )

    def countries(self, slug: str) -> frozenset[str]:
        return frozenset(post.country for post in self._posts.get(slug, ()) if post.country)

    def is_king(self, slug: str) -> bool:
        return any(post.role == "king" for post in self._posts.get(slug, ()))

    def has_another_post(self, first: int, last: int, slugs: Sequence[str]) -> bool:
        """Say whether the title beside a name is an office that none of these officials held."""
        if self._reader.follows_other_post(first):
            return True
        beside = [role.role for role, state in self._reader.roles_beside(first, last) if state is None]
        held = {post.role for slug in slugs for post in self._posts.get(slug, ())}
        return any(role == OTHER or (role in _OFFICES_OF_ONE and role not in held) for role in beside)


def _whole(slug: str) -> str:
    """The body whose post it is: the president of the Commission is the Union's."""
    return "eu" if slug == "european-commission" else slug
