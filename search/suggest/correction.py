"""What a reader who found little may have meant: the query in another spelling, or typed on the other keyboard."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

from search.engine.protocol import SearchUnavailable
from search.results import Highlighted
from search.suggest.keyboards import retyped
from search.suggest.speller import Speller
from search.suggest.suggestion import Suggester, suggester
from search.syntax import ParsedQuery, parse

FEW: Final = 3  # fewer hits than this, and other spellings are looked for
MOST_TRIED: Final = 4  # corrected queries that are put to the index
Count = Callable[[str], int]
logger = logging.getLogger("search")


def correction(parsed: ParsedQuery, total: int, count: Count) -> Highlighted | None:
    """The query that was probably meant, with what is changed in it marked; None where there is none that finds more.

    `total` is what the query itself found, `count` tells how many articles another one finds under the same filters.
    Bounded: at most `MOST_TRIED` queries each for the other keyboard and for other spellings, and two passes over the
    words of the index for each of a few words. Never raises.
    """
    if total >= FEW or parsed.refused or not parsed.text.strip():
        return None
    try:
        return _first_that_finds(_proposals(parsed, total), total, count)
    except SearchUnavailable:
        return None
    except Exception:
        logger.exception("other spellings are not available")
        return None


def _proposals(parsed: ParsedQuery, total: int) -> Iterator[Iterator[Highlighted]]:
    """The kinds of mistakes, the surest first: the other keyboard, the spelling, then both."""
    spelling = speller()
    other = retyped(parsed.text.strip()) if not total and not parsed.had_operators else ()
    yield (_whole(text) for text in other)
    yield spelling.corrected(parsed, found=total > 0)
    for text in other:
        yield (_whole(one.text) for one in spelling.corrected(parse(text), found=False))


def _whole(text: str) -> Highlighted:
    return Highlighted(text, ((0, len(text)),))


def _first_that_finds(kinds: Iterable[Iterator[Highlighted]], total: int, count: Count) -> Highlighted | None:
    for proposals in kinds:
        for proposal in islice(proposals, MOST_TRIED):
            if count(proposal.text) > total:
                return proposal
    return None


_lock = threading.Lock()
_held: tuple[Suggester, Speller] | None = None


def speller() -> Speller:
    """The speller of the present index and authority file, made anew when one of them changed."""
    global _held
    present = suggester()
    with _lock:
        if _held is None or _held[0] is not present:
            _held = (present, Speller(present.words, present.surfaces, present.names, present.counts))
        return _held[1]
