"""Every address of the site, each with arguments that lead to something, and what a request writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.urls import get_resolver

from archive.articles.models import Article
from archive.collections.models import Collection
from archive.meetings.actions import confirm
from archive.meetings.models import Meeting
from archive.meetings.proposals import read as read_for_meetings
from search.alerts.asking import token_of
from search.alerts.models import Alert, Follower

ARTICLE = "3d43f546d925"
MEETING, COLLECTION = "0a1b2c3d", "consultations"
# An atomic block is a SAVEPOINT in a test, and on the served archive a lock on the whole database.
WRITES = re.compile(r"\s*(?:INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|SAVEPOINT|BEGIN IMMEDIATE)\b", re.IGNORECASE)
HELD: dict[str, Any] = {
    "identifier": ARTICLE,
    "form": "ris",
    "number": 0,
    "address": "https://example.org/",
    "slug": "az",
    "one": "az",
    "other": "qa",
    "name": "country",
    "calendar": "gregorian",
    "year": 2020,
    "month": 10,
    "day": 21,
    "app_label": "articles",
    "url": "nothing-here/",
    "rest": "nothing-here",
    "key": "the-key-of-a-follower",
}
NAMED = {"sitemap": "articles", "dataset:dump": "diwan-2026-11"}
SLUGS = {
    "meeting": MEETING,
    "collection": COLLECTION,
    "official": "khalaf-khalafov",
    "body": "nato",
    "source": "al-sharq",
}


@dataclass(frozen=True, slots=True)
class Address:
    """The name of a URL pattern, `articles:detail`, and its route, `articles/<str:identifier>/`.

    A pattern without a name is called by its route, in the admin after `admin:`, without the admin's path.
    """

    name: str
    route: str

    @property
    def is_admins(self) -> bool:
        return self.route.startswith(settings.ADMIN_PATH)

    def path(self, keys: dict[str, Any]) -> str:
        """A path that this pattern answers; `keys` are primary keys by `app_model`."""
        bare = re.sub(r"\(\?P(<\w+>)(?:\[[^]]*\]|[^)])*\)", r"\1", self.route)
        bare = bare.replace("^", "").replace("$", "").replace("\\", "")
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(self._value(found[1], keys)), bare)

    def _value(self, argument: str, keys: dict[str, Any]) -> Any:
        if argument == "content_type_id":
            return keys["content_type"]
        if argument in {"object_id", "id"}:
            app, model, *_rest = self.route.removeprefix(settings.ADMIN_PATH).split("/")
            return keys["articles_article" if app == "r" else f"{app}_{model}"]
        if argument == "token":
            return token_of({"alert": keys["alerts_alert"], "rhythm": "daily", "language": "en"})
        if argument == "slug":
            return next((slug for kind, slug in SLUGS.items() if kind in self.name), HELD["slug"])
        return NAMED.get(self.name, HELD[argument]) if argument == "name" else HELD[argument]


def addresses() -> list[Address]:
    """Every pattern of the URLconf, those of the admin and those without a name included."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: Any, route: str, space: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _walk(entry, here, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield Address(space + (entry.name or here.removeprefix(settings.ADMIN_PATH)), here)


def hold(article: Article) -> Meeting:
    """Have the article be part of a confirmed meeting, of a proposed one, and of a public collection."""
    read_for_meetings([article.pk])
    meeting: Meeting = Meeting.objects.filter(reports__article=article)[0]
    meeting.identifier = MEETING
    meeting.save()
    confirm(meeting)
    told = meeting.reports.get(article=article)
    other = Meeting.objects.create()
    for party in meeting.parties.all():
        other.parties.create(record=party.record, side=party.side)
    told.pk, told.meeting = None, other
    told.save()
    titles = {"title_ar": "مشاورات", "title_fa": "رایزنی‌ها", "title_en": "Consultations"}
    collection = Collection.objects.create(slug=COLLECTION, is_public=True, on_home=True, **titles)
    collection.add([article.pk])
    return meeting


def followed() -> Alert:
    """A search that a reader is asked a yes for, and whose pages are found by the key of `HELD`."""
    follower = Follower.objects.create(address="somebody@mail.example", language="en", key=HELD["key"])
    alert: Alert = follower.alerts.create(query="q=قطر", rhythm="daily")
    return alert


@contextmanager
def written() -> Iterator[list[str]]:
    """The statements within that write to the database or lock it."""
    statements: list[str] = []

    def watched(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql):
            statements.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(watched):
        yield statements


def read(answer: Any) -> Any:
    """The answer, of which a file is read to its end, and closed."""
    if answer.streaming:
        for _piece in answer:
            pass
    answer.close()
    return answer
