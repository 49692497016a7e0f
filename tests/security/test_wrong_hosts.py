"""R36: a request for somebody else's host is 400 in the reader's language and one line in the log, wherever it goes."""

from __future__ import annotations

import pytest

from tests.faults.archive import Archive
from tests.security.lines import Answer, ask, request

PATHS = ("/", "/search/?q=قطر", "/healthz", "/admin/", "/nonesuch/", "/static/css/diwan.css")
HOSTS = [
    b"evil.example",
    b"localhost.evil.example",
    b"evil.example:80",
    b"layla@localhost",
    b"a b/c",
    b"<script>",
    b"\xff",
    "خلفوف.example".encode(),
    b"",
    b":80",
    b"[",
    b"[::1",
    b"localhost:99999",
    b"localhost:port",
    b"localhost, evil.example",
    b"localhost/",
]


def refused(archive: Archive, data: bytes) -> Answer:
    """Whether it is 400, told in exactly one line without a traceback."""
    before = len(archive.log.read_bytes())
    answer = ask(archive.bind, data)
    logged = archive.log.read_bytes()[before:].decode("utf-8", "replace").splitlines()
    assert answer.status == 400
    (line,) = (line for line in logged if " [INFO] " not in line)  # gunicorn tells of workers that begin
    assert answer.headers["X-Request-ID"] in line
    assert "Traceback" not in line
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return answer


@pytest.mark.parametrize("path", PATHS)
def test_r36_a_wrong_host_is_refused_everywhere(archive: Archive, path: str) -> None:
    assert "This request was not understood" in refused(archive, request(path, host=b"evil.example")).body


@pytest.mark.parametrize("host", HOSTS, ids=repr)
def test_r36_a_host_that_is_none_is_refused(archive: Archive, host: bytes) -> None:
    refused(archive, request(host=host))


def test_r36_the_page_is_in_the_language_of_the_reader(archive: Archive) -> None:
    assert "تعذّر فهم الطلب" in refused(archive, request("/", "Accept-Language: ar", host=b"evil.example")).body
    assert "درخواست فهمیده نشد" in refused(archive, request("/?ui=fa", host=b"evil.example")).body


def test_r36_exactly_one_host_is_named(archive: Archive) -> None:
    refused(archive, request(host=None))
    refused(archive, request("/", "Host: evil.example"))
    refused(archive, request("/", "Host: localhost"))
    assert ask(archive.bind, b"GET /healthz HTTP/1.0\r\n\r\n").status == 200


def test_r36_an_absolute_target_names_the_host(archive: Archive) -> None:
    assert ask(archive.bind, request("http://localhost/healthz", host=b"evil.example")).status == 200
    refused(archive, request("http://evil.example/healthz"))
    refused(archive, request("http://[/"))
    refused(archive, request("ftp://localhost/healthz"))
    refused(archive, request("localhost/healthz"))


def test_r36_no_forwarded_host_or_path_is_believed(archive: Archive) -> None:
    fields = ("X-Forwarded-Host: evil.example", "Forwarded: host=evil.example", "X-Host: evil.example")
    answer = ask(archive.bind, request("/", *fields, "SCRIPT_NAME: /evil", "PATH_INFO: /evil"))
    assert answer.status == 200
    assert "evil" not in answer.body
