"""Captured bytes in a folder or in an object store, a real server of S3: the same promises, kept by both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.test import Client

from archive.articles.models import Article
from archive.captures import fixity
from archive.captures.buckets import PayloadBucket
from archive.captures.models import Capture, FixityEvent
from archive.captures.payloads import Payloads, PayloadStore, PayloadsUnreachable, side_by_side, store
from archive.intake.reading.items import Item
from archive.intake.taking import take_in
from config import env
from tests.conftest import FIVE
from tests.object_store.fixtures import prefix, server
from tests.object_store.server import SECRET, ObjectStore

PAGE = FIVE["003"].read_bytes()

__all__ = ["prefix", "server"]


@pytest.fixture
def in_bucket(server: ObjectStore, prefix: str, settings: Any) -> Payloads:
    """The archive keeps its captures in the bucket."""
    settings.STORAGES = settings.STORAGES | {"captures": env.bucket_of(server.address(prefix), SECRET)}
    return store()


@pytest.fixture(params=["folder", "bucket"])
def payloads(request: pytest.FixtureRequest, tmp_path: Path) -> Payloads:
    return PayloadStore(tmp_path) if request.param == "folder" else request.getfixturevalue("in_bucket")


def test_bytes_come_back_under_their_digest_and_are_kept_once(payloads: Payloads) -> None:
    digest = payloads.put(PAGE)
    assert digest == "26b14ba7e75e08d06ce303406ec44937b4b3909727f6c27b7bdcb631b71c272a" == payloads.put(PAGE)
    assert payloads.get(digest) == PAGE and payloads.has(digest) and payloads.is_intact(digest)
    assert list(payloads.digests()) == [digest]


def test_many_are_kept_side_by_side(payloads: Payloads) -> None:
    pages = [path.read_bytes() for path in FIVE.values()] * 4
    digests = list(side_by_side(payloads.put, pages))
    assert digests == [payloads.digest(page) for page in pages]
    assert list(payloads.digests()) == sorted(set(digests))


def test_what_is_not_held_is_not_found(payloads: Payloads) -> None:
    digest = payloads.digest(PAGE)
    assert not payloads.has(digest) and not payloads.is_intact(digest) and list(payloads.digests()) == []
    with pytest.raises(FileNotFoundError):
        payloads.get(digest)
    payloads.remove(digest)  # nothing to take away is no error
    with pytest.raises(ValueError, match="not a SHA-256 digest"):
        payloads.get("../../etc/passwd")


def test_damage_is_noticed_and_mended(payloads: Payloads, server: ObjectStore, prefix: str) -> None:
    digest = payloads.put(PAGE)
    path = payloads.path(digest) if isinstance(payloads, PayloadStore) else server.file(prefix, digest)
    path.chmod(0o644)
    path.write_bytes(PAGE[:-1] + b"\x00")
    assert not payloads.is_intact(digest) and payloads.get(digest) != PAGE
    assert payloads.mend(PAGE) and payloads.is_intact(digest) and not payloads.mend(PAGE)
    payloads.remove(digest)
    assert not payloads.has(digest)


@pytest.mark.django_db
def test_a_report_is_taken_in_shown_and_checked(in_bucket: Payloads, ramin: Client, server: ObjectStore) -> None:
    page = PAGE.replace(b"<title>", b"<title>2 ", 1)
    held = take_in(Item("003-again.html", page)).article
    assert held and in_bucket.get(held.capture.payload_digest) == page
    assert [found.outcome for _held, found in fixity.check(Capture.objects.filter(pk=held.capture_id), agent="x")] == [
        fixity.Outcome.INTACT
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["capture/", "original/"])
def test_a_store_that_does_not_answer_is_told_and_nothing_is_claimed_of_its_bytes(
    five: dict[str, Article], settings: Any, server: ObjectStore, ramin: Client, address: str
) -> None:
    ramin.raise_request_exception = False
    missing = server.address("", bucket="not-there")
    settings.STORAGES = settings.STORAGES | {"captures": env.bucket_of(missing, SECRET)}
    FixityEvent.objects.all().delete()
    answer = ramin.get(f"{five['003'].get_absolute_url()}{address}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    with pytest.raises(PayloadsUnreachable, match="does not answer as it should"):
        list(fixity.check(Capture.objects.all(), agent="check_fixity"))
    assert not FixityEvent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["key", "server"])
def test_what_cannot_be_kept_is_not_taken_in(server: ObjectStore, settings: Any, wrong: str) -> None:
    address = server.address("x") if wrong == "key" else "s3+http://diwan@127.0.0.1:9/captures/x"
    settings.STORAGES = settings.STORAGES | {"captures": env.bucket_of(address, "no secret")}
    before = Article.objects.count()
    with pytest.raises(PayloadsUnreachable):
        take_in(Item("003-again.html", PAGE.replace(b"<title>", b"<title>2 ", 1)))
    assert Article.objects.count() == before


class Forgetful(PayloadBucket):
    """What stands between writes other bytes than it was given."""

    def _read(self, digest: str) -> bytes:
        return super()._read(digest)[:-1]


def test_bytes_that_come_back_otherwise_are_not_kept(server: ObjectStore, prefix: str) -> None:
    storage = storages.create_storage(env.bucket_of(server.address(prefix), SECRET))
    with pytest.raises(PayloadsUnreachable, match="gave other bytes back"):
        Forgetful(storage).put(PAGE)
    assert list(PayloadBucket(storage).digests()) == []
