"""`python -m tests.soak.asking HOST:PORT SECONDS RATE PAGES ANSWERS`: ask for pages at a steady rate.

An open loop: a request begins when its time has come, however long others take, and its time is counted from then. It
is bounded: while `MOST` are on the way none is begun, and what could not be begun is told. A connection a request, so
that each answer that does not come is an error of its own. Writes statuses, and times by kind of page, to the file
ANSWERS.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

MOST = 32
PATIENCE = 40.0  # seconds; heavy work is given up after 30


class Asker:
    def __init__(self, address: str) -> None:
        self.address = address
        self.statuses: Counter[str] = Counter()
        self.times: defaultdict[str, list[float]] = defaultdict(list)
        self.failed: list[str] = []
        self.not_begun = 0
        self._lock = threading.Lock()
        self._free = threading.Semaphore(MOST)

    def ask(self, pages: list[tuple[str, str]], seconds: float, rate: float) -> None:
        started = time.monotonic()
        with ThreadPoolExecutor(MOST) as threads:
            for number, (kind, path) in zip(range(int(seconds * rate)), itertools.cycle(pages), strict=False):
                due = started + number / rate
                time.sleep(max(0.0, due - time.monotonic()))
                if self._free.acquire(blocking=False):
                    threads.submit(self._one, kind, path, due)
                else:
                    self.not_begun += 1

    def _one(self, kind: str, path: str, due: float) -> None:
        status = self._status(path)
        with self._lock:
            self.statuses[status] += 1
            self.times[kind].append(time.monotonic() - due)
            if status not in {"200", "304"}:
                self.failed.append(f"{status} {path}")
        self._free.release()

    def _status(self, path: str) -> str:
        """The status of an answer that came whole, else the kind of the failure."""
        try:
            with closing(http.client.HTTPConnection(self.address, timeout=PATIENCE)) as line:
                line.request("GET", path, headers={"Accept-Encoding": "gzip", "Connection": "close"})
                answer = line.getresponse()
                answer.read()
                return str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__

    def told(self) -> dict[str, Any]:
        return {
            "statuses": self.statuses,
            "not begun": self.not_begun,
            "failed": self.failed[:50],
            "times": {kind: sorted(times) for kind, times in self.times.items()},
        }


def main(address: str, seconds: str, rate: str, pages: str, answers: str) -> None:
    asker = Asker(address)
    asker.ask(json.loads(Path(pages).read_text("utf-8")), float(seconds), float(rate))
    Path(answers).write_text(json.dumps(asker.told()), "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
