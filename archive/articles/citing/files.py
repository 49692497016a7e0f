"""An article as a file for programs and editors: JSON, Markdown, plain text, beside the formats of citations."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from archive.articles.citing.cited import Cited
from archive.articles.citing.formats import bibtex, csl_json, ris
from archive.articles.citing.metadata import iso
from archive.articles.models import Article
from archive.articles.reading import linked
from archive.articles.rights import note
from archive.articles.rules import kind_of
from archive.authorities.directory import directory


@dataclass(frozen=True, slots=True)
class FileForm:
    """A form at an address of its own, `/articles/ID.ris`: its media type and how an article is written in it."""

    media_type: str
    write: Callable[[Article, Cited], str]


def as_json(article: Article, work: Cited) -> str:
    return json.dumps(described(article, work), ensure_ascii=False, indent=1) + "\n"


def described(article: Article, work: Cited) -> dict[str, Any]:
    """All that the page says, with the addresses of the records that it names, as plain values of JSON."""
    site = work.url.removesuffix(article.get_absolute_url())
    capture = article.capture
    return {
        "identifier": article.identifier,
        "guid": article.guid,
        "url": work.url,
        "language": article.language,
        "kicker": article.kicker,
        "title": article.title,
        "romanized_title": article.romanized_title,
        "text": article.body,
        "text_shown": article.shown_as,
        "source": {"identifier": work.source_slug, "names": dict(work.source), "as_printed": article.source_as_printed},
        "byline": article.byline,
        "agency": article.agency,
        "place": article.place,
        "item_code": article.item_code,
        "date": {
            "day": iso(work),
            "instant": article.dated_at.isoformat() if article.dated_at else "",
            "precision": article.date_precision,
            "certainty": article.date_certainty,
            "calendar": article.date_calendar,
            "as_printed": article.date_as_printed,
            "evidence": _date_evidence(article, work),
        },
        "records": [_record(point.record, site) for point in linked(article)],
        "capture": {
            "url": f"{work.url}capture/",
            "original": capture.target_uri,
            "captured_at": capture.captured_at.isoformat() if capture.captured_at else "",
            "sha256": capture.payload_digest,
        },
        "forms": {form: f"{work.url.removesuffix('/')}.{form}" for form in FORMS},
    }


def _date_evidence(article: Article, work: Cited) -> dict[str, Any]:
    """What the date rests on, the words that say it, and the page where they are marked.

    `start` and `end` are their place in what is shown of the text; None where they stand elsewhere.
    """
    found = article.evidence.get("date", {})
    words, basis = str(found.get("text", "")), kind_of(article)
    start = article.body.find(words) if words and basis in {"lead", "dateline"} else -1
    return {
        "basis": basis,
        "rule": str(found.get("rule", "")),
        "text": words,
        "start": start if start >= 0 else None,
        "end": start + len(words) if start >= 0 else None,
        "url": f"{work.url}original/",
    }


def _record(record: Any, site: str) -> dict[str, Any]:
    names = {language: directory().label(record.kind, record.slug, language) for language in ("ar", "fa", "en")}
    return {
        "kind": record.kind,
        "identifier": record.slug,
        "url": f"{site}{record.get_absolute_url()}",
        "names": names,
    }


def as_text(article: Article, work: Cited) -> str:
    """Kicker, title, where and when it appeared, the text, the address; an empty line between any two."""
    parts = [article.kicker, article.title, _appeared(work), *article.paragraphs, note(article), work.url]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_markdown(article: Article, work: Cited) -> str:
    """The same in CommonMark, where nothing of the article is taken for markup."""
    parts = [f"*{_plain(article.kicker)}*" if article.kicker else "", f"# {_plain(article.title)}"]
    parts += [_plain(_appeared(work)), *map(_plain, article.paragraphs), _plain(note(article)), f"<{work.url}>"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _appeared(work: Cited) -> str:
    when = work.date.own(work.own_language) or work.date.as_printed
    return " · ".join(part for part in (work.source_in(work.language), work.byline, when) if part)


def _plain(text: str) -> str:
    """A paragraph in Markdown: what could be markup is escaped, at the beginning of a line numbers, too."""
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~&])", r"\\\1", text)
    return re.sub(r"^(\s*)(?:([-+=])|(\d+)([.)]))", _begins, escaped, flags=re.MULTILINE)


def _begins(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}"


FORMS: Final = {
    "json": FileForm("application/json", as_json),
    "ris": FileForm("application/x-research-info-systems", lambda _article, work: ris(work)),
    "bib": FileForm("application/x-bibtex", lambda _article, work: bibtex(work)),
    "csl.json": FileForm("application/vnd.citationstyles.csl+json", lambda _article, work: f"[{csl_json(work)}]\n"),
    "txt": FileForm("text/plain", as_text),
    "md": FileForm("text/markdown", as_markdown),
}
