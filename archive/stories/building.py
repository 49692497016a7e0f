"""Keeping stories true: an article that changes is read, tied and put into its story; or all of them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import Q

from archive.articles.models import Article, ArticleQuerySet
from archive.stories.clusters import ArticleTie, Decided, stories
from archive.stories.copies import bands
from archive.stories.evidence import mutual, nearest, tie
from archive.stories.fingerprints import candidates, fingerprint, traits_of
from archive.stories.models import Band, Decision, Fingerprint, Link
from archive.stories.traits import VERSION

REACH = 400  # articles whose stories are worked out again when one changes; a larger web is cut there
BATCH = 200
Told = Callable[[int], object]


@transaction.atomic
def renew(article: Article) -> None:
    """Read an article again and put it into the story where it belongs; one that is not public leaves its story."""
    old = Fingerprint.objects.filter(pk=article.pk).values_list("story", flat=True).first()
    members = [] if old is None else Fingerprint.objects.filter(story=old).values_list("pk", flat=True)
    former = {*members, *_tied({article.pk})}
    Fingerprint.objects.filter(pk=article.pk).delete()
    if article.is_public:
        present = fingerprint(_public().get(pk=article.pk), old)
        present.save(force_insert=True)
        Band.objects.bulk_create(Band(fingerprint=present, value=value) for value in bands(bytes(present.signature)))
        tie_up(present)
    settle(former | {article.pk})


def tie_up(held: Fingerprint) -> None:
    """Compare a new fingerprint with the few that may be of its story, and keep what ties them."""
    mine = traits_of(held)
    others = {other.pk: other for other in candidates(held)}
    read = {key: traits_of(other) for key, other in others.items()}
    found = {key: tied for key, other in read.items() if (tied := tie(mine, other))}
    best = nearest(mine, read)
    if best is not None and best not in found:
        back = {other.pk: traits_of(other) for other in candidates(others[best])}
        if nearest(read[best], {**back, held.pk: mine}) == held.pk:
            found[best] = mutual(mine, read[best])
    links = []
    for key, tied in found.items():
        one, two = sorted((held.pk, key))
        told = {"kind": tied.kind, "strength": tied.strength, "shared": list(tied.shared)}
        links.append(Link(one_id=one, other_id=two, **told))
    Link.objects.bulk_create(links, ignore_conflicts=True)


@transaction.atomic
def settle(articles: Iterable[int]) -> None:
    """Work out the stories of these articles, and of all that ties or decisions bind to them."""
    web = _web(set(articles))
    within = {"one__in": web, "other__in": web}
    held = Fingerprint.objects.in_bulk(web)
    edges = [ArticleTie(*row) for row in Link.objects.filter(**within).values_list("one", "other", "kind", "strength")]
    decided = list(Decision.objects.filter(**within).values_list("one", "other", "together"))
    words = (frozenset((one, other) for one, other, joined in decided if joined is wanted) for wanted in (True, False))
    found = stories({key: one.day for key, one in held.items()}, edges, Decided(*words))
    now = {article: group[0] for group in found for article in group}
    for one in held.values():
        if one.story != now.get(one.pk):
            one.story = now.get(one.pk)
            one.save(update_fields=["story", "changed_at"])


def _web(articles: set[int]) -> set[int]:
    """The articles that are bound to these by ties or by curators' joins, however far, up to `REACH`."""
    web, edge = set(articles), set(articles)
    while edge and len(web) < REACH:
        joined = Decision.objects.filter(Q(one__in=edge) | Q(other__in=edge), together=True)
        edge = (_tied(edge) | {end for pair in joined.values_list("one", "other") for end in pair}) - web
        web |= edge
    return web


def _tied(articles: set[int]) -> set[int]:
    pairs = Link.objects.filter(Q(one__in=articles) | Q(other__in=articles)).values_list("one", "other")
    return {end for pair in pairs for end in pair}


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
