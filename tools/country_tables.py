"""Builds the country records: CLDR's names through Babel, joined with the curated table of press usage.

    python -m tools.country_tables

writes `fixtures/authorities/countries.json` from Babel and `fixtures/authorities/country_variants.tsv`. Run again
after either changes; the same inputs give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import babel
from babel import Locale

from archive.authorities.gazetteer.files import FIXTURES, read_table

LANGUAGES: Final = ("ar", "fa", "en", "az")
# Babel does not say which CLDR release it carries; this is the one of Babel 2.18.
CLDR_RELEASE: Final = 47
CURATED: Final = "press usage, compiled for the archive from general knowledge"
# Regions of CLDR that are no country or territory of ISO 3166-1: groupings, reservations, test locales.
NO_COUNTRY: Final = frozenset(("AC", "CP", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ", "CQ"))
# Dari names that a reader of Persian takes for another word: پیرو "follower", برونی "outer", هالند Haaland.
NO_DARI: Final = frozenset(("PE", "BN", "NL"))

Name = dict[str, str]
Record = dict[str, Any]


def country_codes() -> list[str]:
    """Give the ISO 3166-1 alpha-2 codes that CLDR knows, and XK (Kosovo), sorted."""
    codes = (str(code) for code in Locale("en").territories)
    return sorted(code for code in codes if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY)


def build_countries() -> list[Record]:
    """Build one record a country: `{"kind", "slug": "az", "code": "AZ", "names": […], "posts": []}`.

    Each language has one authorized form: the curated one where the table gives one, CLDR's otherwise, which then
    stays as a variant.
    """
    curated: dict[str, list[Name]] = {}
    for row in read_table("country_variants.tsv"):
        curated.setdefault(row.pop("code"), []).append(row | {"source": row["source"] or CURATED})
    return [_build_country(code, curated.get(code, [])) for code in country_codes()]


def _build_country(code: str, curated: list[Name]) -> Record:
    decided = {name["language"] for name in curated if name["form"] == "authorized"}
    names: list[Name] = []
    chosen = [name for name in curated if name["form"] != "variant"]
    for name in [*chosen, *_cldr_names(code, decided), *curated]:
        if not any(_same(name, other) for other in names):
            names.append({key: name[key] for key in ("text", "language", "form", "use", "source")})
    names.sort(key=lambda name: ("authorized", "parallel", "variant").index(name["form"]))
    return {"kind": "country", "slug": code.lower(), "code": code, "names": names, "posts": []}


def _cldr_names(code: str, decided: set[str]) -> Iterator[Name]:
    source = f"CLDR {CLDR_RELEASE} via Babel {babel.__version__}"
    for language in LANGUAGES:
        text = Locale(language).territories[code]
        form = "variant" if language in decided else "authorized"
        yield {"text": text, "language": language, "form": form, "use": "name", "source": source}
        if "&" in text:
            spelled_out = text.replace("&", "and")
            yield {"text": spelled_out, "language": language, "form": "variant", "use": "name", "source": source}
    dari = Locale.parse("fa_AF").territories[code]
    if dari != Locale("fa").territories[code] and code not in NO_DARI:
        yield {"text": dari, "language": "fa", "form": "variant", "use": "press", "source": f"{source}, fa_AF"}


def _same(name: Name, other: Name) -> bool:
    """A text may stand twice when its uses differ: کویت is the country and its capital."""
    same_role = name["use"] == other["use"] or {name["use"], other["use"]} <= {"name", "press", "official_name"}
    return name["text"] == other["text"] and name["language"] == other["language"] and same_role


def main() -> None:
    """Write countries.json beside the curated table."""
    blocks = [json.dumps(record, ensure_ascii=False, indent=1) for record in build_countries()]
    path = FIXTURES / "countries.json"
    path.write_text("[\n" + ",\n".join(blocks) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
