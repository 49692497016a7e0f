"""`python -m tests.soak [--minutes 10] [--rate 50]`: serve an archive under load for long, and judge it.

Served as `make run` does: gunicorn with two workers and the index writer. Another process asks for a mix of pages at a
steady rate, a third publishes and withdraws, and `import_articles` takes pages in. Ends with 1 when a request had no
answer or another than 200, when a process kept growing after its warm-up or kept descriptors, or when the index is not
equal to the database at the end. The archive is one of five real articles and some made of their paragraphs, in a
folder of its own.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.faults.archive import Archive
from tests.soak.report import printed
from tests.soak.soaking import Plan, soak


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rate", type=float, default=50.0, help="requests a second (default 50)")
    parser.add_argument("--articles", type=int, default=400, help="articles made of real paragraphs (default 400)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="diwan-soak-") as folder:
        archive = Archive(Path(folder, "archive"))
        try:
            archive.prepare()
            outcome = soak(archive, Plan(60 * options.minutes, options.rate, options.articles))
            archive.invariants()
        finally:
            archive.stop_all()
    print("\n".join(printed(outcome)))
    raise SystemExit(1 if outcome.wrong else 0)


if __name__ == "__main__":
    main()
