"""The archive for programs: the questions of its pages answered as JSON, read only (docs/api.md).

`served` is what is at `/api/v1/`; every other module is one part of it: what may be asked (`asked`), what is answered
(`shapes`), refusals (`problems`), and the operations. Another kind of thing is a module of operations with a router,
named in `served.ROUTERS`.
"""
