"""R2: the worker is killed while it sends letters to readers; nobody is written to twice, and what is lost is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.faults.archive import Archive, free_port

READERS = 4
SECOND = 2  # the letter at which the worker is killed


class MailServer:
    """Takes letters; kills the worker that brings the second one, when it is as far as `stage`."""

    def __init__(self, archive: Archive, stage: str) -> None:
        self.archive, self.stage = archive, stage
        self.taken: list[str] = []
        self.brought = 0
        self.worker: Popen[bytes] | None = None

    def _reached(self, stage: str) -> None:
        if self.worker is not None and stage == self.stage and self.brought == SECOND:
            self.archive.kill(self.worker)
            self.worker = None

    async def handle_EHLO(  # noqa: N802 - as aiosmtpd names them
        self, _server: Any, session: Any, _envelope: Any, hostname: str, answers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.brought += 1
        return answers

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        self._reached("named")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken += envelope.rcpt_tos
        self._reached("taken")
        return "250 OK"


@contextmanager
def listening(server: MailServer) -> Iterator[str]:
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def test_r2_a_worker_killed_before_a_letter_is_handed_over_loses_nothing(archive: Archive) -> None:
    server = MailServer(archive, "never")
    with listening(server) as address:
        archive.always = {"DIWAN_MAIL": address, "DIWAN_SITE": "http://archive.example"}
        archive.tell("follow", READERS)
        archive.dies_at("search.alerts.sending:get_connection", SECOND, "send_letters")
        assert len(server.taken) == SECOND - 1
        states = archive.tell("send_letters")
    assert sorted(server.taken) == sorted(states) and list(states.values()) == [["sent"]] * READERS
    archive.recovers()


STAGES = [
    ("named", "is lost, and stands in the admin as handed over without an answer", READERS - 1),
    ("taken", "is not sent again, though nobody heard the answer", READERS),
]


@pytest.mark.parametrize("stage", STAGES, ids=[f"{stage[0]}: the letter {stage[1]}" for stage in STAGES])
def test_r2_the_worker_is_killed_with_a_letter_in_hand(archive: Archive, stage: tuple[str, str, int]) -> None:
    reached, _what, come = stage
    server = MailServer(archive, reached)
    with listening(server) as address:
        archive.always = {"DIWAN_MAIL": address, "DIWAN_SITE": "http://archive.example"}
        archive.tell("follow", READERS)
        killed = server.worker = archive.start("-m", "tests.faults.deeds", "send_letters")
        archive.until(lambda: killed.poll() is not None, "the worker is killed")
        assert killed.returncode == -9
        states = archive.tell("send_letters")
        assert archive.tell("send_letters") == states
    assert len(server.taken) == len(set(server.taken)) == come
    assert sorted(states.values()) == [["handed"]] + [["sent"]] * (READERS - 1)
    assert {address for address, told in states.items() if told == ["sent"]} <= set(server.taken)
    archive.recovers()
