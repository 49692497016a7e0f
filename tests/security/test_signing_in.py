"""R42, R46: passwords are guessed slowly, by nobody's cost but the guesser's, and the log tells of it."""

from __future__ import annotations

import datetime
import logging
import re
import time
from pathlib import Path
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config import slots
from config.signing_in import attempts, hashing, refusals
from config.signing_in.pauses import LONGEST, pause
from tests.security.conftest import PASSWORD
from tests.security.site import written

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"
WRONG = "a wrong secret"
DOORS = ("admin:login", "sign-in")


@pytest.fixture(autouse=True)
def layla_and_ramin(db: None, settings: Any) -> None:
    """Layla curates, Ramin reads, Charlie left."""
    User.objects.create_user("layla", password=PASSWORD, is_staff=True)
    User.objects.create_user("ramin", password=PASSWORD)
    User.objects.create_user("charlie", password=PASSWORD, is_active=False)
    settings.PASSWORDS_AT_ONCE = 1


def guess(name: str, password: str = WRONG, *, door: str = "sign-in", address: str = HERE, **headers: str) -> Any:
    client = Client(REMOTE_ADDR=address, headers={"accept-language": "en", **headers})
    return client.post(reverse(door), {"username": name, "password": password})


def wait_over(minutes: float = 61) -> None:
    """Time passes."""
    for row in AccessAttempt.objects.all():
        earlier = row.attempt_time - datetime.timedelta(minutes=minutes)
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=earlier)
    refusals.forget()


@pytest.mark.parametrize("door", DOORS)
def test_r42_after_five_wrong_passwords_the_right_one_has_to_wait(door: str) -> None:
    assert [guess("layla", door=door).status_code for _time in range(5)] == [200] * 4 + [429]
    refused = guess("layla", PASSWORD, door=door)
    assert refused.status_code == 429 and 55 <= int(refused.headers["Retry-After"]) <= 60
    assert "Try again in 1 minute." in refused.content.decode() and "no-store" in refused.headers["Cache-Control"]
    wait_over()
    assert guess("layla", PASSWORD, door=door).status_code == 302


def test_what_is_wrong_at_one_door_counts_at_the_other() -> None:
    for _time in range(3):
        guess("layla", door="admin:login")
        guess("layla", door="sign-in")
    assert guess("layla", PASSWORD, door="admin:login").status_code == 429


def test_each_further_guess_doubles_the_wait_up_to_an_hour() -> None:
    assert [pause(wrong, free=5) for wrong in range(4, 12)] == [0, 60, 120, 240, 480, 960, 1920, 3600]
    assert pause(10**9, free=5) == LONGEST
    waits = []
    for _time in range(5):
        guess("layla")
    for _time in range(3):
        waits.append(int(guess("layla").headers["Retry-After"]))
        wait_over(waits[-1] / 60)
        guess("layla")
    assert waits == pytest.approx([60, 120, 240], abs=3)


def test_r42_the_owner_elsewhere_is_not_locked_out() -> None:
    for _time in range(9):
        guess("layla")
    assert guess("layla", PASSWORD).status_code == 429
    assert guess("layla", PASSWORD, address=ELSEWHERE).status_code == 302


def test_another_name_from_there_is_guessed_until_the_address_itself_waits(settings: Any) -> None:
    settings.GUESSES_OF_ADDRESS = 8
    for number in range(8):
        guess(f"name-{number}")
    assert guess("layla", PASSWORD).status_code == 429
    assert guess("layla", PASSWORD, address=ELSEWHERE).status_code == 302


def test_signing_in_forgets_no_guesses_of_other_names(settings: Any) -> None:
    """Or a guesser with an account would never have to wait."""
    settings.GUESSES_OF_ADDRESS = 8
    for number in range(7):
        guess(f"name-{number}")
    assert guess("ramin", PASSWORD).status_code == 302
    assert guess("another").status_code == 429


def test_signing_in_forgets_the_wrong_passwords_before_it() -> None:
    for _time in range(3):
        for _guess in range(4):
            assert guess("layla").status_code == 200
        assert guess("layla", PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_the_browser_and_a_header_that_anybody_may_send_change_nothing() -> None:
    for number in range(5):
        more = {"user-agent": f"browser {number}", "x-forwarded-for": f"203.0.113.{number}", "x-real-ip": "203.0.113.1"}
        guess("layla", **more)
    assert guess("layla", PASSWORD, **{"x-forwarded-for": "203.0.113.77"}).status_code == 429


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_adds(settings: Any) -> None:
    settings.BEHIND_PROXY = True
    for number in range(5):
        guess("layla", address="127.0.0.1", **{"x-forwarded-for": f"10.9.8.{number}, {HERE}"})
    told = {"x-forwarded-for": f"10.9.8.7, {HERE}"}
    assert guess("layla", PASSWORD, address="127.0.0.1", **told).status_code == 429
    assert guess("layla", PASSWORD, address="127.0.0.1", **{"x-forwarded-for": ELSEWHERE}).status_code == 302


def test_all_addresses_of_one_network_of_ipv6_are_one() -> None:
    for number in range(5):
        guess("layla", address=f"2001:db8:1:2::{number:x}")
    assert guess("layla", PASSWORD, address="2001:db8:1:2:ffff::1").status_code == 429
    assert guess("layla", PASSWORD, address="2001:db8:1:3::1").status_code == 302


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", ["nobody", "charlie", "layla\u200c"])
def test_r42_a_name_that_nobody_has_is_answered_like_one_that_somebody_has(
    monkeypatch: pytest.MonkeyPatch, door: str, name: str
) -> None:
    """The same sentence, the same number of hashes, the same wait."""

    def told(asked: str) -> list[tuple[int, str, int]]:
        answers = []
        for _time in range(7):
            hashed.clear()
            answer = guess(asked, door=door)
            page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
            answers.append((answer.status_code, page.replace(asked, "…"), len(hashed)))
        return answers

    hashed: list[str] = []
    from django.contrib.auth.hashers import MD5PasswordHasher

    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *given, **more: (hashed.append(""), encode(*given, **more))[1]
    )
    nobodys = told(name)
    refusals.forget()
    assert nobodys == told("layla")
    assert [number for _status, _page, number in nobodys] == [1] * 5 + [0] * 2


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Too many wrong passwords or codes came from where you are."),
        ("ar", "وردت من مكانكم كلمات مرور أو رموز خاطئة كثيرة. يُرجى إعادة المحاولة بعد دقيقة واحدة."),
        ("fa", "گذرواژه‌ها یا رمزهای نادرست زیادی رسیده است. ۱ دقیقهٔ دیگر"),
    ],
)
def test_who_has_to_wait_is_told_so_in_the_readers_language(language: str, sentence: str) -> None:
    for _time in range(6):
        refused = guess("layla", **{"accept-language": language})
    page = refused.content.decode()
    assert refused.status_code == 429 and sentence in page and f'<html lang="{language}"' in page


def test_r46_the_log_tells_who_was_guessed_from_where_and_no_password(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for _time in range(7):
        guess("layla", "canary-secret")
    guess("canary-name", "canary-secret")
    lines = [record.getMessage() for record in caplog.records if record.name == "config.signing_in"]
    assert lines == [f"wrong password for 'layla' from {HERE}"] * 5 + [
        f"signing in as 'layla' from {HERE} is locked for 60 seconds",
        f"wrong password for a name that nobody has from {HERE}",
    ]
    assert "canary" not in caplog.text and not [one for one in caplog.records if one.name == "django.request"]


def test_the_database_holds_no_name_that_was_typed_and_no_password() -> None:
    guess("my password, by mistake", "canary")
    held = str(AccessAttempt.objects.values())
    assert "mistake" not in held and "canary" not in held and HERE in held


def test_who_has_to_wait_writes_nothing() -> None:
    for _time in range(5):
        guess("layla")
    with written() as statements:
        assert guess("layla").status_code == 429
        refusals.forget()
        assert guess("layla").status_code == 429
    assert not [statement for statement in statements if not statement.startswith("SAVEPOINT")]


def test_guesses_fill_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_ROWS", 4)
    for number in range(9):
        guess(f"name-{number}", address=f"192.0.2.{number}")
    assert AccessAttempt.objects.count() <= 4


def test_guesses_are_forgotten_after_a_day() -> None:
    for _time in range(5):
        guess("layla")
    wait_over(24 * 60 + 1)
    assert [guess("layla").status_code for _time in range(5)] == [200] * 4 + [429]
    wait_over(24 * 60 + 1)
    guess("somebody else")
    assert AccessAttempt.objects.count() == 1


def test_a_password_that_is_to_be_changed_is_guessed_no_faster() -> None:
    client = Client(REMOTE_ADDR=HERE)
    client.force_login(User.objects.get(username="layla"))
    form = {"old_password": "wrong", "new_password1": "another long secret", "new_password2": "another long secret"}
    path = reverse("admin:password_change")
    assert [client.post(path, form).status_code for _time in range(5)] == [200] * 4 + [429]
    assert client.post(path, form | {"old_password": PASSWORD}).status_code == 429
    assert User.objects.get(username="layla").check_password(PASSWORD)
    wait_over()
    assert client.post(path, form | {"old_password": PASSWORD}).status_code == 302
    assert User.objects.get(username="layla").check_password("another long secret")
    assert client.get(reverse("admin:index")).status_code == 200


def test_an_operator_unlocks_a_name_an_address_or_everybody(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["layla"], ["--address", HERE], ["--all"]):
        for _time in range(5):
            guess("layla")
        call_command("unlock", *arguments)
        refusals.forget()  # as other processes do within some seconds
        assert "forgotten: 5" in capsys.readouterr().out
        assert guess("layla", PASSWORD).status_code == 302
    with pytest.raises(CommandError, match="Say whom"):
        call_command("unlock")


def test_what_a_process_remembers_of_who_waits_is_bounded_and_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MOST", 10)
    for number in range(25):
        refusals.remember(f"192.0.2.{number}", "", 60)
    assert len(refusals._told) <= 10 and refusals.left("192.0.2.24", "any name") == 60
    monkeypatch.setattr(refusals, "KEPT", 0)
    refusals.remember(HERE, "", 60)
    assert refusals.left(HERE, "") == 0


def test_a_password_of_before_is_still_a_password(settings: Any) -> None:
    """What Django's own hasher wrote is read by ours."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    user = User.objects.create_user("old", password=PASSWORD)
    settings.PASSWORD_HASHERS = ["config.signing_in.hashing.PasswordHasher"]
    assert user.check_password(PASSWORD) and not user.check_password("another")
    assert guess("old", PASSWORD).status_code == 302


def test_guesses_count_from_now_on(settings: Any) -> None:
    """The clock of the server may be set back: who waits then does not wait for ever."""
    for _time in range(5):
        guess("layla")
    AccessAttempt.objects.update(attempt_time=timezone.now() + datetime.timedelta(days=400))
    refusals.forget()
    assert int(guess("layla").headers["Retry-After"]) <= LONGEST


def test_a_turn_that_is_had_is_not_waited_for_again() -> None:
    with hashing.turn(), hashing.turn():
        assert guess("layla", PASSWORD).status_code == 302


def test_who_comes_when_all_turns_are_taken_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hashing, "PATIENCE", 0.1)
    with slots.first_free(["password-0"]) as taken:
        assert taken and hashing.at_once() == 1
        for door in DOORS:
            with written() as statements:
                answer = guess("layla", PASSWORD, door=door)
            assert answer.status_code == 503 and answer.headers["Retry-After"] == "5" and not statements
            assert "Your password was not checked." in answer.content.decode()
    assert guess("layla", PASSWORD).status_code == 302
    assert not [record for record in caplog.records if record.name == "django.request"]


def test_few_wait_for_a_turn_and_the_others_are_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "PATIENCE", 60)
    with slots.first_free(["password-0"]), slots.first_free(["waiting-0"]), slots.first_free(["waiting-1"]):
        began = time.monotonic()
        assert guess("layla", PASSWORD).status_code == 503
        assert time.monotonic() - began < 30


def test_a_new_account_is_made_in_turn_too(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Whatever sets a password hashes it."""
    monkeypatch.setattr(hashing, "PATIENCE", 0.1)
    settings.PASSWORD_HASHERS = ["config.signing_in.hashing.PasswordHasher"]
    client = Client(headers={"accept-language": "en"})
    client.force_login(User.objects.create_superuser("root"))
    form = {"username": "new", "usable_password": "true", "password1": "another long secret"}
    form["password2"] = form["password1"]
    with slots.first_free(["password-0"]):
        assert client.post(reverse("admin:auth_user_add"), form).status_code == 503
    assert not User.objects.filter(username="new").exists()
    assert client.post(reverse("admin:auth_user_add"), form).status_code == 302
    assert User.objects.get(username="new").check_password("another long secret")


def test_where_no_turn_can_be_had_nobody_is_let_in(settings: Any, tmp_path: Path) -> None:
    """As on a file system without locks: refused, and not hashed without a bound."""
    settings.SLOTS_DIR = tmp_path / "a file"
    settings.SLOTS_DIR.write_text("")
    assert guess("layla", PASSWORD).status_code == 503
