"""What narrows a question beside its words, and whether one article has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.articles.models import Article
from archive.authorities.directory import Directory
from archive.pages.interface import reader_language
from search.documents.fields import facet_values
from search.geography.regions import countries_of
from search.labels import FACET_TITLES, value_labels, without
from search.request import FACETS, SearchRequest


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice in words: `title` of the facet, the values `told`; `met` where the article is among what it leaves."""

    facet: str
    title: str
    told: tuple[str, ...]
    met: bool


def choices(asked: SearchRequest, article: Article, names: Directory) -> Iterator[Choice]:
    """The choices of a question: any of the chosen values of a facet is enough, every excluded one must be missing."""
    held = facet_values(article)
    for facet in FACETS:
        label, title = value_labels(facet, names, reader_language()), str(FACET_TITLES[facet])
        if chosen := asked.chosen(facet):
            told = tuple(label(value) for value in chosen)
            yield Choice(facet, title, told, any(_has(held[facet], facet, value) for value in chosen))
        for value in asked.left_out(facet):
            yield Choice(facet, title, (without(label(value)),), not _has(held[facet], facet, value))


def _has(held: frozenset[str], facet: str, value: str) -> bool:
    """A month may be asked without its year: `10` is October of every year. A region is any of its countries."""
    if facet == "country":
        return not held.isdisjoint(countries_of([value]))
    return value in held or (facet == "month" and any(month[-2:] == value for month in held))
