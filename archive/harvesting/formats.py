"""A report described as Dublin Core and as MODS. No text of it is in either, so that every source allows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml.builder import ElementMaker  # type: ignore[import-untyped]

from archive.articles.citing.cited import LANGUAGES, Cited
from archive.articles.citing.metadata import iso
from archive.articles.models import Article
from archive.articles.reading import linked
from archive.authorities.directory import directory
from archive.authorities.models import AuthorityRecord, Kind
from archive.text.xml import legal

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
OAI_DC: Final = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC: Final = "http://purl.org/dc/elements/1.1/"
MODS: Final = "http://www.loc.gov/mods/v3"
_dc = ElementMaker(namespace=DC)
_mods = ElementMaker(namespace=MODS, nsmap={None: MODS, "xsi": XSI})


@dataclass(frozen=True, slots=True)
class MetadataFormat:
    namespace: str
    schema: str
    write: Callable[[Article, Cited], Any]


def _told(make: Any, name: str, text: str, language: str = "", **attributes: str) -> Iterator[Any]:
    """An element; none for an empty text."""
    if text:
        if language:
            attributes[XML_LANG] = language
        yield make(name, legal(text), attributes)


def dublin_core(article: Article, work: Cited) -> Any:
    root = ElementMaker(namespace=OAI_DC, nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})("dc")
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    told = [("title", work.whole_title, work.known_language), ("creator", work.byline, ""), ("date", iso(work), "")]
    told += [("language", work.known_language, ""), ("type", "Text", ""), ("type", "newspaper article", "en")]
    told += [("identifier", address, "") for address in (work.url, article.guid)]
    told += [("relation", work.original_url, ""), ("coverage", work.place, work.known_language)]
    told += [("publisher", name, language) for language, name in work.source.items()]
    told += [("subject", name, language) for record in _records(article) for language, name in _names(record).items()]
    for name, text, language in told:
        root.extend(_told(_dc, name, text, language))
    return root


def mods(article: Article, work: Cited) -> Any:
    root = _mods("mods", version="3.8")
    root.set(f"{{{XSI}}}schemaLocation", f"{MODS} http://www.loc.gov/standards/mods/v3/mods-3-8.xsd")
    title = _mods("titleInfo", _mods("title", legal(work.whole_title)), {XML_LANG: work.known_language or "und"})
    root.extend([title])
    if work.byline:
        role = _mods("role", _mods("roleTerm", "aut", type="code", authority="marcrelator"))
        root.append(_mods("name", _mods("namePart", legal(work.byline)), role))
    root.extend([_mods("typeOfResource", "text"), _mods("genre", "newspaper article")])
    if date := iso(work):
        inferred = {"qualifier": "inferred"} if work.date.supplied else {}
        root.append(_mods("originInfo", _mods("dateIssued", date, {"encoding": "w3cdtf", **inferred})))
    term = _mods("languageTerm", work.language, type="code", authority="rfc5646")
    root.append(_mods("language", term))
    if newspaper := work.source_in(work.language):
        host = _mods("relatedItem", _mods("titleInfo", _mods("title", legal(newspaper))), type="host")
        root.append(host)
    if work.original_url:
        address = _mods("location", _mods("url", legal(work.original_url)))
        root.append(_mods("relatedItem", address, type="original"))
    root.extend(_subject(record) for record in _records(article))
    root.extend(_told(_mods, "note", work.date.as_printed, work.known_language, type="date as printed"))
    root.append(_mods("identifier", article.guid, type="uri"))
    root.append(_mods("location", _mods("url", work.url, usage="primary display")))
    root.append(_mods("recordInfo", _mods("recordIdentifier", article.identifier, source="Diwan")))
    return root


def _subject(record: AuthorityRecord) -> Any:
    """A country as a place, an official or a body as a name, in each of the three languages."""
    kinds = {Kind.OFFICIAL: "personal", Kind.BODY: "corporate"}
    subject = _mods("subject")
    for language, name in _names(record).items():
        if record.kind in kinds:
            held = _mods("name", _mods("namePart", legal(name)), {"type": kinds[Kind(record.kind)]})
        else:
            held = _mods("geographic" if record.kind == Kind.COUNTRY else "topic", legal(name))
        held.set(XML_LANG, language)
        subject.append(held)
    return subject


def _records(article: Article) -> list[AuthorityRecord]:
    return [point.record for point in linked(article)]


def _names(record: AuthorityRecord) -> dict[str, str]:
    return {language: directory().label(record.kind, record.slug, language) for language in LANGUAGES}


FORMATS: Final = {
    "oai_dc": MetadataFormat(OAI_DC, "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", dublin_core),
    "mods": MetadataFormat(MODS, "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd", mods),
}
