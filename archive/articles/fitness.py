"""What no reader is shown, whoever asks for it: a report under embargo, or of which next to no text was found."""

from __future__ import annotations

from typing import Final

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext, gettext_noop

from archive.articles.models import Article

EMBARGO: Final = gettext_noop("It is under an embargo until %(when)s.")
NO_TEXT: Final = gettext_noop("The page was read, but no text of the report was found in it.")
LITTLE_TEXT: Final = gettext_noop("Of the report next to no text was found (%(number)d words).")
FEWEST_WORDS: Final = 6  # the shortest flash of an agency has more


def reason_to_hold(article: Article) -> str:
    """Why an article stays a draft, in the reader's words; "" where nothing keeps it from being published."""
    held = held_by(article)
    return gettext(held[0]) % held[1] if held else ""


def held_by(article: Article) -> tuple[str, dict[str, int | str]] | None:
    """The same as an English sentence to be translated as it stands, and what stands in it."""
    if article.embargo_until and article.embargo_until > timezone.now():
        return EMBARGO, {"when": str(localize(timezone.localtime(article.embargo_until)))}
    words = len(article.body.split())
    if words >= FEWEST_WORDS:
        return None
    return (LITTLE_TEXT, {"number": words}) if words else (NO_TEXT, {})
