"""R39: a word that stands in a draft alone: the desk finds it, no public address, kept page or count tells of it."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client

from archive.articles.finding import article_search
from archive.articles.models import Article, Status
from archive.curation import actions
from search.analysis import fold
from search.engine import UNPUBLISHED, engine
from search.indexing.indexes import BOTH
from search.indexing.writer import apply_all
from tests.conftest import ADMIN
from tests.security.test_after_a_withdrawal import ADDRESSES, GONE, SIGN, content

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_index")]
PLANTED, BESIDE = "زرزورية", "قرقوزية"  # the second stands in no address that is asked
LISTS = (
    "/api/v1/articles?q={}",
    "/api/v1/facets?q={}",
    "/api/v1/timeline?q={}",
    "/api/v1/suggest?q={}",
    "/suggest/?q={}",
)
PAGES = (
    "/search/?q={}",
    "/search/?q={}*",
    "/search/?q={}&fold=0",
    "/search/export/?q={}&format=csv",
    "/feeds/rss/?q={}",
)
ASKING = [one.format(quote(word)) for one in (*LISTS, *PAGES) for word in (PLANTED, PLANTED[:4], "زرزوريه")]


@pytest.fixture(autouse=True)
def _as_served(kept_pages: None) -> None:
    """Pages are kept as on a served archive."""


@pytest.fixture
def draft(five: dict[str, Article]) -> Article:
    """A draft that was never public, with a word in title and text that no other article has."""
    article = Article.objects.get(identifier=GONE)
    actions.withdraw(article)
    told = {"title": f"{PLANTED} {BESIDE} {article.title}", "body": f"{article.body}\n\n{PLANTED} {BESIDE}"}
    Article.objects.filter(pk=article.pk).update(status=Status.DRAFT, first_published_at=None, withdrawn_at=None)
    article.refresh_from_db()
    actions.edit(article, told)
    for held in BOTH:
        apply_all(held)
    return article


def asked(client: Client, address: str) -> bytes:
    return content(client.get(address, headers={"accept-language": "en"}))


def test_r39_a_planted_word_of_a_draft_is_found_by_the_desk_and_told_to_no_reader(
    draft: Article, layla: Client, ramin: Client, tmp_path: Path
) -> None:
    assert article_search().found(PLANTED) == [draft.identifier]
    assert f"{draft.pk}/review/" in layla.get(f"{ADMIN}articles/article/", {"q": PLANTED}).content.decode()
    shown = [address for _name, address in ADDRESSES if "pdf" not in address and "picture" not in address]
    never = (SIGN, *(form.encode() for form in (BESIDE, quote(BESIDE), json.dumps(BESIDE)[1:-1])))
    for reader in (ramin, layla):  # what staff are shown on the pages of readers is no more than that
        for address in (*shown, *ASKING):
            told = asked(reader, address)
            assert not [word for word in never if word in told], address
        for address in ASKING:
            assert draft.identifier.encode() not in asked(reader, address), address
    for word in (PLANTED, BESIDE):
        assert json.loads(asked(ramin, f"/api/v1/articles?q={quote(word)}"))["total"] == 0
        assert not engine().words().frequency(fold(word)) and engine(UNPUBLISHED).words().frequency(fold(word)) == 1
    for kept in (path for path in (tmp_path / "pages").rglob("*") if path.is_file()):
        assert not [word for word in never if word in kept.read_bytes()]
