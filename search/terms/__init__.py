"""The terms of diplomacy, in three languages. Pure: no database, no index."""

from search.terms.asked import as_term, either, with_terms
from search.terms.concepts import FILE, Concept, fingerprint
from search.terms.finding import KeptTerm, TermMatch, follow, shipped, terms, touches

__all__ = [
    "FILE",
    "Concept",
    "KeptTerm",
    "TermMatch",
    "as_term",
    "either",
    "fingerprint",
    "follow",
    "shipped",
    "terms",
    "touches",
    "with_terms",
]
