"""One message of the protocol over HTTP (streamable HTTP without sessions): a POST in, JSON out.

The package speaks ASGI; here one request of it is carried through a WSGI worker. Nothing outlives the request: no
session, no stream, no thread that waits for a client.
"""

from __future__ import annotations

from typing import Any, Final

import anyio
from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings

from search.assistants.asking import of
from search.assistants.server import made

LONGEST: Final = 64 * 1024  # bytes of a message


def answered(request: HttpRequest) -> HttpResponse:
    """What the protocol answers to a POST; the work of a tool is done in the thread of the request."""
    host = request.get_host()
    manager = StreamableHTTPSessionManager(
        made(of(request.META)),
        json_response=True,
        stateless=True,
        security_settings=TransportSecuritySettings(
            allowed_hosts=[host], allowed_origins=[f"{request.scheme}://{host}"]
        ),
        max_request_body_size=LONGEST,
    )
    begun, body = async_to_sync(_carried)(manager, _scope(request), request.body)
    response = HttpResponse(body, status=begun["status"])
    del response.headers["Content-Type"]
    for name, value in begun["headers"]:
        response.headers[name.decode("latin-1")] = value.decode("latin-1")
    return response


def _scope(request: HttpRequest) -> dict[str, Any]:
    named = {name.lower(): value for name, value in request.headers.items()} | {"host": request.get_host()}
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in named.items()]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.scheme,
        "path": request.path,
        "raw_path": request.path.encode(),
        "query_string": b"",
        "headers": headers,
    }


async def _carried(
    manager: StreamableHTTPSessionManager, scope: dict[str, Any], body: bytes
) -> tuple[dict[str, Any], bytes]:
    """The message that began the answer, and its whole body."""
    sent: list[Any] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Any:
        if not waiting:
            await anyio.sleep_forever()  # the client stays until it is answered
        return waiting.pop()

    async def send(message: Any) -> None:
        sent.append(message)

    async with manager.run():
        await manager.handle_request(scope, receive, send)
    return sent[0], b"".join(message.get("body", b"") for message in sent[1:])
