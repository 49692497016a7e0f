"""Every value of one facet under a question: found by any form of a name, by count, by alphabet or by post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from archive.articles.citing.cited import LANGUAGES
from archive.articles.citing.styles import COMMA
from archive.authorities.directory import Directory, Office
from archive.pages.interface import reader_language
from archive.pages.shown import partial_date
from search.analysis.collation import Key, collation_key
from search.answer.facets import BY_TIME, archive_counts, counts_of, facet, facets, listing
from search.answer.service import ask
from search.labels import RECORD_FACETS, value_labels
from search.question.address import url
from search.request import FACETS, SearchRequest
from search.results import Facet, FacetValue
from search.suggest.name_index import BY_SOUND, joined
from search.suggest.suggestion import name_index

LISTED: Final = tuple(name for name in FACETS if name not in BY_TIME)
PER_PAGE: Final = 60
COUNT, NAME, POST = "count", "name", "post"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a reader asks of the page of a facet: which question, which values, in which order, and which part.

    `find` is any form of a name, in any script; `by` is `count`, `name` or, for officials, `post`.
    """

    request: SearchRequest
    facet: str
    find: str = ""
    by: str = COUNT
    part: int = 1

    @property
    def orders(self) -> tuple[str, ...]:
        return (COUNT, NAME, POST) if self.facet == "official" else (COUNT, NAME)

    @property
    def own(self) -> list[tuple[str, str]]:
        """The parameters that only this page knows."""
        pairs = [("find", self.find)] if self.find else []
        pairs += [("by", self.by)] if self.by != COUNT else []
        return pairs + ([("part", str(self.part))] if self.part > 1 else [])

    def address(self, request: SearchRequest | None = None) -> str:
        """Where this list is, for this or another question."""
        return listing(request or self.request, self.facet, self.own)


@dataclass(frozen=True, slots=True)
class ListedValue:
    """One value; `note` tells which it is. `again`: it stands further up with its choice boxes."""

    value: FacetValue
    note: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class ListedGroup:
    """Rows under one heading: a state with a post, or no heading."""

    rows: tuple[ListedValue, ...]
    state: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """The part of a list that is shown, and every choice of the question; `values` counts all values of the list."""

    facet: Facet
    chosen: tuple[tuple[Facet, FacetValue], ...]
    groups: tuple[ListedGroup, ...]
    values: int
    total: int
    archive_total: int
    refused: bool

    @property
    def shown(self) -> frozenset[str]:
        return frozenset(row.value.value for group in self.groups for row in group.rows)


def listed(asked: Listing) -> Listed:
    """The values of a facet with their counts; SearchUnavailable when the index cannot answer."""
    answered = ask(asked.request)
    answer, names = answered.answer, answered.names
    archive = archive_counts(answer.generation).get(asked.facet, {})
    counts = {value: n for value, n in counts_of(answer, asked.facet).items() if n}
    every = facets(asked.request, answer, names, asked.address)
    found = _found(asked, names, archive) if asked.find else {}
    if asked.find:  # a name that the archive knows is shown though no article of this question has it
        counts = {value: counts.get(value, 0) for value in found}
    made = facet(asked.request, asked.facet, counts, archive, names, asked.address)
    values = [value for value in made.values if not asked.find or value.value in found]
    groups = list(_groups(asked, values, found, names))
    return Listed(
        facet=made,
        chosen=tuple((one, value) for one in every for value in one.chosen),
        groups=tuple(_part(groups, asked.part)),
        values=sum(len(group.rows) for group in groups),
        total=answer.total,
        archive_total=answer.archive_total,
        refused=answered.understood.parsed.refused,
    )


def _found(asked: Listing, names: Directory, archive: Mapping[str, int]) -> dict[str, bool]:
    """The values of the archive that are called so, each with whether only by its sound.

    `Khalafov`, «خلف اف», «خلفوف» → khalaf-khalafov.
    """
    if asked.facet in RECORD_FACETS:
        known = name_index(names).find(asked.find).items()
        called = {key[1]: quality == BY_SOUND for key, (quality, _form) in known if key[0] == asked.facet}
        return {value: by_sound for value, by_sound in called.items() if value in archive}
    letters = joined(asked.find)
    return {value: False for value in archive if letters and letters in _called(asked.facet, value, names)}


def _called(name: str, value: str, names: Directory) -> str:
    """What a value that is no record is called in the three languages, folded."""
    called = []
    for language in LANGUAGES:
        with translation.override(language):
            called.append(joined(value_labels(name, names, language)(value)))
    return " ".join(called)


def _groups(
    asked: Listing, values: list[FacetValue], found: Mapping[str, bool], names: Directory
) -> Iterator[ListedGroup]:
    if asked.by == POST and POST in asked.orders:
        yield from _by_post(values, names)
    elif values:
        language = reader_language()
        if asked.by == NAME:
            values = sorted(values, key=lambda value: collation_key(value.label, language))
        rows = sorted(values, key=lambda value: found.get(value.value, False))
        yield ListedGroup(tuple(ListedValue(value, value.note) for value in rows))


def _by_post(values: Iterable[FacetValue], names: Directory) -> Iterator[ListedGroup]:
    """Officials under the states and bodies whose posts they held, in alphabetical order, and there by time.

    Who held several posts stands under each, the first time with the choice boxes; who has none on file comes last.
    """
    language = reader_language()
    held: dict[tuple[Key, Key], dict[str, tuple[FacetValue, list[Office]]]] = {}
    rest: list[FacetValue] = []
    for value in values:
        offices = names.offices.get(value.value, ())
        for office in offices:
            state = names.label(office.kind, office.state, language) if office.state else ""
            key = (collation_key(state, language), collation_key(office.title(language), language))
            held.setdefault(key, {}).setdefault(value.value, (value, []))[1].append(office)
        rest += () if offices else (value,)
    seen: set[str] = set()
    for state_key, post_key in sorted(held):
        holders = sorted(held[state_key, post_key].values(), key=lambda holder: holder[1][0].since)
        rows = tuple(ListedValue(value, _terms(offices), value.value in seen) for value, offices in holders)
        seen |= {row.value.value for row in rows}
        yield ListedGroup(rows, state_key[-1], post_key[-1])
    if rest:
        yield ListedGroup(tuple(ListedValue(value) for value in rest), gettext("No post on file"))


def _terms(offices: Iterable[Office]) -> str:
    return COMMA[reader_language()].join(term for term in map(_term, offices) if term)


def _term(office: Office) -> str:
    """When somebody held a post, as far as it is known: «April 2004 – 16 July 2020», «attested on …», or nothing."""
    start, end = partial_date(office.start), partial_date(office.end)
    term = f"{start or '…'} – {end or '…'}" if start or end else ""
    is_open = office.attested_on and not office.end
    attested = f"{gettext('attested on')} {partial_date(office.attested_on)}" if is_open else ""
    return " ".join(part for part in (term, attested) if part)


def _part(groups: Iterable[ListedGroup], part: int) -> Iterator[ListedGroup]:
    """The rows of one part, each group with its heading."""
    skipped, room = (part - 1) * PER_PAGE, PER_PAGE
    for group in groups:
        rows = group.rows[skipped : skipped + room]
        skipped = max(0, skipped - len(group.rows))
        if rows:
            room -= len(rows)
            yield replace(group, rows=rows)
        if room < 1:
            return


def shown_addresses(asked: Listing) -> dict[str, str]:
    """The results of the question, and this page without any choice."""
    return {"results": url(asked.request), "clear": asked.address(asked.request.without_filters())}
