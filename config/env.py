"""Typed readers of environment variables; an error says which variable is wrong and what to write instead."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.backup_rule import BackupRule

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}
Default = TypeVar("Default", Path, None)
HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-f:]+\]")
PATH_PART = re.compile(r"[A-Za-z0-9_-]+")


def flag(name: str, default: bool) -> bool:
    """Read a yes/no variable: `DIWAN_DEBUG=on`."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write on or off.")


def integer(name: str, default: int, *, minimum: int = 0, maximum: int | None = None) -> int:
    """Read a whole number not below `minimum` and not above `maximum`."""
    value = os.environ.get(name)
    if value is None:
        return default
    if not value.strip().isdigit() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number of at least {minimum}.")
    if maximum is not None and int(value) > maximum:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number of at most {maximum}.")
    return int(value)


def text(name: str, default: str) -> str:
    """A line of text as it stands; what is empty or would break a header is refused."""
    given = os.environ.get(name, default).strip()
    if not given or not given.isprintable() or not given.isascii():
        raise ImproperlyConfigured(f"{name} is {given!r}; give printable ASCII characters, as in {default!r}.")
    return given


def address(name: str) -> str:
    """An address of the web, "" where none is given: `DIWAN_WEBSUB_HUB=https://hub.example/`."""
    given = os.environ.get(name, "").strip()
    parts = urlsplit(given)
    if given and (parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r'[^!-~]|[<>"]', given)):
        raise ImproperlyConfigured(f"{name} is {given!r}; write an address that begins with https://.")
    return given


def choice(name: str, default: str, among: tuple[str, ...]) -> str:
    """One of a few words: `DIWAN_RIGHTS_PAGES=excerpt`."""
    given = os.environ.get(name, default).strip().lower()
    if given not in among:
        raise ImproperlyConfigured(f"{name} is {given!r}; write one of {', '.join(among)}.")
    return given


def words(name: str, default: list[str]) -> list[str]:
    """Read a comma-separated list: `DIWAN_HOSTS=archive.example,www.archive.example`."""
    value = os.environ.get(name)
    return default if value is None else [word.strip() for word in value.split(",") if word.strip()]


def path(name: str, default: str) -> str:
    """Read the path below which a part of the site stands: `DIWAN_ADMIN_PATH=back/workshop` gives "back/workshop/"."""
    value = os.environ.get(name, default).strip().strip("/")
    parts = value.split("/")
    if not all(PATH_PART.fullmatch(part) for part in parts):
        raise ImproperlyConfigured(
            f"{name} is {os.environ.get(name)!r}; write words of Latin letters, digits, - and _, with / between."
        )
    return f"{value}/"


def folder(name: str, default: Default) -> Path | Default:
    """Read a folder's path; a relative one starts at the current directory."""
    value = os.environ.get(name)
    return Path(value).expanduser().resolve() if value else default


def backup_rule(name: str, default: str) -> BackupRule:
    """Read which backups are kept: `DIWAN_BACKUPS_KEPT=7,5,12`."""
    try:
        return BackupRule.read(os.environ.get(name, default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def state_folder() -> Path:
    """The folder of all state: `DIWAN_VAR`, else `var` beside the code."""
    return folder("DIWAN_VAR", Path(__file__).resolve().parent.parent / "var")


def database(name: str, default: Path, password: str = "") -> dict[str, object]:
    """Read a database address: `postgresql://user:password@host:5432/name` or `sqlite:////absolute/path`.

    Without the variable the database is the SQLite file `default`. A `password` goes before that of the address.
    """
    address = os.environ.get(name)
    if not address:
        return sqlite(str(default))
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path)[1:])
    if parts.scheme in {"postgres", "postgresql"}:
        return _postgresql(parts, password or unquote(parts.password or ""))
    raise ImproperlyConfigured(f"{name} begins with {parts.scheme!r}; write postgresql://… or sqlite:////path.")


def bucket(name: str, secret: str) -> dict[str, object] | None:
    """The storage of captured bytes that a variable names; None where they lie in the state folder."""
    given = os.environ.get(name, "").strip()
    try:
        return bucket_of(given, secret) if given else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is not understood; {error}.") from error


def bucket_of(address: str, secret: str = "") -> dict[str, object]:
    """The storage of `s3+https://key:secret@host:port/bucket/prefix?region=eu-central-1`; ValueError for what is none.

    A `secret` goes before that of the address.
    """
    parts = urlsplit(address)
    held, _slash, prefix = parts.path.strip("/").partition("/")
    if parts.scheme not in {"s3+https", "s3+http"} or not parts.hostname or not held:
        raise ValueError("write 's3+https://key@s3.example/bucket/prefix'")
    keys = {"access_key": unquote(parts.username or ""), "secret_key": secret or unquote(parts.password or "")}
    return {
        "BACKEND": "archive.captures.buckets.PatientS3Storage",
        "OPTIONS": {
            "bucket_name": held,
            "location": prefix,
            "endpoint_url": f"{parts.scheme.removeprefix('s3+')}://{parts.netloc.rpartition('@')[2]}",
            "region_name": dict(parse_qsl(parts.query)).get("region", "us-east-1"),
            "file_overwrite": True,
            **{key: value for key, value in keys.items() if value},
        },
    }


def cache(name: str, password: str = "") -> str:
    """Read the server that keeps pages and pictures: `redis://host:6379/0`, `rediss` with TLS; "" for none.

    A `password` goes before that of the address.
    """
    given = os.environ.get(name, "").strip()
    parts = urlsplit(given)
    if given and (parts.scheme not in {"redis", "rediss"} or not parts.hostname):
        raise ImproperlyConfigured(f"{name} is not understood; write 'redis://cache.example:6379/0'.")
    if not given or not password:
        return given
    return parts._replace(
        netloc=f"{parts.username or ''}:{quote(password, safe='')}@{parts.netloc.rpartition('@')[2]}"
    ).geturl()


def kept(folder: Path, most: int, server: str) -> dict[str, object]:
    """The cache of what was made before: on a server for all machines, else in a folder for all workers of this one."""
    if not most:
        return {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    if server:
        options = {
            "serializer": "config.caches.PlainSerializer",
            "socket_timeout": 0.5,  # seconds, as the next; a page is made in less
            "socket_connect_timeout": 0.5,
        }
        day = 24 * 3600
        return {
            "BACKEND": "config.redis_cache.PatientRedisCache",
            "LOCATION": server,
            "KEY_PREFIX": folder.name,
            "TIMEOUT": day,
            "OPTIONS": options,
        }
    limits = {"MAX_ENTRIES": most}
    return {"BACKEND": "config.caches.PlainFileCache", "LOCATION": folder, "TIMEOUT": None, "OPTIONS": limits}


def secret(name: str, file: str) -> str:
    """The first line of the file that the variable `file` names, else the variable `name`, "" where it is not set."""
    held = os.environ.get(file, "").strip()
    if not held:
        return os.environ.get(name, "")
    try:
        return (Path(held).read_text("utf-8").splitlines() or [""])[0]
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{file} is {held!r}, which cannot be read: {error}") from error


def token(name: str, file: str, *, is_needed: bool) -> str:
    """A secret that programs show, of 20 characters or more where it `is_needed`; see `secret`."""
    held = secret(name, file)
    if is_needed and not re.fullmatch(r"[!-~]{20,}", held):
        raise ImproperlyConfigured(f"{name} is not set or too short; write 20 characters or more, without blanks.")
    return held


def _postgresql(parts: SplitResult, password: str) -> dict[str, object]:
    # As with SQLite nobody waits for a lock for ever. Names of the options are libpq's own: ?sslmode=verify-full,
    # ?host=/run/postgresql; what the address says goes first.
    wait = integer("DIWAN_LOCK_SECONDS", 20, minimum=1) * 1000
    usual = {"connect_timeout": "10", "application_name": "diwan", "options": f"-c lock_timeout={wait}"}
    try:
        port = str(parts.port or "")
    except ValueError as error:
        raise ImproperlyConfigured(f"The address of PostgreSQL has no port that can be: {error}.") from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": password,
        "HOST": parts.hostname or "",
        "PORT": port,
        "OPTIONS": usual | dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def sqlite(path: str) -> dict[str, object]:
    """The settings of a database in this file."""
    # WAL lets readers go on while one process writes; IMMEDIATE takes the write lock at once, so that two writers
    # wait for each other (up to `timeout` seconds) instead of failing in the middle of a transaction.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": integer("DIWAN_LOCK_SECONDS", 20, minimum=1),
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def site(name: str, scheme: str, hosts: list[str]) -> str:
    """Read scheme and host of the archive as its readers name them: `https://archive.example`, without a path.

    Without the variable it is the first of the hosts that is one: `*` and `.example` are none.
    """
    named = next((host for host in hosts if HOST.fullmatch(host)), "localhost")
    given = os.environ.get(name, f"{scheme}://{named}").strip().rstrip("/")
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc or given != f"{parts.scheme}://{parts.netloc}":
        raise ImproperlyConfigured(f"{name} is {given!r}; write scheme and host, as in 'https://archive.example'.")
    return given


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail goes: a `backend` of Django, "" for nowhere, and the server of the one that speaks SMTP."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def mail_server(name: str, default: str) -> MailServer:
    """Read where mail goes: `off`, `console`, or `smtp+starttls://user:password@host:587`.

    `smtps` is TLS from the first byte, `smtp` none at all, for a server on the same machine.
    """
    given = os.environ.get(name, default).strip()
    if given in {"off", "console"}:
        return MailServer("django.core.mail.backends.console.EmailBackend" if given == "console" else "")
    parts = urlsplit(given)
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name} is not understood; write off, console or, as in 'smtp+starttls://user:password@mail.example:587', "
            f"one of {', '.join(_PORTS)} with a host."
        )
    return MailServer(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )
