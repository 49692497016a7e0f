"""What of an article may be shown to whom: the whole text, an excerpt, or the description alone.

Every way out of the archive asks `shown`, and shows no more than the article it is given. What is shown of a text is
always its beginning, so offsets into the stored text are offsets into what is shown.
"""

from __future__ import annotations

from copy import copy
from enum import Enum, auto
from typing import Final

from django.conf import settings
from django.utils.translation import gettext

from archive.articles.models import Article
from archive.authorities.directory import Directory
from archive.authorities.models import Rights

EXCERPT: Final = 300  # code points of an excerpt, at most
SHARE: Final = 4  # and at most a fourth of the text
_NARROWEST_FIRST: Final = (Rights.DESCRIPTION, Rights.EXCERPT, Rights.WHOLE)


class Audience(Enum):
    """A reader of pages, or whoever takes many articles away: files, feeds, tables, programs."""

    PAGE = auto()
    BULK = auto()


def rights(source: int | None, to: Audience, names: Directory) -> Rights:
    """What the source with this key allows, by its curator or else by the settings; never more in bulk than on pages.

    An article without a source is shown as the settings say.
    """
    pages, bulk = names.rights.get(source or 0, ("", ""))
    chosen = [pages or settings.RIGHTS_PAGES]
    if to is Audience.BULK:
        chosen.append(bulk or settings.RIGHTS_BULK)
    return min(map(Rights, chosen), key=_NARROWEST_FIRST.index)


def allowed(text: str, level: Rights) -> str:
    """What of a text is shown: all of it, its beginning cut between words, or nothing."""
    if level == Rights.WHOLE:
        return text
    most = min(EXCERPT, len(text) // SHARE) if level == Rights.EXCERPT else 0
    return text[: max(text.rfind(" ", 0, most + 1), text.rfind("\n", 0, most + 1), 0)].rstrip()


def shown(article: Article, to: Audience, names: Directory) -> Article:
    """The article as it may be shown: itself, or a copy without what may not be, which cannot be saved.

    Of what the page says beside its text, words that were cut or are evidence are left out with the text; the printed
    date stays.
    """
    return limited(article, rights(article.source_id, to, names))


def limited(article: Article, level: Rights) -> Article:
    """The article as `shown` shows it where the rights of its source are these."""
    if level == Rights.WHOLE:
        return article
    part = copy(article)
    part.body = "" if "body" in article.get_deferred_fields() else allowed(article.body, level)
    if "evidence" not in article.get_deferred_fields():
        part.evidence = {name: told for name, told in article.evidence.items() if name == "date"}
    part.shown_as = level
    return part


def note(article: Article) -> str:
    """What to say under the text of an article that is not shown whole; "" under one that is."""
    if article.shown_as == Rights.EXCERPT:
        return gettext("An excerpt: the rights of this source allow no more of the text here.")
    if article.shown_as == Rights.DESCRIPTION:
        return gettext("The description alone: the rights of this source do not allow its text to be shown here.")
    return ""
