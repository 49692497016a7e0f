"""Any result set as a file, and the picture of a link to a search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from archive.articles.citing.cited import ARCHIVE
from archive.articles.citing.styles import COMMA
from archive.articles.models import Article
from archive.articles.pictures.pictures import Card, picture
from archive.articles.rights import note
from archive.authorities.directory import directory
from archive.calendars.words import format_date
from archive.pages.bounds import heavy
from archive.pages.interface import reader_calendar, reader_language
from archive.pages.shown import localnumber
from search.answer.facets import chosen_dates
from search.export import tables
from search.export.formats import FORMATS, Heading
from search.export.result_set import Exported, QueryRefused, ResultSet, articles, found
from search.export.zipped import zipped
from search.labels import FACET_TITLES, value_labels, without
from search.question.address import read_request, url
from search.request import FACETS, SearchRequest
from search.results import ResultPage
from search.web.caching import revalidated
from search.web.unavailable import for_programs

PDF = "pdf"
TITLE = 160  # letters of filters that name a dossier; of more the beginning does, and all are told below


@require_safe
@revalidated
@for_programs
@heavy
def export(request: HttpRequest) -> HttpResponseBase:
    """The result set of the page with these parameters; `format` names the file, `bom=1` is for spreadsheets.

    Of CSV, `head=1` puts the question above the table, `labels=1` calls its columns in the reader's language. `zip=1`
    puts any but PDF into a ZIP, with the question, what narrows it, its address and the day beside.
    """
    asked = read_request(request.GET).on_page(1)
    try:
        return _file(request, lambda most: found(asked, most))
    except QueryRefused:
        return tables.refused()


@require_safe
@revalidated
@heavy
def export_shelf(request: HttpRequest) -> HttpResponseBase:
    """The articles `a=…&a=…` as a file, in this order; `format` as in `export`."""
    picked = tuple(dict.fromkeys(request.GET.getlist("a")))
    most = settings.DOSSIER_LIMIT
    return _file(request, lambda _most: ResultSet(SearchRequest(), len(picked), picked[:most], is_picked=True))


def _file(request: HttpRequest, find: Callable[[int], ResultSet]) -> HttpResponseBase:
    """What `find` has, given the most articles of a file, in the wanted format; with the counts for programs."""
    form = request.GET.get("format", "csv")
    if form != PDF and form not in FORMATS:
        return tables.unknown_format()
    result = find(settings.DOSSIER_LIMIT if form == PDF else settings.EXPORT_LIMIT)
    heading = _heading(request, result)
    exported = articles(result, request.build_absolute_uri, timezone.now().date())
    if form == PDF:
        response, suffix = _dossier(result, heading, exported), PDF
    else:
        written, suffix = FORMATS[form].write(exported, heading), FORMATS[form].suffix
        response = tables.stream(request, written, FORMATS[form].media_type)
    if request.GET.get("zip") == "1" and form != PDF:  # whose cover tells the question
        response, suffix = zipped(suffix, cast("Iterator[bytes]", response.streaming_content), heading.as_text), "zip"
    part = f"-first-{len(result.identifiers)}-of-{result.total}" if result.is_cut else ""
    response.headers["X-Total-Count"] = str(result.total)
    response.headers["X-Export-Count"] = str(len(result.identifiers))
    return tables.attached(response, suffix, part=part, asked="" if result.is_picked else in_words(result.request))


def _dossier(result: ResultSet, heading: Heading, exported: Iterator[Exported]) -> StreamingHttpResponse:
    from archive.articles.dossier.dossier import (  # with reportlab, which nothing else needs
        Dossier,
        DossierArticle,
        bound,
    )

    narrowed = tuple(_narrowed(result.request))
    asked = gettext("A selection") if result.is_picked else _question(result.request)
    filters = " · ".join(narrowed)
    is_named = not asked and len(filters) <= TITLE  # by its filters, which are told in no other place then
    dossier = Dossier(
        title=asked or (filters if is_named else f"{filters[:TITLE]}…") or gettext("The whole archive"),
        narrowed=() if is_named else narrowed,
        counted=heading.counted,
        made_on=_today(),
        address=heading.address,
        language=heading.language,
        articles=tuple(DossierArticle(one.work, _paragraphs(one.article)) for one in exported),
    )
    return FileResponse(bound(dossier), content_type="application/pdf")


def _paragraphs(article: Article) -> tuple[str, ...]:
    """The text as it may be printed, with a word on what is left out."""
    return tuple(filter(None, (*article.paragraphs, note(article))))


def _heading(request: HttpRequest, result: ResultSet) -> Heading:
    """The question in words, its address, and `5 articles` or how many of all are in the file, with the day."""
    words = gettext("A selection") if result.is_picked else in_words(result.request)
    number, total = len(result.identifiers), result.total
    counted = _number_of_articles(number)
    if result.is_cut:
        counted = gettext("the first %(n)s of %(total)s articles") % {
            "n": localnumber(number),
            "total": localnumber(total),
        }
    return Heading(
        title=" · ".join(word for word in [gettext("Diwan"), words] if word),
        address=request.build_absolute_uri(
            selection_url(result.identifiers) if result.is_picked else url(result.request)
        ),
        counted=f"{counted} · {_today()}",
        language=reader_language(),
        is_above=request.GET.get("head") == "1",
        is_labelled=request.GET.get("labels") == "1",
    )


def selection_url(identifiers: Iterable[str]) -> str:
    """The address of a shelf with these articles, to be shared."""
    return f"{reverse('shelf')}?{urlencode([('a', identifier) for identifier in identifiers])}"


def _number_of_articles(number: int) -> str:
    return ngettext("%(found)s article", "%(found)s articles", number) % {"found": localnumber(number)}


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
        return tables.refused()
    return HttpResponse(picture(_card(asked, result.total)), content_type="image/png")


def _card(asked: SearchRequest, total: int) -> Card:
    language = reader_language()
    narrowed = " · ".join(_narrowed(asked))
    title = _question(asked) or narrowed or gettext("Arabic and Persian diplomatic news, archived")
    below = narrowed if _question(asked) and narrowed else ""
    return Card(
        title=title, above=_number_of_articles(total), below=below, name=ARCHIVE[language], rtl=language != "en"
    )


def formats() -> dict[str, str]:
    """The files that articles can be had as, by the value of `format`, with the name of each."""
    return {
        "csv": "CSV",
        "jsonl": "JSON Lines",
        "ris": "RIS",
        "bib": "BibTeX",
        "csl": "CSL-JSON",
        "txt": gettext("Plain text"),
        PDF: "PDF",
    }


def most_in_files(total: int) -> dict[str, int]:
    """How many of `total` articles files and dossiers hold, where it is not all of them: `in_files`, `in_pdf`."""
    shown = {"in_files": settings.EXPORT_LIMIT, "in_pdf": settings.DOSSIER_LIMIT}
    cut = {name: most for name, most in shown.items() if most < total}
    return {**cut, "total": total} if cut else {}


def links(asked: SearchRequest) -> list[dict[str, str]]:
    """The files of a result set, with the name of each format and its address."""
    first, *others = formats().items()
    tabular = {
        "csv&head=1": gettext("CSV with the question above"),
        "csv&bom=1": gettext("CSV for Excel"),
        "csv&bom=1&labels=1": gettext("CSV for Excel, columns called in English"),
    }
    return tables.links_to(reverse("search-export"), asked, dict([first, *tabular.items(), *others]))


def zip_links(asked: SearchRequest) -> list[dict[str, str]]:
    """The same files with the question beside each."""
    forms = {f"{form}&zip=1": name for form, name in formats().items() if form != PDF}
    return tables.links_to(reverse("search-export"), asked, forms)


def export_links(page: ResultPage) -> dict[str, Any]:
    """The files of this result set, whole, whatever page of it is shown; of a large one, its first articles."""
    return {"links": links(page.request), "zip_links": zip_links(page.request), **most_in_files(page.total)}


def search_metadata(context: Mapping[str, Any], page: ResultPage) -> dict[str, Any]:
    """Open Graph of a search; the picture speaks the language of the reader who shares the link."""
    request, language = context["request"], reader_language()
    query = page.request.on_page(1).to_query()
    picture = reverse("search-picture") + "?" + (f"{query}&" if query else "") + f"ui={language}"
    return {
        "title": " · ".join(filter(None, (page.in_words, ARCHIVE[language]))),
        "picture": request.build_absolute_uri(picture),
    }
