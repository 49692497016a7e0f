"""What programs may ask: the parameters of the pages, each with its type; what is no value of it is refused."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field, StringConstraints, create_model

from archive.meetings.models import Meeting
from search.dates.ranges import LONGEST, read_range
from search.question.address import MAX_VALUES, read_request
from search.request import FACETS, NOT, SearchRequest
from search.syntax import MAX_CHARACTERS, parse

MOST: Final = 100  # articles, lines or pairs of one answer
LONGEST_TEXT: Final = 10_000_000  # code points; no captured page is longer
# What a form leaves empty is empty, not refused.
Identifier = Annotated[str, StringConstraints(pattern="^([a-z0-9][a-z0-9-]{0,79})?$")]
Values = Annotated[list[Identifier], Field(max_length=MAX_VALUES)]
# Formats of our own: a client that makes examples of them asks the page of the syntax what they are.
Query = Annotated[str, Field(max_length=MAX_CHARACTERS, json_schema_extra={"format": "diwan-query"})]
TypedDay = Annotated[str, Field(max_length=LONGEST, json_schema_extra={"format": "diwan-date"})]
KindOfMeeting: Any = Literal["", *Meeting.Kind.values]
PageNumber = Annotated[int, Field(ge=1, le=50)]


class Refused(Exception):
    """What is asked has the right form and no sense: the parameter, and what is told of it, as a code or in words."""

    def __init__(self, parameter: str, code: str, told: str = "") -> None:
        super().__init__(parameter, code)
        self.parameter = parameter
        self.code = code
        self.told = told


class InLanguage(Schema):
    """The language of labels, notes and refusals, and the calendar of periods; else that of `Accept-Language`."""

    ui: Literal["", "ar", "fa", "en"] = Field("", description="language of labels and messages")
    cal: Literal["", "gregorian", "solar", "lunar"] = Field("", description="calendar of periods")


_CHOSEN: dict[str, Any] = {
    name.replace("-", "_"): (Values, Field([], alias=name, description=told))
    for facet in FACETS
    for name, told in ((facet, f"with any of these values of {facet}"), (NOT + facet, "without any of these"))
}
Narrowed: Any = create_model("Narrowed", __base__=InLanguage, **_CHOSEN)


class Searched(Narrowed):
    """What is searched for, as on the page of results; see docs/search-syntax.md."""

    q: Query = Field("", description="words and operators; empty for everything")
    since: TypedDay = Field("", alias="from", description="first day, month or year, in any of the three calendars")
    until: TypedDay = Field("", description="last day, month or year")
    names: Literal["0", "1"] = Field("1", description="0: names as they are written, and no other form of them")

    def request(self, request: HttpRequest) -> SearchRequest:
        """The same question as the pages read it; Refused where a page would tell that something was not read."""
        if parse(self.q).refused:
            raise Refused("q", "query")
        for name, typed in (("from", self.since), ("until", self.until)):
            if typed.strip() and read_range(self.since, self.until).is_unreadable(typed):
                raise Refused(name, "date")
        return read_request(request.GET).sorted_by("").sized(0)  # `size` is that of an answer, not of a page


class ArticlePart(InLanguage):
    """A part of the text, so that a passage can be read where another answer says that it stands."""

    start: Annotated[int, Field(ge=0, le=LONGEST_TEXT)] = Field(0, description="the first code point of the text")
    length: Annotated[int, Field(ge=1, le=LONGEST_TEXT)] = Field(LONGEST_TEXT, description="code points at most")


class ArticleList(Searched):
    """The order of the articles, how many, and from where on."""

    sort: Literal["", "relevance", "newest", "oldest", "arrived"] = Field(
        "", description="relevance where there are words; arrived: what came into the archive last is first"
    )
    size: Annotated[int, Field(ge=1, le=MOST)] = Field(20, description="articles of one answer")
    cursor: Annotated[str, Field(max_length=200, json_schema_extra={"format": "diwan-cursor"})] = Field(
        "", description="of `next` in an earlier answer to the same question"
    )
    text: Literal["none", "whole"] = Field("none", description="whole: with their texts, as far as rights allow")


class FacetQuestion(Searched):
    find: Annotated[str, Field(max_length=100)] = Field("", description="any form of a name, in any script")
    by: Literal["count", "name"] = Field("count", description="the order of the values")
    part: Annotated[int, Field(ge=1, le=9999)] = Field(1, description="60 values each")


class PeriodQuestion(Searched):
    unit: Literal["day", "month", "year"] = Field("month", description="what is counted together")


class ContextQuestion(Searched):
    by: Literal["", "before-3", "before-2", "before-1", "after-1", "after-2", "after-3"] = Field(
        "", description="sorted by the word so far before or after the match; else in the order of the articles"
    )
    page: PageNumber = Field(1, description="50 lines each")


class ExpressionQuestion(ContextQuestion):
    typed: Annotated[str, Field(min_length=1, max_length=200, json_schema_extra={"format": "diwan-expression"})] = (
        Field(..., alias="re", description="a regular expression, as RE2 reads it; `\\w`, `\\d` of every script")
    )
    letters: Literal["", "written"] = Field("", description="written: every sign counts; else spellings are folded")


class PairQuestion(Searched):
    who: Literal["", "officials", "countries"] = Field("", description="pairs of these alone")
    page: Annotated[int, Field(ge=1, le=40)] = Field(1, description="50 pairs each")


class MapQuestion(Searched):
    what: Literal["", "cities", "meetings"] = Field(
        "", description="cities that are named, places of meetings; else countries"
    )


class WordingQuestion(Searched):
    others: Annotated[list[Query], Field(max_length=4)] = Field([], alias="with", description="questions beside `q`")
    unit: Literal["", "month", "year"] = Field("", description="else what fits the span of time")
    per: Literal["", "lang", "source"] = Field("", description="a line for each language or source")


class CollocatesQuestion(Searched):
    of: Literal["", "phrases", "frequent"] = Field(
        "", description="phrases near in place of words; frequent: phrases of the whole set, most frequent first"
    )
    window: Literal["1", "3", "5", "10"] = Field("5", description="words on each side that are near")
    other: Query = Field("", alias="with", description="a second question, beside `q`, for another set")


class TypedWord(InLanguage):
    q: Annotated[str, Field(max_length=MAX_CHARACTERS)] = Field("", description="what was typed so far")
    n: Annotated[int, Field(ge=1, le=20)] = Field(8, description="suggestions at most")


class RecordList(InLanguage):
    size: Annotated[int, Field(ge=1, le=500)] = Field(100, description="records of one answer")
    after: Identifier = Field("", description="the identifier behind which the answer begins")


class MeetingList(RecordList):
    country: Annotated[list[Identifier], Field(max_length=2)] = Field([], description="of one country, or of two")
    kind: KindOfMeeting = Field("", description="meetings of this kind alone")
    size: Annotated[int, Field(ge=1, le=50)] = Field(20, description="meetings of one answer")
