"""From the parameters of a URL to a search request, and from a request to the addresses of it and its neighbours.

What makes no sense in an address is left out, never an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from django.conf import settings
from django.http import QueryDict
from django.urls import get_script_prefix, reverse

from archive.authorities.directory import directory
from archive.authorities.gazetteer.kinds import Kind
from archive.meetings.held import merged_meetings
from search.request import FACETS, NOT, SIZES, SORTS, WITHIN, SearchRequest
from search.syntax import parse
from search.syntax.characters import CLOSING_QUOTES
from search.tree import And, Fielded, Node, Not, Or, Phrase

YEAR_OR_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", re.ASCII)
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
VIEW_READ = "in"  # the parameter by which an article knows the view it was opened from
_QUOTES = re.compile(rf"[{re.escape(''.join(CLOSING_QUOTES))}](?:~\w*)?")  # and how far the words may be apart
MAX_VALUES = 40  # of one facet; an address stays below the 4,094 bytes that a server reads
MAX_TYPED = 200  # code points of an end of a range; longer than any that is read, so that the page can say so
MAX_PAGE = 50  # deeper pages are not walked by readers; narrowing, sorting and feeds reach what lies there
CONTROLS = {"Cc", "Cs", "Co", "Cn"}
RECORDS = frozenset((Kind.OFFICIAL, Kind.COUNTRY, Kind.BODY, Kind.SOURCE))  # facets whose values are records


def read_request(parameters: QueryDict) -> SearchRequest:
    """The search request of these parameters.

    Unknown parameters, values that are no identifier, unknown orders and pages that are no number are left out;
    control characters in `q` become spaces. A value both chosen and excluded is excluded. A record or a meeting that
    was merged into another is that other one, so that an address which was kept finds what there is now.
    """
    sort, page, size = (parameters.get(name, "") for name in ("sort", "page", "size"))
    filters, excluded, unread = [], [], 0
    for facet in FACETS:
        left_out, chosen = (present(facet, _values(parameters, name)) for name in (NOT + facet, facet))
        unread += len(left_out[MAX_VALUES:]) + len(chosen[MAX_VALUES:])
        left_out = left_out[:MAX_VALUES]
        excluded.append((facet, tuple(left_out)))
        filters.append((facet, tuple(value for value in chosen[:MAX_VALUES] if value not in left_out)))
    request = replace(
        read_words(parameters),
        filters=tuple(values for values in filters if values[1]),
        excluded=tuple(values for values in excluded if values[1]),
        sort=sort if sort in SORTS else "",
        page=number(page, MAX_PAGE),
        names=parameters.get("names", "1") != "0",
        since=clean_query(parameters.get("from", ""))[:MAX_TYPED],
        until=clean_query(parameters.get("until", ""))[:MAX_TYPED],
        fold=parameters.get("fold", "1") != "0",
        unread=unread,
        size=next((one for one in SIZES if str(one) == size), 0),
    )
    # One year, or one month of a year, is the range of its days; several, `undated` and `10` stay as they are.
    dates = (*request.chosen("year"), *request.chosen("month"))
    if len(dates) != 1 or request.since or request.until or not YEAR_OR_MONTH.fullmatch(dates[0]):
        return request
    return replace(request.between(dates[0], dates[0]), page=request.page)


def read_words(parameters: QueryDict) -> SearchRequest:
    """What is asked for in words alone, with what was asked within the results; nothing is looked up for it."""
    request = SearchRequest(q=clean_query(parameters.get("q", "")))
    further = dict.fromkeys(filter(None, map(clean_query, parameters.getlist("within")[: 2 * WITHIN])))
    return request.asked_within(*list(further)[:WITHIN]) if further else request


def last_page(size: int) -> int:
    """The last page that is walked where a page has so many results: as deep for large pages as for the usual ones."""
    return min(MAX_PAGE, max(1, MAX_PAGE * settings.SEARCH_PAGE_SIZE // size))


def number(text: str, most: int) -> int:
    """A number from 1 to `most` as an address has it; 1 for what is no number, or one of more than five digits."""
    read = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(read, 1), most)


def present(facet: str, values: Iterable[str]) -> list[str]:
    """Values of a facet by what they are called now: for what was merged, what it became. None stands there twice."""
    values = list(values)
    if values and facet in RECORDS:
        values = [directory().present(facet, value) for value in values]
    elif values and facet == "meeting":
        merged = merged_meetings()
        values = [merged.get(value, value) for value in values]
    return list(dict.fromkeys(values))


def _values(parameters: QueryDict, name: str) -> list[str]:
    values = dict.fromkeys(value.strip().lower() for value in parameters.getlist(name))
    return [value for value in values if IDENTIFIER.fullmatch(value)]


def clean_query(text: str) -> str:
    """The query in NFC without control characters, lone surrogates and white space around it; ZWNJ stays."""
    spaced = "".join(" " if unicodedata.category(letter) in CONTROLS else letter for letter in text)
    return unicodedata.normalize("NFC", spaced).strip()


def url(request: SearchRequest) -> str:
    """The address of the results page in this state, in its view."""
    query = request.to_query()
    return _path(request.view, get_script_prefix()) + (f"?{query}" if query else "")


def view_path(request: SearchRequest | str) -> str:
    """Where a question typed on this page is sent: the same view, or the list from any page that shows no results."""
    return _path(request.view if isinstance(request, SearchRequest) else "", get_script_prefix())


def state_query(request: SearchRequest) -> str:
    """The parameters of a question, from its first page."""
    return request.on_page(1).to_query()


def carried(request: SearchRequest | None) -> str:
    """The question as the query string of a link to an article, which marks its hits and leads back to the results."""
    query = request.to_query() if request else ""
    return f"?{query}" if query else ""


def with_names_url(request: SearchRequest) -> str:
    """The same question with every form of a name searched for."""
    return url(replace(request, names=True, page=1))


def first_page_url(request: SearchRequest) -> str:
    """The same question in the same view from its first page."""
    return url(request.on_page(1))


def without_words_url(request: SearchRequest) -> str:
    """The same filters without the words of the query."""
    return url(replace(request, q="", sort="", page=1))


def without_quotes_url(request: SearchRequest) -> str:
    """The same words in any place and form; "" where none of them stand in quotation marks, or where these hold
    together what is left out or belongs to a field.
    """
    words = " ".join(_QUOTES.sub(" ", request.q).split())
    if not words or not _QUOTES.search(request.q) or not _is_free(parse(request.q).tree):
        return ""
    return url(replace(request, q=words, page=1))


def _is_free(tree: Node, *, held: bool = False) -> bool:
    """Whether no phrase of a question is left out or of a field."""
    match tree:
        case And(children) | Or(children):
            return all(_is_free(child, held=held) for child in children)
        case Not(child) | Fielded(child=child):
            return _is_free(child, held=True)
        case _:
            return not (held and isinstance(tree, Phrase))


def without_filters_url(request: SearchRequest) -> str:
    """The same words in the whole archive."""
    return url(request.without_filters())


@cache
def _path(view: str, _prefix: str) -> str:
    """The path of a view of results; a page shows hundreds of addresses and all of them begin with it."""
    return reverse(f"search-{view}" if view else "search")
