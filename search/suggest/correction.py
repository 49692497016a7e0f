"""What a reader who found little may have meant: the query in another spelling, or typed on the other keyboard."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import islice
from typing import Final

from archive.pages.kept_while import kept_while_same
from search.engine.protocol import SearchUnavailable
from search.results import Highlighted
from search.suggest.keyboards import retyped
from search.suggest.speller import Speller
from search.suggest.suggestion import Suggester, suggester
from search.syntax import ParsedQuery, parse

FEW: Final = 3  # fewer hits than this, and other spellings are looked for
MOST_TRIED: Final = 4  # corrected queries that are put to the index
logger = logging.getLogger("search")


def corrections(parsed: ParsedQuery, total: int) -> Iterator[Highlighted]:
    """Queries that may have been meant, what is changed in them marked, the surest kind of mistake first.

    Those of the other keyboard, of other spellings, then of both; nothing unless `total`, what the query itself found,
    is little. Bounded: at most `MOST_TRIED` of each kind, and two passes over the words of the index for each of a few
    words. Never raises.
    """
    if total >= FEW or parsed.refused or not parsed.text.strip():
        return
    try:
        spelling = _speller(suggester())
        other = retyped(parsed.text.strip()) if not total and not parsed.had_operators else ()
        yield from (_whole(text) for text in other[:MOST_TRIED])
        yield from islice(spelling.corrected(parsed, found=total > 0), MOST_TRIED)
        for text in other:
            corrected = spelling.corrected(parse(text), found=False)
            yield from (_whole(one.text) for one in islice(corrected, MOST_TRIED))
    except SearchUnavailable:
        return
    except Exception:
        logger.exception("other spellings are not available")


def _whole(text: str) -> Highlighted:
    return Highlighted(text, ((0, len(text)),))


@kept_while_same
def _speller(present: Suggester) -> Speller:
    """The speller of the present index and authority file, made anew when one of them changed."""
    return Speller(present.words, present.surfaces, present.names, present.counts)
