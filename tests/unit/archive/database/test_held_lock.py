"""With SQLite the lock of one process is the kernel's; two of one name cannot be held, two names can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from archive.database.held_lock import LockTaken, held_lock
from archive.database.turns import number

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SLOTS_DIR = tmp_path / "slots"


def test_it_is_held_by_one_and_free_afterwards() -> None:
    with held_lock("index") as lock:
        lock.check()
        with pytest.raises(LockTaken, match="'index'"), held_lock("index"):
            pass
        with held_lock("another"):
            pass
    with held_lock("index", wait=True):
        pass


def test_its_number_is_the_same_on_every_machine_and_one_that_postgresql_has() -> None:
    assert number("lock index") == number("lock index") != number("lock other")
    assert all(-(2**63) <= number(f"lock {name}") < 2**63 for name in range(1000))
