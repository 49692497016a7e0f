"""`python -m benchmarks.pages.memory WORK`: what the memory of a worker is made of, step by step in one process."""

from __future__ import annotations

import argparse
import gc
import json
from collections.abc import Callable
from pathlib import Path

from benchmarks import queries
from benchmarks.pages import paths
from benchmarks.work import Work, set_up


def of_process(pid: int | str = "self") -> tuple[float, float, float]:
    """MB resident, MB with shared pages divided among those that share them, and MB that nobody else has."""
    told = {
        name: int(value.split()[0])
        for name, _colon, value in (
            line.partition(":") for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        )
        if value.strip().endswith("kB")
    }
    return told["Rss"] / 1024, told["Pss"] / 1024, (told["Private_Clean"] + told["Private_Dirty"]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    print(json.dumps(steps(Work(parser.parse_args().work.resolve()))))


def steps(work: Work) -> list[tuple[str, float, float]]:
    """Each step with the MB resident after it, mapped files among them, and what it added."""
    told: list[tuple[str, float, float]] = []

    def step(name: str, deed: Callable[[], object]) -> None:
        before = told[-1][1] if told else 0.0
        deed()
        gc.collect()
        now = of_process()[0]
        told.append((name, now, now - before))

    step("Python", lambda: None)
    step("Django and the code of the site", lambda: _site(work))
    step("lexicons of the analyzer, templates", _warm)
    step("authority file", _directory)
    step("first page of the archive (index opened, columns mapped)", lambda: _get(["/search/"]))
    asked = [paths.results(query) for query in queries.read()]
    step("200 questions (postings decoded)", lambda: _get(asked))
    step("the same again, from the pages kept", lambda: _get(asked))
    return told


def _site(work: Work) -> None:
    set_up(work.state)
    from django.core.wsgi import get_wsgi_application

    get_wsgi_application()
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018


def _warm() -> None:
    from config.warming import warm

    warm()
    gc.unfreeze()


def _directory() -> None:
    from archive.authorities.directory import directory

    directory().gazetteer  # noqa: B018


def _get(asked: list[str]) -> None:
    from django.test import Client

    client = Client(HTTP_HOST="127.0.0.1")
    for path in asked:
        client.get(path)


if __name__ == "__main__":
    main()
