"""`python -m tests.soak.pages FILE`: addresses of an archive's own pages, in the mix that readers ask for them.

Words are those of the titles, in Arabic and Persian; every page is asked for in three languages. The seed is fixed.
"""

from __future__ import annotations

import itertools
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import django

django.setup()

from archive.articles.models import Article  # noqa: E402
from search.engine import engine  # noqa: E402
from search.engine.protocol import Question  # noqa: E402

COUNT = 2000
LANGUAGES = ("ar", "fa", "en")
FACETS = ("country", "official", "body", "year", "lang", "source")
LISTED = ("country", "official", "body", "source")  # facets with a page of all their values
SHARES = {
    "results": 46, "narrowed": 12, "article": 20, "feed": 7, "suggestions": 5, "facet": 3, "record": 2,
    "concordance": 1, "timeline": 1, "together": 1, "explanation": 1, "export": 1,
}  # fmt: skip


class Mix:
    def __init__(self) -> None:
        self.chance = random.Random(19)  # noqa: S311
        public = Article.objects.published()
        self.articles = list(public.order_by("pk").values_list("identifier", flat=True)[:500])
        titles = public.values_list("title", flat=True)[:500]
        self.words = sorted({word for title in titles for word in title.split() if len(word) > 2})
        counts = engine().search(Question(size=1)).counts
        self.values = {name: sorted(counts[name]) for name in FACETS if counts.get(name)}

    def addresses(self, count: int) -> Iterator[tuple[str, str]]:
        """Kind and address of so many pages, the languages in turn."""
        kinds = self.chance.choices(list(SHARES), list(SHARES.values()), k=count)
        for kind, language in zip(kinds, itertools.cycle(LANGUAGES), strict=False):
            make: Callable[[], tuple[str, dict[str, str]]] = getattr(self, kind)
            path, asked = make()
            yield kind, f"{path}?{urlencode({**asked, 'ui': language})}"

    def results(self) -> tuple[str, dict[str, str]]:
        return "/search/", {"q": self._question(), "sort": self.chance.choice(("relevance", "newest"))}

    def narrowed(self) -> tuple[str, dict[str, str]]:
        facet = self._facet()
        return "/search/", {facet: self.chance.choice(self.values[facet]), "page": "1"}

    def article(self) -> tuple[str, dict[str, str]]:
        return f"/articles/{self.chance.choice(self.articles)}/", {}

    def feed(self) -> tuple[str, dict[str, str]]:
        return f"/feeds/{self.chance.choice(('rss', 'atom'))}/", {"q": self._word()}

    def suggestions(self) -> tuple[str, dict[str, str]]:
        return "/suggest/", {"q": self._word()[:3]}

    def facet(self) -> tuple[str, dict[str, str]]:
        return f"/search/facet/{self.chance.choice(LISTED)}/", {"q": self._word()}

    def record(self) -> tuple[str, dict[str, str]]:
        return f"/countries/{quote(self.chance.choice(self.values['country']))}/", {}

    def concordance(self) -> tuple[str, dict[str, str]]:
        return "/search/concordance/", {"q": self._word()}

    def timeline(self) -> tuple[str, dict[str, str]]:
        return "/search/timeline/", {"q": self._word()}

    def together(self) -> tuple[str, dict[str, str]]:
        return "/search/together/", {"q": self._word()}

    def explanation(self) -> tuple[str, dict[str, str]]:
        return "/explain/word/", {"q": self._word()}

    def export(self) -> tuple[str, dict[str, str]]:
        return "/search/export/", {"q": self._word(), "format": "csv"}

    def _question(self) -> str:
        """A word, two, either of two, a phrase of a title's beginning, or a beginning of words."""
        one, other = self._word(), self._word()
        return self.chance.choice((one, f"{one} {other}", f"{one} OR {other}", f'"{one}"', f"{one[:3]}*"))

    def _word(self) -> str:
        return self.chance.choice(self.words)

    def _facet(self) -> str:
        return self.chance.choice(sorted(self.values))


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(list(Mix().addresses(COUNT))), "utf-8")
