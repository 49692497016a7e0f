"""What a reader asks of the archive: a frozen value that makes every state of the results page a URL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce
from urllib.parse import urlencode

FACETS = ("year", "month", "country", "official", "body", "meeting", "collection", "lang", "source", "evidence")
NOT = "not-"  # before the name of a facet in an address: values to leave out
SORTS = ("relevance", "newest", "oldest", "source")
SIZES = (10, 20, 50, 100)  # reports on a page that readers may choose
ARRIVED = "arrived"  # the order in which articles came into the archive, for feeds and programs
UNDATED = "undated"
UNKNOWN = "unknown"  # of a source
WITHIN = 4  # further questions within a set of results
Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query as typed, the chosen and the excluded facet values (identifiers, never labels), the order and the page.

    `since` and `until` are the ends of a range of days as typed, parameters `from` and `until` (see `date_ranges`).
    `names` says whether the names of the authority file are searched for as well; `sort` "" is the natural order:
    relevance for a query, newest first without one. `view` is how the result set is read: "" as a list, or one of
    `search.ways`; `options` are the parameters of that view alone. `fold` shows reports of one story as one result of
    the list. `size` is how many results a page has, 0 as many as is usual. `unread` counts the values of an address
    beyond what one question may have; links do not carry it. `within` are words that were asked within the results of
    `first`, which an address has beside each other and `q` as one question; where `q` is another, they say nothing.
    """

    q: str = ""
    filters: Filters = ()
    sort: str = ""
    page: int = 1
    names: bool = True
    excluded: Filters = ()
    view: str = ""
    options: tuple[tuple[str, str], ...] = ()
    since: str = ""
    until: str = ""
    fold: bool = True
    unread: int = 0
    size: int = 0
    first: str = ""
    within: tuple[str, ...] = ()

    def asked_within(self, *words: str) -> SearchRequest:
        """What was typed first, and these words which its results are to have as well; back to page one."""
        first = self.typed
        return replace(self, q=_all_of(first, words), first=first if words else "", within=words, page=1)

    @property
    def further(self) -> tuple[str, ...]:
        """What was asked within the results, as long as `q` is made of it."""
        return self.within if self.q == _all_of(self.first, self.within) else ()

    @property
    def typed(self) -> str:
        """The question without what was asked within its results."""
        return self.first if self.further else self.q

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The chosen values of one facet, in the order they were chosen."""
        return dict(self.filters).get(facet, ())

    def left_out(self, facet: str) -> tuple[str, ...]:
        """The excluded values of one facet, in the order they were excluded."""
        return dict(self.excluded).get(facet, ())

    @property
    def order(self) -> str:
        return self.sort or ("relevance" if self.q.strip() else "newest")

    @property
    def is_of_one_language(self) -> bool:
        return len(self.chosen("lang")) == 1

    @property
    def is_narrowed(self) -> bool:
        narrowed = any(values for _facet, values in (*self.filters, *self.excluded))
        return narrowed or bool(self.since or self.until)

    def toggled(self, facet: str, value: str) -> SearchRequest:
        """The same question with one facet value chosen, or without it when it was chosen or excluded; on page one."""
        present, left_out = self.chosen(facet), self.left_out(facet)
        if value not in (*present, *left_out):
            return self.with_values(facet, (*present, value))
        return self.with_values(facet, _without(present, value), _without(left_out, value))

    def excluding(self, facet: str, value: str) -> SearchRequest:
        """The same question without the articles that have a value, or with them if they were excluded; on page one."""
        left_out = self.left_out(facet)
        excluded = _without(left_out, value) if value in left_out else (*left_out, value)
        return self.with_values(facet, _without(self.chosen(facet), value), excluded)

    def with_values(self, facet: str, values: Iterable[str], left_out: Iterable[str] | None = None) -> SearchRequest:
        """The same question with these values of a facet chosen and, where they are given, these left out; page one."""
        excluded = self.excluded if left_out is None else _with(self.excluded, facet, left_out)
        return replace(self, filters=_with(self.filters, facet, values), excluded=excluded, page=1)

    def between(self, since: str, until: str) -> SearchRequest:
        """The same question about the days of a range and of no other year or month; back to page one."""
        filters = tuple(chosen for chosen in self.filters if chosen[0] not in {"year", "month"})
        return replace(self, filters=filters, since=since, until=until, page=1)

    def without_filters(self) -> SearchRequest:
        return replace(self, filters=(), excluded=(), since="", until="", page=1)

    def undated_alone(self) -> SearchRequest | None:
        """The same question about undated articles in place of its choice of dates; None without such a choice."""
        chosen = self.chosen("year") or self.chosen("month") or self.since or self.until
        return (
            self.between("", "").with_values("year", [UNDATED])
            if chosen and UNDATED not in self.chosen("year")
            else None
        )

    def on_page(self, page: int) -> SearchRequest:
        return replace(self, page=page)

    def sorted_by(self, sort: str) -> SearchRequest:
        return replace(self, sort=sort, page=1)

    def sized(self, size: int) -> SearchRequest:
        return replace(self, size=size, page=1)

    def in_view(self, view: str, options: tuple[tuple[str, str], ...] = ()) -> SearchRequest:
        """The same result set in another view, from its first page."""
        return replace(self, view=view, options=options, page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of this state, by name and value, in the order in which an address gives them."""
        pairs = [("q", self.typed)] if self.typed else []
        pairs += [("within", words) for words in self.further]
        pairs += [(facet, value) for facet, values in self.filters for value in values]
        pairs += [(NOT + facet, value) for facet, values in self.excluded for value in values]
        pairs += [(name, typed) for name, typed in (("from", self.since), ("until", self.until)) if typed]
        if self.sort:
            pairs.append(("sort", self.sort))
        if not self.names:
            pairs.append(("names", "0"))
        if not self.fold:
            pairs.append(("fold", "0"))
        if self.size:
            pairs.append(("size", str(self.size)))
        pairs += self.options
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return pairs

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form that asks with other words keeps of this state: what narrows and orders it."""
        return [pair for pair in self.pairs() if pair[0] not in {"q", "names", "page"}]

    @property
    def kept_within(self) -> list[tuple[str, str]]:
        """What a form that asks for further words within the results keeps of this state: all but the page."""
        return [pair for pair in self.pairs() if pair[0] != "page"]

    @property
    def kept_for_days(self) -> list[tuple[str, str]]:
        """What a form that asks about other days keeps of this state."""
        return [pair for pair in self.pairs() if pair[0] not in {"from", "until", "year", "month", "page"}]

    def to_query(self) -> str:
        """The query string of this state, `""` for the whole archive; readers may keep and share it."""
        return urlencode(self.pairs())


def _with(filters: Filters, facet: str, values: Iterable[str]) -> Filters:
    """These values of one facet beside those of the others, in the order of `FACETS`; none stays without values."""
    every = {**dict(filters), facet: tuple(values)}
    return tuple((name, every[name]) for name in FACETS if every.get(name))


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def with_words(query: str, words: str) -> str:
    """A query and further words, which all of its alternatives must have.

    >>> with_words("قطر OR لاتفيا", '"باكو"')
    '(قطر OR لاتفيا) "باكو"'
    """
    return " ".join(_grouped(text) for text in (query, words) if text)


def _all_of(first: str, further: Iterable[str]) -> str:
    return reduce(with_words, further, first)


def _grouped(text: str) -> str:
    """What has alternatives in parentheses."""
    return f"({text})" if " OR " in text or "|" in text else text
