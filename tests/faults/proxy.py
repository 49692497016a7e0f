"""The nginx of `deploy/`, before as many archives as a test wants, with a certificate of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
import urllib3

from tests.faults.archive import PATIENCE, ROOT, free_port

DEPLOY = ROOT / "deploy"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
NAME = "archive.example"
needs_nginx = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed")


class Proxy:
    def __init__(self, folder: Path, *binds: str) -> None:
        self.folder = folder
        self.http, self.https = free_port(), free_port()
        site = (DEPLOY / "nginx.conf").read_text("utf-8")
        for theirs, ours in {
            "server 127.0.0.1:8000;": " ".join(f"server {bind};" for bind in binds),
            "listen 80;": f"listen 127.0.0.1:{self.http};",
            "listen 443 ": f"listen 127.0.0.1:{self.https} ",
            "/etc/ssl/diwan": str(folder),
            "/usr/share/diwan": str(DEPLOY),
            "/var/cache/nginx": str(folder),
        }.items():
            assert theirs in site
            site = site.replace(theirs, ours)
        site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.M)
        user = "user root;\n" if os.getuid() == 0 else ""
        places = "".join(
            f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.conf = folder / "nginx.conf"
        self.conf.write_text(
            f"{user}daemon off;\npid {folder}/pid;\nerror_log {folder}/log;\nevents {{}}\nhttp {{\n{places}{site}}}\n"
        )
        make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
        make += ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", "privkey.pem", "-out", "fullchain.pem"]
        subprocess.run(make, cwd=folder, check=True, capture_output=True)

    def start(self) -> None:
        command = [NGINX, "-p", str(self.folder), "-c", str(self.conf)]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0 and "warn" not in checked.stderr, checked.stderr
        self._running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while not (self.folder / "pid").exists() or not (self.folder / "pid").read_text().strip():
            assert time.monotonic() < until, "nginx does not run"
            time.sleep(0.05)

    def stop(self) -> None:
        self._running.terminate()
        self._running.wait(20)

    def ask(
        self, path: str, method: str = "GET", body: bytes | str | None = None, **headers: str
    ) -> urllib3.BaseHTTPResponse:
        with urllib3.HTTPSConnectionPool(
            "127.0.0.1",
            self.https,
            ca_certs=str(self.folder / "fullchain.pem"),
            server_hostname=NAME,
            assert_hostname=NAME,
            retries=False,
            timeout=60,
        ) as pool:
            named = {"Host": NAME} | {name.replace("_", "-"): value for name, value in headers.items()}
            return pool.request(method, path, headers=named, body=body, redirect=False)
