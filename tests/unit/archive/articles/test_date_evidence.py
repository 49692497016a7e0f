"""What a date rests on, by the rule that found it."""

from __future__ import annotations

import pytest

from archive.articles.description import describe
from archive.articles.models import Article
from archive.articles.rules import kind_of
from archive.extraction import extract

PAGE = """<!doctype html><html lang="ar"><head><meta charset="utf-8"><title>مشاورات سياسية</title>{meta}</head>
<body><article><h1>مشاورات سياسية بين قطر وأذربيجان</h1>{line}<p>عقدت في الدوحة الجولة الأولى من المشاورات السياسية بين
وزارتي الخارجية في البلدين، وبحث الجانبان سبل تعزيز التعاون المشترك.</p></article></body></html>"""
META = '<meta property="article:published_time" content="2019-12-01">'
LINE = "<p>26 أكتوبر 2020</p>"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("meta", "line", "kind"),
    [(META, "", "metadata"), ("", LINE, "dateline"), ("", "", "none"), (META, LINE, "dateline")],
)
def test_a_date_of_the_metadata_is_told_from_one_in_the_text(meta: str, line: str, kind: str) -> None:
    fields = describe(extract(PAGE.format(meta=meta, line=line).encode(), name="page.html"))
    assert kind_of(Article(**{**fields, "source": None})) == kind


def test_a_curator_and_a_first_sentence_are_evidence_of_their_own() -> None:
    assert kind_of(Article(date_certainty="curated", evidence={"date": {"rule": "dateline"}})) == "curator"
    assert kind_of(Article(date_certainty="inferred", evidence={"date": {"rule": "body"}})) == "lead"
    assert kind_of(Article(date_certainty="stated", evidence={})) == "dateline"
