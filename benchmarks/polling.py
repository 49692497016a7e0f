"""`python -m benchmarks.polling STATE`: what readers of feeds cost who ask again whether theirs changed.

STATE is the folder of an archive (`var` after `make run`). A thousand connections poll the feeds of a hundred searches,
each with the tag of what it has; beside them, in the same run, four ask for pages of results that are kept, and for
such feeds whole. Printed is the processor time of an answer, and how many answers were 304.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks import queries
from benchmarks.pages import paths
from benchmarks.pages.__main__ import asked_by_wrk, served_archive
from benchmarks.report import milliseconds, table

READERS = 1000
SEARCHES = 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("state", type=Path)
    state = parser.parse_args().state.resolve()
    asked = queries.read()[:SEARCHES]
    feeds = list(map(paths.feed, asked))
    with served_archive(state) as server:
        rows = [
            asked_by_wrk("page", "page of results, kept", server, list(map(paths.results, asked))),
            asked_by_wrk("feed", "feed, kept", server, feeds),
            asked_by_wrk(
                "polled", f"feed, polled by {READERS:,} readers", server, feeds, connections=READERS, polled=True
            ),
        ]
    whole = rows[0]["processor"]
    shown = [
        [row["name"], milliseconds(row["processor"]), f"{row['processor'] / whole:.2f}", f"{row['rate']:.0f}",
         f"{row['unchanged']:.1%}", row["errors"]]
        for row in rows
    ]  # fmt: skip
    print(table(["asked for", "ms of processor", "of a kept page", "a second", "304", "errors"], shown))


if __name__ == "__main__":
    main()
