"""Loading what the search needs besides the index: the lexicons of the analyzer."""

from __future__ import annotations

from search.analysis import analyze


def load_lexicons() -> None:
    """Analyse a word of each language, which reads the lexicons into memory."""
    for language in ("ar", "fa"):
        analyze("وزير الخارجية وزیر امور خارجه", language)
