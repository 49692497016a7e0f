"""What a change of many articles would change: how many, which values of facets with what counts, and examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy

from archive.articles.models import AccessPoint, Article, Certainty, Language
from archive.authorities.models import AuthorityRecord, Kind
from archive.curation.bulk import BulkDeed, How
from archive.curation.bulk_rows import Value, read_rows
from archive.states import LinkState

SHOWN: Final = 5  # examples
MOST_VALUES: Final = 8  # of one facet
FACETS: Final = {
    "all": gettext_lazy("articles that readers find"),
    "lang": gettext_lazy("language"),
    "certainty": gettext_lazy("date evidence"),
    "year": gettext_lazy("year"),
    **{kind.value: kind.label for kind in (Kind.SOURCE, Kind.COUNTRY, Kind.OFFICIAL, Kind.BODY)},
    "collection": gettext_lazy("collection"),
}


@dataclass(slots=True)
class BulkPreview:
    """Of `chosen` articles so many would change; `facets` tells what readers would count otherwise."""

    chosen: int
    changed: int = 0
    public: int = 0  # of those that change, as they are or as they will be
    facets: Counter[Value] = field(default_factory=Counter)
    examples: list[Article] = field(default_factory=list)


def preview(deed: BulkDeed, keys: list[int], how: How) -> BulkPreview:
    """Reads all of the articles, and writes nothing."""
    shown = BulkPreview(len(keys))
    examples: list[int] = []
    for row, after in deed.changed(read_rows(keys, with_text=deed.reads_text), how):
        shown.changed += 1
        shown.public += row.is_public or after.is_public
        shown.facets.update(after.values())
        shown.facets.subtract(row.values())
        examples += [row.key] if len(examples) < SHOWN else []
    shown.examples = list(Article.objects.outlined().filter(pk__in=examples).order_by("pk"))
    return shown


@dataclass(frozen=True, slots=True)
class FacetChange:
    facet: str
    facet_label: str
    value: str
    label: str
    before: int
    after: int


def facet_changes(shown: BulkPreview) -> Iterator[FacetChange]:
    """The counts that change, facet by facet, the greatest changes first and the least ones left out."""
    for facet in FACETS:
        changes = [(value, by) for value, by in shown.facets.items() if value[0] == facet and by]
        changes.sort(key=lambda change: (-abs(change[1]), str(change[0][1])))
        for (_facet, value), by in changes[:MOST_VALUES]:
            before = count(facet, value)
            yield FacetChange(facet, str(FACETS[facet]), str(value), _label(facet, value), before, before + by)


def left_out(shown: BulkPreview) -> int:
    """How many values change and are not listed."""
    values = Counter(facet for (facet, _value), by in shown.facets.items() if by)
    return sum(max(0, number - MOST_VALUES) for number in values.values())


def count(facet: str, value: str | int) -> int:
    """How many articles readers find under a value now."""
    held = Article.objects.published().order_by()
    if facet in (Kind.OFFICIAL, Kind.COUNTRY, Kind.BODY):
        links = AccessPoint.objects.filter(record=int(value)).exclude(state=LinkState.REJECTED).order_by()
        return int(links.filter(article__in=held).count())
    asked = {
        "lang": "language",
        "certainty": "date_certainty",
        "year": "dated_on__year",
        "source": "source",
        "collection": "collections__slug",
    }
    return int(held.filter(**({asked[facet]: value} if facet in asked else {})).count())


def _label(facet: str, value: str | int) -> str:
    if facet in Kind.values:
        return str(AuthorityRecord.objects.filter(pk=value).first() or value)
    if facet == "collection":
        field: Any = Article._meta.get_field("collections")
        return str(field.related_model.objects.get(slug=value))
    words = {**dict(Language.choices), **dict(Certainty.choices)}
    return str(words.get(str(value), value)) or gettext("all")
