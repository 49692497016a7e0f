"""A page asks what state the archive is in once; the next page asks again."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from archive.articles.models import Article
from archive.authorities import directory
from archive.authorities.models import AuthorityRecord, Name
from archive.pages.asked_once import once_a_page, one_page
from config.middleware import OnePageMiddleware

numbers = iter(range(1000))


@once_a_page
def number() -> int:
    return next(numbers)


def test_a_page_asks_once_and_the_next_one_again() -> None:
    with one_page():
        first = number()
        assert number() == first
    with one_page():
        assert number() == first + 1


def test_outside_of_a_page_every_question_is_asked() -> None:
    assert number() != number()


@pytest.mark.parametrize(("method", "times"), [("GET", 1), ("HEAD", 1), ("POST", 2)])
def test_only_who_reads_is_told_what_was_so_a_moment_ago(method: str, times: int) -> None:
    told: set[int] = set()
    page = OnePageMiddleware(lambda _request: told.update((number(), number())) or HttpResponse())
    page(RequestFactory().generic(method, "/"))
    assert len(told) == times


@pytest.mark.django_db
def test_a_new_name_is_on_the_next_page(five: dict[str, Article], ramin: Client) -> None:
    assert five
    with one_page():
        before = directory.revision()
        record = AuthorityRecord.objects.get(kind="country", slug="qa")
        Name.objects.filter(record=record, language="ar", form="authorized").update(text="دولة قطر")
        record.save()
        assert directory.revision() == before
    assert directory.revision() != before
    assert "دولة قطر" in ramin.get("/countries/", headers={"accept-language": "ar"}).content.decode()
