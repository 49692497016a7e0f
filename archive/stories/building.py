"""Keeping stories true: an article that changes is read, tied and put into its story; or all of them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from archive.articles.models import Article
from archive.articles.querysets import ArticleQuerySet
from archive.stories.candidates import candidates
from archive.stories.clusters import Decided, Edge, Pair, stories
from archive.stories.copies import bands
from archive.stories.evidence import tie
from archive.stories.models import Band, Decision, Fingerprint, Link
from archive.stories.reports import fingerprint, traits_of
from archive.stories.traits import VERSION

REACH = 400  # articles whose stories are worked out again when one changes; a larger web is cut there
BATCH = 200
Told = Callable[[int], object]


@transaction.atomic
def renew(article: Article) -> None:
    """Read an article again and put it into the story where it belongs; one that is not public leaves its story."""
    old = Fingerprint.objects.filter(pk=article.pk).values_list("story", flat=True).first()
    former = set(_members(old)) | _tied({article.pk})
    Fingerprint.objects.filter(pk=article.pk).delete()
    if article.is_public:
        _take_in(_public().get(pk=article.pk), old)
    settle(former | {article.pk})


def _take_in(article: Article, story: int | None) -> None:
    held = fingerprint(article, story)
    held.save(force_insert=True)
    Band.objects.bulk_create(Band(fingerprint=held, value=value) for value in bands(bytes(held.signature)))
    tie_up(held)


def tie_up(held: Fingerprint) -> None:
    """Compare a new fingerprint with the few that may be of its story, and keep what ties them."""
    mine = traits_of(held)
    links = []
    for other in candidates(held):
        found = tie(mine, traits_of(other))
        if found:
            one, two = sorted((held.pk, other.pk))
            links.append(
                Link(one_id=one, other_id=two, kind=found.kind, strength=found.strength, shared=list(found.shared))
            )
    Link.objects.bulk_create(links, ignore_conflicts=True)


@transaction.atomic
def settle(articles: Iterable[int]) -> None:
    """Work out the stories of these articles, and of all that ties or decisions bind to them."""
    web = _web(set(articles))
    held = Fingerprint.objects.in_bulk(web)
    edges = [
        Edge(*row)
        for row in Link.objects.filter(one__in=web, other__in=web).values_list("one", "other", "kind", "strength")
    ]
    found = stories({key: one.day for key, one in held.items()}, edges, _decided(web))
    now = {article: group[0] for group in found for article in group}
    for one in held.values():
        if one.story != now.get(one.pk):
            one.story = now.get(one.pk)
            one.save(update_fields=["story", "changed_at"])


def _web(articles: set[int]) -> set[int]:
    """The articles that are bound to these, however far, up to `REACH`."""
    web, edge = set(articles), set(articles)
    while edge and len(web) < REACH:
        edge = (_tied(edge) | _bound(edge)) - web
        web |= edge
    return web


def _tied(articles: set[int]) -> set[int]:
    return _ends(Link.objects.filter(Q(one__in=articles) | Q(other__in=articles)).values_list("one", "other"))


def _bound(articles: set[int]) -> set[int]:
    joined = Decision.objects.filter(Q(one__in=articles) | Q(other__in=articles), together=True)
    return _ends(joined.values_list("one", "other"))


def _ends(pairs: Iterable[Pair]) -> set[int]:
    return {end for pair in pairs for end in pair}


def _members(story: int | None) -> Iterator[int]:
    if story is not None:
        yield from Fingerprint.objects.filter(story=story).values_list("pk", flat=True)


def _decided(articles: set[int]) -> Decided:
    rows = Decision.objects.filter(one__in=articles, other__in=articles).values_list("one", "other", "together")
    held = list(rows)
    return Decided(
        frozenset((one, other) for one, other, together in held if together),
        frozenset((one, other) for one, other, together in held if not together),
    )


def rebuild(*, missing: bool = False, told: Told = int) -> int:
    """Read every public article anew, or those alone that have no fingerprint of this version; give their number.

    Decisions stand. Each article is a transaction of its own, so that the archive can be used meanwhile; what is
    stopped half way goes on with `missing`.
    """
    if not missing:
        Fingerprint.objects.update(version=0)
    keys = list(unread().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        for article in _public().filter(pk__in=keys[start : start + BATCH]):
            renew(article)
            told(1)
    return len(keys)


def unread() -> ArticleQuerySet:
    """Public articles that were not read by the present rules yet: they stand in no story."""
    return _public().exclude(fingerprint__version=VERSION)


def _public() -> ArticleQuerySet:
    return Article.objects.published().prefetch_related("access_points__record", "access_points__mentions")
