"""`python -m tests.pairs tests/integration`: these tests on every pair of a database and an engine, one after another.

SQLite and PostgreSQL, the embedded engine and a node of OpenSearch, started here. `--pair postgresql-opensearch` is one
of them alone. Tests of what one of them does alone are marked so (`sqlite_alone`, `embedded_alone`).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from typing import Final

from tests import postgresql
from tests.cluster.nodes import SearchNodes

DATABASES: Final = ("sqlite", "postgresql")
ENGINES: Final = ("embedded", "opensearch")
PAIRS: Final = tuple(map("-".join, product(DATABASES, ENGINES)))
HEAP: Final = 1024  # MB


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pairs", description=__doc__)
    parser.add_argument("--pair", action="append", choices=PAIRS, help="this pair alone; may be given again")
    asked, arguments = parser.parse_known_args()
    failed = []
    for pair in asked.pair or PAIRS:
        print(f"On {pair}:", flush=True)
        with _of(pair) as environment:
            done = subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False)
        failed += [pair] if done.returncode else []
    print(f"Failed on {', '.join(failed)}." if failed else "No test failed on any of them.")
    return int(bool(failed))


@contextmanager
def _of(pair: str) -> Iterator[dict[str, str]]:
    """The environment of tests on a pair, whose servers run until the block ends."""
    database, engine = pair.split("-")
    environment = dict(os.environ)
    with ExitStack() as stack:
        if database == "postgresql":
            environment["DIWAN_DATABASE"] = stack.enter_context(postgresql.cluster()).create("diwan")
        if engine == "opensearch":
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="diwan-pairs-")))
            nodes = SearchNodes.of(1, folder, heap=HEAP)
            stack.callback(nodes.stop)
            nodes.start()
            hosts = nodes.addresses[0].removeprefix("http://")
            environment |= {"DIWAN_SEARCH": f"opensearch://{hosts}/tests", "DIWAN_SEARCH_REPLICAS": "0"}
            environment["DIWAN_SEARCH_MS"] = "20000"
        yield environment


if __name__ == "__main__":
    sys.exit(main())
