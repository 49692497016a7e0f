"""Narrowing: choosing, leaving out, finding a value by any form of its name, alphabets, posts, undated articles."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client

from archive.articles.models import Article
from archive.authorities.models import AuthorityRecord, Post
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db


class Page:
    """A page read as a script reads it, by its data attributes and links."""

    def __init__(self, client: Client, path: str, **parameters: object) -> None:
        self.response = client.get(path, parameters)
        self.html = unescape(on_one_line(self.response.content.decode()))

    @property
    def articles(self) -> set[str]:
        return set(re.findall(r'data-article="([0-9a-f]+)"', self.html))

    def facet(self, name: str) -> dict[str, tuple[int, int]]:
        """Every value in the order of the page with its count in the result and in the archive."""
        told = rf'data-facet="{name}" data-value="([^"]*)"(?: data-count="\d+" data-all="(\d+)")?'
        held = re.findall(rf'{told}.*? class="count">(\d+)<', self.html)
        return {value: (int(count), int(total or self._total(name, value))) for value, total, count in held}

    def _total(self, name: str, value: str) -> int:
        """A page of results shows the counts of the result alone; it knows those of the archive."""
        [facet] = [one for one in self.response.context["page"].facets if one.name == name]
        return next(one.total for one in facet.values if one.value == value)

    def chips(self) -> list[tuple[str, str]]:
        """The address and the words of each chip."""
        return re.findall(r'<a class="chip" href="([^"]*)".*?<bdi>(.*?)</bdi>', self.html)

    def boxes(self, name: str) -> dict[str, bool]:
        """The choice boxes of one name, each with whether it is ticked."""
        held = re.findall(rf'<input type="checkbox"[^>]* name="{name}" value="([^"]*)"( checked)?>', self.html)
        return {value: bool(checked) for value, checked in held}

    def hidden(self) -> set[tuple[str, str]]:
        form = self.html[self.html.index('<form method="get" action="/search/"') :]
        return set(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form))


def results(client: Client, **parameters: object) -> Page:
    return Page(client, "/search/", **parameters)


def values(client: Client, facet: str, **parameters: object) -> Page:
    return Page(client, f"/search/facet/{facet}/", **parameters)


# Leaving out


def test_a_value_can_be_left_out(five: dict[str, Article], ramin: Client) -> None:
    assert results(ramin, **{"not-country": "am"}).articles == {five["002"].identifier}
    assert results(ramin, **{"not-lang": "fa", "country": ["qa", "ir"]}).articles == {
        five["000"].identifier,
        five["002"].identifier,
    }


def test_the_page_offers_to_leave_out_and_says_what_is_left_out(ramin: Client) -> None:
    page = results(ramin, q="قطر")
    assert "/search/?q=%D9%82%D8%B7%D8%B1&not-country=qa" in page.html
    left_out = results(ramin, country="az", **{"not-country": "am"})
    assert set(left_out.chips()) == {
        ("/search/?not-country=am", "Azerbaijan"),
        ("/search/?country=az", "not Armenia"),
    }
    assert left_out.facet("country")["am"] == (4, 4)


def test_feeds_and_exports_leave_it_out_too_and_say_so(five: dict[str, Article], ramin: Client) -> None:
    feed = ramin.get("/feeds/atom/", {"not-country": "am"}).content.decode()
    assert feed.count("<entry") == 1 and five["002"].guid in feed and "not Armenia" in feed
    export = ramin.get("/search/export/", {"not-country": "am", "format": "txt"}).getvalue().decode()
    assert "Country: not Armenia" in export and five["002"].identifier in export
    assert five["001"].identifier not in export


def test_the_terminal_leaves_out_and_counts_against_the_archive() -> None:
    told = io.StringIO()
    call_command("search_archive", "--not-country", "am", "--facets", "--logical", stdout=told)
    assert told.getvalue().startswith("1 article / 5")
    assert re.search(r"-\s+4\s+Armenia \(am\)", told.getvalue())
    assert re.search(r"1/2\s+nothing: undated \(none\)", told.getvalue())


def test_the_explanation_says_which_choices_a_report_meets(five: dict[str, Article], ramin: Client) -> None:
    asked = {"q": "قطر", "country": "qa", "not-country": "am", "article": five["000"].identifier}
    html = ramin.get("/explain/", asked).content.decode()
    assert re.findall(r'data-choice="(\w+)" data-met="(\w+)"', html) == [("country", "yes"), ("country", "no")]
    link = re.search(r'href="(/explain/[^"]*)"', results(ramin, q="قطر", **{"not-lang": "fa"}).html)[1]
    assert "not-lang=fa" in link


# Counts


def test_one_count_is_told_and_that_of_the_archive_is_held_for_programs(ramin: Client) -> None:
    page = results(ramin, q="قطر")
    assert page.facet("country")["az"] == (2, 5)
    assert re.search(r'data-value="az"[^>]*>.*?<span class="count">2</span>', page.html)


def test_where_nothing_is_found_only_what_was_chosen_is_listed(ramin: Client) -> None:
    page = results(ramin, q="كلمةلاتوجدهنا", country="qa")
    assert page.facet("country") == {"qa": (0, 2)}
    assert page.html.count('class="choice"') == 1


def test_what_a_date_rests_on_is_a_facet(five: dict[str, Article], ramin: Client) -> None:
    assert results(ramin).facet("evidence") == {"dateline": (2, 2), "none": (2, 2), "lead": (1, 1)}
    assert results(ramin, evidence="lead").articles == {five["000"].identifier}
    assert "not-evidence=none" in results(ramin, **{"not-evidence": "none"}).html


def test_undated_articles_are_counted_under_a_choice_of_dates(five: dict[str, Article], ramin: Client) -> None:
    page = results(ramin, year="2020", country="am")
    assert re.search(r'href="([^"]*)"[^>]* data-undated="1">1 undated article not shown', page.html)[1] == (
        "/search/?year=undated&country=am"
    )
    assert "data-undated" in results(ramin, month="2020-10").html
    assert "data-undated" not in results(ramin, country="am").html
    assert "data-undated" not in results(ramin, year=["2020", "undated"]).html


# The page of a facet


@pytest.mark.parametrize("form", ["Khalafov", "خلف اف", "خلف‌اف", "خلفوف", "khalaf", "Xələfov", "خَلَفوف", "Chalafow"])
def test_a_value_is_found_by_any_form_of_its_name(ramin: Client, form: str) -> None:
    assert list(values(ramin, "official", find=form).facet("official")) == ["khalaf-khalafov"]


def test_a_name_outside_the_question_is_found_with_its_count_in_the_archive(ramin: Client) -> None:
    assert values(ramin, "official", q="قطر", find="Khalafov").facet("official") == {"khalaf-khalafov": (0, 2)}
    assert "Nothing in the archive is called" in values(ramin, "official", find="Talleyrand").html


def test_languages_and_evidence_are_found_by_their_names_in_any_language(ramin: Client) -> None:
    assert list(values(ramin, "lang", find="فارسی").facet("lang")) == ["fa"]
    assert list(values(ramin, "evidence", find="undated").facet("evidence")) == ["none"]


def test_values_are_listed_by_count_or_by_the_readers_alphabet(db: None) -> None:
    assert list(values(Client(), "country", ui="fa").facet("country"))[:2] == ["az", "am"]
    persian = list(values(Client(), "country", by="name", ui="fa").facet("country"))
    assert persian == ["az", "am", "ir", "tr", "ru", "qa", "ge", "lv"]  # … روسیه قطر گرجستان لتونی
    arabic = list(values(Client(), "country", by="name", ui="ar").facet("country"))
    assert arabic == ["az", "am", "ir", "tr", "ge", "ru", "qa", "lv"]  # … تركيا جورجيا روسيا قطر لاتفيا


def test_boxes_choose_and_leave_out_and_keep_the_rest_of_the_question(ramin: Client) -> None:
    page = values(ramin, "country", q="قطر", lang="ar", country="az", **{"not-country": "ir"})
    assert page.boxes("country")["az"] and not page.boxes("country")["am"]
    assert page.boxes("not-country")["ir"] and not page.boxes("not-country")["az"]
    assert page.hidden() == {("q", "قطر"), ("lang", "ar")}


def test_choices_on_other_pages_of_a_long_list_are_kept(ramin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.pages.facet_listing.PER_PAGE", 3)
    monkeypatch.setattr("search.pages.facet_views.PER_PAGE", 3)
    page = values(ramin, "country", country="az", part=2)
    assert len(page.facet("country")) == 3 and "az" not in page.facet("country")
    assert page.hidden() == {("country", "az")}
    assert "/search/facet/country/?country=az&part=3" in page.html


def test_officials_stand_under_country_and_post_with_its_dates(ramin: Client) -> None:
    khalafov = AuthorityRecord.objects.get(kind="official", slug="khalaf-khalafov")
    Post.objects.create(record=khalafov, role="ambassador", country_id=_country("tr"), start="2022-03", source="test")
    page = values(ramin, "official", by="post")
    headings = re.findall(r"<caption><bdi>(.*?)</bdi>", page.html)
    assert headings.index("Azerbaijan") < headings.index("Türkiye")
    assert page.html.count('data-value="khalaf-khalafov"') == khalafov.posts.count() > 1
    assert list(page.boxes("official")).count("khalaf-khalafov") == 1
    assert "March 2022 – …" in page.html


def _country(slug: str) -> int:
    return AuthorityRecord.objects.get(kind="country", slug=slug).pk


def test_officials_are_told_apart_by_their_post_in_the_panel(ramin: Client) -> None:
    assert "Deputy Minister of Foreign Affairs, Azerbaijan" in results(ramin).html


@pytest.mark.parametrize(
    "parameters",
    [{"by": "price"}, {"part": "abc"}, {"part": "99999"}, {"part": "999"}, {"find": "\x00\u202e"}, {"find": "x" * 5000},
     {"find": "(((("}, {"country": "<script>"}, {"by": "post"}, {"q": "a~9", "find": "*"}],
)  # fmt: skip
def test_nothing_asked_of_the_page_raises_an_error(ramin: Client, parameters: dict[str, object]) -> None:
    for facet in ("country", "official", "lang"):
        assert values(ramin, facet, **parameters).response.status_code == 200


def test_only_facets_have_a_page(ramin: Client) -> None:
    assert [values(ramin, name).response.status_code for name in ("price", "year", "month")] == [404, 404, 404]


def test_the_pages_cost_a_fixed_number_of_queries(ramin: Client, django_assert_max_num_queries: object) -> None:
    results(ramin)  # reads the names on file
    with django_assert_max_num_queries(6):
        results(ramin, year="2020", **{"not-country": "qa"})
    with django_assert_max_num_queries(3):
        values(ramin, "official", by="post", find="خلف")


def test_other_values_are_counted_without_what_is_left_out(ramin: Client) -> None:
    counts = results(ramin, **{"not-country": "am"}).facet("country")
    assert counts == {"am": (4, 4), "az": (1, 5), "qa": (1, 2)}


def test_the_page_of_a_facet_names_every_choice_of_the_question(ramin: Client) -> None:
    page = values(ramin, "official", country="az", by="name", **{"not-official": "ilham-aliyev"})
    assert set(page.chips()) == {
        ("/search/facet/official/?not-official=ilham-aliyev&by=name", "Azerbaijan"),
        ("/search/facet/official/?country=az&by=name", "not Ilham Aliyev"),
    }
