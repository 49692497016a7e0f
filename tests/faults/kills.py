"""`python -m tests.faults.kills DEED COUNT SEED`: a process is killed within a deed, COUNT times, at random moments.

The deeds are those of `tests.faults.failing`. The child tells by a pipe that it begins and that it has ended: a kill
after that proves nothing and is not counted. After each the archive must hold all that is always true of it, and the
deed done again must succeed. Prints a line of JSON a kill: the deed, the moment in seconds and in thousandths of what
the whole deed takes, and what was wrong.
"""

from __future__ import annotations

import io
import json
import logging
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from tests.faults import failing

from django.db import connection  # isort: skip - after `failing`, which sets Django up

BEGINS, ENDS = b"b", b"e"


def killed(deed: Any, after: float) -> tuple[bool, float]:
    """Do a deed in a child that is killed so many seconds after it began; whether that was within it, and its time."""
    heard, told = os.pipe()
    connection.close()
    child = os.fork()
    if not child:
        os.write(told, BEGINS)
        status = 1
        try:
            deed.do()
            status = 0
        finally:
            os.write(told, ENDS)
            os._exit(status)
    os.close(told)
    assert os.read(heard, 1) == BEGINS
    began = time.monotonic()
    if after < float("inf"):
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    took = time.monotonic() - began
    has_ended = os.read(heard, 1) == ENDS
    os.close(heard)
    return os.WIFSIGNALED(status) and not has_ended, took


def kills(name: str, count: int, seed: int) -> list[dict[str, Any]]:
    """So many kills inside of a deed."""
    chosen, log = random.Random(f"{name} {seed}"), []  # noqa: S311
    number = 1 + 1_000 * seed
    with tempfile.TemporaryDirectory() as folder:
        deed = failing.DEEDS[name](Path(folder), number)
        _killed, reach = killed(deed, float("inf"))
        wrong = failing.settled(deed)
        assert not wrong, wrong
        while len(log) < count:
            number += 1
            deed = failing.DEEDS[name](Path(folder), number)
            after = chosen.uniform(0, reach)
            is_inside, _took = killed(deed, after)
            wrong = failing.settled(deed)
            if is_inside:
                share = round(1000 * after / reach)
                log.append({"deed": name, "after": round(after, 4), "of a thousand": share, "wrong": wrong})
            else:
                reach = max(after * 0.9, reach / 2)
                assert not wrong, wrong
    return log


def main() -> None:
    name, count, seed = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        log = kills(name, int(count), int(seed))
    print("\n".join(map(json.dumps, log)))


if __name__ == "__main__":
    main()
