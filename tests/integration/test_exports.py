"""From an address to a file: exports of result sets, citations and pictures, as readers and programs get them."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
import rispy
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from archive.articles.models import Article
from search.engine.protocol import SearchUnavailable

FORMATS = {
    "csv": ("text/csv", "csv"),
    "jsonl": ("application/jsonl", "jsonl"),
    "ris": ("application/x-research-info-systems", "ris"),
    "bib": ("application/x-bibtex", "bib"),
    "csl": ("application/vnd.citationstyles.csl+json", "json"),
    "txt": ("text/plain", "txt"),
    "pdf": ("application/pdf", "pdf"),
}


@pytest.fixture(autouse=True)
def _as_served(kept_pages: None) -> None:
    """Pictures are kept as on a served archive."""


def export(client: Client, form: str, **asked: object) -> bytes:
    response = client.get("/search/export/", {"format": form, **asked})
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows(client: Client, **asked: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(client, "csv", **asked).decode(), newline="")))


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_a_stream_with_its_type_and_two_names(
    ramin: Client, five: dict[str, Article], form: str
) -> None:
    response = ramin.get("/search/export/", {"format": form, "q": "خلفوف"})
    media_type, suffix = FORMATS[form]
    assert response.status_code == 200
    assert response.streaming
    assert response.headers["Content-Type"].startswith(media_type)
    day = r"-\d{4}-\d\d-\d\d"
    asked = quote("خلفوف")
    names = rf"""attachment; filename="diwan{day}\.{suffix}"; filename\*=UTF-8''diwan-{asked}{day}\.{suffix}"""
    assert re.fullmatch(names, response.headers["Content-Disposition"])
    assert response.headers["X-Total-Count"] == "2"
    assert len(b"".join(response.streaming_content)) > 500


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"q": "خلفوف"},
        {"q": "Khalafov", "names": "0"},
        {"q": "خلفوف", "lang": "fa"},
        {"country": ["qa", "lv"]},
        {"q": "قطر", "year": "undated"},
        {"q": "أذربيجان", "sort": "oldest"},
        {"q": "قطر لاتفيا المجر"},
        {"q": "nothing-of-this-kind"},
    ],
)
def test_an_export_holds_what_the_page_finds_in_its_order(
    ramin: Client, five: dict[str, Article], asked: dict[str, object]
) -> None:
    page = ramin.get("/search/", asked).content.decode()
    assert [row["identifier"] for row in rows(ramin, **asked)] == re.findall('<li data-article="([0-9a-f]+)"', page)


def test_an_export_holds_all_pages_of_the_results(
    ramin: Client, five: dict[str, Article], settings: pytest.FixtureRequest
) -> None:
    settings.SEARCH_PAGE_SIZE = 2
    assert len(rows(ramin, page="2")) == 5


def test_a_draft_never_appears(ramin: Client, five: dict[str, Article]) -> None:
    hidden = five["003"]
    Article.objects.filter(pk=hidden.pk).update(status="draft")
    for form in FORMATS:
        assert hidden.identifier.encode() not in export(ramin, form)
    for address in ("picture.png", "cite.ris", "cite.bib", "cite.json"):
        assert ramin.get(f"/articles/{hidden.identifier}/{address}").status_code == 404


def test_a_byte_order_mark_is_there_on_request_only(ramin: Client, five: dict[str, Article]) -> None:
    assert export(ramin, "csv", bom="1").startswith(b"\xef\xbb\xbfidentifier,")
    assert export(ramin, "csv").startswith(b"identifier,")
    assert export(ramin, "jsonl", bom="1").startswith(b"{")


def test_a_title_that_is_a_formula_is_harmless_in_a_spreadsheet_and_unchanged_in_json(
    ramin: Client, five: dict[str, Article]
) -> None:
    title = '=HYPERLINK("https://bad.example")'
    Article.objects.filter(pk=five["003"].pk).update(title=title, kicker="+1", body="@SUM(A1)\n\n-2")
    (row,) = [row for row in rows(ramin) if row["identifier"] == five["003"].identifier]
    assert (row["title"], row["kicker"], row["text"]) == (f"'{title}", "'+1", "'@SUM(A1)\n\n-2")
    held = [json.loads(line) for line in export(ramin, "jsonl").splitlines()]
    assert title in {one["title"] for one in held}


def test_the_cap_of_a_setting_is_told(ramin: Client, five: dict[str, Article], settings: pytest.FixtureRequest) -> None:
    settings.EXPORT_LIMIT = settings.DOSSIER_LIMIT = 2
    response = ramin.get("/search/export/", {"format": "txt"})
    text = b"".join(response.streaming_content).decode()
    assert (response.headers["X-Total-Count"], response.headers["X-Export-Count"]) == ("5", "2")
    assert "the first 2 of 5 articles" in text
    assert export(ramin, "pdf").startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ({}, "Diwan: The whole archive"),
        ({"country": "az"}, "Diwan: Country: Azerbaijan"),
        ({"q": "خلفوف", "country": "az"}, "Diwan: خلفوف"),
    ],
)
def test_a_dossier_is_called_by_what_it_holds(
    ramin: Client, five: dict[str, Article], asked: dict[str, str], title: str
) -> None:
    assert PdfReader(io.BytesIO(export(ramin, "pdf", **asked))).metadata.title == title


def test_a_dossier_of_many_filters_tells_them_all_on_its_cover(ramin: Client, five: dict[str, Article]) -> None:
    chosen = "az qa lv ir af al dz ao ar am au at bh bd by be bo br bg kh ca cn co cu cy eg ee fi fr zw".split()
    made = PdfReader(io.BytesIO(export(ramin, "pdf", country=chosen)))
    assert made.metadata.title.endswith("…")
    assert "Zimbabwe" in made.pages[0].extract_text() and "Zimbabwe" not in made.metadata.title


def test_what_cannot_be_exported_is_said_and_not_an_empty_file(
    ramin: Client, five: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    from search.export import result_set as exports

    assert ramin.get("/search/export/", {"format": "exe"}).status_code == 400
    assert ramin.get("/search/export/", {"q": "ق" * 5000}).status_code == 400
    assert ramin.post("/search/export/").status_code == 405

    def unavailable(*_arguments: object, **_options: object) -> None:
        raise SearchUnavailable("no index")

    monkeypatch.setattr(exports, "ask", unavailable)
    response = ramin.get("/search/export/", {"format": "csv"})
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert ramin.get("/search/picture.png").status_code == 503


def test_hostile_parameters_reach_no_header(ramin: Client, five: dict[str, Article]) -> None:
    response = ramin.get("/search/export/", {"q": "a\r\nSet-Cookie: x=1", "format": "txt"})
    assert "Set-Cookie" not in response.headers or "x=1" not in response.headers["Set-Cookie"]
    b"".join(response.streaming_content)


@pytest.mark.parametrize(("language", "label"), [("en", "Export:"), ("ar", "CSV"), ("fa", "CSV")])
def test_the_results_page_links_to_every_format(five: dict[str, Article], language: str, label: str) -> None:
    page = Client(headers={"accept-language": language}).get("/search/", {"q": "خلفوف", "lang": "fa", "page": "1"})
    text = page.content.decode()
    assert label in text
    for form in FORMATS:
        query = urlencode({"q": "خلفوف", "lang": "fa"}).replace("&", "&amp;")
        assert f"/search/export/?{query}&amp;format={form}" in text


class Metadata(HTMLParser):
    """The `<meta>` elements of a page and its JSON-LD."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.told: dict[str, str] = {}
        self.coins = ""
        self.json = ""
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "meta" and ("name" in held or "property" in held):
            self.told[held.get("name") or held["property"]] = held.get("content", "")
        if held.get("class") == "Z3988":
            self.coins = held["title"]
        self._inside = tag == "script" and held.get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.json += data
            self._inside = False


def test_zotero_and_search_engines_read_the_article_from_its_page(ramin: Client, five: dict[str, Article]) -> None:
    held = five["003"]
    told = Metadata(ramin.get(held.get_absolute_url()).content.decode())
    assert told.told["DC.type"] == "newspaperArticle"
    title = f"{held.kicker} {held.title}"
    assert told.told["DC.title"] == told.told["og:title"] == title
    assert told.told["DC.source"] == "دفاع‌پرس"
    assert told.told["DC.date"] == "2023-10-04"
    assert "rft.type=newspaperArticle" in told.coins
    data = json.loads(told.json)
    assert (data["@type"], data["headline"], data["inLanguage"]) == ("NewsArticle", title, "fa")
    assert told.told["og:image"] == f"http://testserver/articles/{held.identifier}/picture.png"


def test_a_title_cannot_leave_the_json_of_the_page(ramin: Client, five: dict[str, Article]) -> None:
    title = "</script><script>alert(1)</script>"
    Article.objects.filter(pk=five["003"].pk).update(title=title, kicker="")
    text = ramin.get(five["003"].get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in text
    assert json.loads(Metadata(text).json)["headline"] == title


@pytest.mark.parametrize(
    ("language", "said"),
    [("ar", "12 مهر 1402"), ("fa", "دسترسی در"), ("en", "12 Mehr 1402 [4 October 2023]")],
)
def test_the_article_page_cites_in_the_language_of_the_reader(
    five: dict[str, Article], language: str, said: str
) -> None:
    text = Client(headers={"accept-language": language}).get(five["003"].get_absolute_url()).content.decode()
    beside_the_title = text[text.index('class="cite"') : text.index('class="reading"')]
    assert said in beside_the_title.split('<details class="fold"', 1)[0]
    assert f">http://testserver/articles/{five['003'].identifier}/</bdi>" in text[: text.index('class="cite"')]
    for form in ("ris", "bib", "json"):
        assert f"/articles/{five['003'].identifier}/cite.{form}" in text


def test_citation_files_are_those_of_the_article(ramin: Client, five: dict[str, Article]) -> None:
    base = f"/articles/{five['003'].identifier}/cite"
    response = ramin.get(f"{base}.ris")
    title = f"{five['003'].kicker} {five['003'].title}"
    assert rispy.loads(response.content.decode())[0]["title"] == title
    assert response.headers["Content-Disposition"] == f'attachment; filename="diwan-{five["003"].identifier}.ris"'
    assert ramin.get(f"{base}.bib").content.startswith(b"@article{defapress-2023-")
    assert json.loads(ramin.get(f"{base}.json").content)[0]["title"] == title
    assert ramin.get(f"{base}.exe").status_code == 404


def test_an_undated_report_is_cited_as_undated(ramin: Client, five: dict[str, Article]) -> None:
    undated = next(article for article in five.values() if article.dated_on is None)
    assert "n.d." in ramin.get(undated.get_absolute_url()).content.decode()
    assert b"DA  - " not in ramin.get(f"/articles/{undated.identifier}/cite.ris").content


def test_a_picture_belongs_to_every_article_and_search(ramin: Client, five: dict[str, Article]) -> None:
    for address in (f"/articles/{five['003'].identifier}/picture.png", "/search/picture.png?q=خلفوف&country=az&ui=ar"):
        response = ramin.get(address)
        assert response.headers["Content-Type"] == "image/png"
        assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
        again = ramin.get(address, headers={"if-none-match": response.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_search_page_names_its_picture(ramin: Client, five: dict[str, Article]) -> None:
    told = Metadata(ramin.get("/search/", {"q": "خلفوف", "country": "az", "page": "1"}).content.decode()).told
    query = urlencode({"q": "خلفوف", "country": "az", "ui": "en"})
    assert told["og:image"] == f"http://testserver/search/picture.png?{query}"
    assert ramin.get(told["og:image"].removeprefix("http://testserver")).status_code == 200


def terminal(*arguments: str, **options: object) -> str:
    out = io.StringIO()
    call_command("search_archive", *arguments, stdout=out, **options)
    return out.getvalue()


def test_the_terminal_shows_what_the_page_finds(five: dict[str, Article]) -> None:
    text = terminal("خلفوف", "--logical", "--facets")
    assert text.startswith("2 articles / 5\n")
    assert five["003"].title in text
    assert f"/articles/{five['003'].identifier}/" in text
    assert "Khalaf Khalafov (khalaf-khalafov)" in text
    assert "Country (--country)" in text


def test_the_terminal_narrows_limits_and_speaks_three_languages(five: dict[str, Article]) -> None:
    assert terminal("--lang", "fa", "--logical").startswith("1 article / 5\n")
    assert terminal("--limit", "2", "--logical").count("/articles/") == 2
    assert "۱۲ مهر ۱۴۰۲" in terminal("--lang", "fa", "--logical", "--ui", "fa")


def test_a_terminal_without_bidi_reads_shaped_lines_from_the_right(five: dict[str, Article]) -> None:
    from archive.articles.visual.visual import for_terminal

    lines = terminal("خلفوف", "--visual").splitlines()
    title = next(line for line in lines if line.rstrip().endswith("1.") or line.rstrip().endswith(".1"))
    assert for_terminal("منطقه") in "\n".join(lines)
    assert title.startswith(" ")
    assert not [line for line in lines if re.search("[\u0621-\u064a]{2}", line)]
    assert all(len(line) <= 100 for line in lines)


def test_the_terminal_says_why_it_cannot_answer(five: dict[str, Article]) -> None:
    with pytest.raises(CommandError):
        terminal("ق" * 5000)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "jsonl", "ris", "bib", "csl", "txt"])
def test_a_zip_has_the_file_and_what_was_asked_beside_it(ramin: Client, form: str) -> None:
    asked = {"q": "وزير", "lang": "ar", "format": form, "zip": "1"}
    response = ramin.get("/search/export/", asked)
    assert response.headers["Content-Type"] == "application/zip" and ".zip" in response.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as held:
        file, beside = held.namelist()
        assert beside == "question.txt" and file.endswith({"csl": ".json"}.get(form, f".{form}"))
        told = held.read(beside).decode()
        plain = b"".join(ramin.get("/search/export/", {**asked, "zip": ""}).streaming_content)
        assert held.read(file) == plain
    title, address, counted = told.splitlines()
    assert "وزير" in title and "Language: Arabic" in title
    assert address.startswith("http://") and "lang=ar" in address
    assert counted.startswith(f"{response.headers['X-Total-Count']} articles · ")


@pytest.mark.django_db
def test_the_page_offers_every_file_with_the_question_beside(ramin: Client) -> None:
    html = ramin.get("/search/?q=قطر").content.decode()
    for form in ("csv", "jsonl", "ris", "bib", "csl", "txt"):
        assert f"format={form}&amp;zip=1" in html
