"""Keeping stories true: articles that change are read, tied and put into their stories; or all of them anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from archive.articles.models import Article, ArticleQuerySet
from archive.authorities.revisions import present_revisions
from archive.database.turns import STORIES, take_turn
from archive.stories.clusters import ArticleTie, Decided, stories
from archive.stories.evidence import mutual, nearest, tie
from archive.stories.fingerprints import Held, ReadBefore, candidates, fingerprint, traits_of
from archive.stories.models import Decision, Fingerprint, Link
from archive.stories.traits import VERSION
from search.analysis.recalling import recalling

REACH = 400  # articles whose stories are worked out again when one changes; a larger web is cut there
BATCH = 20
Told = Callable[[int], object]


@transaction.atomic
def renew(articles: Iterable[Article]) -> None:
    """Read articles again and put them into the stories where they belong, one after the other.

    One that is not public leaves its story. Fingerprints are written together, as late as something asks for them. What
    was read to compare new ones with is kept for the next that come together.
    """
    take_turn(STORIES)
    keys = list(dict.fromkeys(article.pk for article in articles))
    rows = list(Fingerprint.objects.filter(pk__in=keys).values_list("pk", "story", "day"))
    old = {key: story for key, story, _day in rows}
    former = {key: _company(key, story) for key, story in old.items()}
    before = _kept.take() if len(keys) > 1 else ReadBefore()
    for key, _story, day in rows:
        before.discard(key, day)
    Fingerprint.objects.filter(pk__in=old).delete()
    bound = _joined(set(keys))
    public = _public().in_bulk(keys)
    with recalling(settings.SPELLINGS_DIR):
        fresh = {key: fingerprint(public[key], old.get(key)) for key in keys if key in public}
    held = Held(VERSION, fresh.values(), before)
    for key in keys:
        is_tied = key in fresh and tie_up(fresh[key], held)
        if is_tied or key in old or key in bound:
            held.write()
            settle({key, *former.get(key, ())})
    held.write()
    if len(keys) > 1:
        _kept.keep(before)


class _Kept:
    """What the last transaction of this process remembered; in the turn of stories one at a time has it."""

    def __init__(self) -> None:
        self._of: object = None  # the state of the database that it is true of
        self._remembered = ReadBefore()

    def take(self) -> ReadBefore:
        """What is true of the present state; whoever takes it changes it, so that it is true of no state until `keep`.

        Where the transaction comes to nothing, the state is not the one that was kept for either.
        """
        of, self._of = self._of, None
        return self._remembered if of is not None and of == _state() else ReadBefore()

    def keep(self, remembered: ReadBefore) -> None:
        remembered.prune()
        self._remembered, self._of = remembered, _state()


_kept: Final = _Kept()


def _state() -> object:
    """Another one after every change of fingerprints, or of the records that articles name; None where none is kept."""
    numbers = present_revisions()
    return (numbers["stories"], numbers.get("authorities")) if "stories" in numbers else None


def _company(key: int, story: int | None) -> set[int]:
    """The articles whose story is to be worked out again when one leaves it."""
    members = [] if story is None else Fingerprint.objects.filter(story=story).values_list("pk", flat=True)
    return {*members, *_tied({key})}


def tie_up(present: Fingerprint, held: Held) -> bool:
    """Compare a new fingerprint with the few that may be of its story and keep what ties them; whether one does."""
    mine = traits_of(present)
    held.meet(present, mine)
    others = held.read(candidates(present.pk, mine, held))
    found = {key: tied for key, other in others.items() if (tied := tie(mine, other))}
    best = nearest(mine, others)
    if best is not None and best not in found:
        back = held.read(candidates(best, others[best], held))
        if nearest(others[best], {**back, present.pk: mine}) == present.pk:
            found[best] = mutual(mine, others[best])
    links = []
    for key, tied in found.items():
        one, two = sorted((present.pk, key))
        told = {"kind": tied.kind, "strength": tied.strength, "shared": list(tied.shared)}
        links.append(Link(one_id=one, other_id=two, **told))
    if links:
        held.write()
        Link.objects.bulk_create(links, ignore_conflicts=True)
    return bool(links)


@transaction.atomic
def settle(articles: Iterable[int]) -> None:
    """Work out the stories of these articles, and of all that ties or decisions bind to them."""
    take_turn(STORIES)
    web = _web(set(articles))
    within = {"one__in": web, "other__in": web}
    rows = Fingerprint.objects.filter(pk__in=web).order_by().values_list("pk", "day", "story")
    days, held = {}, {}
    for key, day, story in rows:
        days[key], held[key] = day, story
    edges = [ArticleTie(*row) for row in Link.objects.filter(**within).values_list("one", "other", "kind", "strength")]
    decided = list(Decision.objects.filter(**within).values_list("one", "other", "together"))
    words = (frozenset((one, other) for one, other, joined in decided if joined is wanted) for wanted in (True, False))
    now = {article: group[0] for group in stories(days, edges, Decided(*words)) for article in group}
    moved: defaultdict[int | None, list[int]] = defaultdict(list)
    for key, story in held.items():
        if story != now.get(key):
            moved[now.get(key)].append(key)
    for story, members in moved.items():
        Fingerprint.objects.filter(pk__in=members).update(story=story, changed_at=timezone.now())


def _web(articles: set[int]) -> set[int]:
    """The articles that are bound to these by ties or by curators' joins, however far, up to `REACH`."""
    web, edge = set(articles), set(articles)
    while edge and len(web) < REACH:
        edge = (_tied(edge) | _joined(edge)) - web
        web |= edge
    return web


def _joined(articles: set[int]) -> set[int]:
    pairs = Decision.objects.filter(Q(one__in=articles) | Q(other__in=articles), together=True)
    return {end for pair in pairs.values_list("one", "other") for end in pair}


def _tied(articles: set[int]) -> set[int]:
    pairs = Link.objects.filter(Q(one__in=articles) | Q(other__in=articles)).values_list("one", "other")
    return {end for pair in pairs for end in pair}


def rebuild(*, missing: bool = False, told: Told = int) -> int:
    """Read every public article anew, or those alone that have no fingerprint of this version; give their number.

    Decisions stand. A few articles are a transaction of their own, so that the archive can be used meanwhile; what is
    stopped half way goes on with `missing`.
    """
    if not missing:
        Fingerprint.objects.update(version=0)
    keys = list(unread().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        renew(Article.objects.filter(pk__in=some).order_by("pk"))
        told(len(some))
    return len(keys)


def unread() -> ArticleQuerySet:
    """Public articles that were not read by the present rules yet: they stand in no story."""
    return _public().exclude(fingerprint__version=VERSION)


def _public() -> ArticleQuerySet:
    return Article.objects.published().prefetch_related("access_points__record", "access_points__mentions")
