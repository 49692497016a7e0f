"""Whether what an article says of its page is on the page: every date, source, code and mention at the offsets kept."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from archive.articles.linking import CURATOR
from archive.articles.models import Article, Certainty
from archive.articles.soundness import Fault, unlike, unsound
from archive.extraction.page.errors import ExtractionError
from archive.extraction.page.folding import fold
from archive.intake.habits import without_habits
from archive.intake.kept import item_of
from archive.intake.stated import extracted_from

# Evidence that rests on words of the page, and the field of the article that it is evidence of.
_ON_PAGE = {"source": "source_as_printed", "item_code": "item_code", "target_uri": ""}


def faults(article: Article) -> Iterator[Fault]:
    """Compare an article with its own text and with its page, read again; a curator's fields are the curator's word."""
    yield from unsound(article)
    if article.erased_at:
        return
    try:
        page = extracted_from(item_of(article), settings.CAPTURE_MAX_BYTES)
    except (ExtractionError, OSError) as error:
        yield Fault("page", article.capture.received_from, str(error))
        return
    for name, field in _ON_PAGE.items():
        kept = article.evidence.get(name)
        if kept and kept.get("rule") != CURATOR and field not in article.curated_fields:
            yield from unlike(name, kept, page.page_text)
            if field and fold(getattr(article, field)) not in fold(kept["text"]):  # ۶۲۰۹۲۴ is kept as 620924
                yield Fault(name, getattr(article, field), kept["text"])
    for cut in article.evidence.get("removed", []):
        yield from unlike("removed", cut, page.page_text)
    if article.date_certainty == Certainty.STATED:
        yield from unlike("date", article.evidence.get("date", {}), page.page_text)
    # What a curator has cut of a source is cut from then on.
    bodies = {page.body, without_habits(page, article.source).body}
    for name, texts in (("title", {page.title}), ("body", bodies)):
        if name not in article.curated_fields and all(texts) and getattr(article, name) not in texts:
            yield Fault(name, getattr(article, name)[:80], min(texts)[:80])
