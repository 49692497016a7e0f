"""What differs between two runs of the same code, and is therefore left out of the comparison; each with its reason."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.pages.asking import Response


@dataclass(frozen=True, slots=True)
class Noise:
    """A pattern in bodies or in headers (`Name: value`), what stands in its place, and why."""

    pattern: re.Pattern[bytes]
    instead: bytes
    reason: str


BODIES = (
    Noise(
        re.compile(rb'(name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+'),
        rb"\1TOKEN",
        "Django masks the token against forgery anew in each page",
    ),
    Noise(
        re.compile(rb'(name="key" value="|action="\?grant=)[\w:%-]+'),
        rb"\1SIGNED",
        "a key for one-time codes is drawn by chance, a grant to send files holds the second of its making",
    ),
    Noise(
        re.compile(rb"(/static/[^\"'\s<>]+?)\.[0-9a-f]{12}(\.\w+)"),
        rb"\1\2",
        "the name of a style sheet, script or font holds a digest of its content; files that pages load may change",
    ),
    Noise(
        re.compile(rb"\b\d{8}T\d{6}-[0-9a-f]{4}(?:\.\d+)?\b"),
        b"INDEX",
        "an index is called by the second of its making, a number drawn by chance, and how often it was changed since; "
        "code that makes it otherwise makes it anew",
    ),
)
PDF = (
    Noise(
        re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)"),
        rb"/\1 -",
        "a dossier says the second in which it was made",
    ),
    Noise(re.compile(rb"/ID\s*\[<[0-9a-f]*><[0-9a-f]*>\]"), b"/ID -", "a digest of the dossier, its second included"),
)
HEADERS = (
    Noise(re.compile(rb"^X-Request-ID: .*"), b"X-Request-ID: -", "each request has a name, drawn by chance"),
    Noise(
        re.compile(rb"^ETag: .*"),
        b"ETag: -",
        "tags hold a number drawn when the code is loaded; that there is one is compared",
    ),
    Noise(re.compile(rb"^Content-Length: .*"), b"Content-Length: -", "the body is compared itself"),
    Noise(
        re.compile(rb"^(Set-Cookie: (?:csrftoken|sessionid|diwan_shelf)=)[^;]*"),
        rb"\1-",
        "tokens, sessions and signatures are drawn by chance or hold the second of their making",
    ),
    Noise(
        re.compile(rb"((?:; expires=|^Expires: ))\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT"),
        rb"\1-",
        "pages that are not kept end at once, cookies a time from now",
    ),
)


def quiet(answer: Response) -> Response:
    """The answer without noise."""
    body = answer.body
    for noise in PDF if answer.media_type == "application/pdf" else BODIES:
        body = noise.pattern.sub(noise.instead, body)
    return Response(answer.status, tuple(_quiet(*header) for header in answer.headers), body)


def _quiet(name: str, value: str) -> tuple[str, str]:
    line = f"{name}: {value}".encode()
    for noise in HEADERS:
        line = noise.pattern.sub(noise.instead, line)
    quiet_name, _, quiet_value = line.decode().partition(": ")
    return quiet_name, quiet_value


def listing() -> str:
    """What is left out and why, a line each."""
    return "\n".join(f"{noise.pattern.pattern.decode()}\n    {noise.reason}" for noise in (*BODIES, *PDF, *HEADERS))
