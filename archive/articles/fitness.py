"""What no reader is shown, whoever asks for it: a report under embargo, or of which next to no text was found."""

from __future__ import annotations

from typing import Final

from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext as _

from archive.articles.models import Article

FEWEST_WORDS: Final = 6  # the shortest flash of an agency has more


def reason_to_hold(article: Article) -> str:
    """Why an article stays a draft, in the reader's words; "" where nothing keeps it from being published."""
    if article.embargo_until and article.embargo_until > timezone.now():
        return _("It is under an embargo until %(when)s.") % {
            "when": localize(timezone.localtime(article.embargo_until))
        }
    words = len(article.body.split())
    if words >= FEWEST_WORDS:
        return ""
    if not words:
        return _("The page was read, but no text of the report was found in it.")
    return _("Of the report next to no text was found (%(number)d words).") % {"number": words}
