"""What a list shows of an article beside its own columns, in one column of its row: its source and its records.

A card is written in the transaction that announces a change of the article, or of a record that it names. It names
records by their identifiers; labels and addresses are looked up when they are shown. An article from before there
were cards has none, and is read from its access points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from django.db import transaction

from archive.articles.models import AccessPoint, Article, Mention

AT_ONCE = 500
Place = tuple[str, int, int]  # the field of the text, start and end: code points


class CardLink(NamedTuple):
    """A record that no curator rejected, and the places where it was recognised, in the order of recognition."""

    kind: str
    slug: str
    places: Sequence[Place]


class ArticleCard(NamedTuple):
    """The slug of the source, "" for none, and the records in the order of their access points."""

    source: str
    links: Sequence[CardLink]


def card(article: Article) -> ArticleCard:
    """The card of an article, from its row where there is one."""
    return card_of(article.pk, article.card)


def card_of(key: int, held: list[Any] | None) -> ArticleCard:
    """The card of the article with this key, from the column of its row, which may be empty."""
    held = held if held is not None else _made([key])[key]
    return ArticleCard(held[0], [CardLink(*link) for link in held[1]])


def write_of(articles: Sequence[Article]) -> None:
    """Write the cards of articles at hand, for a transaction of their change."""
    made = _made([article.pk for article in articles])
    held = [article for article in articles if article.pk in made]
    for article in held:
        article.card = made[article.pk]
    Article.objects.bulk_update(held, ["card"], batch_size=AT_ONCE)


def write(keys: Iterable[int]) -> int:
    """Write the cards of these articles where they changed; how many did. For a transaction of their change."""
    changed, every = 0, list(dict.fromkeys(keys))
    for start in range(0, len(every), AT_ONCE):
        made = _made(every[start : start + AT_ONCE])
        held = Article.objects.filter(pk__in=made).only("pk", "card").order_by("pk")
        differing = [article for article in held if article.card != made[article.pk]]
        for article in differing:
            article.card = made[article.pk]
        Article.objects.bulk_update(differing, ["card"])
        changed += len(differing)
    return changed


def rewrite(*, missing: bool = False, told: Callable[[int], object] = int) -> int:
    """Make the cards of public articles anew, or only those that there are not; how many were not as they should be."""
    public = Article.objects.published()
    keys = list((public.filter(card__isnull=True) if missing else public).order_by("pk").values_list("pk", flat=True))
    changed = 0
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        with transaction.atomic():
            list(Article.objects.select_for_update().filter(pk__in=part).order_by("pk").values_list("pk"))
            changed += write(part)  # of what nobody changes meanwhile
        told(len(part))
    return changed


def _made(keys: Sequence[int]) -> dict[int, list[Any]]:
    """What the cards of these articles should be, as JSON gives it back; three queries."""
    places: defaultdict[int, list[list[object]]] = defaultdict(list)
    mentions = Mention.objects.filter(access_point__article__in=keys).order_by("field", "start", "pk")
    for point, *place in mentions.values_list("access_point", "field", "start", "end"):
        places[point].append(place)
    links: defaultdict[int, list[list[object]]] = defaultdict(list)
    points = AccessPoint.objects.filter(article__in=keys).exclude(state=AccessPoint.State.REJECTED).order_by("pk")
    for point, article, kind, slug in points.values_list("pk", "article", "record__kind", "record__slug"):
        links[article].append([kind, slug, places[point]])
    sources = Article.objects.filter(pk__in=keys).order_by().values_list("pk", "source__slug")
    return {key: [source or "", links[key]] for key, source in sources}
