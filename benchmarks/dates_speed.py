"""How fast dates are found: MB and articles a second, on the captured pages or on a file of JSON lines.

    python benchmarks/dates_speed.py [stories.jsonl[.xz]] [--articles 2000]

A line of the file has "title" and "body", and perhaps "lang" and "date". Without a file the five captured
pages are read over and over. Each text is read with its publication date, so that relative days count too.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

Story = tuple[str, str | None, str | None]


def captured_pages() -> Iterator[Story]:
    pages = [path.read_text("utf-8") for path in sorted((ROOT / "fixtures" / "captures").iterdir())]
    return itertools.cycle([(page, None, "2023-10-04") for page in pages])


def stories(path: Path) -> Iterator[Story]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            story = json.loads(line)
            yield (
                f"{story['title']}\n{story['body']}",
                story.get("lang"),
                (story.get("date") or "")[:10] or None,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=2000)
    options = parser.parse_args()
    read = list(itertools.islice(stories(options.file) if options.file else captured_pages(), options.articles))
    began = time.perf_counter()
    from archive.extraction.dates import find_dates

    loaded = time.perf_counter()
    hits = sum(len(find_dates(text, lang, ref)) for text, lang, ref in read)
    seconds = time.perf_counter() - loaded
    size = sum(len(text.encode()) for text, _, _ in read) / 1e6
    print(f"import {loaded - began:.2f} s; {len(read)} articles, {size:.1f} MB, {hits} dates in {seconds:.2f} s:")
    print(f"{len(read) / seconds:,.0f} articles/s, {size / seconds:.1f} MB/s")


if __name__ == "__main__":
    main()
