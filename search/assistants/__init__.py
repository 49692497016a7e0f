"""The archive for assistants that read for people: tools of the Model Context Protocol, read only (docs/assistants.md).

A tool is an operation of `/api/v1/`, asked within this process as a program asks it over HTTP: rights, limits, refusals
and shapes of answers are those of the interface for programs. `tools` says which operations are tools, `asking` asks
one, `server` speaks the protocol, `exchange` carries one message of it over HTTP.
"""
