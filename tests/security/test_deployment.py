"""R44: what is not safe to serve with is refused by `manage.py check --deploy`, and says what to write instead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from config.checks import hosts_are_named

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("*", "any name"),
        (".archive.example", "every name below archive.example"),
        (".example", "every name below example"),
        (".", "every name below"),
        ("https://archive.example", "no https://"),
        ("archive.example/search", "no path"),
        ("archive.example:8000", "no port"),
        ("::1", "in brackets"),
        ("archive example", "no name of a host"),
        ("أرشيف.example", "xn--"),
        ("archive..example", "no name of a host"),
        ("*.archive.example", "no name of a host"),
    ],
)
def test_r44_a_host_that_is_none_is_refused_with_what_to_write(settings: Any, host: str, why: str) -> None:
    settings.ALLOWED_HOSTS = ["archive.example", host]
    (error,) = hosts_are_named()
    assert repr(host) in error.msg and why in error.msg and "DIWAN_HOSTS=archive.example" in error.hint


def test_no_host_at_all_is_refused(settings: Any) -> None:
    settings.ALLOWED_HOSTS = []
    assert "empty" in hosts_are_named()[0].msg


def test_hosts_that_are_named_are_well(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["archive.example", "xn--mgbh0fb.example", "192.0.2.1", "[2001:db8::1]", "localhost"]
    assert hosts_are_named() == []


@pytest.mark.parametrize(("hosts", "code"), [("*", 1), ("archive.example", 0)])
def test_r44_the_check_before_deploying_ends_with_its_verdict(tmp_path: Path, hosts: str, code: int) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DIWAN_", "DJANGO_"))}
    environment |= {"DIWAN_VAR": str(tmp_path), "DIWAN_SECRET_KEY": "k5" * 20 + "abcdefghijklm", "DIWAN_HOSTS": hosts}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    assert ("config.E001" in done.stderr) == bool(code)
