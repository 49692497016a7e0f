"""`/metrics` tells Prometheus what all processes of an archive did; the alerts ask for nothing beside."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.faults.archive import Archive, children
from tests.test_repository import ROOT

TOKEN = "twenty letters and more-0123".replace(" ", "-")
Numbers = dict[tuple[str, frozenset[tuple[str, str]]], float]


@pytest.fixture
def watched(archive: Archive) -> Iterator[Archive]:
    """Two web workers, the writer and the worker of the queue, whose numbers may be asked for from this machine."""
    archive.always |= {
        "DIWAN_METRICS": "loopback",
        "DIWAN_WORKERS": "2",
        "DIWAN_BACKUPS": str(archive.folder / "saved"),
    }
    archive.serve("manage.py", "serve")
    archive.until(lambda: archive.readiness()[1].get("indexed") == 45, "the index answers")
    yield archive
    archive.stop_all()


def told(archive: Archive) -> Numbers:
    status, body, headers = archive.get("/metrics")
    assert status == 200 and headers["Content-Type"].startswith("text/plain; version=")
    families = text_string_to_metric_families(body.decode())
    return {(one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples}


def number(archive: Archive, name: str, **labels: str) -> float:
    """The sum of the numbers of this name that have these labels."""
    return sum(
        value for (held, had), value in told(archive).items() if held == name and labels.items() <= dict(had).items()
    )


def at_work(archive: Archive) -> set[int]:
    """The processes that count, by their number."""
    return {int(path.stem.rsplit("-", 2)[1]) for path in (archive.folder / "metrics").glob("*.alive")}


def test_every_process_is_counted_and_nothing_is_forgotten_with_it(watched: Archive) -> None:
    for _time in range(20):
        assert watched.status("/search/?q=قطر") == 200
    assert watched.status("/articles/nothing/") == 404
    assert number(watched, "diwan_requests_total", view="search", status="200") == 20
    assert number(watched, "diwan_request_seconds_count", view="search") == 20
    assert number(watched, "diwan_requests_total", view="articles:detail", status="404") == 1
    kept = number(watched, "diwan_kept_pages_total", outcome="hit")
    assert kept and kept + number(watched, "diwan_kept_pages_total", outcome="miss") == 20
    assert number(watched, "diwan_engine_seconds_count", engine="embedded", question="search") >= 1
    (master,) = children(watched.server.pid, b"gunicorn")
    workers = children(master, b"gunicorn")
    assert len(workers) == 2 and at_work(watched) & set(workers)

    for worker in workers:
        os.kill(worker, signal.SIGKILL)
    watched.until(lambda: watched.status("/healthz") == 200, "other workers are there")
    assert number(watched, "diwan_requests_total", view="search", status="200") == 20
    watched.until(
        lambda: told(watched) and not at_work(watched) & set(workers), "the numbers of ended processes are in one file"
    )
    assert number(watched, "diwan_request_seconds_bucket", view="search", le="30.0") == 20


def test_commands_the_queue_and_the_state_of_things_are_told(watched: Archive, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("x")
    watched.run("manage.py", "import_articles", str(tmp_path / "page.txt"), fails=1)
    assert number(watched, "diwan_intake_items_total") == 1
    watched.tell("withdraw_in_the_background")
    watched.until(
        lambda: number(watched, "diwan_jobs_ended_total", kind="withdraw", state="done") == 1, "the job is counted"
    )
    watched.until(lambda: number(watched, "diwan_indexed_articles") == 0, "the index has followed")
    assert number(watched, "diwan_articles") == number(watched, "diwan_index_changes_waiting") == 0
    assert number(watched, "diwan_queue_tasks") == number(watched, "diwan_queue_oldest_seconds") == 0
    assert 0 < number(watched, "diwan_disk_free_ratio") < 1
    assert number(watched, "diwan_backup_seconds") == 0
    assert number(watched, "diwan_state", state="degraded") == 1
    assert any("there is no backup" in one for one in watched.readiness()[1]["degraded"])
    watched.run("manage.py", "backup")
    assert number(watched, "diwan_backup_seconds") > 1_700_000_000
    assert number(watched, "diwan_state", state="ok") == 1


def test_who_may_ask_is_said_by_the_setting(archive: Archive) -> None:
    archive.serve()
    assert archive.status("/metrics") == 404
    archive.stop_all()
    archive.always |= {"DIWAN_METRICS": "token", "DIWAN_METRICS_TOKEN": TOKEN}
    archive.serve()
    ask = ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", f"http://{archive.bind}/metrics"]
    answers = [
        subprocess.check_output([*ask, "-H", f"Authorization: {given}"], text=True)
        for given in ("", "Bearer ", f"Bearer {TOKEN[:-1]}", TOKEN, f"Bearer {TOKEN}")
    ]
    assert answers == ["401", "401", "401", "401", "200"]
    archive.stop_all()
    archive.always |= {"DIWAN_METRICS": "loopback"}
    archive.serve()
    ask[-1] = f"http://{archive.bind}/metrics"
    answers = [
        subprocess.check_output([*ask, "-H", passed_on], text=True)
        for passed_on in ("X-Forwarded-For: 192.0.2.7", "Via: 1.1 proxy", "Accept: text/plain")
    ]
    assert answers == ["404", "404", "200"]


def test_a_token_that_is_too_short_to_be_one_is_refused(archive: Archive) -> None:
    archive.always |= {"DIWAN_METRICS": "token", "DIWAN_METRICS_TOKEN": "short"}
    assert "write 20 characters or more" in archive.run("manage.py", "check", fails=True)


@pytest.mark.skipif(not shutil.which("promtool"), reason="prometheus is not installed")
def test_prometheus_takes_the_rules_and_knows_how_to_ask() -> None:
    for kind, name, said in (("rules", "alerts.yml", "14 rules found"), ("config", "prometheus.yml", "SUCCESS")):
        done = subprocess.run(
            ["promtool", "check", kind, str(ROOT / "deploy" / name)], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0 and said in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(not shutil.which("promtool"), reason="prometheus is not installed")
def test_what_is_told_is_what_prometheus_reads_and_what_the_rules_and_the_documentation_name(watched: Archive) -> None:
    watched.get("/search/?q=قطر")
    body = watched.get("/metrics")[1]
    done = subprocess.run(["promtool", "check", "metrics"], input=body, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    families = {line.split()[2] for line in body.decode().splitlines() if line.startswith("# TYPE ")}
    page = (ROOT / "docs/operations.md").read_text("utf-8")
    documented = set(re.findall(r"^\| `(diwan_\w+)`", page, re.M))
    code = "".join(path.read_text("utf-8") for path in (ROOT / "archive/telemetry").glob("*.py"))
    code += (ROOT / "config/metrics.py").read_text("utf-8")
    counted = {f"{name}_total" for name in re.findall(r'Counter\(\s*"(diwan_\w+)"', code)}
    counted |= set(re.findall(r'(?:Histogram|GaugeReading)\(\s*"(diwan_\w+)"', code))
    assert documented == counted and families <= documented
    rules = (ROOT / "deploy/alerts.yml").read_text("utf-8")
    asked = {re.sub(r"_(bucket|count|sum)$", "", name) for name in re.findall(r"\bdiwan_\w+", rules)}
    assert asked <= documented
