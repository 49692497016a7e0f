"""`python -m benchmarks.rebuild WORK`: articles a second from the database to an index that can be served.

And what the largest of its processes held, and how large the index is. It is what `rebuild_index` does, in as many
processes as there are processors, beside the archive of the work folder. Stock Haystack's rate is that of its own
build; it gets its articles ready from memory, without a database.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import resource
import shutil
import time
from pathlib import Path

from benchmarks.work import Work, folder_size, say, set_up


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--articles", type=int, default=10**9, help="how many at most")
    options = parser.parse_args()
    measure(Work(options.work.resolve()), options.articles)


def measure(work: Work, most: int) -> None:
    set_up(work.state)
    from archive.articles.models import Article
    from search.engine.whoosh.backend import DiwanWhooshBackend
    from search.indexing.parallel import build_parts

    folder = work.index("rebuild", 0)
    processes = len(os.sched_getaffinity(0))
    keys = list(itertools.islice(Article.objects.published().order_by("pk").values_list("pk", flat=True), most))
    began, busy = time.perf_counter(), _processor()
    with DiwanWhooshBackend("default", PATH=str(folder)).writing() as writer, writer.build() as build:
        assert sum(build_parts(build, keys, processes)) == len(keys)
    told = {"articles": len(keys), "seconds": time.perf_counter() - began, "processor": _processor() - busy}
    told |= {"processes": processes, "peak": _largest_child(), "megabytes": folder_size(folder)}
    shutil.rmtree(folder)
    work.write("rebuild", told)
    say(json.dumps(told))


def _largest_child() -> float:
    """MB that the largest of the processes held at most."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _processor() -> float:
    told = os.times()
    return told.user + told.system + told.children_user + told.children_system


if __name__ == "__main__":
    main()
