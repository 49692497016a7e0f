"""Whether what an article says of its page is on the page: every date, source, code and mention at the offsets kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from archive.articles.models import Article, Certainty
from archive.captures.payloads import store
from archive.extraction.article import extract
from archive.extraction.dates import find_dates
from archive.extraction.page.errors import ExtractionError
from archive.extraction.page.folding import fold

# Evidence that rests on words of the page, and the field of the article that it is evidence of.
_ON_PAGE = {"source": "source_as_printed", "item_code": "item_code", "target_uri": ""}


class Fault(NamedTuple):
    """What is not so: `what` is "date", "source", "mention"; `claimed` the words kept, `found` what stands there."""

    what: str
    claimed: str
    found: str


def faults(article: Article) -> Iterator[Fault]:
    """Compare an article with its own text and with its page, read again; a curator's fields are the curator's word."""
    yield from _faults_of_text(article)
    try:
        page = extract(store().get(article.capture.payload_digest), name=article.capture.received_from)
    except (ExtractionError, OSError) as error:
        yield Fault("page", article.capture.received_from, str(error))
        return
    for name, field in _ON_PAGE.items():
        kept = article.evidence.get(name)
        if kept and field not in article.curated_fields:
            yield from _unlike(name, kept, page.page_text)
            if field and fold(getattr(article, field)) not in fold(kept["text"]):  # ۶۲۰۹۲۴ is kept as 620924
                yield Fault(name, getattr(article, field), kept["text"])
    for cut in article.evidence.get("removed", []):
        yield from _unlike("removed", cut, page.page_text)
    if article.date_certainty == Certainty.STATED:
        yield from _unlike("date", article.evidence.get("date", {}), page.page_text)
    for name, text in (("title", page.title), ("body", page.body)):
        if name not in article.curated_fields and text and getattr(article, name) != text:
            yield Fault(name, getattr(article, name)[:80], text[:80])


def _faults_of_text(article: Article) -> Iterator[Fault]:
    """What the article's own fields must bear out: mentions, days without a year, the day that its words give."""
    for point in article.access_points.all():
        for mention in point.mentions.all():
            kept = {"text": mention.form, "start": mention.start, "end": mention.end}
            yield from _unlike("mention", kept, getattr(article, mention.field))
    if "body" not in article.curated_fields:
        for hint in article.evidence.get("date_hints", []):
            yield from _unlike("date hint", hint, article.body)
    date = article.evidence.get("date", {})
    if article.date_certainty == Certainty.INFERRED:
        yield from _unlike("date", date, article.body)
    if article.date_certainty in (Certainty.STATED, Certainty.INFERRED):
        days = {hit.first_day.isoformat() for hit in find_dates(article.date_as_printed, article.language)}
        days.add(date.get("instant", "")[:10])  # in the outlet's zone the day may be another than in UTC
        if str(article.dated_on) not in days or article.date_as_printed != date.get("text"):
            yield Fault("day", f"{article.date_as_printed} = {article.dated_on}", ", ".join(sorted(days)))


def _unlike(what: str, kept: dict[str, Any], text: str) -> Iterator[Fault]:
    claimed, found = kept.get("text", ""), text[kept.get("start", 0) : kept.get("end", 0)]
    if not claimed or claimed != found:
        yield Fault(what, claimed, found)
