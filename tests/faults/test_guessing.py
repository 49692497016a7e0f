"""R42: many guess passwords at the same time, of all workers of a running server."""

from __future__ import annotations

import http.client
import re
import threading
import time
import urllib.parse
from collections import Counter
from contextlib import closing

from tests.faults.archive import PASSWORD, Archive

DOOR = "/account/sign-in/"
HASH = """
import time
from config.signing_in.hashing import turn
with turn():
    print("hashing", flush=True)
    time.sleep(60)
"""


class Guesser:
    """A browser with a form for signing in, at an address that the proxy tells."""

    def __init__(self, archive: Archive, address: str) -> None:
        self.archive, self.address = archive, address
        _status, page, headers = archive.get(DOOR)
        token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert token
        self.form = {"csrfmiddlewaretoken": token[1].decode()}
        self.cookie = headers["Set-Cookie"].partition(";")[0]

    def guess(self, name: str, password: str) -> int:
        about = {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"203.0.113.1, {self.address}",
        }
        sent = urllib.parse.urlencode({**self.form, "username": name, "password": password})
        with closing(http.client.HTTPConnection(self.archive.bind, timeout=60)) as line:
            line.request("POST", DOOR, sent, about)
            answer = line.getresponse()
            answer.read()
            return answer.status

    def until_checked(self, name: str, password: str) -> int:
        """As a person does: send it again while too many others are signing in."""
        while (status := self.guess(name, password)) == 503:
            time.sleep(0.2)
        return status


def at_the_same_time(guesser: Guesser, threads: int, each: int) -> Counter[int]:
    told: Counter[int] = Counter()

    def run() -> None:
        for _time in range(each):
            told[guesser.guess("curator", "wrong")] += 1

    started = [threading.Thread(target=run) for _number in range(threads)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    return told


def test_r42_guesses_at_the_same_time_are_no_more_than_in_turn(archive: Archive) -> None:
    """Of several workers and threads: what is being checked counts already."""
    archive.serve_with_curator({"DIWAN_WORKERS": "2", "DIWAN_BEHIND_PROXY": "on", "DIWAN_PASSWORDS_AT_ONCE": "4"})
    guesser = Guesser(archive, "198.51.100.7")
    told = at_the_same_time(guesser, threads=16, each=8)
    while not told[429]:
        told += at_the_same_time(guesser, threads=16, each=2)
    assert told[200] <= 4 and set(told) <= {200, 429, 503}, told  # the fifth is told to wait
    assert guesser.until_checked("curator", PASSWORD) == 429
    assert archive.log.read_text("utf-8").count("wrong password for 'curator'") == 5
    assert Guesser(archive, "192.0.2.9").until_checked("curator", PASSWORD) == 302


def test_r42_a_killed_worker_frees_its_turn_to_hash(archive: Archive) -> None:
    archive.serve_with_curator({"DIWAN_BEHIND_PROXY": "on", "DIWAN_PASSWORDS_AT_ONCE": "1"})
    guesser = Guesser(archive, "198.51.100.7")
    holder = archive.start("manage.py", "shell", "-c", HASH, environment={"DIWAN_PASSWORDS_AT_ONCE": "1"})
    archive.until(lambda: b"hashing" in archive.log.read_bytes(), "a password is being hashed")
    assert guesser.guess("curator", PASSWORD) == 503
    archive.kill(holder)
    assert guesser.until_checked("curator", PASSWORD) == 302


def test_r42_readers_are_answered_while_sixteen_guess(archive: Archive) -> None:
    """Every time from another address, of another name; no thread of a worker is kept by them for long."""
    archive.serve_with_curator({"DIWAN_BEHIND_PROXY": "on", "DIWAN_PASSWORDS_AT_ONCE": "1"})
    over = threading.Event()

    def run(number: int) -> None:
        guesser = Guesser(archive, "")
        for time_ in range(10_000):
            guesser.address = f"10.{number}.{time_ // 250}.{time_ % 250}"
            guesser.guess(f"name {number} {time_}", "wrong")
            if over.is_set():
                return

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(16)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(2)
        assert [archive.status("/search/?q=%D9%82%D8%B7%D8%B1") for _time in range(20)] == [200] * 20
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_r42_who_is_refused_is_answered_late_and_nobody_waits_for_it(archive: Archive) -> None:
    """Sixty at the same time, of one process with eight threads: they are answered together, and a reader before."""
    archive.serve_with_curator({"DIWAN_WORKERS": "1", "DIWAN_THREADS": "8", "DIWAN_BEHIND_PROXY": "on"})
    guesser = Guesser(archive, "198.51.100.7")
    while guesser.guess("curator", "wrong") != 429:
        pass
    took: list[float] = []

    def run() -> None:
        began = time.monotonic()
        assert guesser.guess("curator", "wrong") == 429
        took.append(time.monotonic() - began)

    threads = [threading.Thread(target=run) for _number in range(60)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    assert archive.status("/healthz") == archive.status("/search/") == 200
    assert time.monotonic() - began < 30
    for thread in threads:
        thread.join()
    assert len(took) == 60 and min(took) >= 1.0
    assert sum(sorted(took)[:30]) / 30 < 8  # in turn, eight at a time, they would have to wait


def test_r42_a_stop_does_not_wait_for_answers_that_are_held_back(archive: Archive) -> None:
    archive.serve_with_curator({"DIWAN_WORKERS": "1", "DIWAN_BEHIND_PROXY": "on"})
    guesser = Guesser(archive, "198.51.100.7")
    while guesser.guess("curator", "wrong") != 429:
        pass
    told: list[int] = []
    thread = threading.Thread(target=lambda: told.append(guesser.guess("curator", "wrong")))
    thread.start()
    time.sleep(0.5)
    archive.server.terminate()
    assert archive.server.wait(30) == 0
    thread.join()
    assert told == [429]
