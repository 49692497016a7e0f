"""A real end of TLS with a login before a node: nginx, as many run it before a cluster, and certificates for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import urllib3
from urllib3.exceptions import HTTPError

from tests.cluster.nodes import free_ports

NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
USER, PASSWORD = "archive", "رمز: a:b@c ü"


def openssl(folder: Path, *words: str, given: str = "") -> str:
    done = subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True, text=True, input=given)
    return done.stdout


def authority(folder: Path, name: str) -> Path:
    """An authority that makes certificates."""
    make = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}"]
    openssl(folder, *make, "-keyout", f"{name}.key", "-out", f"{name}.pem")
    return folder / f"{name}.pem"


def certificate(folder: Path, by: Path, host: str = "IP:127.0.0.1", days: int = 2, name: str = "own") -> None:
    """`own.pem` and `own.key` in the folder, for a host; with fewer days than one they have expired."""
    asked = ["req", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-addext", f"subjectAltName={host}"]
    openssl(folder, *asked, "-keyout", f"{name}.key", "-out", "asked")
    signed = ["x509", "-req", "-in", "asked", "-CA", str(by), "-CAkey", str(by.with_suffix(".key")), "-days", str(days)]
    openssl(folder, *signed, "-copy_extensions", "copy", "-out", f"{name}.pem")


@contextmanager
def tls_end(folder: Path, node: str) -> Iterator[str]:
    """The https address of an nginx that shows the folder's certificate and asks for a login before the node."""
    (port,) = free_ports(1)
    hashed = openssl(folder, "passwd", "-apr1", "-stdin", given=f"{PASSWORD}\n").strip()
    (folder / "users").write_text(f"{USER}:{hashed}\n", "utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    user = "user root;\n" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"""{user}daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log; events {{}}
http {{ access_log off; {places}
  server {{ listen 127.0.0.1:{port} ssl; ssl_certificate {folder}/own.pem; ssl_certificate_key {folder}/own.key;
    client_max_body_size 0; auth_basic search; auth_basic_user_file {folder}/users;
    location / {{ proxy_pass {node}; proxy_set_header Authorization ""; proxy_http_version 1.1; }} }} }}
""",
        "utf-8",
    )
    running = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        _until_it_listens(f"http://127.0.0.1:{port}", folder)
        yield f"https://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)


def _until_it_listens(address: str, folder: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            assert urllib3.request("GET", address, retries=False).status == 400  # spoken to without TLS
            return
        except HTTPError:
            time.sleep(0.05)
    raise AssertionError((folder / "log").read_text("utf-8", "replace"))
