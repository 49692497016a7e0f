"""What extraction finds on a page: text, spans, evidence and receipts, without any storage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSpan:
    """A half-open range of string indices into ``ExtractedArticle.page_text``."""

    start: int
    end: int

    def of(self, page_text: str) -> str:
        """Return the characters of the page that this span covers."""
        return page_text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the page, as printed, on which a guess rests: ``page_text[start:end] == text``."""

    text: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Removed:
    """Words cut from the article, with the stable name of the rule that cut them.

    ``page_text[start:end] == text``. The names of the rules are listed at the head of ``boilerplate``.
    """

    text: str
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class SourceClaim:
    """The outlet that the page gives as its own source, as printed: «الشرق», «دفاعپرس», "AzVision".

    An agency that is quoted for one statement inside the text is no claim; see ``attribution``.
    """

    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """One article, read from one captured page.

    All text is NFC, in logical order, as written; offsets are indices into ``page_text``. Each paragraph equals
    the characters under its span. Every letter of the page is in the kicker, the title, a paragraph or a receipt.
    ``zone`` is the IANA zone of the outlet, where its address tells it.
    """

    page_text: str
    encoding: str
    language: str
    language_evidence: tuple[tuple[str, int], ...]
    kicker: str
    title: str
    paragraphs: tuple[str, ...]
    source: SourceClaim | None
    item_code: str
    target_uri: str
    date_lines: tuple[Evidence, ...]
    removed: tuple[Removed, ...]
    paragraph_spans: tuple[PageSpan, ...]
    title_span: PageSpan | None = None
    kicker_span: PageSpan | None = None
    item_code_evidence: Evidence | None = None
    target_uri_evidence: Evidence | None = None
    subheadings: tuple[int, ...] = ()
    byline: Evidence | None = None
    agency: Evidence | None = None
    place: Evidence | None = None
    zone: str | None = None

    @property
    def body(self) -> str:
        """Return the paragraphs as one text, an empty line between them."""
        return "\n\n".join(self.paragraphs)
