"""Citations for programs: RIS, BibTeX and CSL-JSON of one article, to be joined for many.

Every value is one line: line ends and other control characters become spaces, so that no title can open a field.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

from archive.articles.citing.cited import ARCHIVE, UNDATED, Cited

LANGUAGE_NAMES = {"ar": "arabic", "fa": "persian"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_ADDRESS = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}


def ris(work: Cited) -> str:
    """One RIS record, `TY  - NEWS`, with line ends as the format wants them."""
    fields = [("TY", "NEWS"), ("AU", work.byline), ("TI", work.whole_title), ("T2", work.source_in(work.language))]
    fields += [("ST", work.title if work.kicker else ""), ("LA", work.known_language)]
    if work.date.parts:
        year, month, day = [*(f"{part:02}" for part in work.date.parts), "", ""][:3]
        fields += [("PY", year), ("DA", f"{year}/{month}/{day}/")]
    fields += [("Y2", f"{work.accessed_on:%Y/%m/%d}/"), ("UR", work.url)]
    fields += [("DB", ARCHIVE["en"]), ("AN", work.identifier), ("M1", work.item_code)]
    fields += [("CY", work.place)]
    fields += [("KW", subject) for subject in work.subjects]
    fields += [("N1", note) for note in notes(work)]
    lines = [f"{tag}  - {_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def bibtex(work: Cited) -> str:
    """One BibTeX entry that biblatex reads as a newspaper article; `language` is the code, as Zotero wants it."""
    author = f"{{{_tex(work.byline)}}}" if work.byline else ""  # in braces: a name of one piece
    fields = [("author", author), ("title", f"{{{_tex(work.whole_title)}}}")]
    fields += [("shorttitle", f"{{{_tex(work.title)}}}" if work.kicker else "")]
    fields += [("titleaddon", f"{{{_tex(work.romanized_title)}}}" if work.romanized_title else "")]
    fields += [("journal", _tex(work.source_in(work.language))), ("entrysubtype", "newspaper")]
    for name, part in zip(("year", "month", "day"), work.date.parts, strict=False):
        fields.append((name, str(part)))
    fields += [("language", work.known_language), ("langid", LANGUAGE_NAMES.get(work.language, ""))]
    address = "".join(_ADDRESS.get(letter, letter) for letter in _line(work.url))
    fields += [("url", address), ("urldate", work.accessed_on.isoformat())]
    fields += [("keywords", _tex(", ".join(subject.replace(",", " ") for subject in work.subjects)))]
    fields += [("note", _tex("; ".join(notes(work))))]
    values = ((name, MONTHS[int(text) - 1] if name == "month" else f"{{{text}}}") for name, text in fields if text)
    written = [f"  {name} = {value}" for name, value in values]
    return f"@article{{{key(work)},\n" + ",\n".join(written) + "\n}\n\n"


def csl(work: Cited) -> dict[str, Any]:
    """One item of CSL-JSON, type `article-newspaper`; an undated article has no `issued`, so that styles say n.d."""
    issued = {"date-parts": [list(work.date.parts)], **({"circa": True} if work.date.supplied else {})}
    item: dict[str, Any] = {
        "id": f"diwan-{work.identifier}",
        "type": "article-newspaper",
        "title": work.whole_title,
        "title-short": work.title if work.kicker else "",
        "author": [{"literal": _line(work.byline)}] if work.byline else [],
        "event-place": work.place,
        "container-title": work.source_in(work.language),
        "language": work.known_language,
        "issued": issued if work.date.parts else {},
        "accessed": {"date-parts": [[work.accessed_on.year, work.accessed_on.month, work.accessed_on.day]]},
        "URL": work.url,
        "archive": ARCHIVE["en"],
        "keyword": ", ".join(work.subjects),
        "note": "; ".join(notes(work)),
    }
    return {name: value for name, value in item.items() if value}


def csl_json(work: Cited) -> str:
    """One item of CSL-JSON as text, with the letters as they are."""
    return json.dumps(csl(work), ensure_ascii=False)


def notes(work: Cited) -> list[str]:
    """What the formats have no field for: the date as the page counts it, the evidence."""
    date = work.date
    own = date.own(work.own_language)
    told = [UNDATED["en"] if not date.day else "", "date supplied by the archive" if date.supplied else ""]
    told += [f"romanized title: {work.romanized_title}" if work.romanized_title else ""]
    told += [f"date as printed: {date.as_printed}" if date.as_printed else ""]
    told += [f"date in its calendar: {own} [{date.within('gregorian', 'en')}]" if own else ""]
    told += [f"agency: {work.agency}" if work.agency else ""]
    told += [f"place of the dateline: {work.place}" if work.place else ""]
    told += [f"captured from: {work.original_url}" if work.original_url else ""]
    told += [f"SHA-256 of the capture: {work.digest}" if work.digest else ""]
    return [_line(note) for note in told if note]


def key(work: Cited) -> str:
    """A key of ASCII letters, digits and hyphens that stays: source, year and the beginning of the identifier."""
    year = str(work.date.parts[0]) if work.date.parts else "nd"
    slug = re.sub(r"[^a-z0-9-]", "", work.source_slug) or "diwan"
    return f"{slug}-{year}-{work.identifier[:6]}"


def _line(text: str) -> str:
    """One line: controls and line ends become spaces, marks of direction go."""
    spaced = (" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return " ".join("".join(spaced).split(" ")).strip()


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _line(text))
