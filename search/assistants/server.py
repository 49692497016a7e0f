"""The server: lists the tools and answers calls of them, over whatever carries the messages."""

from __future__ import annotations

import json
from typing import Any, Final

from asgiref.sync import sync_to_async
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)

from search.api.served import VERSION
from search.assistants.asking import Environ, NotAsked, ask
from search.assistants.tools import BY_NAME, TOOLS, ReadingTool

INSTRUCTIONS: Final = """\
Diwan is an archive of Arabic and Persian press reports on diplomacy, kept as they were received. Whatever you say from
it, say with the address (url) of the report and, for words of a report, with the passage: its start and end are code
points, so that text[start:end] is the passage. A date is told with its evidence: a date whose certainty is inferred or
whose basis is `lead` is not printed as such on the page, and an undated report has none; do not supply one. Say what
`also_searched` added to the words that were typed, and give totals as they are. A text that is shown as an excerpt or
as a description is not the whole text."""


def made(asker: Environ) -> Server[Any]:
    """A server that asks as `asker` does."""

    async def list_tools(_context: object, _asked: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=await sync_to_async(_listed)())

    async def call_tool(_context: object, asked: CallToolRequestParams) -> CallToolResult:
        tool = BY_NAME.get(asked.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"There is no tool {asked.name[:80]!r}; there are {', '.join(BY_NAME)}.")
        return await sync_to_async(_called)(tool, asked.arguments or {}, asker)

    return Server(
        "diwan",
        version=VERSION,
        title="Diwan",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _listed() -> list[Tool]:
    reads = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    return [
        Tool(name=one.name, description=one.told, input_schema=one.asks, output_schema=one.answers, annotations=reads)
        for one in TOOLS
    ]


def _called(tool: ReadingTool, arguments: dict[str, Any], asker: Environ) -> CallToolResult:
    """The answer of the interface; what it refuses is told in words, for the assistant to ask otherwise."""
    try:
        status, told = ask(tool, arguments, asker)
    except NotAsked as error:
        return _refused(str(error))
    if status != 200 or told is None:
        return _refused(_in_words(status, told or {}))
    text = TextContent(text=json.dumps(told, ensure_ascii=False))
    return CallToolResult(content=[text], structured_content=told)


def _in_words(status: int, problem: dict[str, Any]) -> str:
    """`This cannot be asked so (400). contry: There is no such parameter here.`"""
    said = [f"{problem.get('title') or 'The archive could not answer'} ({status})."]
    said += [problem["detail"]] if problem.get("detail") else []
    said += [f"{one['parameter']}: {one['detail']}" for one in problem.get("errors", ())]
    return " ".join(said)


def _refused(why: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(text=why)], is_error=True)
