"""What the rights of a source keep back leaves by no way out: planted words, asked for at every address of the site."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import LazySettings
from django.test import Client
from pypdf import PdfReader

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Rights
from archive.authorities.signals import record_changed
from archive.intake.reading.items import Item
from archive.intake.taking import Wish, take_in
from search.indexing.writer import apply_all
from tests.assistants import asked, beside_a_browser, words
from tests.conftest import ADMIN, FIVE
from tests.security.site import addresses, hold
from tests.security.test_after_a_withdrawal import GONE, OTHERS, SHOWING, content

__all__ = ["beside_a_browser"]
pytestmark = pytest.mark.django_db

# Words of no language, one in Latin letters each, which a PDF gives back as they are.
TITLE, EARLY, LATE = ("قرنبيطون", "Qurnabit"), ("طرخشوقن", "Tarakhsh"), ("بلهرسيفة", "Zyxomma")
BEFORE = "الإنساني"  # what stands before the late words
REPEATED = "ززغفوق"  # what stands before them again and again, at the very end of the text
PUBLIC = {address.name for address in addresses() if not address.is_admins} - OTHERS
EVERYWHERE = [(name, address) for name, kind in SHOWING.items() for address in kind.addresses]


def planted() -> bytes:
    page = FIVE["001"].read_text("utf-8")
    page = page.replace("تجري مشاورات", f"{' '.join(TITLE)} تجري مشاورات")
    page = page.replace("مؤتمر فيديو", f"مؤتمر {' '.join(EARLY)} فيديو")
    again = f"{REPEATED} {LATE[0]} وتحدث {REPEATED} {LATE[0]} واتفق {REPEATED} {LATE[0]}"
    return page.replace(f"{BEFORE} ، ", f"{BEFORE} {' '.join(LATE)} خلف خلفوف {again} ").encode()


@pytest.fixture
def report(own_index: Path, captures_folder: Path) -> Article:
    """A published report of AzVision with words planted in its title, near the beginning of its text and far behind;
    the last stand in what was cut from the page and in the evidence, too."""
    article = take_in(Item("planted.txt", planted()), Wish(publishing=True)).article
    assert article is not None and article.source.slug == "azvision"
    late = " ".join(LATE)
    article.evidence["removed"] = [{"text": late, "rule": "footer", "start": 0, "end": 9}]
    article.evidence["date_hints"] = [{"text": late, "start": 0, "end": 9}]
    article.evidence["byline"] = {"text": late, "start": 0, "end": 9, "rule": ""}
    article.save()
    hold(article)
    apply_all()
    return article


def choose(**rights: str) -> None:
    record = AuthorityRecord.objects.get(slug="azvision")
    for name, value in rights.items():
        setattr(record, name, value)
    record.save()
    record_changed.send(AuthorityRecord, record=record)
    apply_all()


def everywhere(article: Article) -> list[tuple[str, str]]:
    """Addresses of all that shows an article, of this one: as a reader asks who has no need to know the planted words,
    and as one asks who feels for them letter by letter."""
    own = [(name, address.replace(GONE, article.identifier)) for name, address in EVERYWHERE]
    for query in map(quote, (f"{LATE[0][:4]}* {LATE[1][:4]}*", f'"{BEFORE} {LATE[0][:3]}*"', BEFORE, "مؤتمر")):
        own += [("search", f"/search/?q={query}"), ("search-concordance", f"/search/concordance/?q={query}&by=after-1")]
        own += [("articles:detail", f"/articles/{article.identifier}/?q={query}")]
        own += [("explain", f"/explain/?q={query}&article={article.identifier}")]
        own += [("concordance-export", f"/search/concordance/export/?q={query}")]
        own += [
            ("api:articles", f"/api/v1/articles?q={query}&text=whole"),
            ("api:articles", f"/api/v1/articles?q={query}"),
        ]
        own += [("api:concordance", f"/api/v1/concordance?q={query}&by=after-1")]
    # Words are listed that stand twice: near a word that stands around the planted ones, and near the records.
    for query in (f"q={quote(REPEATED)}", f"q={quote(REPEATED)}&of=phrases", "of=frequent", "country=lv&window=10"):
        own += [("search-collocates", f"/search/collocates/?{query}")]
        own += [("collocates-export", f"/search/collocates/export/?{query}")]
        own += [("api:collocates", f"/api/v1/collocates?{query}")]
    begun = [rf"{word[:4]}\w*" for word in (*LATE, *EARLY)]
    for sought in map(quote, (*begun, rf"{BEFORE}\s+\w+", r"\w+")):
        own += [("search-expression", f"/search/expression/?re={sought}&by=after-1")]
        own += [("expression-export", f"/search/expression/export/?re={sought}")]
        own += [("api:expression", f"/api/v1/expression?re={sought}")]
    own += [("search", f"/search/?q={quote(LATE[0][:-1])}~2"), ("search", f"/search/?q={LATE[1][:-1]}")]
    own += [("suggest", f"/suggest/?q={quote(word[:4])}") for word in (*LATE, *EARLY)]
    own += [("api:suggest", f"/api/v1/suggest?q={quote(word[:4])}") for word in (*LATE, *EARLY)]
    own += [("curation:mistake", f"/articles/{article.identifier}/mistake/?cut=0")]
    return own


def text_of(client: Client, address: str) -> str:
    body = content(client.get(address))
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), body.decode("utf-8", "replace"))


class Seen:
    """All that the public addresses show, read once."""

    def __init__(self, client: Client, article: Article, *names: str) -> None:
        asked = everywhere(article)
        self.texts = {pair: text_of(client, pair[1]) for pair in asked if not names or pair[0] in names}

    def of(self, words: tuple[str, str]) -> dict[str, list[str]]:
        """The addresses that show one of the words, by the name of their URL."""
        found: dict[str, list[str]] = {}
        for (name, address), text in self.texts.items():
            if any(word in text for word in words):
                found.setdefault(name, []).append(address)
        return found


def test_the_words_are_asked_for_at_every_public_address(report: Article) -> None:
    assert {name for name, _address in everywhere(report)} == PUBLIC


IN_TEXT = {
    "search", "articles:detail", "articles:original", "articles:capture", "explain", "suggest", "search-concordance",
    "concordance-export", "search-export", "shelf-export", "stories:witnesses", "feeds:rss", "feeds:atom", "feeds:json",
    "articles:form", "api:articles", "api:article", "api:suggest", "api:concordance", "search-expression",
    "expression-export", "api:expression",
}  # fmt: skip
COUNTED = {"search-collocates", "collocates-export", "api:collocates"}  # what stands twice: of the words the late ones
IN_BULK = {
    "articles:form", "api:articles", "api:article", "api:concordance", "search-export", "shelf-export",
    "concordance-export", "feeds:rss", "feeds:atom", "feeds:json", "collocates-export", "api:collocates",
    "expression-export", "api:expression",
}  # fmt: skip
IN_SENTENCE = {  # that tells of a meeting
    "browse:pair", "browse:meeting", "browse:meetings-proposed", "feeds:meetings-rss", "feeds:meetings-atom",
    "feeds:meetings-json", "api:meetings", "api:meeting",
}  # fmt: skip


def test_what_is_planted_is_seen_wherever_the_whole_text_is_shown(ramin: Client, report: Article) -> None:
    """Without this the other tests could pass where nothing is shown at all."""
    seen = Seen(ramin, report)
    assert seen.of(LATE).keys() == IN_TEXT | COUNTED | {"curation:mistake"}
    assert {address[-3:] for address in seen.of(LATE)["search-export"]} == {"csv", "onl", "txt", "pdf"}
    assert seen.of(EARLY).keys() == IN_TEXT | IN_SENTENCE


def test_an_excerpt_shows_the_beginning_alone(ramin: Client, report: Article) -> None:
    choose(rights_pages=Rights.EXCERPT)
    seen = Seen(ramin, report)
    assert seen.of(LATE) == {}
    assert {"articles:detail", "search", "search-export", "feeds:rss"} <= seen.of(EARLY).keys()


def test_the_description_alone_shows_nothing_of_the_text(
    ramin: Client, report: Article, settings: LazySettings
) -> None:
    settings.RIGHTS_PAGES = "description"
    seen = Seen(ramin, report)
    assert seen.of(LATE) == seen.of(EARLY) == {}
    assert {"articles:detail", "search", "search-export", "feeds:rss", "articles:citation"} <= seen.of(TITLE).keys()


def test_what_leaves_in_bulk_may_be_less_than_what_pages_show(ramin: Client, report: Article) -> None:
    choose(rights_bulk=Rights.DESCRIPTION)
    late = Seen(ramin, report, "articles:detail", "search-concordance", "articles:capture", *IN_BULK).of(LATE).keys()
    assert late == {"articles:detail", "search-concordance", "articles:capture"}


def asked_by_an_assistant(article: Article) -> dict[str, str]:
    """All that the tools tell of this article: by their names, to one who feels for the words, too."""
    told: dict[str, str] = {}
    calls = [("article", {"identifier": article.identifier}), ("cite", {"identifier": article.identifier})]
    for query in (f"{LATE[0][:4]}* {LATE[1][:4]}*", f'"{BEFORE} {LATE[0][:3]}*"', "مؤتمر"):
        calls += [(name, {"q": query}) for name in ("search", "facets", "words_in_context", "timeline")]
        calls += [("facet_values", {"name": "official", "q": query})]
    for (name, _arguments), answer in zip(calls, asked(*calls), strict=True):
        told[name] = told.get(name, "") + words(answer)
    return told


@pytest.mark.usefixtures("beside_a_browser")
def test_an_assistant_is_told_what_may_leave_in_bulk_and_no_more(report: Article) -> None:
    seen = {name for name, text in asked_by_an_assistant(report).items() if any(word in text for word in LATE)}
    assert seen == {"article", "search", "words_in_context"}
    for choice in ({"rights_bulk": Rights.EXCERPT}, {"rights_pages": Rights.DESCRIPTION}):
        choose(**choice)
        told = asked_by_an_assistant(report)
        assert not any(word in text for text in told.values() for word in LATE)
        assert all(TITLE[0] in told[name] for name in ("article", "search", "cite"))
        assert json.loads(told["article"])["text_shown"] == next(iter(choice.values()))
    assert not any(word in text for text in told.values() for word in EARLY)


def test_another_source_is_shown_as_before(ramin: Client, report: Article) -> None:
    choose(rights_pages=Rights.DESCRIPTION)
    other = Article.objects.published().exclude(source=report.source).first()
    assert other is not None
    assert "data-rights" in text_of(ramin, report.get_absolute_url())
    assert "data-rights" not in text_of(ramin, other.get_absolute_url())
    assert other.body in text_of(ramin, f"/shelf/export/?a={other.identifier}&format=txt")


def test_it_is_found_by_all_of_its_text_nevertheless(ramin: Client, report: Article) -> None:
    choose(rights_pages=Rights.DESCRIPTION)
    assert report.identifier in text_of(ramin, f"/search/?q={quote(LATE[0])}")


def test_a_page_that_was_kept_changes_with_the_rights(
    ramin: Client, report: Article, settings: LazySettings, tmp_path: Path
) -> None:
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": backend, "LOCATION": tmp_path / "pages"}}
    names = {"search", "articles:detail", "search-concordance", "stories:witnesses", "explain", "feeds:rss"}
    kept = [address for name, address in everywhere(report) if name in names]
    tags = {address: ramin.get(address).headers.get("ETag", '"none"') for address in kept}
    choose(rights_pages=Rights.DESCRIPTION)
    for address, tag in tags.items():
        again = ramin.get(address, headers={"if-none-match": tag})
        assert again.status_code != 304 or tag == '"none"', address
        assert not any(word in text_of(ramin, address) for word in (*LATE, *EARLY)), address


def test_staff_see_the_whole_in_the_admin(report: Article, admin_client: Client) -> None:
    choose(rights_pages=Rights.DESCRIPTION)
    page = text_of(admin_client, f"{ADMIN}articles/article/{report.pk}/change/")
    assert all(word in page for word in (*LATE, *EARLY))


def test_a_copy_that_leaves_something_out_cannot_be_saved(report: Article) -> None:
    from archive.articles.rights import Audience, shown
    from archive.authorities.directory import directory

    choose(rights_pages=Rights.EXCERPT)
    part = shown(Article.objects.get(pk=report.pk), Audience.PAGE, directory())
    with pytest.raises(ValueError, match="cannot be saved"):
        part.save()
