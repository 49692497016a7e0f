"""Says of each data file where it comes from, under which licence, and what its bytes must hash to."""

from __future__ import annotations

import hashlib
from pathlib import Path

_NEWS_AR = "Word counts of 39,425 Arabic news stories (Saudi papers 2015, Jawhara FM 2013-2017)."
_NEWS_FA = "Word counts of 20,770 Persian news items (Fars 2003-2023, posts 2026)."
_COUNTS = "Counts are facts of our own finding; no sentence of the stories is kept."
_OWN = "Own work, free to use with the project."

SOURCES = {
    "freq_ar.tsv": f"{_NEWS_AR} {_COUNTS}",
    "freq_fa.tsv": f"{_NEWS_FA} {_COUNTS}",
    "alwords.txt": f"Words whose ال is no article, found by spelling in the Arabic stories. {_COUNTS}",
    "hamza_inside.txt": f"Words most write with a hamza behind a clitic, from the Arabic stories. {_COUNTS}",
    "alwords_hand.txt": _OWN,
    "months.txt": _OWN,
    "persons_hand.txt": _OWN,
    "compounds_seen.tsv": f"Pairs seen halved and spaced in the Persian items, with both counts. {_COUNTS}",
    "persons.txt": "Name parts of Wikidata (CC0), names of officials (own work).",
    "places.tsv": "CLDR territories and exemplar cities through Babel (Unicode licence), own lists.",
    "demonyms.tsv": "Demonyms of the authority file that no rule derives (own work).",
    "doubtful_nisbas.tsv": _OWN,
    "places_that_are_nouns.txt": _OWN,
    "yeh_of_the_word_fa.txt": _OWN,
    "places_hand.tsv": _OWN,
    "compounds.tsv": _OWN,
    "variants.tsv": _OWN,
    "lemmas.tsv": _OWN,
    "stop_ar.txt": _OWN,
    "stop_en.txt": _OWN,
    "stop_fa.txt": _OWN,
    "name_families.tsv": "Spellings of one name: Wikidata (CC0), names of officials (own work).",
    "name_spellings.tsv": _OWN,
}


def write_provenance(folder: Path) -> None:
    """Write `PROVENANCE.md`: one row a file, with its SHA-256."""
    rows = [
        f"| {name} | {source} | `{digest(folder / name)}` |"
        for name, source in sorted(SOURCES.items())
        if (folder / name).exists()
    ]
    head = [
        "# Where the data of the analyzer comes from",
        "",
        "Built by `python -m tools.lexicon --data FOLDER`; the lists marked own work are edited by hand.",
        "",
        "| file | source and licence | sha256 |",
        "| --- | --- | --- |",
    ]
    (folder / "PROVENANCE.md").write_text("\n".join(head + rows) + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
