"""The hits of a search in an article as they are shown: marked, each with its anchor and its way to the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext

from archive.pages.interface import reader_language
from archive.pages.shown import localnumber
from search.answer.hits import MOST, ArticleHits, HitPart, Stretch

_BAR: Final = '<span class="hop" role="navigation" lang="%s" dir="%s" aria-label="%s"><span>%s</span> %s</span>'


def woven_hits(stretches: Iterable[Stretch], found: ArticleHits | None = None) -> SafeString:
    """The text with its links and marks; with `found` each hit is followed by its `hop`."""
    shown = (_woven(one) + (hop([one], found) if found else "") for one in stretches)
    return mark_safe("".join(shown))  # noqa: S308 - every part was escaped


def _woven(stretch: Stretch) -> str:
    text = "".join(_marked(part) if part.number else escape(part.text) for part in stretch.parts)
    url, title = escape(stretch.piece.url), escape(stretch.piece.title)
    return f'<a class="mention" href="{url}" title="{title}">{text}</a>' if url else text


def _marked(part: HitPart) -> str:
    anchor = f' id="hit-{part.number}"' if part.opens else ""
    how = ' class="alone"' if part.is_alone else ""
    return f"<mark{anchor}{how}>{escape(part.text)}</mark>"


def hop(stretches: Sequence[Stretch], found: ArticleHits) -> SafeString:
    """The bar of a hit that begins here; it is seen as long as the hit is the one that was gone to."""
    number = next((stretch.opened for stretch in stretches if stretch.opened), 0)
    if not number:
        return mark_safe("")
    told = gettext("Hit %(number)s of %(total)s") % {"number": localnumber(number), "total": localnumber(found.total)}
    ways = [(f"#hit-{number - 1}", gettext("Previous"))] if number > 1 else []
    ways += [(f"#hit-{number + 1}", gettext("Next"))] if number < min(found.total, MOST) else []
    ways += [(found.back_url, gettext("Back to the results"))]
    links = " ".join(f'<a href="{escape(way)}">{escape(label)}</a>' for way, label in ways)
    way = "rtl" if get_language_bidi() else "ltr"
    return mark_safe(_BAR % (reader_language(), way, escape(told), escape(told), links))  # noqa: S308 - escaped
