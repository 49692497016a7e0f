"""What programs are answered: the shape of every answer, which the served description tells and every answer keeps."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import Field

Span = tuple[int, int]


class ProblemField(Schema):
    parameter: str
    detail: str


class Problem(Schema):
    """RFC 9457; `title` and `detail` are in the reader's language."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[ProblemField] = Field([], description="what is wrong with which parameter")


class LinkedRecord(Schema):
    kind: str
    identifier: str
    url: str = Field(description="the page of the record")
    names: dict[str, str] = Field(description="the name to show, by language")


class SourceOfArticle(Schema):
    identifier: str = Field(description="empty where the outlet has no record")
    names: dict[str, str]
    as_printed: str


class DateEvidence(Schema):
    """The words that date a report, and where: `start` and `end` are code points into its text, half open."""

    basis: str = Field(description="dateline, metadata, giver, lead (the first sentence), curator or none")
    rule: str
    text: str
    start: int | None = Field(description="null where the words stand outside of what is shown of the text")
    end: int | None
    url: str = Field(description="the page that marks them in the report as it was received")


class DateOfArticle(Schema):
    day: str = Field(description="as far as it is known: 2023-10-04, 2023-10, 2023; empty for an undated report")
    instant: str
    precision: str
    certainty: str = Field(description="stated by the page, inferred, curated by a person, undated")
    calendar: str
    as_printed: str
    evidence: DateEvidence


class CaptureOfArticle(Schema):
    url: str
    original: str
    captured_at: str
    sha256: str


class DescribedArticle(Schema):
    """A report as the archive describes it; `text_shown` says what the rights of its source leave of the text."""

    identifier: str = Field(description="permanent")
    guid: str
    url: str = Field(description="its page")
    language: str
    kicker: str
    title: str
    text: str | None = Field(description="paragraphs parted by an empty line; null where it was not asked for")
    text_shown: str = Field(description="whole, excerpt, or description (nothing of the text)")
    source: SourceOfArticle
    romanized_title: str = Field(description="kicker and title in Latin letters, where a curator wrote them")
    byline: str
    agency: str
    place: str
    item_code: str
    date: DateOfArticle
    records: list[LinkedRecord] = Field(description="officials, countries and bodies that it speaks of")
    capture: CaptureOfArticle
    forms: dict[str, str] = Field(description="the same in other forms, citations among them, by their endings")


class TextPart(Schema):
    start: int = Field(description="code points into what is shown of the text, half open")
    end: int
    length: int = Field(description="code points of all that is shown of the text")


class WholeArticle(DescribedArticle):
    part: TextPart = Field(description="the part of the text that `text` is")


class CitedArticle(Schema):
    identifier: str
    url: str = Field(description="its page")
    original: str = Field(description="the address that it was published at; empty where it is not known")
    date: str = Field(description="as far as it is known; empty for an undated report")
    language: str = Field(description="that the ready citations are in")
    styles: dict[str, str] = Field(description="ready text: chicago, apa and house, the archive's own")
    bibtex: str
    ris: str
    csl: dict[str, Any]


class Fragment(Schema):
    start: int = Field(description="code points into what is shown of the text, half open; `text` stands there")
    end: int
    text: str
    matches: list[Span] = Field(description="code points into this fragment, half open")


class FoundArticle(DescribedArticle):
    title_matches: list[Span]
    fragment: Fragment = Field(description="the words around the best match, as far as rights allow")


class AlsoSearched(Schema):
    """What was searched for beside the words that were typed; `names=0` leaves it out."""

    typed: str
    kind: str = Field(description="country, official, body, post or term")
    identifier: str
    label: str
    forms: list[str]


class AnswerToQuestion(Schema):
    total: int = Field(description="articles that have all that was asked for")
    also_searched: list[AlsoSearched]
    url: str = Field(description="the page of the same question")


class FoundArticles(AnswerToQuestion):
    archive_total: int
    items: list[FoundArticle]
    next: str | None = Field(description="the address of the next answer; null at the end")
    notices: list[str] = Field(description="what of the question was not read as typed")


class CountedValue(Schema):
    value: str
    label: str
    note: str = Field(description="the post of an official")
    count: int = Field(description="under the question without this facet's own choices")
    total: int = Field(description="in the archive")
    chosen: bool
    excluded: bool


class CountedFacet(Schema):
    name: str
    title: str
    size: int = Field(description="values in all")
    values: list[CountedValue]
    groups: list[CountedValue] = Field(description="regions, each for its countries; asked as a value of the facet")


class Facets(AnswerToQuestion):
    facets: list[CountedFacet]


class FacetPart(AnswerToQuestion):
    facet: CountedFacet
    part: int
    parts: int


class Completed(Schema):
    text: str
    kind: str
    label: str
    language: str
    direction: str
    count: int
    url: str


class Suggested(Schema):
    q: str
    suggestions: list[Completed]


class Period(Schema):
    label: str
    first: str
    last: str
    articles: int
    url: str


class CountedPeriods(AnswerToQuestion):
    """The periods that have any articles, in order, in the reader's calendar."""

    undated: int
    calendar: str
    unit: str
    periods: list[Period]


class PairedRecord(Schema):
    kind: str
    identifier: str
    label: str


class RecordPair(Schema):
    one: PairedRecord
    other: PairedRecord
    articles: int
    first: str | None
    last: str | None
    url: str


class Pairs(Schema):
    total: int = Field(description="different pairs")
    listed: int = Field(description="the most frequent, which the pages of this answer have")
    page: int
    pages: int
    items: list[RecordPair]


class MappedPlace(Schema):
    kind: str = Field(description="country or city")
    identifier: str = Field(description="empty where only a name is known")
    label: str
    count: int = Field(description="articles; of meetings, meetings")
    longitude: float | None
    latitude: float | None
    url: str = Field(description="the page of the articles")


class MappedPlaces(Schema):
    total: int = Field(description="places")
    items: list[MappedPlace]


class WordingPoint(Schema):
    first: str
    last: str
    articles: int
    all_articles: int
    percent_of_articles: float
    matches: int
    all_words: int
    matches_per_10000_words: float


class WordingLine(Schema):
    label: str
    undated: int
    points: list[WordingPoint]


class WordingOverTime(Schema):
    lines: list[WordingLine]


class Collocate(Schema):
    language: str
    written: str = Field(description="as it is most often written; other spellings are counted with it")
    near: int
    before: int
    after: int
    elsewhere: int
    articles: int = Field(description="that were read and have it near")
    words_near: int = Field(description="all words near, in this language")
    words_elsewhere: int
    times_as_often: float
    log_likelihood: float = Field(description="Dunning's G² of near and elsewhere; 0 of frequent phrases")


class CollocateSets(Schema):
    near: str = Field(description="what the words stand near: `q`, or the chosen records; empty where there is nothing")
    total: int
    read: int = Field(description="of them, spread over their time, which were read")
    compared: int = Field(description="other articles under the same filters, which were read to compare")
    matches: int
    items: list[Collocate] = Field(description="the strongest first, at most 500")


class CollocatesFound(Schema):
    sets: list[CollocateSets]


class WordsInContext(Schema):
    article: str
    url: str = Field(description="the match in the page of its article")
    title: str
    language: str
    date: str
    field: str = Field(description="kicker, title or body")
    start: int = Field(description="code points into this field, half open")
    end: int
    before: str
    match: str
    after: str


class ConcordancePart(AnswerToQuestion):
    read: int = Field(description="the first of them, which were read for these lines")
    lines: int
    page: int
    pages: int
    items: list[WordsInContext]


class NamedForm(Schema):
    text: str
    language: str
    form: str
    use: str


class HeldPost(Schema):
    role: str
    title_ar: str
    title_fa: str
    title_en: str
    country: str | None
    body: str | None
    start: str
    end: str


class CountedRecord(Schema):
    kind: str
    identifier: str = Field(description="permanent within its kind")
    label: str
    articles: int
    url: str


class CountedRecords(Schema):
    total: int
    items: list[CountedRecord]
    next: str | None


class DescribedRecord(Schema):
    kind: str
    identifier: str
    label: str
    url: str
    articles: str = Field(description="where its articles are found, here")
    feed: str
    same_as: list[str] = Field(description="the same at other authority files")
    names: list[NamedForm]
    posts: list[HeldPost]


class PartyOfMeeting(Schema):
    kind: str
    identifier: str
    head_of_delegation: str | None = Field(description="the identifier of an official")


class QuotedSentence(Schema):
    text: str
    field: str = Field(description="kicker, title or body")
    start: int = Field(description="code points into this field, half open")
    end: int


class ReportOfMeeting(Schema):
    article: str
    url: str
    language: str
    title: str
    quote: QuotedSentence | None = Field(description="the sentence that tells of it, as far as rights allow")


class DescribedMeeting(Schema):
    """What a curator confirmed, and the reports that tell of it."""

    identifier: str = Field(description="permanent")
    url: str = Field(description="its page")
    title: str
    kind: str
    round: int | None
    level: str
    date: str = Field(description="as far as it is known: 2019-12-01, 2019-12, 2019; empty for an undated one")
    date_precision: str
    date_evidence: str = Field(description="stated by a report, inferred from the day of the first, curated, undated")
    place: str = Field(description="as a report names it")
    by_video: bool
    parties: list[PartyOfMeeting]
    reports: list[ReportOfMeeting]
    articles: str = Field(description="where its articles are found, here")
    feed: str


class FoundMeetings(Schema):
    total: int
    items: list[DescribedMeeting]
    next: str | None


class DescribedCollection(Schema):
    """Reports that curators put together, one by one or by a saved search."""

    identifier: str = Field(description="permanent")
    url: str = Field(description="its page")
    label: str
    titles: dict[str, str] = Field(description="by language, as far as they are written")
    introductions: dict[str, str]
    is_search: bool
    articles: str = Field(description="where its articles are found, here")
    feed: str


class FoundCollections(Schema):
    total: int
    items: list[DescribedCollection]
    next: str | None
