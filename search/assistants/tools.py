"""The tools: operations of the interface for programs with bounds of their own, for an answer is read word by word."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from search.api.served import description

Schema = dict[str, Any]
REFERENCE: Final = re.compile(r'"#/components/schemas/(\w+)"')


@dataclass(frozen=True, slots=True)
class ReadingTool:
    """`operation` is the name of an address of the API; `usual` and `most` bound its numbers, `without` leaves out."""

    name: str
    operation: str
    told: str
    usual: Mapping[str, int] = field(default_factory=dict)
    most: Mapping[str, int] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """Its path, `/api/v1/articles/{identifier}`."""
        return _operations()[self.operation][0]

    @property
    def asks(self) -> Schema:
        """JSON Schema of its arguments, as the API describes its parameters."""
        properties, required = {}, []
        for one in _operations()[self.operation][1]["parameters"]:
            name = one["name"]
            if name in self.without:
                continue
            properties[name] = _bare(one["schema"])
            if name in self.most:
                properties[name] |= {"default": self.usual[name], "maximum": self.most[name]}
            if one["in"] == "path":
                required.append(name)
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}

    @property
    def answers(self) -> Schema:
        """JSON Schema of its answer, with the schemas that it refers to."""
        answer = _operations()[self.operation][1]["responses"][200]["content"]["application/json"]["schema"]
        (name,) = REFERENCE.findall(json.dumps(answer))
        every = description()["components"]["schemas"]
        held: dict[str, Schema] = {}
        wanted = [name]
        while wanted:
            one = wanted.pop()
            if one not in held:
                held[one] = every[one]
                wanted += REFERENCE.findall(json.dumps(every[one]))
        whole = {**held.pop(name), "$defs": held}
        told: Schema = _bare(json.loads(REFERENCE.sub(r'"#/$defs/\1"', json.dumps(whole))))
        return told


def _bare(schema: Any) -> Any:
    """Without the titles that only repeat names: an assistant reads all of it."""
    if isinstance(schema, list):
        return [_bare(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: _bare(one) for name, one in schema.items() if name != "title" or not isinstance(one, str)}


@cache
def _operations() -> Mapping[str, tuple[str, Schema]]:
    """The operations of the API by name, each with its path and its description."""
    return {methods["get"]["operationId"]: (path, methods["get"]) for path, methods in description()["paths"].items()}


TOOLS: Final = (
    ReadingTool(
        "search",
        "articles",
        "Find reports by words in any spelling (q, with AND, OR, NOT, quotation marks), by country, official, body, "
        "meeting, collection, language, source, year, month and evidence of the date, by days in any of three "
        "calendars (from, until), and without any of these (not-…). Values are identifiers: find them by "
        "facet_values. The answer counts all reports found, says what was also searched for, and gives a fragment "
        "of each report with its place in the text. `next` holds the cursor of what follows.",
        usual={"size": 10},
        most={"size": 50},
        without=frozenset({"text"}),
    ),
    ReadingTool(
        "facets",
        "facets",
        "Count the reports that answer a question by country, official, body, meeting, collection, source, "
        "language, year, month and evidence of the date: the most frequent values of each, with their identifiers.",
    ),
    ReadingTool(
        "facet_values",
        "facet",
        "List the values of one facet, and find the identifier of an official, a country or another record by any "
        "form of its name in any script (find).",
    ),
    ReadingTool(
        "article",
        "article",
        "Read one report by its identifier: its text or a part of it (start, length, in code points), source, date "
        "with its evidence, the records that it names, and the capture that it was taken from. text[a:b] of the "
        "whole text is the passage that another tool places at a and b; `part` says which part this is and how long "
        "the whole is.",
        usual={"length": 20_000},
        most={"length": 20_000},
    ),
    ReadingTool(
        "words_in_context",
        "concordance",
        "Show every match of a question with the words before and behind it, each with its field (kicker, title, "
        "body), its place in that field, and the address where it is marked on the page of its report.",
    ),
    ReadingTool(
        "timeline",
        "timeline",
        "Count the reports that answer a question by day, month or year, in one of three calendars; undated reports "
        "are counted apart.",
    ),
    ReadingTool(
        "cite",
        "citation",
        "Cite one report: ready text (Chicago, APA, the archive's own form) in Arabic, Persian or English (ui), "
        "BibTeX, RIS and CSL-JSON, with its permanent address and the address that it was published at.",
    ),
)
BY_NAME: Final = {tool.name: tool for tool in TOOLS}
