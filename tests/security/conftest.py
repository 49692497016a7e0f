"""Who asks: a stranger, a reader, staff of every role, a superuser; and things to ask for.

And a real archive behind its real server, asked by raw sockets: what a stranger can send, and what no browser does.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from archive.about.models import ArchiveDescription
from archive.articles.models import Article
from archive.authorities.merging import merge
from archive.authorities.models import AuthorityRecord, Merge, Split
from archive.collections.models import Collection
from archive.curation.models import CurationEvent, CutLine, Mistake, UnknownName
from archive.curation.splitting import split
from archive.intake.models import Accession, AccessionItem, Pair, WatchedFeed
from archive.intake.reading.items import Item
from archive.intake.taking import take_in
from archive.stories.decisions import join
from archive.stories.models import Decision, Fingerprint
from archive.work.queue import begin
from config.signing_in import refusals
from search.webhooks.models import Webhook
from tests.faults.archive import Archive
from tests.faults.conftest import template
from tests.security.site import followed, hold

__all__ = ["template"]

PASSWORD = "a long enough secret"
ROLES = ("anonymous", "reader", "viewer", "editor", "curator", "keeper", "superuser")  # a keeper: administrators


@pytest.fixture
def cast(db: None) -> dict[str, Client]:
    """A browser of each role, signed in, by the role's name."""
    from archive.curation.roles import ADMINISTRATORS, EDITORS, curators, role

    people = {
        "reader": User.objects.create_user("reader", password=PASSWORD),
        "viewer": User.objects.create_user("viewer", password=PASSWORD, is_staff=True),
        "curator": User.objects.create_user("curator", password=PASSWORD, is_staff=True),
        "editor": User.objects.create_user("editor", password=PASSWORD, is_staff=True),
        "keeper": User.objects.create_user("keeper", password=PASSWORD, is_staff=True),
        "superuser": User.objects.create_superuser("superuser", password=PASSWORD),
    }
    people["viewer"].user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    people["editor"].groups.add(role(EDITORS))
    people["curator"].groups.add(curators())
    people["keeper"].groups.add(role(ADMINISTRATORS))
    clients = {name: Client(headers={"accept-language": "en"}) for name in ROLES}
    for name, person in people.items():
        clients[name].force_login(person)
    return clients


@pytest.fixture
def keys(five: dict[str, Article]) -> dict[str, Any]:
    """The primary key of one thing of every kind that the admin shows, by `app_model`."""
    gone, kept = AuthorityRecord.objects.filter(slug__in=["gb", "fr"]).order_by("slug")
    merge(gone, kept)
    join([five["000"].pk, five["001"].pk])
    doubtful = in_quarantine()
    source = AuthorityRecord.objects.get(slug="al-sharq")
    alert = followed()
    webhook = Webhook.objects.create(address="https://news.example/in", site="https://archive.example")
    return {
        "alerts_alert": alert.pk,
        "alerts_follower": alert.follower_id,
        "about_archivedescription": ArchiveDescription.objects.create(language="en", holdings="Diplomatic news").pk,
        "articles_article": five["000"].pk,
        "captures_capture": five["000"].capture_id,
        "authorities_authorityrecord": AuthorityRecord.objects.get(slug="az").pk,
        "authorities_merge": Merge.objects.get().pk,
        "authorities_split": divided().pk,
        "curation_mistake": Mistake.objects.create(article=five["000"], about="name", told="Khalafov").pk,
        "curation_curationevent": CurationEvent.objects.filter(article=five["000"]).latest("pk").pk,
        "curation_unknownname": unknown_name(five["000"]).pk,
        "curation_cutline": CutLine.objects.create(source=source, letters="تابعونا", text="تابعونا").pk,
        "intake_accession": doubtful.accession_id,
        "intake_accessionitem": doubtful.pk,
        "intake_pair": Pair.objects.create(item=doubtful, held=five["000"], kind="near").pk,
        "meetings_meeting": hold(five["001"]).pk,
        "collections_collection": Collection.objects.get().pk,
        "stories_fingerprint": Fingerprint.objects.first().pk,
        "stories_decision": Decision.objects.first().pk,
        "intake_watchedfeed": WatchedFeed.objects.create(address="https://news.example/rss").pk,
        "webhooks_webhook": webhook.pk,
        "webhooks_webhookdelivery": webhook.deliveries.create(is_test=True).pk,
        "work_job": begin("publish", {"articles": [five["000"].pk]}, total=1).pk,
        "auth_group": Group.objects.create(name="Visitors").pk,
        "auth_user": User.objects.create_user("somebody", password=PASSWORD).pk,
        "content_type": ContentType.objects.get_for_model(Article).pk,
    }


def unknown_name(article: Article) -> UnknownName:
    """A name that stands in an article beside the title of an ambassador."""
    name: UnknownName = UnknownName.objects.create(folded="اسامه نقلي")
    place = {"field": "body", "start": 0, "end": 10, "form": "أسامة نقلي", "role": "ambassador", "post": "السفير"}
    name.mentions.create(article=article, **place)
    return name


def divided() -> Split:
    """A form of a country that went to a record of its own."""
    record = AuthorityRecord.objects.get(kind="country", slug="lv")
    return split(record, AuthorityRecord(kind="country", slug="livonia"), names=[record.names.latest("pk").pk])


def in_quarantine() -> AccessionItem:
    """A report in a language that the archive does not read, alone in its accession."""
    receipt = take_in(
        Item("report.txt", b"Le ministre des Affaires etrangeres\n\nLe ministre a rencontre son homologue.")
    )
    outcome = receipt.outcome
    accession = Accession.objects.create(
        way=Accession.Way.COMMAND, origins=["report.txt"], outcomes={outcome: 1}, done=1
    )
    return AccessionItem.objects.create(
        accession=accession, place=1, name="report.txt", outcome=outcome, capture=receipt.capture
    )


@pytest.fixture(autouse=True)
def _nobody_waits() -> Iterator[None]:
    """What a process remembers of those who have to wait is forgotten, as the database's rows are."""
    refusals.forget()
    yield
    refusals.forget()


@pytest.fixture
def own_archive(template: Path, tmp_path: Path) -> Iterator[Archive]:
    """A test's own, not served; every process of it is gone afterwards."""
    shutil.copytree(template, tmp_path / "archive", symlinks=True)
    archive = Archive(tmp_path / "archive")
    yield archive
    archive.stop_all()


@pytest.fixture(scope="module")
def archive(
    template: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Archive]:
    """Served as `make run` does, once for a file of tests; its `SETTINGS` are added to the environment."""
    folder = tmp_path_factory.mktemp("served") / "archive"
    shutil.copytree(template, folder, symlinks=True)
    archive = Archive(folder)
    archive.more = {"DIWAN_WORKERS": "2"} | getattr(request.module, "SETTINGS", {})
    archive.serve("manage.py", "serve")
    yield archive
    archive.stop_all()
