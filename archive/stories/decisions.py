"""What a curator does to stories: join reports, or part them; remembered, and never undone by a computation."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from archive.stories.building import settle
from archive.stories.models import Decision, Fingerprint

Curator = User | None


@transaction.atomic
def join(articles: Iterable[int], *, by: Curator = None) -> int:
    """Say that these articles, by their keys, are one story; each is joined to the first. The number of pairs."""
    first, *others = sorted(set(articles))
    _decide([(first, other) for other in others], together=True, by=by)
    # What was parted before and is joined now is no longer apart.
    parted = Decision.objects.filter(one__in=[first, *others], other__in=[first, *others], together=False)
    pairs = list(parted.values_list("one", "other"))
    _decide(pairs, together=True, by=by)
    settle([first, *others])
    return len(others)


@transaction.atomic
def part(articles: Iterable[int], *, by: Curator = None) -> int:
    """Say that each of these articles is of another story than all that share its story now. The number of pairs."""
    chosen = set(articles)
    held = Fingerprint.objects.filter(pk__in=chosen, story__isnull=False)
    pairs = set()
    touched = set(chosen)
    for one in held:
        members = set(Fingerprint.objects.filter(story=one.story).values_list("pk", flat=True))
        touched |= members
        pairs |= {(min(one.pk, other), max(one.pk, other)) for other in members - {one.pk}}
    _decide(sorted(pairs), together=False, by=by)
    settle(touched)
    return len(pairs)


@transaction.atomic
def take_back(decisions: Iterable[Decision]) -> None:
    """Forget decisions: the articles are again judged by what ties them."""
    held = list(decisions)
    Decision.objects.filter(pk__in=[one.pk for one in held]).delete()
    settle({end for one in held for end in (one.one_id, one.other_id)})


def _decide(pairs: Iterable[tuple[int, int]], *, together: bool, by: Curator) -> None:
    for one, other in pairs:
        Decision.objects.update_or_create(one_id=one, other_id=other, defaults={"together": together, "by": by})
