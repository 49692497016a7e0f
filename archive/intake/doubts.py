"""What is taken in only after a curator has looked at it: quarantine, and why."""

from __future__ import annotations

import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_noop

from archive.articles.fitness import NO_TEXT
from archive.articles.models import Language
from archive.extraction import ExtractedArticle, ExtractionError
from archive.intake.reading.items import Item, Reason

# Reasons of extraction for which a thing is kept: somebody may find the text in it yet. For others it is refused.
KEPT_CODES: Final = frozenset({"no-article", "undecodable", "misread", "several-articles", "feed"})
_AHEAD: Final = datetime.timedelta(days=1)  # the clocks of the world
_LISTED: Final = 8  # paragraphs from which on a page may be a list
_ENDS: Final = (".", "؟", "?", "!", "…", "»", "”", '"', "،", ":", "؛", ")")
_LONG: Final = 120  # letters of a paragraph that is no entry of a list
_SHARE: Final = 0.85
_RUNNING: Final = 0.2  # the share of running text in a list, at most
LOST: Final = gettext_noop("Letters of it were lost before it was saved.")
NO_LANGUAGE: Final = gettext_noop("It is neither Arabic nor Persian as far as can be told.")
FUTURE: Final = gettext_noop("Its date is in the future: %(date)s.")
LIST: Final = gettext_noop("It looks like a list of headings, not like an article.")


def kept_in_doubt(error: ExtractionError) -> bool:
    """Whether what yields no article is kept in quarantine."""
    return error.code in KEPT_CODES


def doubt(item: Item, found: ExtractedArticle, dated_on: datetime.date | None) -> Reason | None:
    """Why an article should be looked at before it is one, None where nothing speaks against it."""
    if any("\ufffd" in text for text in (item.stated.title, item.stated.body, item.stated.html)):
        return Reason(LOST)
    if not any(found.paragraphs):
        return Reason(NO_TEXT)
    if found.language == Language.UNDETERMINED:
        return Reason(NO_LANGUAGE)
    if dated_on and dated_on > timezone.now().date() + _AHEAD:
        return Reason(FUTURE, {"date": dated_on.isoformat()})
    if is_list(found.paragraphs):
        return Reason(LIST)
    return None


def is_list(paragraphs: tuple[str, ...]) -> bool:
    """Whether there is hardly a sentence among them: nearly all are short and end like headings.

    Of 60,195 reports of the press and of Telegram 152 are such: tables of a league, recipes, poems, chapters of a film.
    """
    if len(paragraphs) < _LISTED:
        return False
    entries = [text for text in paragraphs if len(text) < _LONG and not text.endswith(_ENDS)]
    sentences = sum(map(len, paragraphs)) - sum(map(len, entries))
    return len(entries) > _SHARE * len(paragraphs) and sentences < _RUNNING * sum(map(len, paragraphs))
