"""Pure extraction: the bytes of a captured page become text, and the text an ``ExtractedArticle``."""

from archive.extraction.article import arrange, extract
from archive.extraction.page.errors import (
    BinaryPayload,
    EmptyPayload,
    ExtractionError,
    NoArticle,
    PayloadTooLarge,
    UndecodablePayload,
    UnsafeMarkup,
)
from archive.extraction.page.types import Evidence, ExtractedArticle, PageSpan, Removed, SourceClaim

__all__ = [
    "BinaryPayload",
    "EmptyPayload",
    "Evidence",
    "ExtractedArticle",
    "ExtractionError",
    "NoArticle",
    "PageSpan",
    "PayloadTooLarge",
    "Removed",
    "SourceClaim",
    "UndecodablePayload",
    "UnsafeMarkup",
    "arrange",
    "extract",
]
