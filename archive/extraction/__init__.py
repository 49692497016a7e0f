"""Pure extraction: the bytes of a captured page become text, and the text an ``ExtractedArticle``."""

from .article import extract
from .errors import (
    BinaryPayload,
    EmptyPayload,
    ExtractionError,
    NoArticle,
    PayloadTooLarge,
    UndecodablePayload,
    UnsafeMarkup,
)
from .types import Evidence, ExtractedArticle, Removed, SourceClaim, Span

__all__ = [
    "BinaryPayload",
    "EmptyPayload",
    "Evidence",
    "ExtractedArticle",
    "ExtractionError",
    "NoArticle",
    "PayloadTooLarge",
    "Removed",
    "SourceClaim",
    "Span",
    "UndecodablePayload",
    "UnsafeMarkup",
    "extract",
]
