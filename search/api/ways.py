"""A result set read in other ways: its facets, its periods, who occurs with whom, wording, words in context."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, Final, Literal

from django.http import HttpRequest
from ninja import Query, Router

from archive.articles.rights import Audience
from archive.authorities.directory import directory
from archive.calendars.words import month_name
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.shown import in_calendar, localdigits
from search.answer.facets import facets as facets_of
from search.answer.service import ask, ask_strictly
from search.api import shapes
from search.api.asked import (
    CollocatesQuestion,
    ContextQuestion,
    ExpressionQuestion,
    FacetQuestion,
    MapQuestion,
    PairQuestion,
    PeriodQuestion,
    Refused,
    Searched,
    TypedWord,
    WordingQuestion,
)
from search.api.of_question import of_question
from search.dates.buckets import DateBucket, buckets
from search.pages.facet_listing import PER_PAGE, Listing, listed
from search.question.address import clean_query, url
from search.question.understanding import understand
from search.request import SearchRequest
from search.results import Facet, FacetValue
from search.suggest.suggestion import suggest
from search.syntax import parse
from search.ways.collocates.counting import CollocateRow
from search.ways.collocates.made import CollocatesAsked
from search.ways.collocates.made import collocates as collocates_of
from search.ways.concordance.made import Concordance, ConcordanceRow
from search.ways.concordance.made import concordance as concordance_of
from search.ways.concordance.views import VIEW, hit_url
from search.ways.expression.made import ExpressionAsked, expression_in
from search.ways.expression.views import VIEW as EXPRESSION
from search.ways.expression.views import WRITTEN, options_of, place_url, why_bad
from search.ways.map.made import spots_of
from search.ways.together.made import ROWS, company
from search.ways.wording.made import Asked, Series
from search.ways.wording.made import wording as wording_of

COLLOCATES: Final = 500  # of each set in one answer
router = Router(tags=["ways to read a result set"])


@router.get("/facets", response=shapes.Facets, url_name="facets", summary="Every facet with its most frequent values")
def facets(request: HttpRequest, asked: Query[Searched]) -> dict[str, Any]:
    wanted = asked.request(request)
    found = ask(wanted)
    held = facets_of(wanted, found.answer, found.names)
    told = of_question(request, wanted, found.answer.total, found.understood.expansions)
    return told | {"facets": [_facet(one, list(one.values)) for one in held]}


@router.get("/facets/{name}", response=shapes.FacetPart, url_name="facet", summary="All values of one facet, in parts")
def facet(
    request: HttpRequest,
    name: Literal["country", "official", "body", "meeting", "collection", "lang", "source", "evidence"],
    asked: Query[FacetQuestion],
) -> dict[str, Any]:
    wanted = asked.request(request)
    found = listed(Listing(wanted, name, clean_query(asked.find), asked.by, asked.part))
    values = [row.value for group in found.groups for row in group.rows if not row.again]
    return {
        **of_question(request, wanted, found.total, understand(wanted, directory()).expansions),
        "facet": _facet(found.facet, values),
        "part": asked.part,
        "parts": max(1, -(-found.values // PER_PAGE)),
    }


def _facet(facet: Facet, values: list[FacetValue]) -> dict[str, Any]:
    kept = ("value", "label", "note", "count", "total", "chosen", "excluded")
    held, groups = (
        [{name: getattr(value, name) for name in kept} for value in part] for part in (values, facet.groups)
    )
    return {"name": facet.name, "title": facet.title, "size": facet.size, "values": held, "groups": groups}


@router.get("/suggest", response=shapes.Suggested, url_name="suggest", summary="What may be meant while it is typed")
def suggestions(request: HttpRequest, asked: Query[TypedWord]) -> dict[str, Any]:
    typed = clean_query(asked.q)
    _generation, lines = suggest(typed, asked.n, reader_language())
    kept = ("text", "kind", "label", "language", "direction", "count")
    told = [{name: getattr(line, name) for name in kept} for line in lines]
    for one, line in zip(told, lines, strict=True):
        one["url"] = request.build_absolute_uri(line.url)
    return {"q": typed, "suggestions": told}


@router.get(
    "/timeline", response=shapes.CountedPeriods, url_name="timeline", summary="How many articles every period has"
)
def timeline(request: HttpRequest, asked: Query[PeriodQuestion]) -> dict[str, Any]:
    wanted, calendar = asked.request(request), reader_calendar(reader_language())
    found = ask_strictly(wanted)
    answer = found.answer
    counted = [bucket for bucket in buckets(answer.days, calendar, asked.unit) if bucket.count]
    return {
        **of_question(request, wanted, answer.total, found.understood.expansions),
        "undated": answer.days.get(0, 0),
        "calendar": calendar,
        "unit": asked.unit,
        "periods": [_period(request, wanted, bucket) for bucket in counted],
    }


def _period(request: HttpRequest, wanted: SearchRequest, bucket: DateBucket) -> dict[str, Any]:
    first, last = bucket.first.isoformat(), bucket.last.isoformat()
    if bucket.day:
        label = in_calendar(bucket.first, bucket.calendar)
    else:
        month = f"{month_name(bucket.calendar, bucket.month, reader_language())} " if bucket.month else ""
        label = localdigits(f"{month}{bucket.year}")
    address = request.build_absolute_uri(url(wanted.between(first, last)))
    return {"label": label, "first": first, "last": last, "articles": bucket.count, "url": address}


@router.get("/together", response=shapes.Pairs, url_name="together", summary="Who occurs with whom")
def together(request: HttpRequest, asked: Query[PairQuestion]) -> dict[str, Any]:
    found = company(asked.request(request).on_page(asked.page), asked.who, "")
    items = [
        {
            "one": {"kind": row.pair.one[0], "identifier": row.pair.one[1], "label": row.one},
            "other": {"kind": row.pair.other[0], "identifier": row.pair.other[1], "label": row.other},
            "articles": row.pair.count,
            "first": _day(row.pair.first),
            "last": _day(row.pair.last),
            "url": request.build_absolute_uri(url(row.asked)),
        }
        for row in found.rows
    ]
    pages = max(1, -(-found.listed // ROWS))
    return {"total": found.total, "listed": found.listed, "page": asked.page, "pages": pages, "items": items}


def _day(ordinal: int) -> str | None:
    return datetime.date.fromordinal(ordinal).isoformat() if ordinal else None


@router.get("/map", response=shapes.MappedPlaces, url_name="map", summary="Where the articles are about")
def places(request: HttpRequest, asked: Query[MapQuestion]) -> dict[str, Any]:
    found = spots_of(asked.request(request), asked.what).spots
    items = [
        {
            "kind": spot.kind,
            "identifier": spot.slug,
            "label": spot.label,
            "count": spot.count,
            "longitude": spot.at[0] if spot.at else None,
            "latitude": spot.at[1] if spot.at else None,
            "url": request.build_absolute_uri(url(spot.asked)),
        }
        for spot in found
    ]
    return {"total": len(items), "items": items}


@router.get(
    "/wording", response=shapes.WordingOverTime, url_name="wording", summary="How often words are used over time"
)
def wording(request: HttpRequest, asked: Query[WordingQuestion]) -> dict[str, Any]:
    wanted = asked.request(request)
    others = tuple(dict.fromkeys(filter(None, map(clean_query, asked.others))))
    found = wording_of(wanted, Asked(others=others, unit=asked.unit, part=asked.per))
    return {"lines": [_line(line, found.times) for line in found.series]}


def _line(line: Series, times: tuple[DateBucket, ...]) -> dict[str, Any]:
    points = [
        {
            "first": time.first.isoformat(),
            "last": time.last.isoformat(),
            "articles": point.articles,
            "all_articles": point.all_articles,
            "percent_of_articles": point.value("share"),
            "matches": point.places,
            "all_words": point.all_words,
            "matches_per_10000_words": point.value("words"),
        }
        for time, point in zip(times, line.points, strict=True)
    ]
    return {"label": line.label, "undated": line.undated, "points": points}


@router.get(
    "/collocates",
    response=shapes.CollocatesFound,
    url_name="collocates",
    summary="Words that stand near more than elsewhere",
)
def collocates(request: HttpRequest, asked: Query[CollocatesQuestion]) -> dict[str, Any]:
    """What stands near a question, or near the records that are chosen, more often than elsewhere."""
    if parse(asked.other).refused:
        raise Refused("with", "query")
    wanted = CollocatesAsked(window=int(asked.window), kind=asked.of, other=clean_query(asked.other))
    found = collocates_of(asked.request(request), wanted, Audience.BULK)
    kept = ("near", "total", "read", "compared", "matches")
    return {
        "sets": [
            {name: getattr(one, name) for name in kept} | {"items": list(map(_collocate, one.rows[:COLLOCATES]))}
            for one in found.sets
        ]
    }


def _collocate(row: CollocateRow) -> dict[str, Any]:
    kept = ("language", "written", "near", "before", "after", "elsewhere", "articles", "words_near", "words_elsewhere")
    told = {name: getattr(row, name) for name in kept}
    return told | {"times_as_often": row.times, "log_likelihood": row.strength}


@router.get("/concordance", response=shapes.ConcordancePart, url_name="concordance", summary="Words in context")
def concordance(request: HttpRequest, asked: Query[ContextQuestion]) -> dict[str, Any]:
    """Every match with what stands before and behind it, from the first articles that answer."""
    wanted = asked.request(request).in_view(VIEW, (("by", asked.by),) if asked.by else ()).on_page(asked.page)
    return _lines(request, wanted, concordance_of(wanted, asked.by, Audience.BULK), hit_url)


@router.get(
    "/expression", response=shapes.ConcordancePart, url_name="expression", summary="Where a regular expression fits"
)
def expression(request: HttpRequest, asked: Query[ExpressionQuestion]) -> dict[str, Any]:
    """Every place that fits, with what stands before and behind it, from the first articles that answer."""
    looked_for = ExpressionAsked(clean_query(asked.typed), asked.letters == WRITTEN, asked.by)
    wanted = asked.request(request).in_view(EXPRESSION, options_of(looked_for)).on_page(asked.page)
    found = expression_in(wanted, looked_for, Audience.BULK)
    if found.bad:
        raise Refused("re", "expression", why_bad(found.bad))
    return _lines(request, wanted, found, place_url)


def _lines(
    request: HttpRequest,
    wanted: SearchRequest,
    found: Concordance,
    address: Callable[[ConcordanceRow, SearchRequest], str],
) -> dict[str, Any]:
    """A page of lines; `address` says where the place of one is read."""
    items = [
        {
            "article": row.article.identifier,
            "url": request.build_absolute_uri(address(row, wanted)),
            "title": row.article.title,
            "language": row.article.language,
            "date": row.article.dated_on.isoformat() if row.article.dated_on else "",
            "field": row.field,
            **{name: getattr(row.line, name) for name in ("start", "end", "before", "match", "after")},
        }
        for row in found.rows
    ]
    return {
        **of_question(request, wanted, found.page.total, found.page.expansions),
        "read": found.read,
        "lines": found.total,
        "page": wanted.page,
        "pages": found.pages,
        "items": items,
    }
