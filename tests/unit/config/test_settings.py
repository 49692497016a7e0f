"""Settings from the environment: typed, and an error says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env, secret_key


def test_flags_are_read_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", "On")
    assert env.flag("DIWAN_X", default=False) is True
    monkeypatch.setenv("DIWAN_X", "maybe")
    with pytest.raises(ImproperlyConfigured, match="DIWAN_X is 'maybe'; write on or off"):
        env.flag("DIWAN_X", default=False)


def test_numbers_have_a_least_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", "0")
    with pytest.raises(ImproperlyConfigured, match="at least 1"):
        env.integer("DIWAN_X", 20, minimum=1)


def test_a_postgresql_address_becomes_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", "postgresql://diwan:a%40b@db.example:5433/archive")
    settings = env.database("DIWAN_X", Path("unused"))
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "5433", "archive")
    assert settings["PASSWORD"] == "a@b"


def test_an_unknown_database_is_an_error_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", "mysql://x/y")
    with pytest.raises(ImproperlyConfigured, match="write postgresql://"):
        env.database("DIWAN_X", Path("unused"))


def test_the_secret_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "state" / "secret_key"
    assert secret_key.create(path) is True
    key = path.read_text()
    assert secret_key.create(path) is False
    assert path.read_text() == key and len(key) > 50
    assert path.stat().st_mode & 0o077 == 0


def test_without_a_key_the_archive_does_not_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIWAN_SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="Run `manage"):
        secret_key.read(tmp_path / "secret_key")
