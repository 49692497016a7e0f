"""Pure extraction: the bytes of a captured page become text, and the text an ``ExtractedArticle``."""

from archive.extraction.article import extract
from archive.extraction.page.errors import (
    BinaryPayload,
    EmptyPayload,
    ExtractionError,
    FeedFile,
    MailMessage,
    MisreadText,
    NoArticle,
    PayloadTooLarge,
    RecordsFile,
    SeveralArticles,
    TableFile,
    UndecodablePayload,
    UnsafeMarkup,
    WebArchive,
)
from archive.extraction.page.types import Evidence, ExtractedArticle, PageSpan, Removed, SourceClaim

__all__ = [
    "BinaryPayload",
    "EmptyPayload",
    "Evidence",
    "ExtractedArticle",
    "ExtractionError",
    "FeedFile",
    "MailMessage",
    "MisreadText",
    "NoArticle",
    "PageSpan",
    "PayloadTooLarge",
    "RecordsFile",
    "Removed",
    "SeveralArticles",
    "SourceClaim",
    "TableFile",
    "UndecodablePayload",
    "UnsafeMarkup",
    "WebArchive",
    "extract",
]
