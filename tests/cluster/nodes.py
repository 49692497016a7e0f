"""Real nodes of OpenSearch, each in a process of its own: started, frozen, killed and started again by tests."""

from __future__ import annotations

import fcntl
import hashlib
import json
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import urllib3
from urllib3.exceptions import HTTPError

from tests.maven import CACHE, jars, run

HERE = Path(__file__).resolve().parent
KEPT = "diwan-search-node"
HEAP = 256  # MB
SHORT_LIVED = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")  # begins sooner, and is slower later
STARTING = 180.0  # seconds, on a machine that other tests keep busy


@cache
def classpath(*, secured: bool = False) -> str:
    """What a node is run with; `secured` with the security plugin and what it brings."""
    held = jars(HERE, KEPT, "javac")
    classes = CACHE / KEPT / "classes"
    with (CACHE / KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = ":".join(map(str, [*(one for one in held if one.suffix == ".jar"), classes]))
        if secured:
            path += "".join(f":{jar}" for one in held if one.suffix == ".zip" for jar in _unpacked(one))
        run("javac", "-nowarn", "-cp", path, "-d", classes, HERE / "SearchNode.java")
    return path


def _unpacked(plugin: Path) -> list[Path]:
    """The jars of a plugin, beside the folder of all that was fetched."""
    folder = plugin.parents[1] / plugin.stem
    if not folder.exists():  # whole, or not at all
        with ZipFile(plugin) as packed, TemporaryDirectory(dir=folder.parent) as beside:
            packed.extractall(Path(beside, "plugin"))
            Path(beside, "plugin").rename(folder)
    return sorted(folder.glob("*.jar"))


def free_ports(number: int) -> list[int]:
    held = [socket.socket() for _port in range(number)]
    for one in held:
        one.bind(("127.0.0.1", 0))
    ports = [int(one.getsockname()[1]) for one in held]
    for one in held:
        one.close()
    return ports


@dataclass
class SearchNode:
    """One node: its folder, where it is asked, and the settings that name the others."""

    name: str
    folder: Path
    port: int
    settings: Sequence[str]
    heap: int = HEAP
    java: Sequence[str] = SHORT_LIVED
    secured: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        options = [f"-Xms{self.heap}m", f"-Xmx{self.heap}m", *self.java, "-Djava.awt.headless=true"]
        quick = ["-Dopensearch.set.netty.runtime.available.processors=false", "-Dio.netty.allocator.type=unpooled"]
        command = ["java", *options, *quick, "-cp", classpath(secured=self.secured), "SearchNode", *self.settings]
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)

    def kill(self, how: signal.Signals = signal.SIGKILL) -> None:
        assert self.process
        self.process.send_signal(how)
        if how == signal.SIGKILL:
            self.process.wait()

    def ask(self, path: str, method: str = "GET", body: object = None) -> dict[str, Any]:
        """What this node answers; HTTPError when it does not."""
        answer = urllib3.request(method, f"{self.address}{path}", json=body, timeout=5, retries=False)
        told: dict[str, Any] = json.loads(answer.data)
        return told


@dataclass
class SearchNodes:
    """A cluster of so many nodes on this machine."""

    nodes: list[SearchNode]

    @classmethod
    def of(cls, number: int, folder: Path, heap: int = HEAP, java: Sequence[str] = SHORT_LIVED) -> SearchNodes:
        """Nodes with so many MB of heap; their data lies in the folder, and is there again for the next ones."""
        ports = free_ports(2 * number)
        names, inner = [f"n{n}" for n in range(number)], ports[number:]
        shared = [
            f"cluster.name=diwan-{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}", "network.host=127.0.0.1",
            f"discovery.seed_hosts={','.join(f'127.0.0.1:{port}' for port in inner)}",
            f"cluster.initial_cluster_manager_nodes={','.join(names)}", "bootstrap.system_call_filter=false",
            "cluster.routing.allocation.disk.threshold_enabled=false",
        ]  # fmt: skip
        made = []
        for name, port, transport in zip(names, ports, inner, strict=False):
            home = folder / name
            own = [f"node.name={name}", f"path.home={home}", f"path.data={home}/data", f"path.logs={home}/logs"]
            own += [f"http.port={port}", f"transport.port={transport}"]
            made.append(SearchNode(name, home, port, [*shared, *own], heap, java))
        return cls(made)

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(node.address for node in self.nodes)

    def start(self, patience: float = STARTING) -> None:
        for node in self.nodes:
            node.start()
        self.wait(patience=patience)

    def wait(self, status: str = "yellow", patience: float = STARTING) -> None:
        """Until the cluster is as healthy as that and has all its living nodes."""
        living = [node for node in self.nodes if node.process and node.process.poll() is None]
        until = time.monotonic() + patience
        while time.monotonic() < until:
            try:
                health = living[0].ask(
                    f"/_cluster/health?wait_for_status={status}&wait_for_nodes={len(living)}&timeout=2s"
                )
                if health.get("timed_out") is False:
                    return
            except HTTPError:
                time.sleep(0.2)
        raise AssertionError((living[0].folder / "log").read_text("utf-8", "replace")[-2000:])

    def stop(self) -> None:
        for node in self.nodes:
            if node.process and node.process.poll() is None:
                node.kill()
