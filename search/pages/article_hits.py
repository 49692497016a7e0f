"""The hits of a search in an article as they are shown: marked, each with its anchor and its way to the next one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext

from archive.pages.interface import reader_language
from archive.pages.shown import localnumber
from search.answer.hits import MOST, ArticleHits, HitPart, Stretch


def woven_hits(stretches: Iterable[Stretch], found: ArticleHits | None = None) -> SafeString:
    """The text with its links and marks; with `found` each hit is followed by its `hop`."""
    return format_html_join("", "{}{}", ((_woven(one), hop([one], found) if found else "") for one in stretches))


def _woven(stretch: Stretch) -> SafeString:
    text = format_html_join("", "{}", ((_marked(part) if part.number else part.text,) for part in stretch.parts))
    url, title = stretch.piece.url, stretch.piece.title
    return format_html('<a class="mention" href="{}" title="{}">{}</a>', url, title, text) if url else text


def _marked(part: HitPart) -> SafeString:
    anchor = format_html(' id="hit-{}"', part.number) if part.opens else ""
    how = format_html(' class="{}"', "alone") if part.is_alone else ""
    return format_html("<mark{}{}>{}</mark>", anchor, how, part.text)


def hop(stretches: Sequence[Stretch], found: ArticleHits) -> SafeString:
    """The bar of a hit that begins here; it is seen as long as the hit is the one that was gone to."""
    number = next((stretch.opened for stretch in stretches if stretch.opened), 0)
    if not number:
        return mark_safe("")
    told = gettext("Hit %(number)s of %(total)s") % {"number": localnumber(number), "total": localnumber(found.total)}
    ways = [(f"#hit-{number - 1}", gettext("Previous"))] if number > 1 else []
    ways += [(f"#hit-{number + 1}", gettext("Next"))] if number < min(found.total, MOST) else []
    ways += [(found.back_url, gettext("Back to the results"))]
    return format_html(
        '<span class="hop" role="navigation" lang="{}" dir="{}" aria-label="{}"><span>{}</span>{}</span>',
        reader_language(),
        "rtl" if get_language_bidi() else "ltr",
        told,
        told,
        format_html_join("", ' <a href="{}">{}</a>', ways),
    )
