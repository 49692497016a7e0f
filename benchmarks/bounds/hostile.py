"""Addresses whose work grows with what is asked or with the archive, each with parameters as bad as are accepted."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
COMMON = (
    "وزير الخارجية رئيس الحكومة مجلس الأمن الأمم المتحدة إيران سوريا العراق اليمن مصر تركيا روسيا الولايات السعودية قطر"
    " لبنان ليبيا فلسطين إسرائيل القوات الجيش المدينة اليوم أمس الماضي العام الدولة الشعب"
).split()
PREFIXES = " OR ".join(
    f"{a}{b}*" for a, b in zip("الوبفكلمسيتنرعمأاوبفكلمسيتنرعم", "لالاانااتالءاانالايمننينححيبزا", strict=False)
)


def questions() -> Iterator[tuple[str, str]]:
    """What makes a query dear, with the query."""
    yield "no words", ""
    yield "one word", "إيران"
    yield "two words", "وزير الخارجية"
    yield "one prefix", "ال*"
    yield "star alone", "*"
    yield "30 prefixes, any", PREFIXES
    yield "30 prefixes, all", PREFIXES.replace(" OR ", " ")
    yield "30 prefixes of الـ", " OR ".join(f"ال{a}*" for a in LETTERS)
    yield "30 times the same prefix", " ".join(["ال*"] * 30)
    yield "32 words, any", " OR ".join(COMMON)
    yield "32 words, all", " ".join(COMMON)
    yield "20 words fuzzy", " OR ".join(f"{word}~2" for word in COMMON[:20])
    yield "phrase of 32", f'"{" ".join(COMMON)}"'
    yield "phrase of common words, slop 50", '"في من على إلى"~50'
    yield "8 phrases, slop 50", " OR ".join(f'"{a} {b}"~50' for a, b in zip(["في"] * 8, COMMON, strict=False))
    yield "14 words excluded", " ".join(f"-{word}" for word in COMMON[:14])
    yield "everything excluded", "-ال* -و* -ب*"
    yield "title of all prefixes", f"title:({' OR '.join(f'{a}ا*' for a in LETTERS[:20])})"
    yield "nested", "(" * 15 + "إيران OR ال*" + ")" * 15
    yield "28 dates", " OR ".join(f"date:{year}..{year + 20}" for year in range(1990, 2002))
    yield "9,999 years", "date:0001..9999"
    yield "Latin names", "Zarif OR Lavrov OR Kerry OR Rouhani OR Obama OR Putin OR Assad OR Erdogan"


def addresses(article: str, other: str, picked: list[str]) -> Iterator[tuple[str, str]]:
    """A name and an address for every kind of page; `picked` are identifiers for a shelf."""
    for name, words in questions():
        yield f"results: {name}", _at("/search/", q=words)
    dear = PREFIXES
    yield "results: page of 1e9", _at("/search/", q="ال*", page="1000000000")
    yield "results: page 50", _at("/search/", q="ال*", page="50")
    yield "results: unfolded page 50", _at("/search/", q="ال*", page="50", fold="0")
    yield "results: 9,999 years", _at("/search/", q="إيران", **{"from": "0001-01-01", "until": "9999-12-31"})
    yield "results: 40 countries", "/search/?" + urlencode([("country", c) for c in _codes()])
    for kind in ("rss", "atom"):
        yield f"feed {kind}: all", f"/feeds/{kind}/"
    yield "feed: 30 prefixes", _at("/feeds/rss/", q=dear)
    yield "facet: officials by post", _at("/search/facet/official/", by="post")
    yield "facet: countries found", _at("/search/facet/country/", find="a", by="name")
    yield "facet: 30 prefixes", _at("/search/facet/country/", q=dear)
    for view in ("concordance", "timeline", "together", "wording", "collocates"):
        yield f"{view}: all", f"/search/{view}/"
        yield f"{view}: one prefix", _at(f"/search/{view}/", q="ال*")
        yield f"{view}: 30 prefixes", _at(f"/search/{view}/", q=dear)
    yield "concordance: في by word", _at("/search/concordance/", q="في", by="after-1")
    yield "together: by name, page 40", _at("/search/together/", by="name", page="40")
    lines = [("with", word) for word in COMMON[:10]]
    yield "wording: ten lines", "/search/wording/?" + urlencode([("q", "إيران"), ("unit", "month"), *lines])
    yield (
        "wording: ten dear lines",
        "/search/wording/?"
        + urlencode(
            [
                ("q", "ال*"),
                *(("with", f"{a}* {b}*") for a, b in zip(["ال", "وا", "با", "في", "من"], COMMON, strict=False)),
            ]
        ),
    )
    yield "explain: 32 words", _at("/explain/", q=" ".join(COMMON), article=article)
    yield "explain: 30 prefixes", _at("/explain/", q=dear, article=article)
    yield "explain a word: 256 letters", _at("/explain/word/", q="والمستشفيات " * 21)
    yield "suggest: a space", _at("/suggest/", q=" ")
    yield "suggest: one letter", _at("/suggest/", q="ا")
    yield "suggest: 32 words", _at("/suggest/", q=" ".join(COMMON)[:250])
    for form in ("csv", "jsonl", "ris", "bib", "csl", "txt"):
        yield f"export {form}: all", _at("/search/export/", format=form)
    yield "export pdf: all", _at("/search/export/", format="pdf")
    yield "export csv: 30 prefixes", _at("/search/export/", format="csv", q=dear)
    yield "concordance file: في", _at("/search/concordance/export/", q="في")
    yield "concordance file: one prefix", _at("/search/concordance/export/", q="ال*")
    yield "concordance file: 30 prefixes", _at("/search/concordance/export/", q=dear)
    yield "together file", "/search/together/export/"
    yield "wording file: ten lines", "/search/wording/export/?" + urlencode([("q", "إيران"), *lines])
    yield "collocates: في, ten words", _at("/search/collocates/", q="في", window="10", **{"with": "من"})
    yield "collocates: frequent phrases", _at("/search/collocates/", of="frequent")
    yield "collocates file: one prefix", _at("/search/collocates/export/", q="ال*", of="phrases")
    yield "picture of a search", _at("/search/picture.png", q="ال*")
    yield "picture of an article", f"/articles/{article}/picture.png"
    yield "article", f"/articles/{article}/"
    yield "article, 30 prefixes", _at(f"/articles/{article}/", q=dear)
    yield "witnesses", _at(f"/articles/{article}/witnesses/", **{"with": other})
    yield "original", f"/articles/{article}/original/"
    yield "capture", f"/articles/{article}/capture/"
    for form in ("ris", "bib", "json"):
        yield f"citation {form}", f"/articles/{article}/cite.{form}"
    chosen = [("a", one) for one in picked]
    yield "shelf of 140", "/shelf/?" + urlencode(chosen)
    yield "shelf cited", "/shelf/cite/?" + urlencode(chosen)
    yield "shelf as csv", "/shelf/export/?" + urlencode([("format", "csv"), *chosen])
    yield "shelf as pdf", "/shelf/export/?" + urlencode([("format", "pdf"), *chosen])
    yield "home", "/"
    for kind in ("officials", "countries", "bodies", "sources", "dates"):
        yield f"list of {kind}", f"/{kind}/"
    yield "record of a country", "/countries/us/"
    yield "names of a country, all", "/countries/us/names/"
    yield "pair of countries", "/countries/ir/us/"
    yield "dates: a year", "/dates/gregorian/2015/"
    yield "dates: year 9999", "/dates/gregorian/9999/"
    yield "readyz", "/readyz"


def _at(path: str, **parameters: str) -> str:
    return f"{path}?{urlencode(parameters)}"


def _codes() -> list[str]:
    codes = (
        "af am az bh by cn de dz eg es fr gb ge il in iq ir it jo jp ke kw lb ly ma om pk pl ps qa ru sa sd so sy tn tr"
    )
    return codes.split()


def heavy(article: str, other: str, picked: list[str]) -> list[str]:
    """The addresses that are asked beside ordinary searches: every kind of heavy work."""
    kinds = (
        "export",
        "concordance",
        "together",
        "wording",
        "timeline",
        "picture",
        "explain",
        "shelf as",
        "results: 30",
    )
    return [path for name, path in addresses(article, other, picked) if name.startswith(kinds)]
