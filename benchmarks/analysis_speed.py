"""Measures the analyzer: import, first word, words per second with empty and with full caches.

`python benchmarks/analysis_speed.py` takes the five captures; `--data FILE.jsonl[.xz]` takes titles and bodies of news.
Cold means that no spelling has been seen; the lexicons are loaded. One core, offsets included.
"""

from __future__ import annotations

import argparse
import json
import lzma
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from search.analysis import analyze, fold, guess_language, token_keys  # noqa: E402
from search.analysis import analyzer as analyzer_module  # noqa: E402
from search.analysis.joiner import join_words  # noqa: E402

WORDS_WARM = 500_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a .jsonl or .jsonl.xz file with title and body")
    parser.add_argument("--stories", type=int, default=3000, help="how many stories of it")
    options = parser.parse_args()
    print(f"import            {import_seconds():6.2f} s")
    started = time.perf_counter()
    analyze("سلام")
    print(f"lexicons          {time.perf_counter() - started:6.2f} s")
    texts = list(captures()) if options.data is None else list(stories(options.data, options.stories))
    texts_by_language = [(text, guess_language(text)) for text in texts]
    count = sum(count_words(text, lang) for text, lang in texts_by_language)
    forget()
    report("cold", texts_by_language, count, 1)
    report("warm", texts_by_language, count, max(1, WORDS_WARM // count))
    report("warm, keys too", texts_by_language, count, max(1, WORDS_WARM // count), keys=True)
    print(f"peak memory       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:6.0f} MB")


def import_seconds() -> float:
    code = "import time; t = time.perf_counter(); import search.analysis; print(time.perf_counter() - t)"
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(told.stdout)


def captures() -> Iterator[str]:
    for path in sorted((ROOT / "fixtures" / "captures").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def stories(path: Path, most: int) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(most), strict=False):
            story = json.loads(line)
            yield f"{story['title']}\n{story['body']}"


def count_words(text: str, lang: str | None) -> int:
    return sum(token.span == 1 for token in analyze(text, lang))


def forget() -> None:
    for forms in analyzer_module._forms.values():
        forms.forget()
    fold.cache_clear()
    join_words.cache_clear()


def report(name: str, texts: list[tuple[str, str | None]], count: int, times: int, keys: bool = False) -> None:
    started = time.perf_counter()
    for _ in range(times):
        for text, lang in texts:
            tokens = analyze(text, lang)
            if keys:
                for token in tokens:
                    token_keys(token, text)
    seconds = time.perf_counter() - started
    print(f"{name:<17} {count * times / seconds / 1000:6.0f} k words/s ({count * times:,} words)")


if __name__ == "__main__":
    main()
