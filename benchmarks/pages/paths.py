"""The addresses that are asked: the 200 questions as readers ask them, articles, feeds, and the same of the others."""

from __future__ import annotations

from urllib.parse import urlencode

from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP

MANY = ("country", "official", "body")


def results(query: Query) -> str:
    return f"/search/?{_parameters(query)}"


def feed(query: Query) -> str:
    return f"/feeds/rss/?{_parameters(query)}"


def _parameters(query: Query) -> str:
    words = query.text
    if query.days:
        words = f"({words})" if " OR " in words else words
        words = f"{words} date:{query.days[0]}..{query.days[1]}".strip()
    return urlencode([("q", words), *((facet, value) for facet, values in query.facets.items() for value in values)])


def stock(query: Query) -> str:
    """Haystack's form narrows by one value of a facet at a time, and knows no days."""
    narrowed = [("selected_facets", f"{facet}_exact:{values[0]}") for facet, values in query.facets.items()]
    return f"/measured/stock/?{urlencode([('q', query.text), *narrowed])}"


def datasette(query: Query) -> str:
    """The table of articles, searched and narrowed, with the same facets."""
    pairs = [("_searchmode", "raw"), ("_search", _match(query))] if _match(query) else []
    for facet, values in query.facets.items():
        if facet in MANY:
            pairs += [(f"{facet}__arraycontains", value) for value in values]
        else:
            pairs.append((f"{facet}__in", ",".join(values)))
    if query.days:
        pairs += [("day__gte", query.days[0]), ("day__lte", query.days[1])]
    pairs += [("_facet_array" if facet in MANY else "_facet", facet) for facet in FACETS]
    pairs += [("_size", str(TOP)), ("_facet_size", str(TOP))]
    pairs += [("_sort_desc", "day")] if query.is_browsing else []
    return f"/articles/article?{urlencode(pairs)}"


def _match(query: Query) -> str:
    """The words in FTS5's language; a name is asked as its phrase, for its record is in no table of words."""
    parts = [f'"{word}"' for word in query.all]
    parts += ["(" + " OR ".join(f'"{word}"' for word in query.any) + ")"] if query.any else []
    parts += [f'"{" ".join(query.phrase)}"'] if query.phrase else []
    parts += [f'"{query.prefix}"*'] if query.prefix else []
    return " AND ".join(parts)
