"""What pages tell programs of themselves, read as harvesters read it."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import parse_qs

import extruct
import lxml.html
import pytest
from django.test import Client

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Name
from archive.dataset import dumping
from archive.work.management.commands.work import work_off

pytestmark = pytest.mark.django_db
logging.getLogger("rdflib").setLevel(logging.ERROR)


def told(client: Client, address: str) -> dict[str, dict[str, Any]]:
    """The things of schema.org on a page, by their types."""
    page = client.get(address).content.decode()
    found = extruct.extract(page, base_url=f"http://testserver{address}", syntaxes=["json-ld"])
    return {one["@type"]: one for one in found["json-ld"]}


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("/officials/khalaf-khalafov/", "Person", "Khalaf Khalafov"),
        ("/countries/az/", "Country", "Azerbaijan"),
        ("/bodies/nato/", "Organization", "North Atlantic Treaty"),
        ("/sources/azvision/", "NewsMediaOrganization", "AzVision"),
    ],
)
def test_a_record_says_who_it_is(ramin: Client, five: dict[str, Article], address: str, kind: str, name: str) -> None:
    one = told(ramin, address)[kind]
    assert name.casefold() in one["name"].casefold()
    assert one["url"] == f"http://testserver{address}"
    assert one.get("alternateName") or kind == "NewsMediaOrganization"  # an outlet may have one name
    steps = told(ramin, address)["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3] and steps[2]["item"] == one["url"]
    assert all(ramin.get(step["item"].removeprefix("http://testserver")).status_code == 200 for step in steps)


def test_an_article_says_what_it_is(ramin: Client, five: dict[str, Article]) -> None:
    one = told(ramin, "/articles/3d43f546d925/")["NewsArticle"]
    assert one["headline"] == five["001"].title and one["inLanguage"] == "ar"


def test_the_dataset_names_its_files(
    ramin: Client, five: dict[str, Article], settings: pytest.FixtureRequest, tmp_path: object
) -> None:
    settings.DATASETS_DIR = tmp_path
    dumping.begin_due()
    work_off()
    (file,) = told(ramin, "/data/")["Dataset"]["distribution"]
    assert ramin.get(file["contentUrl"].removeprefix("http://testserver")).status_code == 200


def test_no_name_ends_the_script_that_it_stands_in(ramin: Client, five: dict[str, Article]) -> None:
    record = AuthorityRecord.objects.get(kind="country", slug="az")
    Name.objects.create(record=record, text="</script><script>alert(1)</script>", language="en", source="planted")
    assert "<script>alert(1)" not in ramin.get("/countries/az/").content.decode()
    assert "</script><script>alert(1)</script>" in told(ramin, "/countries/az/")["Country"]["alternateName"]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_zotero_is_told_by_both_its_translators_what_a_report_is(
    ramin: Client, five: dict[str, Article], number: str
) -> None:
    """COinS, which it reads first, and Dublin Core: the values that were seen to arrive in its items."""
    article = five[number]
    page = lxml.html.fromstring(ramin.get(article.get_absolute_url()).content.decode())
    (context,) = (parse_qs(span.get("title")) for span in page.find_class("Z3988"))
    assert context["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    core: dict[str, list[str]] = {}
    for element in page.xpath("//meta[starts-with(@name, 'DC.')]"):
        core.setdefault(element.get("name").removeprefix("DC."), []).append(element.get("content"))
    newspaper = article.source and [name.text for name in article.source.names.all()]
    for held in (core, {name.removeprefix("rft."): values for name, values in context.items()}):
        assert (held["type"], held["title"], held["language"]) == (
            ["newspaperArticle"],
            [f"{article.kicker} {article.title}".strip()],
            [article.language],
        )
        assert held["identifier"] == [f"http://testserver{article.get_absolute_url()}"]
        assert held.get("date", [""])[0] == (str(article.dated_on) if article.dated_on else "")
        assert held["source"][0] in newspaper if newspaper else "source" not in held
        assert len(held["subject"]) == len(set(held["subject"])) > 2
    assert not page.xpath("//meta[starts-with(@name, 'citation_')]")  # they would make a journal article of it
