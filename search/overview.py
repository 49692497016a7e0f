"""What the archive holds, for the home page."""

from __future__ import annotations

from typing import Any

from archive.articles.models import Article
from archive.articles.reading import listed
from archive.authorities import listing
from archive.authorities.models import Kind

LATEST = 5
SHOWN = 12


def overview(language: str) -> dict[str, Any]:
    """Counts, the latest articles, and the countries and officials met most often, named in the reader's language."""
    public = Article.objects.published()
    total = public.count()
    return {
        "archive_total": total,
        "latest": listed(public.described().newest_first()[:LATEST], language),
        "counts": {
            "articles": total,
            "countries": listing.count_met(Kind.COUNTRY),
            "officials": listing.count_met(Kind.OFFICIAL),
            "sources": listing.count_met(Kind.SOURCE),
        },
        "countries": listing.met(Kind.COUNTRY, language, SHOWN),
        "officials": listing.met(Kind.OFFICIAL, language, SHOWN),
    }
