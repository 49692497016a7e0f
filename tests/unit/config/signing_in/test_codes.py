"""One-time codes as they are typed, offered and kept; the guesses of them are counted elsewhere."""

from __future__ import annotations

import logging
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import User
from django.core import signing

from config.signing_in import codes


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("123 456", "123456"),
        ("۱۲۳ ۴۵۶", "123456"),
        ("١٢٣-٤٥٦", "123456"),
        ("１２３４５６", "123456"),
        ("K3DQ-abcd-EFGH-2345", "k3dqabcdefgh2345"),
        ("\u202b123456\u202c\n", "123456"),
        ("", ""),
        ("—", ""),
        ("1" * 500, "1" * 64),
    ],
)
def test_a_code_is_read_in_any_digits_and_without_what_parts_it(typed: str, code: str) -> None:
    assert codes.plain(typed) == code


def test_a_key_is_offered_to_one_user_within_the_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    layla, ramin = User(pk=1, username="layla"), User(pk=2, username="ramin")
    signed = codes.new_key(layla)
    device = codes.offered(layla, signed)
    assert device is not None and device.pk is None
    assert codes.offered(ramin, signed) is None
    assert codes.offered(layla, signed[:-1] + ("a" if signed[-1] != "a" else "b")) is None
    assert codes.offered(layla, signing.dumps({"key": "00" * 20, "user": 1}, salt="something else")) is None
    monkeypatch.setattr(codes, "HOUR", -1)
    assert codes.offered(layla, signed) is None


def test_two_offers_are_two_keys() -> None:
    layla = User(pk=1, username="layla")
    one, other = (codes.offered(layla, codes.new_key(layla)) for _again in "12")
    assert one is not None and other is not None and one.key != other.key


def test_a_key_is_typed_in_fours_and_drawn_for_a_camera() -> None:
    layla = User(pk=1, username="layla")
    device = codes.offered(layla, codes.new_key(layla))
    assert device is not None
    parts = codes.typed_key(device).split(" ")
    assert [len(part) for part in parts] == [4] * 8 and "".join(parts).isupper()
    assert codes.picture(device).startswith("data:image/svg+xml")


@pytest.mark.django_db
def test_recovery_codes_are_ten_all_different_and_kept_as_hashes() -> None:
    layla = User.objects.create_user("layla")
    shown = codes.renew_recovery(layla)
    assert len(set(shown)) == codes.RECOVERY_CODES == codes.recovery_left(layla)
    device = codes.StaticDevice.objects.get(user=layla)
    held = set(device.token_set.values_list("token", flat=True))
    assert held.isdisjoint(map(codes.plain, shown))
    assert held == {codes._held(codes.plain(code)) for code in shown}


@pytest.mark.django_db
def test_new_recovery_codes_void_the_old_ones_and_removal_leaves_none(caplog: pytest.LogCaptureFixture) -> None:
    layla = User.objects.create_user("layla")
    old = codes.renew_recovery(layla)
    new = codes.renew_recovery(layla)
    device = codes.StaticDevice.objects.get(user=layla)
    assert not device.token_set.filter(token=codes._held(codes.plain(old[0]))).exists()
    assert device.token_set.filter(token=codes._held(codes.plain(new[0]))).exists()
    with caplog.at_level(logging.WARNING, "config.signing_in"):
        codes.remove(layla)
    assert codes.recovery_left(layla) == 0 and "'layla'" in caplog.text


@pytest.mark.django_db
def test_staff_show_a_code_where_they_have_one_or_the_archive_asks_for_it(settings: SimpleNamespace) -> None:
    layla = User.objects.create_user("layla", is_staff=True)
    for is_verified, asked, is_lacking in ((False, False, False), (False, True, True), (True, True, False)):
        settings.STAFF_CODES = asked
        layla.is_verified = lambda told=is_verified: told  # type: ignore[attr-defined]
        assert codes.lacks_code(layla) is is_lacking
    settings.STAFF_CODES = False
    layla.is_verified = lambda: False  # type: ignore[attr-defined]
    codes.TOTPDevice.objects.create(user=layla, name="app", confirmed=True)
    assert codes.has_codes(layla) and codes.lacks_code(layla)
    layla.is_staff = False
    assert not codes.lacks_code(layla)
