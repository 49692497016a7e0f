"""`make audit`: what Lighthouse says of the main pages, as a telephone on a slow line and as a computer see them.

The speed depends on the machine, so it is printed here and asserted in no test. Pages of search results keep out of
other search engines on purpose, for which Lighthouse takes points off under "seo".
"""

from __future__ import annotations

from tests.browser import checkers
from tests.browser.pages import ARTICLE
from tests.browser.server import served

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = (
    ("/", "ar"),
    ("/search/?q=خلفوف", "fa"),
    (f"/articles/{ARTICLE}/", "ar"),
    ("/officials/khalaf-khalafov/", "en"),
)


def main() -> None:
    print(f"{'':44}{'  '.join(CATEGORIES)}")
    with served() as address:
        for path, language in PAGES:
            for device in ("mobile", "desktop"):
                scores = checkers.lighthouse(address + path, language, CATEGORIES, device)
                print(f"{path:34}{device:10}" + "  ".join(f"{scores[c]:>{len(c)}}" for c in CATEGORIES), flush=True)


if __name__ == "__main__":
    main()
