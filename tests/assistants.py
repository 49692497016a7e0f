"""The archive asked as an assistant asks it, by the package's own client."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import asgiref.sync
import pytest
from anyio.from_thread import start_blocking_portal
from asgiref.sync import async_to_sync
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

from search.assistants.asking import at
from search.assistants.server import made

Ask = Callable[..., CallToolResult]


@pytest.fixture
def beside_a_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that another test of this process has open keeps an event loop in its thread; a worker has none."""
    of_browser = asyncio._get_running_loop()

    def running() -> asyncio.AbstractEventLoop:
        if (loop := asyncio.get_running_loop()) is of_browser:
            raise RuntimeError("it is the browser's")
        return loop

    monkeypatch.setattr(asgiref.sync, "asyncio", SimpleNamespace(**{**vars(asyncio), "get_running_loop": running}))


def asked(*calls: tuple[str, dict[str, Any]]) -> list[CallToolResult]:
    """The answers to these calls, in this process and within the transaction of the test."""

    async def all_of() -> list[CallToolResult]:
        async with Client(made(at("http://testserver"))) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return async_to_sync(all_of)()


def words(answer: CallToolResult) -> str:
    """All that an assistant reads of an answer."""
    return "\n".join(part.text for part in answer.content if part.type == "text")


@contextmanager
def session(command: Sequence[str], environment: dict[str, str], folder: str) -> Iterator[tuple[Any, Ask]]:
    """A session with a server that is started for it: the client, and a way to call its tools."""
    server = StdioServerParameters(command=command[0], args=list(command[1:]), env=environment, cwd=folder)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Client(server)) as client:
        yield (
            lambda name: portal.call(getattr(client, name)),
            lambda tool, /, **arguments: portal.call(client.call_tool, tool, arguments),
        )
