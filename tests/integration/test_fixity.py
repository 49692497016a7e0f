"""Fixity: what a check finds is remembered, told to readers and to curators, and not multiplied."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from archive.articles.models import Article
from archive.articles.tallying import by_fixity
from archive.captures import fixity
from archive.captures.models import Capture, FixityEvent
from archive.captures.payloads import PayloadStore, store
from archive.intake.reading.items import Item
from archive.intake.taking import take_in
from tests.conftest import ADMIN, FIVE
from tests.markup import on_one_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def payloads(captures_folder: Path) -> PayloadStore:
    """The payloads of the five, where a test may harm them."""
    for path in FIVE.values():
        store().put(path.read_bytes())
    return PayloadStore(captures_folder)


def check() -> None:
    for _capture in fixity.check(Capture.objects.all(), agent="check_fixity (root)"):
        pass


def rot(payloads: PayloadStore, digest: str) -> None:
    payloads.path(digest).chmod(0o644)
    payloads.path(digest).write_bytes(b"rotten")


def test_nobody_claims_to_have_verified_what_was_not(five: dict[str, Article], ramin: Client) -> None:
    FixityEvent.objects.all().delete()
    assert "not verified since it was received" in ramin.get(five["003"].get_absolute_url()).content.decode()
    held = by_fixity()
    assert (held.intact, held.damaged, held.missing, held.unchecked) == (0, 0, 0, 5)


def test_a_reader_sees_that_the_original_is_intact(five: dict[str, Article], payloads: object, ramin: Client) -> None:
    check()
    text = ramin.get(five["003"].get_absolute_url()).content.decode()
    assert "intact" in text and "check_fixity" in text
    assert "(root)" not in text  # who runs the machine is nobody's business


def test_a_reader_sees_that_the_original_is_damaged(
    five: dict[str, Article], payloads: PayloadStore, ramin: Client
) -> None:
    rot(payloads, five["003"].capture.payload_digest)
    check()
    assert "damaged" in ramin.get(five["003"].get_absolute_url()).content.decode()
    assert by_fixity().damaged == 1 and not by_fixity().is_sound


def test_a_kept_copy_of_the_page_is_out_of_date_after_a_check(
    five: dict[str, Article], payloads: object, ramin: Client
) -> None:
    tag = {"if-none-match": ramin.get(five["003"].get_absolute_url()).headers["ETag"]}
    assert ramin.get(five["003"].get_absolute_url(), headers=tag).status_code == 304
    check()
    assert ramin.get(five["003"].get_absolute_url(), headers=tag).status_code == 200


def test_a_state_is_one_event_however_often_it_is_found(five: dict[str, Article], payloads: PayloadStore) -> None:
    capture = five["003"].capture
    check()
    check()
    rot(payloads, capture.payload_digest)
    check()
    payloads.path(capture.payload_digest).unlink()
    check()
    payloads.mend(FIVE["003"].read_bytes())
    check()
    events = list(capture.fixity_events.all())
    assert [event.outcome for event in events] == ["intact", "missing", "damaged", "intact"]
    assert events[-1].first_at < events[-1].at
    assert five["001"].capture.fixity_events.count() == 1


def test_the_command_fails_in_words_when_bytes_are_gone(five: dict[str, Article], payloads: PayloadStore) -> None:
    digest = five["001"].capture.payload_digest
    payloads.path(digest).unlink()
    payloads.put("لا أحد".encode())
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="backup"):
        call_command("check_fixity", stdout=out, stderr=err)
    assert out.getvalue() == "4 intact, 0 damaged, 1 missing. 1 payloads belong to no capture.\n"
    assert err.getvalue().startswith(f"missing  {digest} ")


def test_importing_the_same_page_puts_its_bytes_back(five: dict[str, Article], payloads: PayloadStore) -> None:
    digest = five["001"].capture.payload_digest
    rot(payloads, digest)
    take_in(Item("again", FIVE["001"].read_bytes()))
    assert payloads.is_intact(digest)
    assert payloads.path(digest).stat().st_mode & 0o222 == 0


def test_what_cannot_be_read_is_not_called_intact(tmp_path: Path) -> None:
    payloads = PayloadStore(tmp_path)
    digest = payloads.put(b"page")
    payloads.path(digest).unlink()
    payloads.path(digest).mkdir()
    assert fixity.examine(digest, payloads).outcome == fixity.Outcome.DAMAGED


def test_curators_see_the_states(five: dict[str, Article], payloads: PayloadStore, layla: Client) -> None:
    rot(payloads, five["003"].capture.payload_digest)
    check()
    assert "Captures that are damaged</th><td>1<a" in on_one_line(layla.get(f"{ADMIN}status/").content.decode())
    listed = layla.get(f"{ADMIN}captures/capture/?fixity_events__outcome__exact=damaged").content.decode()
    assert [number for number, one in five.items() if one.capture.payload_digest in listed] == ["003"]
    page = layla.get(f"{ADMIN}captures/capture/{five['003'].capture.pk}/change/").content.decode()
    assert "has the digest" in page
