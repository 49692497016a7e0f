"""`make bench DATA="a.jsonl.xz b.jsonl.xz"`: measures engines and pages, prints tables, writes benchmarks/results.md.

Without DATA the five captured pages are enlarged, which tries that everything runs and measures little. What takes
long (recognition, analysis, indexes) is made once in the work folder and kept; engines and pages are asked anew in
every run, all in the same one.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import measure, report
from benchmarks.enlarge import keep_tokens
from benchmarks.work import ROOT, Work, say

TRIAL = 1000  # articles, made of the five pages


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "data", type=Path, nargs="*", help=".jsonl[.xz] files; lines with id, lang, title, body, date, source"
    )
    parser.add_argument("--work", type=Path, default=ROOT / "var" / "bench", help="folder that keeps what takes long")
    parser.add_argument("--sizes", default="", help="numbers of articles; default 5000, all of the data, 500000")
    parser.add_argument("--articles", type=int, default=10**9, help="how many articles of the data at most")
    parser.add_argument("--engines", default="", help=f"of {', '.join(measure.NAMES)}; default all")
    parser.add_argument("--parts", default="engines,rebuild,pages,memory", help="what to measure")
    parser.add_argument(
        "--python", type=Path, default=ROOT / ".venv-bench" / "bin" / "python", help="has tantivy, datasette"
    )
    parser.add_argument("--keep", action="store_true", help="ask nothing again that was asked in an earlier run")
    parser.add_argument("--results", type=Path, default=Path(__file__).with_name("results.md"))
    options = parser.parse_args()
    work = Work(options.work.resolve())
    work.folder.mkdir(parents=True, exist_ok=True)
    real = prepare(work, options.data, options.articles)
    sizes = [int(size) for size in options.sizes.split(",") if size] or _sizes(real, bool(options.data))
    parts = options.parts.split(",")
    names = measure.chosen(options.engines)
    for size in sizes if "engines" in parts else []:
        keep_tokens(work, size)
        measure.build(names, work, size, real, options.python)
    for size in sizes if "engines" in parts else []:
        again = [name for name in names if not (options.keep and work.read(f"ask-{name}-{size}"))]
        measure.ask(again, work, size, real, options.python)
    if "rebuild" in parts:
        measure.rebuild(work)
    if "pages" in parts:
        measure.pages(work, real, options.python)
    if "memory" in parts:
        measure.memory(work)
    say("\n" + report.write(work, sizes, real, options.results))


def prepare(work: Work, data: list[Path], most: int) -> int:
    """The archive and its analysed articles, made when they are missing; gives their number."""
    if not work.read("articles"):
        from benchmarks.archive import prepare as make

        say("recognising and analysing every article once …")
        make(work, data, most)
    return int(work.read("articles")["articles"])


def _sizes(real: int, given: bool) -> list[int]:
    return sorted({5000, real, 500_000}) if given else [TRIAL]


if __name__ == "__main__":
    main()
