"""Other extractors, as shipped: run by a Python that has them, with paths on its input and readings on its output.

It imports nothing of Diwan; its arguments are the extractors' names. A line in is `["NAME.html", "https://…", "ar"]`;
a line out is an object of readings by the name of the extractor, each with `title`, `day`, `source` and `body`. What
fails on a page has read nothing there.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

Found = dict[str, str]


def trafilatura(page: bytes, url: str, _language: str) -> Found:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(page, url=url or None, with_metadata=True)
    return _found(found.title, found.date, found.sitename, found.text) if found else {}


def readability(page: bytes, url: str, _language: str) -> Found:
    """It tells neither day nor source."""
    from lxml.html import fromstring  # type: ignore[import-untyped]
    from readability import Document

    document = Document(page, url=url or None)
    return _found(document.short_title(), "", "", "\n".join(fromstring(document.summary()).itertext()))


def goose(page: bytes, _url: str, language: str) -> Found:
    from goose3 import Goose

    with Goose({"use_meta_language": False, "target_language": language}) as reader:
        article = reader.extract(raw_html=page)
    published = article.publish_datetime_utc
    day = published.date().isoformat() if published else ""
    sites = (article.opengraph or {}).get("site_name", "")
    return _found(article.title, day, sites if isinstance(sites, str) else sites[0], article.cleaned_text)


EXTRACTORS: dict[str, Callable[[bytes, str, str], Found]] = {
    "trafilatura": trafilatura,
    "readability-lxml": readability,
    "goose3": goose,
}


def _found(title: str | None, day: str | None, source: str | None, body: str | None) -> Found:
    return {"title": title or "", "day": day or "", "source": source or "", "body": body or ""}


def _read(extractor: Callable[[bytes, str, str], Found], page: bytes, url: str, language: str) -> Found:
    try:
        return extractor(page, url, language)
    except Exception as error:  # a fault of theirs on one page
        print(f"{extractor.__name__}: {error!r:.150}", file=sys.stderr)
        return {}


def main() -> None:
    warnings.simplefilter("ignore")
    asked = {name: EXTRACTORS[name] for name in sys.argv[1:]}
    print(json.dumps({name: version(name) for name in asked}), flush=True)
    for line in sys.stdin:
        path, url, language = json.loads(line)
        page = Path(path).read_bytes()
        print(json.dumps({name: _read(one, page, url, language) for name, one in asked.items()}), flush=True)


if __name__ == "__main__":
    main()
