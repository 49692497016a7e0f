"""A real server of S3 over a folder, in a process of its own: started and stopped by tests."""

from __future__ import annotations

import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import urllib3
from urllib3.exceptions import HTTPError

from tests.faults.archive import free_port
from tests.maven import jars

HERE = Path(__file__).resolve().parent
KEY, SECRET, BUCKET = "diwan", "a secret of the tests", "captures"
STARTING = 120.0  # seconds, on a machine that other tests keep busy
QUIET = """<configuration><root level="warn"/></configuration>"""


@dataclass
class ObjectStore:
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def address(self, prefix: str, *, bucket: str = BUCKET) -> str:
        """As the setting names it."""
        return f"s3+http://{KEY}@127.0.0.1:{self.port}/{bucket}/{prefix}"

    def file(self, prefix: str, digest: str) -> Path:
        """Where the server keeps an object, for a test to harm it."""
        return self.folder / "held" / BUCKET / prefix / digest[:2] / digest[2:]

    def start(self) -> None:
        (self.folder / "held" / BUCKET).mkdir(parents=True, exist_ok=True)
        (self.folder / "quiet.xml").write_text(QUIET, "utf-8")
        (self.folder / "settings").write_text(
            f"s3proxy.endpoint=http://127.0.0.1:{self.port}\ns3proxy.authorization=aws-v2-or-v4\n"
            f"s3proxy.identity={KEY}\ns3proxy.credential={SECRET}\njclouds.provider=filesystem\n"
            f"jclouds.filesystem.basedir={self.folder / 'held'}\n",
            "utf-8",
        )
        path = ":".join(map(str, jars(HERE, "diwan-object-store")))
        options = ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
        logged = f"-Dlogback.configurationFile={self.folder / 'quiet.xml'}"
        program = ["org.gaul.s3proxy.Main", "--properties", str(self.folder / "settings")]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(["java", *options, logged, "-cp", path, *program], stdout=log, stderr=log)
        self._wait()

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            with suppress(HTTPError):
                urllib3.request("GET", f"http://127.0.0.1:{self.port}/", timeout=5, retries=False)
                return
            time.sleep(0.1)
        raise AssertionError((self.folder / "log").read_text("utf-8", "replace")[-2000:])
