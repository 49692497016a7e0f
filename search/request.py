"""What a reader asks of the archive: a frozen value that makes every state of the results page a URL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

FACETS = ("year", "month", "country", "official", "body", "lang", "source")
SORTS = ("relevance", "newest", "oldest")
UNDATED = "undated"
Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query as typed, the chosen facet values (identifiers, never labels), the order and the page.

    `names` says whether the names of the authority file are searched for as well; `sort` "" is the natural order:
    relevance for a query, newest first without one. `view` is how the result set is read: "" as a list, or one of
    `search.readings`; `options` are the parameters of that view alone.
    """

    q: str = ""
    filters: Filters = ()
    sort: str = ""
    page: int = 1
    names: bool = True
    view: str = ""
    options: tuple[tuple[str, str], ...] = ()

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The chosen values of one facet, in the order they were chosen."""
        return dict(self.filters).get(facet, ())

    @property
    def order(self) -> str:
        return self.sort or ("relevance" if self.q.strip() else "newest")

    @property
    def is_narrowed(self) -> bool:
        return any(values for _facet, values in self.filters)

    def toggled(self, facet: str, value: str) -> SearchRequest:
        """The same question with one facet value added, or taken away when it was chosen; back to page one."""
        present = self.chosen(facet)
        values = tuple(v for v in present if v != value) if value in present else (*present, value)
        return self.with_values(facet, values)

    def with_values(self, facet: str, values: Iterable[str]) -> SearchRequest:
        chosen = {**dict(self.filters), facet: tuple(values)}
        filters = tuple((name, chosen[name]) for name in FACETS if chosen.get(name))
        return replace(self, filters=filters, page=1)

    def without_filters(self) -> SearchRequest:
        return replace(self, filters=(), page=1)

    def on_page(self, page: int) -> SearchRequest:
        return replace(self, page=page)

    def sorted_by(self, sort: str) -> SearchRequest:
        return replace(self, sort=sort, page=1)

    def by_spelling_alone(self) -> SearchRequest:
        return replace(self, names=False, page=1)

    def in_view(self, view: str, options: tuple[tuple[str, str], ...] = ()) -> SearchRequest:
        """The same result set in another view, from its first page."""
        return replace(self, view=view, options=options, page=1)

    def to_query(self) -> str:
        """The query string of this state, `""` for the whole archive; readers may keep and share it."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(facet, value) for facet, values in self.filters for value in values]
        if self.sort:
            pairs.append(("sort", self.sort))
        if not self.names:
            pairs.append(("names", "0"))
        pairs += self.options
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs)
