"""Bodies and news outlets of the given lists, as authority records; a body on file gets the names that it lacks."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from search.analysis.lexicons import stop_words
from tools.records.people import Record, letters, plain
from tools.records.rows import Row, read_rows

SHORTEST_ABBREVIATION: Final = 4  # UN and WHO are words of other texts, too
_COUNT: Final = re.compile(r" \((\d+)\)$")
# Names that are common words or other things as often: a council of concord, "the news", "election", Urdu headings.
_NO_NAMES: Final = frozenset(("مجلس الوفاق", "الأخبار", "الاخبار", "انتخاب", "ایکسپریس اردو", "قومی خبریں"))


def bodies(path: Path, by_hand: Sequence[Record]) -> list[Record]:
    """The international bodies; a form that two of them have, or that another one on file has, is left out."""
    rows = read_rows(path)
    forms = [[name for name in _names_of_body(row) if name["text"] not in _NO_NAMES] for row in rows]
    owners = Counter(key for names in forms for key in {letters(name["text"]) for name in names})
    on_file = {letters(name["text"]): record["slug"] for record in by_hand for name in record["names"]}
    entries: dict[str, Record] = {}
    for names in forms:
        slugs = Counter(on_file[key] for name in names if (key := letters(name["text"])) in on_file)
        slug = slugs.most_common(1)[0][0] if slugs else plain(names[0]["text"])[:80].strip("-")
        free = [n for n in names if owners[letters(n["text"])] == 1 and on_file.get(letters(n["text"]), slug) == slug]
        if slugs:
            free = [name | {"form": "variant"} for name in free if letters(name["text"]) not in on_file]
        if free and slug not in entries:
            entries[slug] = {"kind": "body", "slug": slug, "names": free, "posts": []}
    return [entries[slug] for slug in sorted(entries)]


def _names_of_body(row: Row) -> list[Record]:
    identifier = f" {row['wikidata']}" if re.fullmatch(r"Q\d+", row["wikidata"]) else ""
    listed = f"Wikidata{identifier}, via confirmordeny/supraverden @59ab4fa 2026-06-24 (CC BY-SA 4.0)"
    names = [_name(row["name_en"], "en", "authorized", "name", listed)]
    for language in ("ar", "fa"):
        source = row[f"{language}_source"]
        source = listed if source.startswith("source") else f"{source}, own count"
        if row[f"name_{language}"]:
            names.append(_name(row[f"name_{language}"], language, "parallel", "name", source))
        for variant in filter(None, row[f"variants_{language}"].split(" | ")):
            counted = _COUNT.search(variant)
            told = f"attested {counted[1]} (news_{language}), own count" if counted else listed
            names.append(_name(_COUNT.sub("", variant), language, "variant", "press", told))
    abbreviation = row["abbreviation"]
    if len(names) > 1 and len(abbreviation) >= SHORTEST_ABBREVIATION and abbreviation.lower() not in stop_words():
        names.append(_name(abbreviation, "en", "variant", "short", listed))
    return list({(name["text"], name["language"]): name for name in reversed(names)}.values())[::-1]


def outlets(path: Path) -> list[Record]:
    """The news outlets, each with its names and the domains that it publishes at."""
    entries: dict[str, Record] = {}
    taken: set[str] = set()
    for row in read_rows(path):
        english = re.sub(r"\s*\([^)]*$", "", row["outlet_en"])
        slug = (plain(english) or plain(row["domains"]))[:80].strip("-")
        entry = entries.setdefault(slug, {"kind": "source", "slug": slug, "names": []})
        entry["names"] += [name for name in _names_of_outlet(row, english) if _is_new(name, entry, taken)]
        taken |= {letters(name["text"]) for name in entry["names"]}
    return [entries[slug] for slug in sorted(entries)]


def _names_of_outlet(row: Row, english: str) -> Iterator[Record]:
    listed = f"{row['source']} ({row['licence']})"
    if english:
        yield _name(english, "en", "authorized", "name", listed)
    for language in ("ar", "fa"):
        text, source = row[f"outlet_{language}"], row[f"{language}_source"]
        if text and text not in _NO_NAMES:
            yield _name(text, language, "parallel", "name", f"{source}, own count")
    for domain in row["domains"].split():
        yield _name(domain.strip(",;|"), "zxx", "variant", "domain", listed)


def _is_new(name: Record, entry: Record, taken: set[str]) -> bool:
    """Whether neither this outlet nor an earlier one is called so: «روسيا اليوم» is RT Arabic's alone."""
    return letters(name["text"]) not in taken and name["text"] not in {one["text"] for one in entry["names"]}


def _name(text: str, language: str, form: str, use: str, source: str) -> Record:
    whole = " ".join(unicodedata.normalize("NFC", text).split())
    return {"text": whole, "language": language, "form": form, "use": use, "source": source[:300]}
