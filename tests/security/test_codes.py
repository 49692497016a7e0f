"""R42, R37, R46: one-time codes of staff: set up without a script, asked before anything of the admin, good once."""

from __future__ import annotations

import re
import time
from typing import Any

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.core import signing
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.signing_in import codes, refusals
from tests.security.conftest import PASSWORD
from tests.security.site import addresses, written

pytestmark = pytest.mark.django_db
ADMIN, ASK, SET_UP, OWN = (f"admin:{name}" for name in ("index", "code", "codes_set_up", "codes"))


@pytest.fixture
def layla(db: None) -> Client:
    """A curator who has shown her password."""
    User.objects.create_superuser("layla", password=PASSWORD)
    return signed_in("layla")


def signed_in(name: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    answer = client.post(reverse("admin:login"), {"username": name, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def code(device: TOTPDevice, ahead: int = 0) -> str:
    """What the application shows now, or so many half minutes later."""
    made = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    made.time = time.time() + ahead * device.step
    return f"{made.token():06}"


def offered(client: Client) -> tuple[str, TOTPDevice]:
    """The signed key in the form, and the device that an application makes of the key that is to be typed."""
    page = client.get(reverse(SET_UP)).content.decode()
    signed = re.search(r'name="key" value="([^"]+)"', page)
    typed = re.search(r"<code dir=\"ltr\">([A-Z2-7 ]+)</code>", page)
    assert signed and typed
    device = codes.offered(User.objects.get(username="layla"), signed[1])
    assert device is not None and codes.typed_key(device) == typed[1]
    return signed[1], device


def with_codes(client: Client) -> tuple[TOTPDevice, list[str]]:
    """Set codes up; the device, whose present code is good again, and the recovery codes."""
    signed, device = offered(client)
    page = client.post(reverse(SET_UP), {"key": signed, "code": code(device)}).content.decode()
    TOTPDevice.objects.update(last_t=-1)
    return TOTPDevice.objects.get(), re.findall(r"<code dir=\"ltr\">([a-z2-7-]+)</code>", page)


def half_in() -> Client:
    """Layla's password in another browser."""
    return signed_in("layla")


def test_without_codes_staff_sign_in_with_a_password(layla: Client) -> None:
    assert layla.get(reverse(ADMIN)).status_code == 200
    assert "with your password alone" in layla.get(reverse(OWN)).content.decode()


def test_where_codes_are_compulsory_the_admin_opens_after_they_are_set_up(layla: Client, settings: Any) -> None:
    settings.STAFF_CODES = True
    led = layla.get(reverse(ADMIN), follow=True)
    assert led.redirect_chain[-1][0] == reverse(SET_UP)
    with_codes(layla)
    assert layla.get(reverse(ADMIN)).status_code == 200
    assert layla.get(reverse("admin-status")).status_code == 200


def test_readers_are_asked_for_no_code(settings: Any) -> None:
    settings.STAFF_CODES = True
    User.objects.create_user("ramin", password=PASSWORD)
    ramin = Client()
    assert ramin.post(reverse("sign-in"), {"username": "ramin", "password": PASSWORD}).status_code == 302
    assert ramin.get(reverse("shelf")).status_code == 200
    for name in (ASK, SET_UP, OWN):
        assert ramin.get(reverse(name)).headers["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "type this key into it"), ("ar", "أو إدخال هذا المفتاح فيه"), ("fa", "یا این کلید را در آن وارد کنید")],
)
def test_a_key_is_offered_as_a_picture_and_in_letters(layla: Client, language: str, sentence: str) -> None:
    with written() as statements:
        answer = layla.get(reverse(SET_UP), headers={"accept-language": language})
    page = lxml.html.fromstring(answer.content.decode())
    assert not statements and sentence in answer.content.decode() and "no-store" in answer.headers["Cache-Control"]
    (picture,) = page.xpath("//main//img | //div[@id='content']//img")
    assert picture.get("src").startswith("data:image/svg+xml") and picture.get("alt")
    assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]
    assert not page.xpath("//script[not(@src)] | //@onclick | //@style")


def test_two_pages_offer_two_keys_and_nothing_is_kept_of_them(layla: Client) -> None:
    assert offered(layla)[0] != offered(layla)[0]
    assert not TOTPDevice.objects.exists()


def test_codes_are_set_up_when_one_is_typed_and_recovery_codes_are_shown_once(layla: Client) -> None:
    before = layla.session.session_key
    _device, recovery = with_codes(layla)
    assert len(set(recovery)) == 10 and all(len(codes.plain(one)) == 16 for one in recovery)
    assert layla.session.session_key != before
    page = layla.get(reverse(OWN)).content.decode()
    assert "Recovery codes left: 10" in page and recovery[0] not in page
    held = str(list(StaticToken.objects.values()))
    assert not [one for one in recovery if one in held or codes.plain(one) in held]


@pytest.mark.parametrize("typed", ["", "000000", "abc", "١٢٣", "9" * 70])
def test_a_wrong_code_sets_nothing_up_and_offers_the_same_key_again(layla: Client, typed: str) -> None:
    signed, _device = offered(layla)
    page = layla.post(reverse(SET_UP), {"key": signed, "code": typed}).content.decode()
    assert "This code is not right" in page and signed in page
    assert not TOTPDevice.objects.exists() and layla.get(reverse(ADMIN)).status_code == 200


def test_a_key_of_somebody_else_or_of_yesterday_is_none(layla: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    other = User.objects.create_user("mallory", is_staff=True)
    layla_herself = User.objects.get(username="layla")
    assert codes.offered(layla_herself, codes.new_key(other)) is None
    assert codes.offered(layla_herself, signing.dumps({"key": "00" * 20, "user": layla_herself.pk})) is None
    old = codes.new_key(layla_herself)
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 3601)
    assert codes.offered(layla_herself, old) is None


def test_r42_a_password_alone_opens_nothing_of_the_admin_then(layla: Client, keys: dict[str, Any]) -> None:
    with_codes(layla)
    thief = half_in()
    for address in addresses():
        if not address.is_admins or address.name in {"admin:code", "admin:codes_set_up", "admin:login", "admin:logout"}:
            continue
        for method in ("get", "post"):
            with written() as statements:
                answer = getattr(thief, method)(address.path(keys))
            assert answer.status_code == 302 and "/login/?next=" in answer.headers["Location"], address.name
            assert not statements
    asked = thief.get(reverse("admin:login"), {"next": reverse("admin-status")}, follow=True)
    assert asked.redirect_chain[-1][0].startswith(reverse(ASK)) and asked.status_code == 200
    page = asked.content.decode()
    assert "articles" not in page.lower() and reverse("admin:password_change") not in page
    assert thief.get(reverse(SET_UP)).headers["Location"] == reverse(ASK)
    assert thief.post(reverse(SET_UP), {"key": "x", "code": "1"}).headers["Location"] == reverse(ASK)


def test_a_code_opens_the_admin_leads_on_and_changes_the_session(layla: Client) -> None:
    device, _recovery = with_codes(layla)
    again = half_in()
    before = again.session.session_key
    led = again.post(reverse(ASK), {"code": f"{code(device)[:3]} {code(device)[3:]}", "next": reverse("admin-status")})
    assert led.headers["Location"] == reverse("admin-status") and again.session.session_key != before
    assert again.get(reverse("admin-status")).status_code == 200


@pytest.mark.parametrize("onward", ["//evil.example", "https:evil.example", "/\\evil.example", "\t//evil.example"])
def test_r37_a_code_leads_nowhere_else(layla: Client, onward: str) -> None:
    device, _recovery = with_codes(layla)
    led = half_in().post(reverse(ASK), {"code": code(device), "next": onward})
    assert led.headers["Location"] == reverse(ADMIN)


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"])
def test_a_code_may_be_typed_in_the_digits_of_ones_keyboard(layla: Client, digits: str) -> None:
    device, _recovery = with_codes(layla)
    typed = code(device).translate({ord("0") + number: digit for number, digit in enumerate(digits)})
    assert half_in().post(reverse(ASK), {"code": typed}).status_code == 302


def test_a_code_is_good_once(layla: Client) -> None:
    device, recovery = with_codes(layla)
    typed = code(device)
    assert half_in().post(reverse(ASK), {"code": typed}).status_code == 302
    assert half_in().post(reverse(ASK), {"code": typed}).status_code == 200
    assert half_in().post(reverse(ASK), {"code": recovery[3].upper()}).status_code == 302
    assert half_in().post(reverse(ASK), {"code": recovery[3]}).status_code == 200


def test_r42_codes_are_guessed_slowly_and_their_owner_comes_in_with_one_from_paper(layla: Client) -> None:
    device, recovery = with_codes(layla)
    thief = half_in()
    wrong = f"{(int(code(device)) + 500_000) % 1_000_000:06}"
    assert [thief.post(reverse(ASK), {"code": wrong}).status_code for _time in range(6)] == [200] * 5 + [429]
    assert thief.post(reverse(ASK), {"code": code(device)}).status_code == 429
    refusals.forget()
    elsewhere = Client(REMOTE_ADDR="198.51.100.9")
    elsewhere.post(reverse("admin:login"), {"username": "layla", "password": PASSWORD})
    device.refresh_from_db()
    assert not device.verify_is_allowed()[0]  # wherever a code of the application came from now
    assert elsewhere.post(reverse(ASK), {"code": recovery[0]}).status_code == 302
    assert elsewhere.get(reverse(ADMIN)).status_code == 200


def test_an_operator_unlocks_codes_too(layla: Client) -> None:
    device, _recovery = with_codes(layla)
    thief = half_in()
    for _time in range(6):
        thief.post(reverse(ASK), {"code": "12"})
    call_command("unlock", "layla")
    refusals.forget()
    assert thief.post(reverse(ASK), {"code": code(device)}).status_code == 302


def test_recovery_codes_are_renewed_and_codes_given_up_with_another_code_alone(layla: Client) -> None:
    device, recovery = with_codes(layla)
    assert "This code is not right" in layla.post(reverse(OWN), {"action": "remove", "code": "1"}).content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0)  # a second passes
    page = layla.post(reverse(OWN), {"action": "renew", "code": code(device)}).content.decode()
    renewed = re.findall(r"<code dir=\"ltr\">([a-z2-7-]+)</code>", page)
    assert len(renewed) == 10 and not set(renewed) & set(recovery)
    assert layla.post(reverse(OWN), {"action": "remove", "code": renewed[0]}).status_code == 302
    assert not TOTPDevice.objects.exists() and layla.get(reverse(ADMIN)).status_code == 200


def test_compulsory_codes_are_not_given_up(layla: Client, settings: Any) -> None:
    settings.STAFF_CODES = True
    device, _recovery = with_codes(layla)
    assert 'value="remove"' not in layla.get(reverse(OWN)).content.decode()
    layla.post(reverse(OWN), {"action": "remove", "code": code(device)})
    assert TOTPDevice.objects.exists()


def test_another_phone_takes_the_place_of_the_first(layla: Client) -> None:
    first, recovery = with_codes(layla)
    second, renewed = with_codes(layla)
    assert second.key != first.key and TOTPDevice.objects.count() == 1 and not set(renewed) & set(recovery)
    assert half_in().post(reverse(ASK), {"code": code(first)}).status_code == 200


def test_an_operator_takes_the_codes_of_a_lost_phone_away(layla: Client) -> None:
    with_codes(layla)
    call_command("remove_codes", "layla")
    with written() as statements:
        assert layla.get(reverse(ADMIN)).status_code == 200
    assert not statements and not TOTPDevice.objects.exists()
    with pytest.raises(CommandError, match="Nobody"):
        call_command("remove_codes", "nobody")


def test_no_page_of_the_admin_shows_the_keys_of_codes(layla: Client) -> None:
    with_codes(layla)
    assert not [address.name for address in addresses() if "otp" in address.route]
    assert not [address.name for address in addresses() if "axes" in address.route]


def test_r46_codes_and_keys_stand_in_no_line_of_the_log(layla: Client, caplog: pytest.LogCaptureFixture) -> None:
    device, recovery = with_codes(layla)
    half_in().post(reverse(ASK), {"code": recovery[0]})
    half_in().post(reverse(ASK), {"code": "canary"})
    lines = [record.getMessage() for record in caplog.records if record.name == "config.signing_in"]
    assert lines == [
        "one-time codes were set up for 'layla'",
        "a recovery code of 'layla' was used",
        "wrong code for 'layla' from 127.0.0.1",
    ]
    assert not [word for word in (device.key, recovery[0], "canary") if word in caplog.text]
