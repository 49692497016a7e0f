"""Lines of a page that are no text, and text taken for such: put back, taken out, cut of a source from then on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from typing import Final

from django.utils.translation import gettext

from archive.articles.models import Article
from archive.articles.reading import removed
from archive.authorities.models import AuthorityRecord
from archive.captures.payloads import store
from archive.curation.actions import Action, Curator, edit
from archive.curation.models import CurationEvent, CutLine
from archive.extraction.page.characters import clean
from archive.extraction.page.encodings import decode
from archive.extraction.page.errors import ExtractionError
from archive.extraction.page.html import looks_like_markup, read_markup
from search.analysis import fold

LONGEST: Final = 300  # code points; a longer line is a paragraph of a report
RULE: Final = "source-habit"  # of what is cut so
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")


def line_key(text: str) -> str:
    """The letters of a line: «المصدر: قنا 12/3» and «المصدر: قنا 14/5» are such lines; "" of a line without letters."""
    return _NO_LETTERS.sub(" ", fold(text)).strip()[:500]


def cut_from_now_on(source: AuthorityRecord, text: str, *, by: Curator = None) -> bool:
    """Have such lines of a source be cut; False where they are already, or the line has no letters or is too long."""
    key = line_key(text)
    if not key or len(text) > LONGEST:
        return False
    _line, is_new = CutLine.objects.get_or_create(source=source, letters=key, defaults={"text": text[:500], "by": by})
    return bool(is_new)


def keys_of(source: AuthorityRecord | None) -> frozenset[str]:
    """The lines that are cut of a source."""
    if source is None:
        return frozenset()
    return frozenset(CutLine.objects.filter(source=source).values_list("letters", flat=True))


def habits(articles: Collection[Article]) -> dict[int, list[int]]:
    """By the keys of articles, the places of the paragraphs that are such lines of their sources; most have none.

    What a curator put back is none of them, and no text consists of them alone.
    """
    lines: defaultdict[int | None, set[str]] = defaultdict(set)
    of_sources = CutLine.objects.filter(source__in={article.source_id for article in articles})
    for source, letters in of_sources.values_list("source", "letters"):
        lines[source].add(letters)
    found = {article.pk: _places(article.paragraphs, lines[article.source_id]) for article in articles}
    wanted = _put_back([key for key, places in found.items() if places])
    for article in articles:
        if found[article.pk]:
            left = lines[article.source_id] - wanted[article.pk]
            found[article.pk] = _places(article.paragraphs, left)
    return {one.pk: found[one.pk] for one in articles if 0 < len(found[one.pk]) < len(one.paragraphs)}


def _places(paragraphs: list[str], lines: set[str]) -> list[int]:
    return [at for at, text in enumerate(paragraphs) if lines and len(text) <= LONGEST and line_key(text) in lines]


def _put_back(articles: list[int]) -> defaultdict[int, set[str]]:
    """The lines that curators brought into the texts of articles."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    events = CurationEvent.objects.filter(article__in=articles, action=Action.EDIT, changes__has_key="body")
    for article, changes in events.values_list("article", "changes"):
        was, now = (set(map(line_key, text.split("\n\n"))) for text in changes["body"])
        found[article] |= now - was
    return found


def without(article: Article, places: Collection[int]) -> str:
    """The text without some of its paragraphs."""
    return "\n\n".join(text for at, text in enumerate(article.paragraphs) if at not in places)


def put_back(article: Article, number: int, *, by: Curator = None) -> bool:
    """Put back what was cut as boilerplate, as a paragraph of its own, where it stands on the page.

    False where there is no such cut (`archive.articles.reading.removed`), or it is in the text again.
    """
    cut = next((one for one in removed(article) if one["number"] == number), None)
    if cut is None:
        return False
    place, page = article.evidence["removed"][number]["start"], _page_text(article)
    behind = [at for at, text in enumerate(article.paragraphs) if place < page.find(text)]
    at = behind[0] if behind else len(article.paragraphs)
    paragraphs = [*article.paragraphs[:at], " ".join(cut["text"].split()), *article.paragraphs[at:]]
    body = "\n\n".join(filter(None, paragraphs))
    return bool(edit(article, {"body": body}, by=by, note=gettext("put back what was cut")))


def take_out(article: Article, number: int, *, by: Curator = None) -> bool:
    """Take a paragraph out of the text; False for the only one."""
    if len(article.paragraphs) < 2 or number >= len(article.paragraphs):
        return False
    return bool(edit(article, {"body": without(article, [number])}, by=by, note=gettext("cut a line of the page")))


def _page_text(article: Article) -> str:
    """The text of the page, in which the offsets of what was cut count; "" where it cannot be read any more."""
    try:
        text = decode(store().get(article.capture.payload_digest)).text
    except (ExtractionError, OSError):
        return ""
    return read_markup(text).text if looks_like_markup(text, article.capture.received_from) else clean(text)
