"""`make audit`: what Lighthouse says of the main pages, as a telephone on a slow line and as a computer see them.

Each page is asked several times, five unless told otherwise; the median is printed, and of the speed also the least
and the most. Without `--data` the archive is that of the five; with it a file of reports is taken in and published
first, or `--of` names an archive that is served. The speed depends on the machine and on what else runs there, so it
is printed here with the load of the machine, and asserted in no test. Pages of search results keep out of other search
engines on purpose, for which Lighthouse takes points off under "seo".
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median_low

from tests.browser import checkers
from tests.browser.pages import ARTICLE
from tests.browser.server import served

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
DEVICES = ("mobile", "desktop")
PAGES = (
    ("/", "ar"),
    ("/search/?q=خلفوف", "fa"),
    ("/search/?q=وزير الخارجية", "ar"),
    ("/articles/{article}/", "ar"),
    ("/officials/khalaf-khalafov/", "en"),
)


def main() -> None:
    wanted = _wanted()
    print(f"The median of {wanted.runs}, at a load of {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.")
    print(f"{'':44}{'  '.join(CATEGORIES)}")
    with _archive(wanted.of, wanted.data) as address:
        for page, language in PAGES:
            path = page.format(article=wanted.article)
            for device in wanted.device:
                runs = [
                    checkers.lighthouse(address + path, language, CATEGORIES, device) for _run in range(wanted.runs)
                ]
                print(f"{path:34}{device:10}{_told(runs)}", flush=True)
    print(f"At the end the load was {os.getloadavg()[0]:.1f}.")


def _wanted() -> argparse.Namespace:
    told = argparse.ArgumentParser(prog="python -m tests.browser.audit", description=__doc__)
    told.add_argument("--data", type=Path, help="reports to publish first, in any form that import_articles takes")
    told.add_argument("--of", metavar="ADDRESS", help="of an archive that is served, in place of one of its own")
    told.add_argument("--article", default=ARTICLE, help="the identifier of the article that is read; one of the five")
    told.add_argument("--runs", type=int, default=5, help="how often each page is asked; 5")
    told.add_argument("--device", nargs="+", choices=DEVICES, default=DEVICES)
    return told.parse_args()


@contextmanager
def _archive(address: str | None, data: Path | None) -> Iterator[str]:
    if address:
        yield address.rstrip("/")
    else:
        with served(published=data) as own:
            yield own


def _told(runs: list[dict[str, int]]) -> str:
    middle = "  ".join(f"{median_low(run[name] for run in runs):>{len(name)}}" for name in CATEGORIES)
    speed = [run["performance"] for run in runs]
    return f"{middle}  ({min(speed)} to {max(speed)})"


if __name__ == "__main__":
    main()
