"""What is at `/api/v1/`: the operations with their description, bounds, tags and leave for pages of other sites."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from archive.pages.bounds import OutOfBounds, heavy_if
from archive.pages.revalidation import revalidated
from search.api import articles, collections, meetings, problems, records, ways
from search.api.asked import Refused
from search.api.shapes import Problem
from search.engine.protocol import SearchUnavailable
from search.question.costs import is_costly
from search.web.caching import state

View = Callable[..., HttpResponseBase]
VERSION: Final = "1.3.0"
HEAVY: Final = frozenset({"collocates", "concordance", "expression", "timeline", "together", "wording", "map"})
READING: Final = "GET, HEAD, OPTIONS"
EXPOSED: Final = "ETag, Link, RateLimit-Policy, Retry-After"
# Another kind of thing, with its operations, is another row.
ROUTERS: Final = (
    ("/articles", articles.router),
    *((f"/{plural}", records.router_of(kind)) for kind, plural in records.PLURALS.items()),
    ("/meetings", meetings.router),
    ("/collections", collections.router),
    ("", ways.router),
)


class Interface(NinjaAPI):
    """Operations are called as their addresses are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return str(operation.url_name)


class LettersAsTheyAre(JSONRenderer):
    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


api = Interface(
    renderer=LettersAsTheyAre(), title="Diwan", version=VERSION, docs_url=None, openapi_url=None, urls_namespace="api"
)
for _prefix, _router in ROUTERS:
    api.add_router(_prefix, _router)
_handlers: tuple[tuple[type[Exception], Any], ...] = (
    (ValidationError, problems.not_read),
    (Refused, problems.refused),
    (Http404, problems.nothing),
    (SearchUnavailable, problems.unavailable),
    (OutOfBounds, problems.out_of_bounds),
)
for _kind, _handler in _handlers:
    api.add_exception_handler(_kind, _handler)
OPERATIONS: Final[list[URLPattern]] = [
    one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"
]


def patterns() -> list[URLPattern]:
    """Every address of the interface; what else is asked for below it is told that it is nothing."""
    return [
        path("", _open(_index), name="index"),
        path("openapi.json", _open(_description), name="description"),
        *(path(str(one.pattern), _served(one), name=str(one.name)) for one in OPERATIONS),
        path("<path:rest>", _open(lambda _request, rest: problems.problem(404)), name="nothing"),
    ]


def _served(pattern: URLPattern) -> View:
    """An operation within its bounds, with a tag; what makes much work is done as other heavy work is."""
    is_heavy = pattern.name in HEAVY

    def operation(request: HttpRequest, **named: object) -> HttpResponseBase:
        request.method = "GET"  # of a HEAD the server leaves the body out
        answer: HttpResponseBase = pattern.callback(request, **named)
        return answer

    operation.__module__, operation.__qualname__ = __name__, f"operation.{pattern.name}"  # its name in `bounds.HEAVY`
    bounded = heavy_if(lambda request: is_heavy or is_costly(request))(operation)
    answered = revalidated(state, for_others=is_heavy)(bounded)
    return _open(_known(answered, str(pattern.name)), is_heavy=is_heavy)


def _known(view: View, name: str) -> View:
    """Refuse a parameter that an operation does not have: a misspelled one would widen the question."""

    def answered(request: HttpRequest, **named: object) -> HttpResponseBase:
        if any("\x00" in str(value) for value in named.values()):
            return problems.problem(404)  # no identifier, and what PostgreSQL takes for none
        if unknown := next((one for one in request.GET if one not in parameters()[name]), ""):
            return problems.refused(request, Refused(unknown[:100], "unknown"))
        return view(request, **named)

    return answered


def _open(view: View, *, is_heavy: bool = False) -> View:
    """Let pages of any site read the answer, and only read."""

    def answered(request: HttpRequest, **named: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204, headers={"Allow": READING})
            response.headers["Access-Control-Allow-Methods"] = READING
            response.headers["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
            response.headers["Access-Control-Max-Age"] = "86400"
        elif request.method not in {"GET", "HEAD"}:
            response = problems.problem(405)
        else:
            try:
                response = view(request, **named)
            except OutOfBounds as error:
                response = problems.out_of_bounds(request, error)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
        response.headers["X-Robots-Tag"] = "noindex"
        if is_heavy and settings.HEAVY_PER_MINUTE:
            response.headers["RateLimit-Policy"] = f'"heavy";q={settings.HEAVY_PER_MINUTE};w=60'
        return response

    return csrf_exempt(answered)  # nothing is written, and a refusal is a problem, too


@revalidated(lambda _request: VERSION, for_others=False)
def _index(request: HttpRequest) -> HttpResponse:
    """The addresses to begin at."""
    names = ["description", *(one.name for one in OPERATIONS if "<" not in str(one.pattern))]
    told = {str(name): request.build_absolute_uri(reverse(f"api:{name}")) for name in names}
    return JsonResponse({"version": VERSION, "links": told})


@revalidated(lambda _request: VERSION, for_others=False)
def _description(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@cache
def description() -> Mapping[str, Any]:
    """The interface as OpenAPI 3.1 tells it, with the refusals that every operation may give."""
    told: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=reverse("api:index").lstrip("/")))
    told["components"]["schemas"].update(_schemas())
    refusal = {"content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for place, methods in told["paths"].items():
        for status, title in (*REFUSALS, *(((404, "Nothing is there"),) if "{" in place else ())):
            methods["get"]["responses"][str(status)] = {"description": title, **refusal}
        if "/articles/{identifier}" in place:
            methods["get"]["responses"]["410"] = {"description": "It was withdrawn", **refusal}
        if place.endswith("/{slug}") and "/collections/" not in place:
            methods["get"]["responses"]["301"] = {"description": "It was merged into another one"}
        methods["get"]["responses"]["304"] = {"description": "Not changed"}
    return told


REFUSALS: Final = (
    (400, "A parameter that there is not, or no value of it"),
    (429, "Too much heavy work was asked for from this address within a minute"),
    (503, "The archive is busy, the search is being prepared, or the answer is more than one may take"),
)


def _schemas() -> dict[str, Any]:
    told = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    inner = told.pop("$defs", {})
    return {**inner, "Problem": told}


@cache
def parameters() -> Mapping[str, frozenset[str]]:
    """The names of the parameters of every operation, by the name of its address."""
    found = {}
    for prefix, router in ROUTERS:
        for place, view in router.path_operations.items():
            for operation in view.operations:
                told = description()["paths"][f"{reverse('api:index').rstrip('/')}{prefix}{place}"]["get"]
                named = (one["name"] for one in told.get("parameters", ()) if one["in"] == "query")
                found[str(operation.url_name)] = frozenset(named)
    return found
