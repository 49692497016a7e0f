"""Settings from the environment: typed, and an error says what to write."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env, secret_key

SMTP = "django.core.mail.backends.smtp.EmailBackend"


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


def test_the_state_folder_is_there_before_it_is_checked_whoever_keeps_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIWAN_VAR", str(tmp_path / "archive"))
    monkeypatch.setenv("DIWAN_SECRET_KEY", "a key of the environment")
    monkeypatch.setattr("os.umask", lambda _mask: 0)
    secret_key.provide()
    assert (tmp_path / "archive").is_dir() and not list((tmp_path / "archive").iterdir())


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


def test_a_choice_is_one_of_a_few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", " Excerpt")
    assert env.choice("DIWAN_X", "whole", ("whole", "excerpt")) == "excerpt"
    monkeypatch.setenv("DIWAN_X", "half")
    with pytest.raises(ImproperlyConfigured, match="DIWAN_X is 'half'; write one of whole, excerpt"):
        env.choice("DIWAN_X", "whole", ("whole", "excerpt"))


@pytest.mark.parametrize(
    ("written", "read"),
    [("1", True), ("TRUE", True), (" yes ", True), ("off", False), ("0", False), ("No", False), ("", False)],
)
def test_a_flag_is_read_however_it_is_written(written: str, read: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    assert env.flag("DIWAN_X", default=not read) is read


def test_what_is_not_set_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIWAN_X", raising=False)
    assert env.flag("DIWAN_X", default=True) is True
    assert env.integer("DIWAN_X", 20) == 20
    assert env.words("DIWAN_X", ["localhost"]) == ["localhost"]
    assert env.text("DIWAN_X", "Diwan") == "Diwan"
    assert env.path("DIWAN_X", "admin") == "admin/"
    assert env.folder("DIWAN_X", Path("/var/diwan")) == Path("/var/diwan")


@pytest.mark.parametrize("written", ["-1", "1.5", "many", "", "٣x"])
def test_what_is_no_number_is_an_error_that_helps(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    with pytest.raises(ImproperlyConfigured, match="write a whole number"):
        env.integer("DIWAN_X", 20)


def test_a_list_is_parted_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", " archive.example, ,www.archive.example,")
    assert env.words("DIWAN_X", []) == ["archive.example", "www.archive.example"]


@pytest.mark.parametrize(
    ("written", "read"), [("back/workshop", "back/workshop/"), ("/admin/", "admin/"), ("a-b_1", "a-b_1/")]
)
def test_a_path_is_read_with_or_without_its_slashes(written: str, read: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    assert env.path("DIWAN_X", "admin") == read


@pytest.mark.parametrize("written", ["", "/", "../etc", "a b", "إدارة", "a//b", "a?b"])
def test_a_path_that_no_address_can_have_is_refused(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    with pytest.raises(ImproperlyConfigured, match="write words of Latin letters"):
        env.path("DIWAN_X", "admin")


@pytest.mark.parametrize("written", ["", "  ", "two\nlines", "ديوان", "bell\x07"])
def test_a_line_that_would_break_a_header_is_refused(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    with pytest.raises(ImproperlyConfigured, match="give printable ASCII"):
        env.text("DIWAN_X", "Diwan")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("off", env.MailServer("")),
        ("console", env.MailServer("django.core.mail.backends.console.EmailBackend")),
        ("smtp://127.0.0.1", env.MailServer(SMTP, "127.0.0.1", 25)),
        ("smtps://mail.example", env.MailServer(SMTP, "mail.example", 465, tls=True)),
        (
            "smtp+starttls://diwan:a%40b@mail.example:2587",
            env.MailServer(SMTP, "mail.example", 2587, "diwan", "a@b", starttls=True),
        ),
    ],
)
def test_where_mail_goes(written: str, read: env.MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    assert env.mail_server("DIWAN_X", "off") == read


@pytest.mark.parametrize("written", ["mail.example", "imap://mail.example", "smtp://", "smtp://user:secret@/x"])
def test_a_mail_server_that_is_none_is_refused_and_its_password_is_not_told(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    with pytest.raises(ImproperlyConfigured, match="DIWAN_X is not understood") as refused:
        env.mail_server("DIWAN_X", "off")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("written", ["archive.example", "https://archive.example/path", "ftp://archive.example"])
def test_a_site_is_a_scheme_and_a_host(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    with pytest.raises(ImproperlyConfigured, match="write scheme and host"):
        env.site("DIWAN_X", "https", [])


@pytest.mark.parametrize(
    ("hosts", "site"),
    [
        (["*", ".example", "https://no.host"], "https://localhost"),
        (["*", "archive.example"], "https://archive.example"),
    ],
)
def test_a_site_is_the_first_host_where_nothing_names_it(
    hosts: list[str], site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert env.site("DIWAN_X", "https", hosts) == site
    monkeypatch.setenv("DIWAN_X", "https://news.example:8443/")
    assert env.site("DIWAN_X", "https", hosts) == "https://news.example:8443"


def test_an_hour_of_the_day_is_at_most_23(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", "24")
    with pytest.raises(ImproperlyConfigured, match="at most 23"):
        env.integer("DIWAN_X", 4, maximum=23)


def test_a_folder_starts_where_the_command_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DIWAN_X", "state")
    assert env.folder("DIWAN_X", Path("/unused")) == tmp_path / "state"
    monkeypatch.setenv("DIWAN_VAR", str(tmp_path))
    assert env.state_folder() == tmp_path


def test_sqlite_waits_for_other_writers_and_lets_readers_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", f"sqlite:///{tmp_path}/a%20b.sqlite3")
    monkeypatch.setenv("DIWAN_LOCK_SECONDS", "7")
    settings = env.database("DIWAN_X", Path("unused"))
    assert settings["NAME"] == f"{tmp_path}/a b.sqlite3"
    options: dict[str, object] = settings["OPTIONS"]  # type: ignore[assignment]
    assert options["timeout"] == 7 and options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in str(options["init_command"])
    monkeypatch.delenv("DIWAN_X")
    assert env.database("DIWAN_X", tmp_path / "own.sqlite3")["NAME"] == str(tmp_path / "own.sqlite3")


def test_an_address_of_postgresql_keeps_what_libpq_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", "postgres:///archive?host=/run/postgresql&sslmode=require")
    settings = env.database("DIWAN_X", Path("unused"))
    assert (settings["HOST"], settings["NAME"], settings["USER"]) == ("", "archive", "")
    options: dict[str, str] = settings["OPTIONS"]  # type: ignore[assignment]
    assert options["host"] == "/run/postgresql" and options["sslmode"] == "require"


def test_nobody_waits_for_a_lock_of_postgresql_longer_than_for_one_of_sqlite(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_LOCK_SECONDS", "7")
    monkeypatch.setenv("DIWAN_X", "postgres:///archive")
    options: dict[str, str] = env.database("DIWAN_X", Path("unused"))["OPTIONS"]  # type: ignore[assignment]
    assert options["options"] == "-c lock_timeout=7000"
    monkeypatch.setenv("DIWAN_X", "postgres:///archive?options=-c%20lock_timeout%3D1")
    options = env.database("DIWAN_X", Path("unused"))["OPTIONS"]  # type: ignore[assignment]
    assert options["options"] == "-c lock_timeout=1"


def test_the_password_of_the_database_may_stand_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = ("DIWAN_X_PASSWORD", "DIWAN_X_PASSWORD_FILE")
    monkeypatch.setenv("DIWAN_X", "postgresql://diwan:of-the-address@db.example/archive")
    assert env.database("DIWAN_X", Path("unused"), env.secret(*told))["PASSWORD"] == "of-the-address"
    monkeypatch.setenv("DIWAN_X_PASSWORD", "of the environment")
    assert env.database("DIWAN_X", Path("unused"), env.secret(*told))["PASSWORD"] == "of the environment"
    (tmp_path / "password").write_text("of the file: 100 %\n")
    monkeypatch.setenv("DIWAN_X_PASSWORD_FILE", str(tmp_path / "password"))
    assert env.secret(*told) == "of the file: 100 %"
    monkeypatch.setenv("DIWAN_X_PASSWORD_FILE", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match=r"DIWAN_X_PASSWORD_FILE is .*cannot be read"):
        env.secret(*told)


def test_a_port_that_cannot_be_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", "postgresql://db.example:99999/archive")
    with pytest.raises(ImproperlyConfigured, match="no port that can be"):
        env.database("DIWAN_X", Path("unused"))


def test_an_address_of_the_web_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIWAN_X", raising=False)
    assert env.address("DIWAN_X") == ""
    monkeypatch.setenv("DIWAN_X", " https://hub.example/to?x=1 ")
    assert env.address("DIWAN_X") == "https://hub.example/to?x=1"


@pytest.mark.parametrize("written", ["hub.example", "javascript:1", "https://", "https://a b", 'https://a/">'])
def test_what_is_no_address_of_the_web_is_refused(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_X", written)
    with pytest.raises(ImproperlyConfigured, match="begins with https"):
        env.address("DIWAN_X")
