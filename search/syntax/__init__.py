"""The query language: what a reader typed, as a tree that any engine can be asked; see docs/search-syntax.md."""

from search.syntax.notices import NOTICE_MESSAGES, Notice
from search.syntax.parser import MAX_CHARACTERS, MAX_TERMS, ParsedQuery, parse
from search.syntax.text import to_text
from search.tree import terms

__all__ = [
    "MAX_CHARACTERS",
    "MAX_TERMS",
    "NOTICE_MESSAGES",
    "Notice",
    "ParsedQuery",
    "parse",
    "terms",
    "to_text",
]
