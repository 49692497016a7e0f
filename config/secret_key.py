"""The secret key: made once, kept in the state folder, readable by its owner alone.

`python -m config.secret_key FILE` makes the file when it is missing and leaves an existing one as it is.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import env, private

VARIABLE = "DIWAN_SECRET_KEY"


def create(path: Path) -> bool:
    """Make the key file with mode 0600; False when it is there already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
    return True


def provide() -> None:
    """See that there is a folder, and a key of the environment or in a file, before the settings ask for them."""
    private.be_private()
    env.state_folder().mkdir(parents=True, exist_ok=True)
    if not os.environ.get(VARIABLE):
        create(place(env.state_folder()))


def place(state: Path) -> Path:
    """Where the key lies in a state folder."""
    return state / "secret_key"


def read(path: Path) -> str:
    """The key from `DIWAN_SECRET_KEY` or from the file; an error that says how to make one."""
    key = os.environ.get(VARIABLE) or (path.read_text().strip() if path.exists() else "")
    if not key:
        raise ImproperlyConfigured(
            f"There is no secret key. Run `manage.py prepare`, which writes {path}, or set {VARIABLE}."
        )
    return key


if __name__ == "__main__":
    private.be_private()
    create(Path(sys.argv[1]))
