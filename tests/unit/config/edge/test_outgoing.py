"""Answers on their way: an answer that is held back is sent whole, and not before its time."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.edge.outgoing import Outgoing


@pytest.fixture
def line() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    with ours, theirs:
        yield ours, theirs


def test_an_answer_that_is_held_back_is_sent_when_it_is_let_go(
    line: tuple[socket.socket, socket.socket], tmp_path: Path
) -> None:
    asked: list[str] = []
    outgoing = Outgoing(line[0], tmp_path, lambda: asked.append("to drain"))
    outgoing.hold_back(60)
    outgoing.sendall(b"HTTP/1.1 429 ")
    outgoing.sendall(b"Too Many Requests")
    assert outgoing.drain() == 0 and outgoing.waiting and outgoing.is_held_back and asked == ["to drain"]
    with pytest.raises(BlockingIOError):
        line[1].recv(100)
    outgoing.let_go()
    assert outgoing.drain() == 30 and not outgoing.waiting
    assert line[1].recv(100) == b"HTTP/1.1 429 Too Many Requests"


def test_an_answer_that_is_not_held_back_is_sent_at_once(
    line: tuple[socket.socket, socket.socket], tmp_path: Path
) -> None:
    outgoing = Outgoing(line[0], tmp_path, lambda: None)
    outgoing.sendall(b"HTTP/1.1 200 OK")
    assert line[1].recv(100) == b"HTTP/1.1 200 OK" and not outgoing.waiting
