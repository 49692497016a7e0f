"""One-time codes: the second thing that staff show, from an application on their phone (TOTP, RFC 6238), or from paper.

A recovery code is held as a hash and good once. A wrong code makes whoever types it wait, by name and address, as a
wrong password does; django-otp has the application's codes wait besides, longer after each wrong one, wherever it came
from. Recovery codes are too long to be guessed and wait for nothing there, so that nobody locks their owner out.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets
import unicodedata
from typing import Any

import django_otp
import segno
from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import HttpRequest
from django_otp.middleware import OTPMiddleware
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.signing_in.attempts import Attempts, lock

logger = logging.getLogger("config.signing_in")
SALT = "config.signing_in.codes"
HOUR = 3600
RECOVERY_CODES = 10


class CodesMiddleware(OTPMiddleware):
    """django-otp's, which tells whether a session has shown a code; a GET writes nothing where the device is gone."""

    @staticmethod
    def _finalize_device(request: HttpRequest, user: Any, device: Any) -> Any:
        own = device is not None and device.user_id == user.pk and device.confirmed
        return device if own else None


def has_codes(user: Any) -> bool:
    return bool(TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists())


def lacks_code(user: Any) -> bool:
    """Whether this member of the staff has to show a code, or to set codes up, before the admin opens."""
    if not user.is_staff or user.is_verified():
        return False
    return bool(settings.STAFF_CODES or has_codes(user))


# Setting up


def new_key(user: Any) -> str:
    """A key that is nobody's until `set_up`: it travels in the form, signed, and no GET has to write it down."""
    return signing.dumps({"key": secrets.token_hex(20), "user": user.pk}, salt=SALT)


def offered(user: Any, signed: str) -> TOTPDevice | None:
    """The device of a key that was offered to this user within the hour; it is not saved."""
    try:
        told = signing.loads(signed, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        return None
    return TOTPDevice(user=user, name="app", key=told["key"]) if told["user"] == user.pk else None


def picture(device: TOTPDevice) -> str:
    """The QR code of a key as a `data:` address, black on white in dark pages too."""
    return str(segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4, light="#fff"))


def typed_key(device: TOTPDevice) -> str:
    """The key to be typed, in fours: `JBSW Y3DP …`."""
    key = base64.b32encode(device.bin_key).decode()
    return " ".join(key[start : start + 4] for start in range(0, len(key), 4))


@transaction.atomic
def set_up(request: HttpRequest, device: TOTPDevice, typed: str) -> list[str] | None:
    """Keep an offered key, in place of an older one, when its code is typed; give new recovery codes."""
    TOTPDevice.objects.filter(user=device.user).exclude(pk=device.pk).delete()
    device.save()
    if not device.verify_token(plain(typed)):
        transaction.set_rollback(True)
        return None
    codes = renew_recovery(device.user)
    _show(request, device)
    logger.warning("one-time codes were set up for %r", device.user.get_username())
    return codes


@transaction.atomic
def renew_recovery(user: Any) -> list[str]:
    """Ten new recovery codes, shown once: `k3dq-…`; the older ones are void."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes = [base64.b32encode(secrets.token_bytes(10)).decode().lower() for _number in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=_held(code))
    return ["-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in codes]


def recovery_left(user: Any) -> int:
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def remove(user: Any) -> None:
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    logger.warning("one-time codes were removed for %r", user.get_username())


# Showing a code


def shows(request: HttpRequest, typed: str) -> bool:
    """Whether a code is right, of the application or of the paper; the session has shown it then."""
    user, code = request.user, plain(typed)
    attempts: Attempts = AxesProxyHandler.get_implementation()
    guessed = {"username": guessed_name(user)}
    if not attempts.count(request, guessed):
        lock(request, guessed)
        return False
    device = _matching(user, code)
    if device is None:
        logger.warning("wrong code for %r from %s", user.get_username(), request.axes_ip_address)  # type: ignore[attr-defined]
        return False
    attempts.forget(request, guessed)
    if isinstance(device, StaticDevice):
        logger.warning("a recovery code of %r was used", user.get_username())
    _show(request, device)
    return True


def guessed_name(user: Any) -> str:
    """Under which the guesses of somebody's code are counted: a name that cannot be typed."""
    return f"\0code of {user.pk}"


def _matching(user: Any, code: str) -> TOTPDevice | StaticDevice | None:
    if code.isdigit():
        for device in TOTPDevice.objects.filter(user_id=user.pk, confirmed=True):
            if django_otp.verify_token(user, device.persistent_id, code):
                return device
        return None
    for device in StaticDevice.objects.filter(user_id=user.pk, confirmed=True):
        if django_otp.verify_token(user, device.persistent_id, _held(code)):
            return device
    return None


def _show(request: HttpRequest, device: TOTPDevice | StaticDevice) -> None:
    django_otp.login(request, device)
    request.session.cycle_key()


def plain(typed: str) -> str:
    """A code as it was typed or pasted, without blanks and hyphens, digits of any script as Latin ones: ۱۲۳ ۴۵۶."""
    letters = (letter for letter in unicodedata.normalize("NFKC", typed[:64]).lower() if letter.isalnum())
    return "".join(str(unicodedata.digit(letter, letter)) for letter in letters)


def _held(code: str) -> str:
    """What stands for a recovery code in the database; 80 random bits need no slower hash."""
    return hashlib.sha256(code.encode()).hexdigest()[:16]
