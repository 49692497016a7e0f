"""Who asks (a stranger, a reader, staff who may only view, a curator, a superuser), and things to ask for.

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

from archive.articles.models import Article
from archive.authorities.merging import merge
from archive.authorities.models import AuthorityRecord, Merge
from archive.curation.models import CurationEvent, Mistake
from archive.intake.models import Accession, AccessionItem, WatchedFeed
from archive.intake.reading.items import Item
from archive.intake.taking import take_in
from archive.stories.decisions import join
from archive.stories.models import Decision, Fingerprint
from archive.work.queue import begin
from config.signing_in import refusals
from tests.faults.archive import Archive
from tests.faults.conftest import template

__all__ = ["template"]

PASSWORD = "a long enough secret"
ROLES = ("anonymous", "reader", "viewer", "curator", "superuser")


@pytest.fixture
def cast(db: None) -> dict[str, Client]:
    """A browser of each role, signed in, by the role's name."""
    from config.management.commands.prepare import curators

    people = {
        "reader": User.objects.create_user("reader", password=PASSWORD),
        "viewer": User.objects.create_user("viewer", password=PASSWORD, is_staff=True),
        "curator": User.objects.create_user("curator", password=PASSWORD, is_staff=True),
        "superuser": User.objects.create_superuser("superuser", password=PASSWORD),
    }
    people["viewer"].user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    people["curator"].groups.add(curators())
    clients = {role: Client(headers={"accept-language": "en"}) for role in ROLES}
    for role, person in people.items():
        clients[role].force_login(person)
    return clients


@pytest.fixture
def keys(five: dict[str, Article]) -> dict[str, Any]:
    """The primary key of one thing of every kind that the admin shows, by `app_model`."""
    gone, kept = AuthorityRecord.objects.filter(slug__in=["gb", "fr"]).order_by("slug")
    merge(gone, kept)
    join([five["000"].pk, five["001"].pk])
    doubtful = in_quarantine()
    return {
        "articles_article": five["000"].pk,
        "captures_capture": five["000"].capture_id,
        "authorities_authorityrecord": AuthorityRecord.objects.get(slug="az").pk,
        "authorities_merge": Merge.objects.get().pk,
        "curation_mistake": Mistake.objects.create(article=five["000"], about="name", told="Khalafov").pk,
        "curation_curationevent": CurationEvent.objects.filter(article=five["000"]).latest("pk").pk,
        "intake_accession": doubtful.accession_id,
        "intake_accessionitem": doubtful.pk,
        "stories_fingerprint": Fingerprint.objects.first().pk,
        "stories_decision": Decision.objects.first().pk,
        "intake_watchedfeed": WatchedFeed.objects.create(address="https://news.example/rss").pk,
        "work_job": begin("publish", {"articles": [five["000"].pk]}, total=1).pk,
        "auth_group": Group.objects.create(name="Visitors").pk,
        "auth_user": User.objects.create_user("somebody", password=PASSWORD).pk,
        "content_type": ContentType.objects.get_for_model(Article).pk,
    }


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
