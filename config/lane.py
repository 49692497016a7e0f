"""Heavy work beside a server's process: each task in a process of its own, which the kernel bounds and ends.

Threads of one process take turns at Python's lock, nothing can end one of them, and its memory is everybody's. So every
worker has a lane: a process without threads, forked from it before it has any, that only forks again, once a task.
A task's process runs at the lowest priority, so that it takes what ordinary pages leave; an alarm of the kernel kills
it when its time is up, whatever it is doing then; limits bound its memory and the file it writes. It knows all that
the worker had loaded, and leaves nothing behind. See docs/adr/0014-heavy-work.md.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import pickle
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, BinaryIO, Final

from django.conf import settings

from archive.pages.bounds import OutOfSpace, OutOfTime, ends_by_the_clock
from archive.telemetry import tracing
from config.making import Made, Task, make_anew
from config.slots import Slot

logger = logging.getLogger("config")
PR_SET_PDEATHSIG = 1  # of linux/prctl.h
NICE: Final = 19
LATE = 2.0  # seconds beyond its time that a task's process is waited for
LOOK = 0.5  # seconds before its time is up that it is asked how much of a processor it got
STARVED: Final = 0.25  # of its time: a task that got less of a processor was kept from it by others
IDLE = 5.0  # seconds without a task after which a lane looks whether the archive changed
MOST_DESCRIPTORS = 8
IGNORED: Final = tuple(getattr(signal, f"SIG{name}") for name in "TERM INT QUIT HUP USR1 USR2 WINCH".split())

_channel: socket.socket | None = None


class LaneLost(Exception):
    """There was no answer: the process of a task or the lane itself ended otherwise than by its limits."""


def is_open() -> bool:
    return _channel is not None


def open_lane(listening: Iterable[Any], refresh: Callable[[], None]) -> None:
    """Fork the lane of this process, which must have no threads yet; `listening` are sockets that are none of its."""
    global _channel
    parent = os.getpid()
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    if os.fork() == 0:
        try:
            for one in (ours, *listening):
                one.close()
            _serve(theirs, parent, refresh)
        finally:
            os._exit(0)
    theirs.close()
    ours.settimeout(LATE)
    _channel = ours


def run(task: Task, file: BinaryIO, slot: Slot) -> Made:
    """Have a task done; its body is in the file then. OutOfTime, OutOfSpace, LaneLost, or what the view raised."""
    ends = time.monotonic() + settings.HEAVY_SECONDS
    got = 0.0
    ours, theirs = Pipe()
    with ours:
        try:
            with theirs:
                _hand_over([theirs.fileno(), file.fileno(), *slot.descriptors])
            ours.send(task)
            process = _received(ours, ends + LATE)
            if not ours.poll(max(0.0, ends - LOOK - time.monotonic())):
                got = _processor_seconds(process)
            told = _received(ours, ends + LATE)
        except (OSError, EOFError) as error:
            if time.monotonic() >= ends - 0.1:
                raise OutOfTime(is_starved=got < STARVED * settings.HEAVY_SECONDS) from error
            raise LaneLost(repr(error)) from error
    if isinstance(told, BaseException):
        raise told
    made: Made = told
    return made


def _received(connection: Connection, until: float) -> Any:
    """What comes before this moment of the monotonic clock; EOFError where nothing does."""
    if not connection.poll(max(0.0, until - time.monotonic())):
        raise EOFError
    return connection.recv()


def _processor_seconds(process: int) -> float:
    """What a process had of processors; 0 where it is gone, endless where the system does not say."""
    if sys.platform != "linux":
        return float("inf")
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _hand_over(descriptors: list[int]) -> None:
    """Give the lane what a task's process needs. A process whose lane is gone ends its requests and is replaced."""
    if _channel is None:
        raise LaneLost("there is no lane")
    try:
        socket.send_fds(_channel, [b"task"], descriptors)
    except (ConnectionError, BrokenPipeError) as error:
        logger.error("the lane of heavy work is gone; process %d makes room for another", os.getpid())
        os.kill(os.getpid(), signal.SIGTERM)
        raise LaneLost(repr(error)) from error


# In the lane


def _serve(channel: socket.socket, parent: int, refresh: Callable[[], None]) -> None:
    """Fork once a task until the worker is gone."""
    _end_with(parent)
    _stand_back()
    for number in IGNORED:
        signal.signal(number, signal.SIG_IGN)  # the worker's requests on their way are ended first
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the children
    while os.getppid() == parent:
        try:
            if not select.select([channel], [], [], IDLE)[0]:
                refresh()
                continue
            _word, given, _flags, _sender = socket.recv_fds(channel, 16, MOST_DESCRIPTORS)
            if os.fork() == 0:
                channel.close()
                _do(given)
            for descriptor in given:
                os.close(descriptor)
        except Exception:
            logger.exception("a lane of heavy work goes on after an error")
            time.sleep(0.1)


def _stand_back() -> None:
    """Leave the worker's session: where Linux shares processors out by session, the lane's gets the least of them."""
    os.setsid()
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(NICE))


def _do(given: list[int]) -> None:
    """Do one task in this process and end it."""
    try:
        _limit()
        file = os.fdopen(given[1], "w+b", closefd=False)
        with Connection(given[0]) as connection:
            task = connection.recv()
            connection.send(os.getpid())
            told = _result(task, file)
            for descriptor in given[2:]:
                os.close(descriptor)  # the slot is free when the answer is there, not when this process is gone
            _tell(connection, told)
    except BaseException:
        logger.exception("heavy work ended without an answer")
    finally:
        tracing.flush()
        sys.stderr.flush()
        os._exit(0)


def _result(task: Task, file: BinaryIO) -> Made | BaseException:
    try:
        return make_anew(task, file)
    except MemoryError:
        return OutOfSpace("memory")
    except OSError as error:
        return OutOfSpace("file") if error.errno == errno.EFBIG else error
    except Exception as error:
        return error


def _tell(connection: Connection, told: Made | BaseException) -> None:
    try:
        connection.send(told)
    except (TypeError, AttributeError, pickle.PicklingError):
        connection.send(RuntimeError(repr(told)))


def _limit() -> None:
    """Bound this process: priority, time, memory beyond what it has, and size of files."""
    _end_with(os.getppid())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, settings.HEAVY_SECONDS)
    ends_by_the_clock(settings.HEAVY_SECONDS)
    os.nice(NICE)
    with suppress(OSError):  # when memory runs out, these are the first to go
        Path("/proc/self/oom_score_adj").write_text("500")
    _at_most(resource.RLIMIT_FSIZE, settings.HEAVY_FILE_MB * 2**20)
    _at_most(resource.RLIMIT_DATA, _data() + settings.HEAVY_MEMORY_MB * 2**20)


def _at_most(kind: int, number: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (number if hard == resource.RLIM_INFINITY else min(number, hard), hard))


def _data() -> int:
    """Bytes that this process may write to, as its limit counts them; 0 where the system does not say."""
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def _end_with(parent: int) -> None:
    """Have the kernel kill this process when its parent ends (Linux alone can)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)
