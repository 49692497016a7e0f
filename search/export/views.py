"""Any result set as a file, and the picture of a link to a search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, override
from django.views.decorators.http import require_safe

from archive.articles.citing.cited import ARCHIVE
from archive.articles.citing.styles import COMMA
from archive.articles.pictures.pictures import Card, picture
from archive.authorities.directory import directory
from archive.calendars.words import format_date
from archive.pages.bounds import heavy
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.shown import localnumber
from search.answer.facets import chosen_dates
from search.export.formats import BOM, FORMATS, Heading
from search.export.result_set import QueryRefused, ResultSet, articles, found
from search.labels import FACET_TITLES, value_labels, without
from search.question.address import read_request, url
from search.request import FACETS, SearchRequest
from search.results import ResultPage
from search.web.caching import revalidated
from search.web.unavailable import for_programs, told

PDF = "pdf"
Answered = TypeVar("Answered", bound=HttpResponseBase)


@require_safe
@revalidated
@for_programs
@heavy
def export(request: HttpRequest) -> HttpResponseBase:
    """The result set of the page with these parameters; `format` names the file, `bom=1` is for spreadsheets."""
    asked = read_request(request.GET).on_page(1)
    form = request.GET.get("format", "csv")
    if form != PDF and form not in FORMATS:
        return told(gettext("This archive does not write files of this kind."), 400)
    try:
        result = found(asked, settings.DOSSIER_LIMIT if form == PDF else settings.EXPORT_LIMIT)
    except QueryRefused:
        return told(gettext("This query is too long or too deep to be exported."), 400)
    return _dossier(request, result) if form == PDF else _streamed(request, result, form)


@require_safe
@revalidated
@heavy
def export_shelf(request: HttpRequest) -> HttpResponseBase:
    """The articles `a=…&a=…` as a file, in this order; `format` as in `export`."""
    form = request.GET.get("format", "csv")
    if form != PDF and form not in FORMATS:
        return told(gettext("This archive does not write files of this kind."), 400)
    picked = dict.fromkeys(request.GET.getlist("a"))
    result = ResultSet(SearchRequest(), len(picked), tuple(picked)[: settings.DOSSIER_LIMIT], is_picked=True)
    return _dossier(request, result) if form == PDF else _streamed(request, result, form)


def _streamed(request: HttpRequest, result: ResultSet, form: str) -> StreamingHttpResponse:
    made = FORMATS[form]
    exported = articles(result, request.build_absolute_uri, timezone.now().date())
    text = made.write(exported, _heading(request, result))
    bom = BOM if form == "csv" and request.GET.get("bom") == "1" else ""
    content = encoded(text, bom, get_language() or reader_language())
    response = StreamingHttpResponse(content, content_type=f"{made.media_type}; charset=utf-8")
    return _attached(response, result, made.suffix)


def encoded(text: Iterable[str], bom: str, language: str) -> Iterator[bytes]:
    """The stream in the reader's language: it runs when the request is over. A lone surrogate is replaced."""
    yield bom.encode()
    lines = iter(text)
    while True:
        with override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line.encode("utf-8", "replace")


def _dossier(request: HttpRequest, result: ResultSet) -> FileResponse:
    from archive.articles.dossier.dossier import (  # with reportlab, which nothing else needs
        Dossier,
        DossierArticle,
        bound,
    )

    exported = articles(result, request.build_absolute_uri, timezone.now().date())
    heading = _heading(request, result)
    dossier = Dossier(
        title=gettext("A selection") if result.is_picked else _question(result.request) or gettext("The whole archive"),
        narrowed=tuple(_narrowed(result.request)),
        counted=heading.counted,
        made_on=_today(),
        address=heading.address,
        language=heading.language,
        articles=tuple(DossierArticle(one.work, tuple(one.article.paragraphs)) for one in exported),
    )
    response = FileResponse(bound(dossier), content_type="application/pdf")
    return _attached(response, result, "pdf")


def _attached(response: Answered, result: ResultSet, suffix: str) -> Answered:
    """Saved under an ASCII name that tells of a part, and with the counts for programs."""
    part = f"-first-{len(result.identifiers)}-of-{result.total}" if result.is_cut else ""
    name = f"diwan-{timezone.now():%Y-%m-%d}{part}.{suffix}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["X-Total-Count"] = str(result.total)
    response.headers["X-Export-Count"] = str(len(result.identifiers))
    return response


def _heading(request: HttpRequest, result: ResultSet) -> Heading:
    words = gettext("A selection") if result.is_picked else in_words(result.request)
    return Heading(
        title=" · ".join(word for word in [gettext("Diwan"), words] if word),
        address=request.build_absolute_uri(_address(result)),
        counted=_counted(result),
        language=reader_language(),
    )


def _address(result: ResultSet) -> str:
    if not result.is_picked:
        return url(result.request)
    return f"{reverse('shelf')}?{urlencode([('a', identifier) for identifier in result.identifiers])}"


def in_words(asked: SearchRequest) -> str:
    """A question as its readers say it: «خلفوف · Country: Azerbaijan»; `""` for the whole archive."""
    return " · ".join(word for word in [_question(asked), *_narrowed(asked)] if word)


def _question(asked: SearchRequest) -> str:
    return " ".join(asked.q.split())


def _narrowed(asked: SearchRequest) -> Iterator[str]:
    """The chosen and excluded facet values in words: «Country: Azerbaijan, not Armenia»."""
    if chosen := chosen_dates(asked, 0):
        yield f"{chosen[0].title}: {chosen[0].values[0].label}"
    for facet in FACETS:
        label = value_labels(facet, directory(), reader_language())
        told = [label(value) for value in asked.chosen(facet)]
        told += [without(label(value)) for value in asked.left_out(facet)]
        if told:
            yield f"{FACET_TITLES[facet]}: {COMMA[reader_language()].join(told)}"


def _counted(result: ResultSet) -> str:
    """`5 articles`, or how many of all are in the file, and the day."""
    number, total = len(result.identifiers), result.total
    counted = ngettext("%(found)s article", "%(found)s articles", number) % {"found": localnumber(number)}
    if result.is_cut:
        counted = gettext("the first %(n)s of %(total)s articles") % {
            "n": localnumber(number),
            "total": localnumber(total),
        }
    return f"{counted} · {_today()}"


def _today() -> str:
    language = reader_language()
    return format_date(timezone.now().date(), reader_calendar(language), language)


@require_safe
@revalidated
@for_programs
@heavy
def search_picture(request: HttpRequest) -> HttpResponse:
    """The picture of a link to a search: the question, what narrows it, and how much it finds."""
    asked = read_request(request.GET).on_page(1)
    try:
        result = found(asked, 1)
    except QueryRefused:
        return told(gettext("This query is too long or too deep to be exported."), 400)
    return HttpResponse(picture(_card(asked, result.total)), content_type="image/png")


def _card(asked: SearchRequest, total: int) -> Card:
    language = reader_language()
    counted = ngettext("%(found)s article", "%(found)s articles", total) % {"found": localnumber(total)}
    narrowed = " · ".join(_narrowed(asked))
    title = _question(asked) or narrowed or gettext("Arabic and Persian diplomatic news, archived")
    below = narrowed if _question(asked) and narrowed else ""
    return Card(title=title, above=counted, below=below, name=ARCHIVE[language], rtl=language != "en")


def _format_names() -> dict[str, str]:
    return {
        "csv": "CSV",
        "jsonl": "JSON Lines",
        "ris": "RIS",
        "bib": "BibTeX",
        "csl": "CSL-JSON",
        "txt": gettext("Text"),
    }


def shelf_formats() -> dict[str, str]:
    """The files that a selection can be had as, by the value of `format`, with the name of each."""
    return {**_format_names(), PDF: "PDF"}


def most_in_files(total: int) -> dict[str, int]:
    """How many of `total` articles files and dossiers hold, where it is not all of them: `in_files`, `in_pdf`."""
    shown = {"in_files": settings.EXPORT_LIMIT, "in_pdf": settings.DOSSIER_LIMIT}
    cut = {name: most for name, most in shown.items() if most < total}
    return {**cut, "total": total} if cut else {}


def links(asked: SearchRequest) -> list[dict[str, str]]:
    """The files of a result set, with the name of each format and its address."""
    query = asked.on_page(1).to_query()
    start = reverse("search-export") + "?" + (f"{query}&" if query else "")
    made = [{"name": name, "url": f"{start}format={form}"} for form, name in _format_names().items()]
    made.insert(1, {"name": gettext("CSV for Excel"), "url": f"{start}format=csv&bom=1"})
    return [*made, {"name": "PDF", "url": f"{start}format=pdf"}]


def export_links(page: ResultPage) -> dict[str, Any]:
    """The files of this result set, whole, whatever page of it is shown; of a large one, its first articles."""
    return {"links": links(page.request), **most_in_files(page.total)}


def search_metadata(context: Mapping[str, Any], page: ResultPage) -> dict[str, Any]:
    """Open Graph of a search; the picture speaks the language of the reader who shares the link."""
    request, language = context["request"], reader_language()
    query = page.request.on_page(1).to_query()
    picture = reverse("search-picture") + "?" + (f"{query}&" if query else "") + f"ui={language}"
    asked = " ".join(page.request.q.split())
    return {
        "title": f"{asked} · {ARCHIVE[language]}" if asked else ARCHIVE[language],
        "picture": request.build_absolute_uri(picture),
    }
