"""An article as explanations see it, and what narrows a question beside its words."""

from __future__ import annotations

from django.utils.translation import override

from archive.articles.models import AccessPoint, Article
from archive.authorities.directory import directory
from search.explain.choices import choices
from search.explain.subject import subject_of
from search.request import SearchRequest


def khalafov_of(report: Article) -> AccessPoint:
    return report.access_points.get(record__slug="khalaf-khalafov")


def test_a_record_is_linked_where_the_text_names_it(five: dict[str, Article]) -> None:
    report = khalafov_of_which(five)
    subject = subject_of(report)
    places = subject.links["official", "khalaf-khalafov"]
    written = {subject.texts[place.field][place.start : place.end] for place in places}
    assert written and all("خلف" in name for name in written)
    assert ("lang", report.language) in subject.links


def khalafov_of_which(five: dict[str, Article]) -> Article:
    return next(a for a in five.values() if a.access_points.filter(record__slug="khalaf-khalafov").exists())


def test_a_rejected_link_explains_nothing(five: dict[str, Article]) -> None:
    report = khalafov_of_which(five)
    AccessPoint.objects.filter(pk=khalafov_of(report).pk).update(state=AccessPoint.State.REJECTED)
    assert ("official", "khalaf-khalafov") not in subject_of(report).links


def test_a_choice_is_met_by_one_of_its_values_and_an_exclusion_by_none(five: dict[str, Article]) -> None:
    report = five["003"]
    asked = SearchRequest().with_values("lang", ["ar", "fa"]).excluding("country", "lv")
    with override("en"):
        excluded, chosen = sorted(choices(asked, report, directory()), key=lambda choice: choice.facet)
    assert (chosen.facet, chosen.met, len(chosen.told)) == ("lang", report.language in {"ar", "fa"}, 2)
    assert excluded.met is not report.access_points.filter(record__slug="lv").exists()


def test_a_month_is_met_in_every_year(five: dict[str, Article]) -> None:
    report = five["003"]  # 4 October 2023
    for month, met in (("10", True), ("2023-10", True), ("09", False)):
        (choice,) = choices(SearchRequest().with_values("month", [month]), report, directory())
        assert choice.met is met, month
