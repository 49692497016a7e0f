"""Loading what the search needs: the lexicons of the analyzer, the names on file, the present index."""

from __future__ import annotations

import logging

from django.db import DatabaseError, connections

from archive.authorities.directory import revision
from search import SearchRequest, SearchUnavailable, search
from search.analysis import analyze
from search.engine import engine
from search.suggest.suggestion import suggester

logger = logging.getLogger("search")
_opened: object = None


def load_lexicons() -> None:
    """Analyse a word of each language, which reads the lexicons into memory."""
    for language in ("ar", "fa"):
        analyze("وزير الخارجية وزیر امور خارجه", language)


def open_archive() -> None:
    """Map the present index, read the names on file and ask one question, which the first readers else wait for.

    Both are only read from then on and may be shared by forked processes; connections to the database may not, and are
    closed. An archive that is not ready yet is opened later, by those who ask.
    """
    try:
        suggester()
        search(SearchRequest("وزير الخارجية"))
    except (DatabaseError, SearchUnavailable) as error:
        logger.warning("the archive is not opened before the first question: %s", error)
    finally:
        connections.close_all()


def has_changed() -> bool:
    """Whether index or authority file are others than when this was asked last; leaves no connection open."""
    global _opened
    try:
        before, _opened = _opened, (engine().generation(), revision())
    except (DatabaseError, SearchUnavailable):
        return False
    finally:
        connections.close_all()
    return before != _opened
