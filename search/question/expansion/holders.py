"""Who held a post when: the articles that a post reaches through the officials who are on file for it.

An article counts when its official is linked and its own date lies in the time of the post. A post without dates adds
nothing here: then only a text that names the post, or the official by this title, is found (`search.documents.posts`).
"""

from __future__ import annotations

from collections.abc import Iterator

from archive.authorities.directory import Directory, Holder
from archive.authorities.recognition.posts import title_of_role
from search.documents.posts import PostSpan
from search.question.expansion.fields import OPEN, days
from search.results import Expansion
from search.tree import And, Days, Linked, Node

LANGUAGES = ("ar", "fa", "en")
TOLD = 12  # forms, those of the post first


def also_held(role: str, state: str, names: Directory) -> Iterator[Node]:
    """The articles on each official who held the post, of the days in which it was held."""
    for holder in names.holders(role, state):
        time = held_time(holder)
        if time is not None:
            yield And((Linked("official", holder.slug), time))


def held_time(holder: Holder) -> Days | None:
    """The days in which a post is known to be held; None when no date is known.

    A partial date counts whole: from `2020-07` is from July 1st, until `2020-07` is until July 31st. A post that is
    only attested is known for that day, month or year and no longer; one that began before, until the attested day, of
    a month or year until its first day. Otherwise one open end is open.
    """
    start, end, attested = days(holder.start), days(holder.end), days(holder.attested_on)
    if start and attested and not end:
        return Days(start.low, max(attested.low, start.high))
    if start or end:
        return Days(start.low if start else 1, end.high if end else OPEN)
    return attested


def told(post: PostSpan, typed: str, names: Directory, language: str) -> Expansion:
    """What readers are told: the post in three languages, then the officials whose time is known, the latest first.

    How many have no dates on file, and so are not searched for, is told, too.
    """
    labels = {lang: f"{title_of_role(post.role, lang)} · {names.label(*post.state[2:], lang)}" for lang in LANGUAGES}
    holders = names.holders(post.role, post.state.slug)
    times = [(time.low, holder.slug) for holder in holders if (time := held_time(holder))]
    officials = [names.label("official", slug, language) for _low, slug in sorted(times, reverse=True)]
    forms = tuple(dict.fromkeys((*labels.values(), *officials)))[:TOLD]
    undated = len({holder.slug for holder in holders} - {slug for _low, slug in times})
    return Expansion(typed, "post", post.identifier, labels.get(language, labels["en"]), forms, undated)
