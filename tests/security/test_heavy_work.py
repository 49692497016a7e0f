"""Heavy work on a served archive: bounded in number over all workers, in time, in memory and in size (R31, R40)."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.faults.archive import ROOT, Archive, children
from tests.faults.conftest import template

__all__ = ["template"]
LATE = 30.0  # seconds that a busy machine may take beyond what is allowed
PATIENT = 240.0  # seconds for which one who was told that the machine is busy asks again
HOLD = """
import sys, time
from django.conf import settings
settings.configure(SLOTS_DIR=sys.argv[1], HEAVY_AT_ONCE=2)
from config.slots import take
held = [take(address) for address in sys.argv[2:]]
print(sum(slot is not None for slot in held), flush=True)
time.sleep(600)
"""


class Answer(NamedTuple):
    status: int
    body: bytes
    headers: http.client.HTTPMessage
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()


@pytest.fixture(scope="module")
def served(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two workers; at most two heavy answers at a time, three seconds each."""
    archive = _archive(template, tmp_path_factory.mktemp("heavy"))
    archive.more |= {"DIWAN_HEAVY_PER_MINUTE": "0", "DIWAN_PAGE_SECONDS": "1", "DIWAN_BEHIND_PROXY": "on"}
    archive.serve()
    yield archive
    archive.stop_all()


@pytest.fixture(scope="module")
def unhurried(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two workers, little memory and room, and time enough on a busy machine."""
    archive = _archive(template, tmp_path_factory.mktemp("unhurried"))
    archive.more |= {"DIWAN_HEAVY_PER_MINUTE": "0", "HEAVY_SECONDS": "60", "DIWAN_BEHIND_PROXY": "on"}
    archive.serve()
    yield archive
    archive.stop_all()


@pytest.fixture(scope="module")
def ordinary(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """One worker, and the bounds of the product: a busy machine makes its heaviest pages within them."""
    archive = _archive(template, tmp_path_factory.mktemp("ordinary"))
    archive.more = {"DIWAN_HEAVY_PER_MINUTE": "0"}
    archive.serve()
    yield archive
    archive.stop_all()


def _archive(template: Path, folder: Path) -> Archive:
    shutil.copytree(template, folder / "archive", symlinks=True)
    archive = Archive(folder / "archive")
    archive.more = {"DIWAN_WORKERS": "2", "DJANGO_SETTINGS_MODULE": "tests.security.heavy_settings"}
    return archive


def ask(archive: Archive, path: str, address: str = "192.0.2.1", language: str = "en", **more: str) -> Answer:
    began = time.monotonic()
    with closing(http.client.HTTPConnection(archive.bind, timeout=60 + LATE)) as line:
        line.request("GET", path, headers={"X-Forwarded-For": address, "Accept-Language": language, **more})
        given = line.getresponse()
        return Answer(given.status, given.read(), given.headers, time.monotonic() - began)


def ask_until_served(archive: Archive, path: str, address: str = "192.0.2.1", language: str = "en") -> Answer:
    """As a reader whom a busy machine told to ask again does: here others do keep work from the processor at times."""
    ends = time.monotonic() + PATIENT
    while (answer := ask(archive, path, address, language)).headers["Retry-After"] and time.monotonic() < ends:
        pass
    return answer


def hold(archive: Archive, *addresses: str) -> subprocess.Popen[str]:
    """Another process with a slot for each of these addresses."""
    command = [sys.executable, "-c", HOLD, str(archive.folder / "slots"), *addresses]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    archive.processes.append(process)
    assert process.stdout and process.stdout.readline() == f"{len(addresses)}\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    with process:
        process.kill()


# How many at a time


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The archive is busy"), ("ar", "الأرشيف مشغول"), ("fa", "آرشیو مشغول است")],
)
def test_r31_beyond_the_number_of_all_workers_readers_are_told_when_to_ask_again(
    served: Archive, language: str, said: str
) -> None:
    other = hold(served, "192.0.2.7", "192.0.2.8")
    try:
        for _time in range(6):  # whichever worker is asked
            answer = ask(served, "/search/export/?format=csv", language=language)
            assert answer.status == 503 and int(answer.headers["Retry-After"]) > 0
            assert said in answer.text and answer.headers["Cache-Control"] == "no-store"
            assert ask(served, f"/search/?q={_time}", language=language).status == 200
    finally:
        kill(other)


def test_r31_the_slots_of_a_killed_process_are_free_at_once(served: Archive) -> None:
    kill(hold(served, "192.0.2.7", "192.0.2.8"))
    assert ask(served, "/search/export/?format=csv").status == 200


def test_r31_one_address_never_has_all_slots(served: Archive) -> None:
    other = hold(served, "192.0.2.1/32")
    try:
        assert ask(served, "/bad/tell/", address="192.0.2.1").status == 503
        assert ask(served, "/bad/tell/", address="192.0.2.99").status == 200
    finally:
        kill(other)


def test_r31_of_many_at_once_the_others_are_refused_and_searches_go_on(served: Archive) -> None:
    with ThreadPoolExecutor(9) as pool:
        spinning = [pool.submit(ask, served, "/bad/spin/", f"192.0.2.{number}") for number in range(8)]
        time.sleep(0.5)
        searches = [ask(served, f"/search/?q={number}").status for number in range(4)]
        answers = [one.result() for one in spinning]
    assert searches == [200] * 4
    assert sum("Others are having long work" in one.text for one in answers) == 6
    assert all(one.status == 503 for one in answers)


# Time, memory, size


@pytest.mark.parametrize("path", ["/bad/spin/", "/bad/spin-in-c/"])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "takes longer"), ("ar", "يستغرق وقتًا أطول"), ("fa", "طول می‌کشد")]
)
def test_r31_work_that_never_ends_is_ended_and_said_to_be(served: Archive, path: str, language: str, said: str) -> None:
    answer = ask_until_served(served, path, language=language)
    assert answer.status == 503 and said in answer.text
    assert 2.5 < answer.seconds < 3 + LATE
    assert ask(served, "/bad/tell/").status == 200  # its slot is free


@pytest.mark.parametrize(
    ("language", "said"), [("en", "The archive is busy"), ("ar", "الأرشيف مشغول"), ("fa", "آرشیو مشغول است")]
)
def test_r31_who_waits_for_a_busy_machine_is_told_when_to_ask_again(served: Archive, language: str, said: str) -> None:
    """Its question was not too much: others had the processor."""
    answer = ask(served, "/bad/wait/", language=language)
    assert answer.status == 503 and said in answer.text and int(answer.headers["Retry-After"]) > 0
    assert '<a href="/bad/wait/"' in answer.text and answer.headers["Cache-Control"] == "no-store"


def test_r31_nothing_of_it_is_left_running(served: Archive) -> None:
    ask(served, "/bad/spin/")
    served.until(lambda: not _tasks(served), "the processes of heavy work are gone")


def _tasks(archive: Archive) -> list[int]:
    return [task for worker in _workers(archive) for lane in _below(worker) for task in _below(lane)]


def _workers(archive: Archive) -> list[int]:
    return _below(archive.server.pid)


def _below(pid: int) -> list[int]:
    return children(pid, b"gunicorn")


@pytest.mark.parametrize("path", ["/bad/eat/", "/bad/write/"])
@pytest.mark.parametrize(("language", "said"), [("en", "is larger"), ("ar", "أكبر مما"), ("fa", "بزرگ‌تر از آن است")])
def test_r31_what_takes_too_much_memory_or_room_is_refused_whole(
    unhurried: Archive, path: str, language: str, said: str
) -> None:
    answer = ask(unhurried, path, language=language)
    assert answer.status == 503 and said in answer.text
    assert "Content-Disposition" not in answer.headers


def test_r31_an_ordinary_page_has_its_time_too(served: Archive) -> None:
    answer = ask(served, "/bad/go-on/")
    assert answer.status == 503 and "takes longer" in answer.text


# What a process of its own changes, and what it does not


def test_r31_it_is_done_beside_the_worker_for_the_same_reader(unhurried: Archive) -> None:
    answer = ask(unhurried, "/bad/tell/?ui=fa", Cookie="cal=lunar")
    parent, nice, language, calendar, is_known = answer.text.split()
    assert int(parent) in [lane for worker in _workers(unhurried) for lane in _below(worker)]
    assert (int(nice), language, calendar, is_known) == (19, "fa", "lunar_hijri", "False")
    assert len(answer.headers.get_all("Set-Cookie") or []) == 1


def test_r31_an_export_has_its_length_and_is_what_it_was(ordinary: Archive) -> None:
    plain = ask(ordinary, "/search/export/?format=csv")
    packed = ask(ordinary, "/search/export/?format=csv", **{"Accept-Encoding": "gzip"})
    assert plain.status == packed.status == 200
    assert int(plain.headers["Content-Length"]) == len(plain.body)
    assert int(packed.headers["Content-Length"]) == len(packed.body) < len(plain.body)
    assert plain.text.count("\r\n") > 40
    assert plain.headers["X-Export-Count"] == plain.headers["X-Total-Count"]


def test_r31_pages_of_heavy_kind_are_pages(ordinary: Archive) -> None:
    for view in ("concordance", "timeline", "together", "wording", "collocates", "expression", "map"):
        answer = ask(ordinary, f"/search/{view}/?q=Qatar", language="ar")
        assert answer.status == 200 and 'lang="ar"' in answer.text, view
        again = ask(ordinary, f"/search/{view}/?q=Qatar", language="ar", **{"If-None-Match": answer.headers["ETag"]})
        assert again.status == 304 and not again.body, view
    assert ask(ordinary, "/countries/zz/qa/").status == 404


def test_r31_an_error_of_a_view_is_an_error_of_the_page(served: Archive) -> None:
    answer = ask(served, "/bad/fail/")
    assert answer.status == 500
    assert "ValueError: of the view" in served.log.read_text("utf-8")


def test_r31_work_that_dies_is_asked_for_again(served: Archive) -> None:
    answer = ask(served, "/bad/die/")
    assert answer.status == 503 and answer.headers["Retry-After"]
    assert ask(served, "/bad/tell/").status == 200


def test_r31_a_worker_whose_lane_was_killed_is_replaced(served: Archive) -> None:
    for worker in _workers(served):
        for lane in _below(worker):
            os.kill(lane, signal.SIGKILL)
    served.until(lambda: ask(served, "/bad/tell/").status == 200, "heavy work is done again")
    assert ask(served, "/search/").status == 200


# How often one address


def test_r31_an_address_has_its_number_a_minute_from_all_workers(template: Path, tmp_path: Path) -> None:
    archive = _archive(template, tmp_path)
    archive.more |= {"DIWAN_HEAVY_PER_MINUTE": "4", "DIWAN_BEHIND_PROXY": "on"}
    try:
        archive.serve()
        _wait_for_a_fresh_minute()
        answers = [ask(archive, "/bad/tell/", language=language) for language in ("en", "ar", "fa", "en", "ar", "fa")]
        assert [answer.status for answer in answers] == [200] * 4 + [429] * 2
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
        assert "الأرشيف مشغول" in answers[4].text and "آرشیو مشغول است" in answers[5].text
        assert ask(archive, "/bad/tell/", address="203.0.113.5").status == 200
        assert ask(archive, "/bad/tell/", address="203.0.113.6, 192.0.2.1").status == 429
        assert ask(archive, "/search/").status == 200
        assert not [path for path in (archive.folder / "rates").rglob("*") if b"192.0.2.1" in _bytes(path)]
    finally:
        archive.stop_all()


def test_r31_without_a_proxy_nobody_is_believed_to_be_another(template: Path, tmp_path: Path) -> None:
    archive = _archive(template, tmp_path)
    archive.more |= {"DIWAN_HEAVY_PER_MINUTE": "2"}
    try:
        archive.serve()
        _wait_for_a_fresh_minute()
        statuses = [ask(archive, "/bad/tell/", address=f"192.0.2.{number}").status for number in range(4)]
        assert statuses == [200, 200, 429, 429]
    finally:
        archive.stop_all()


def _wait_for_a_fresh_minute() -> None:
    """Counts begin anew with every minute."""
    if time.time() % 60 > 40:
        time.sleep(60.5 - time.time() % 60)


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
