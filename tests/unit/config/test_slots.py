"""Heavy work is counted by locks of the kernel: over all processes, fairly among addresses, free after a crash."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config import slots

LAYLA, RAMIN = "192.0.2.7/32", "198.51.100.1/32"


@pytest.fixture(autouse=True)
def three_at_once(settings: Any, tmp_path: Path) -> None:
    settings.SLOTS_DIR, settings.HEAVY_AT_ONCE = tmp_path / "slots", 3


@pytest.fixture
def held() -> Iterator[list[slots.Slot]]:
    taken: list[slots.Slot] = []
    yield taken
    for slot in taken:
        slot.close()


def take(held: list[slots.Slot], address: str) -> bool:
    slot = slots.take(address)
    held += [slot] if slot else []
    return slot is not None


def test_one_address_never_has_all_slots(held: list[slots.Slot]) -> None:
    assert [take(held, LAYLA) for _number in range(4)] == [True, True, False, False]
    assert take(held, RAMIN)


def test_no_more_than_so_many_are_taken_whoever_asks(held: list[slots.Slot]) -> None:
    assert [take(held, f"192.0.2.{number}/32") for number in range(5)] == [True, True, True, False, False]


def test_who_is_refused_a_slot_keeps_nothing_of_his_own_part(held: list[slots.Slot]) -> None:
    for number in range(3):
        assert take(held, f"192.0.2.{number}/32")
    assert not take(held, RAMIN)
    for slot in held:
        slot.close()
    held.clear()
    assert [take(held, RAMIN), take(held, RAMIN)] == [True, True]


def test_a_slot_is_free_again_when_its_work_ends_or_fails() -> None:
    for _again in range(5):
        with pytest.raises(RuntimeError), slots.take(LAYLA) or pytest.fail("a free slot"):
            raise RuntimeError("the work failed")
    slot = slots.take(LAYLA)
    assert slot is not None
    slot.close()
    slot.close()  # closed twice closes nobody else's descriptor


def test_a_slot_belongs_to_every_process_that_has_its_descriptor(held: list[slots.Slot]) -> None:
    slot = slots.first_free(["slot-0"])
    assert slot is not None
    copies = [os.dup(descriptor) for descriptor in slot.descriptors]
    slot.close()
    assert slots.first_free(["slot-0"]) is None  # the work goes on elsewhere
    for copy in copies:
        os.close(copy)
    again = slots.first_free(["slot-0"])
    assert again is not None
    held.append(again)


def test_where_only_one_may_work_every_address_has_its_turn(settings: Any, held: list[slots.Slot]) -> None:
    settings.HEAVY_AT_ONCE = 1
    assert take(held, LAYLA) and not take(held, RAMIN)


def test_the_files_of_the_locks_are_the_owners_alone(settings: Any) -> None:
    with slots.take(LAYLA) or pytest.fail("a free slot"):
        assert settings.SLOTS_DIR.stat().st_mode & 0o077 == 0
        assert all(file.stat().st_mode & 0o077 == 0 for file in settings.SLOTS_DIR.iterdir())


def test_counting_is_alone_for_its_moment_and_ends_with_an_error(held: list[slots.Slot]) -> None:
    def count() -> None:
        with slots.alone("rates"):
            assert slots.first_free(["rates"]) is None
            raise RuntimeError("counting failed")

    with pytest.raises(RuntimeError, match="counting failed"):
        count()
    free = slots.first_free(["rates"])
    assert free is not None
    held.append(free)


def test_where_no_lock_can_be_had_an_error_says_so(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.SLOTS_DIR = tmp_path / "file"
    with pytest.raises(FileExistsError):
        slots.take(LAYLA)
