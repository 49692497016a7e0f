"""The arrows of the house: who may import whom. The archive announces, the search listens; no arrow points back."""

from __future__ import annotations

import ast
import graphlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.backends.django import get_installed_libraries
from django.urls import URLPattern, get_resolver

from tools.figures import source

ROOT = Path(__file__).resolve().parent.parent
OURS = ("archive", "search", "config", "tools")
FACADE = "search"  # the package itself, which callers outside of its rooms import; no module may lie loose in it

# A room, and the rooms of ours that it may import besides itself; the longest prefix of a module's name is its room.
# A room stands below all that import it: the first rooms know nothing of ours.
ROOMS: dict[str, set[str]] = {
    "archive.states": set(),
    "archive.telemetry": set(),
    "archive.database": set(),
    "archive.text": set(),
    "archive.calendars": set(),
    "archive.pages": {"archive.calendars", "archive.telemetry"},
    "archive.captures": set(),
    "archive.fetching": set(),
    "archive.exchange": {"archive.captures"},
    "archive.extraction.page": set(),
    "archive.extraction.dates": {"archive.calendars", "archive.extraction.page"},
    "archive.extraction.cutting": {"archive.extraction.dates", "archive.extraction.page"},
    "archive.extraction": {"archive.extraction.cutting", "archive.extraction.dates", "archive.extraction.page"},
    "search.analysis": set(),
    "archive.authorities.gazetteer": {"archive.text", "search.analysis"},
    "archive.authorities": {
        "archive.calendars",
        "archive.extraction.dates",
        "archive.authorities.gazetteer",
        "archive.pages",
        "archive.states",
        "archive.text",
        "search.analysis",
        "search.terms",
    },
    "archive.authorities.recognition": {"archive.authorities.gazetteer", "search.analysis"},
    "archive.articles": {
        "archive.authorities",
        "archive.authorities.gazetteer",
        "archive.authorities.recognition",
        "archive.calendars",
        "archive.captures",
        "archive.extraction.dates",
        "archive.extraction.page",
        "archive.pages",
        "archive.states",
        "archive.text",
    },
    "archive.articles.citing": {
        "archive.articles",
        "archive.authorities",
        "archive.calendars",
        "archive.captures",
        "archive.pages",
        "archive.text",
    },
    "archive.articles.templatetags": {
        "archive.articles",
        "archive.articles.citing",
        "archive.pages",
        "archive.text",
    },
    "archive.articles.visual": set(),
    "archive.articles.dossier": {"archive.articles.citing", "archive.articles.visual", "archive.pages", "archive.text"},
    "archive.articles.pictures": {
        "archive.articles",
        "archive.articles.citing",
        "archive.articles.visual",
        "archive.authorities",
        "archive.pages",
    },
    "archive.articles.urls": {"archive.articles", "archive.articles.citing", "archive.articles.pictures"},
    "search.tree": set(),
    "search.terms": {"search.analysis", "search.tree"},
    "archive.stories": {
        "archive.articles",
        "archive.authorities",
        "archive.authorities.recognition",
        "archive.database",
        "archive.extraction.dates",
        "archive.pages",
        "archive.text",
        "search.analysis",
        "search.terms",
    },
    "archive.stories.templatetags": {"archive.articles", "archive.pages", "archive.stories"},
    "archive.meetings.reading": {
        "archive.authorities.gazetteer",
        "archive.extraction.dates",
        "archive.stories",
        "search.analysis",
        "search.terms",
    },
    "archive.meetings": {
        "archive.articles",
        "archive.authorities",
        "archive.calendars",
        "archive.curation",
        "archive.meetings.reading",
        "archive.pages",
        "archive.states",
        "archive.stories",
        "archive.text",
        "archive.work",
    },
    "archive.collections": {
        "archive.articles",
        "archive.authorities",
        "archive.curation",
        "archive.pages",
        "archive.work",
    },
    "archive.curation": {
        "archive.articles",
        "archive.captures",
        "archive.authorities",
        "archive.authorities.gazetteer",
        "archive.authorities.recognition",
        "archive.articles.citing",
        "archive.calendars",
        "archive.extraction.dates",
        "archive.extraction.page",
        "archive.pages",
        "archive.states",
        "archive.text",
        "archive.work",
        "search.analysis",
    },
    "archive.intake.reading": {"archive.captures", "archive.extraction.page"},
    "archive.intake": {
        "archive.articles",
        "archive.articles.visual",
        "archive.authorities",
        "archive.captures",
        "archive.curation",
        "archive.database",
        "archive.extraction",
        "archive.extraction.page",
        "archive.extraction.dates",
        "archive.fetching",
        "archive.intake.reading",
        "archive.pages",
        "archive.stories",
        "archive.telemetry",
        "archive.text",
        "archive.work",
        "search.analysis",
    },
    "archive.dataset": {
        "archive.articles",
        "archive.articles.citing",
        "archive.authorities",
        "archive.curation",
        "archive.pages",
        "archive.text",
        "archive.work",
    },
    "archive.harvesting": {
        "archive.articles",
        "archive.articles.citing",
        "archive.authorities",
        "archive.text",
    },
    "archive.about": {"archive.articles", "archive.pages", "archive.text"},
    "archive.work": {"archive.pages", "archive.telemetry"},
    "search.checks": set(),
    "search.models": set(),
    "search.finding": {"archive.articles", "archive.authorities", "search.engine", "search.models", "search.tree"},
    "search.signals": {"archive.articles", "archive.authorities", "search.models"},
    "search.request": set(),
    "search.geography": {"search.analysis"},
    "search.documents": {
        "archive.articles",
        "archive.authorities",
        "archive.authorities.gazetteer",
        "archive.authorities.recognition",
        "archive.collections",
        "archive.meetings",
        "archive.text",
        "search.analysis",
        "search.request",
        "search.terms",
    },
    "search.engine": {"archive.telemetry", "search.documents", "search.request", "search.tree"},
    "search.indexing": {
        "archive.articles",
        "archive.authorities",
        "archive.work",
        "search.documents",
        "search.engine",
        "search.models",
    },
    "search.web": {"archive.pages", "search.engine", "search.indexing", "search.models"},
    "search.labels": {
        "archive.articles",
        "archive.articles.citing",
        "archive.authorities",
        "archive.calendars",
        "archive.collections",
        "archive.meetings",
        "archive.pages",
        "search.geography",
        "search.request",
    },
    "search.results": {"archive.articles", "search.labels", "search.request"},
    "search.dates": {"archive.calendars", "archive.extraction.dates", "archive.pages"},
    "search.syntax": {"search.tree"},
    "search.question": {
        "archive.authorities",
        "archive.authorities.gazetteer",
        "archive.authorities.recognition",
        "archive.calendars",
        "archive.extraction.dates",
        "archive.meetings",
        "archive.pages",
        "archive.text",
        "search.analysis",
        "search.dates",
        "search.documents",
        "search.request",
        "search.results",
        "search.syntax",
        "search.terms",
        "search.tree",
    },
    "search.suggest": {
        "archive.articles",
        "archive.authorities",
        "archive.authorities.gazetteer",
        "archive.pages",
        "archive.text",
        "search.analysis",
        "search.engine",
        "search.question",
        "search.results",
        "search.syntax",
        "search.tree",
        "search.web",
    },
    "search.answer": {
        "archive.articles",
        "archive.authorities",
        "archive.pages",
        "archive.stories",
        "search.analysis",
        "search.dates",
        "search.documents",
        "search.engine",
        "search.geography",
        "search.labels",
        "search.question",
        "search.request",
        "search.results",
        "search.suggest",
        "search.syntax",
        "search.terms",
        "search.tree",
    },
    "search.export": {
        "archive.articles",
        "archive.articles.citing",
        "archive.articles.dossier",
        "archive.articles.pictures",
        "archive.authorities",
        "archive.calendars",
        "archive.pages",
        "archive.text",
        "search.answer",
        "search.labels",
        "search.question",
        "search.request",
        "search.results",
        "search.web",
    },
    "search": {"search.answer", "search.engine", "search.request", "search.results"},
    "search.pages": {
        "archive.articles",
        "archive.articles.citing",
        "archive.authorities",
        "archive.calendars",
        "archive.pages",
        "archive.text",
        "search",
        "search.analysis",
        "search.answer",
        "search.dates",
        "search.engine",
        "search.labels",
        "search.question",
        "search.request",
        "search.results",
        "search.suggest",
        "search.web",
    },
    "search.ways": {
        "archive.articles",
        "archive.authorities",
        "archive.calendars",
        "archive.meetings",
        "archive.pages",
        "search.analysis",
        "search.answer",
        "search.dates",
        "search.engine",
        "search.export",
        "search.geography",
        "search.labels",
        "search.pages",
        "search.question",
        "search.request",
        "search.results",
        "search.syntax",
        "search.tree",
        "search.web",
    },
    "search.desk": {
        "archive.articles",
        "archive.authorities",
        "search.answer",
        "search.engine",
        "search.question",
        "search.request",
        "search.results",
        "search.tree",
    },
    "search.apps": {
        "search.analysis",
        "search.desk",
        "search.indexing",
        "search.checks",
        "search.finding",
        "search.signals",
        "search.ways",
        "search.web",
    },
    "search.search_indexes": {"archive.articles"},
    "search.engine.asking": {"search.analysis", "search.documents", "search.tree"},
    "search.engine.opensearch": {
        "archive.database",
        "archive.telemetry",
        "search.analysis",
        "search.documents",
        "search.engine",
        "search.engine.asking",
        "search.request",
        "search.terms",
        "search.tree",
    },
    "search.engine.whoosh": {
        "archive.articles",
        "archive.pages",
        "search.analysis",
        "search.documents",
        "search.engine",
        "search.engine.asking",
        "search.request",
        "search.terms",
        "search.tree",
    },
    "search.explain": {
        "archive.articles",
        "archive.authorities",
        "archive.authorities.gazetteer",
        "archive.authorities.recognition",
        "archive.pages",
        "archive.text",
        "search.analysis",
        "search.answer",
        "search.documents",
        "search.engine",
        "search.geography",
        "search.labels",
        "search.question",
        "search.request",
        "search.results",
        "search.syntax",
        "search.terms",
        "search.tree",
        "search.web",
    },
    "search.feeds": {
        "archive.articles",
        "archive.authorities",
        "archive.meetings",
        "archive.pages",
        "archive.text",
        "search.answer",
        "search.browse",
        "search.question",
        "search.request",
        "search.web",
    },
    "search.api": {
        "archive.articles",
        "archive.articles.citing",
        "archive.authorities",
        "archive.calendars",
        "archive.collections",
        "archive.meetings",
        "archive.pages",
        "search.answer",
        "search.browse",
        "search.dates",
        "search.engine",
        "search.pages",
        "search.question",
        "search.request",
        "search.results",
        "search.suggest",
        "search.syntax",
        "search.ways",
        "search.web",
    },
    "search.assistants": {"search.api"},
    "search.shelf": {
        "archive.articles",
        "archive.pages",
        "search.engine",
        "search.export",
        "search.pages",
        "search.question",
        "search.request",
    },
    "search.alerts": {
        "archive.articles",
        "archive.authorities",
        "archive.pages",
        "archive.text",
        "archive.work",
        "search.answer",
        "search.engine",
        "search.export",
        "search.models",
        "search.question",
        "search.request",
        "search.syntax",
    },
    "search.webhooks": {
        "archive.articles",
        "archive.articles.citing",
        "archive.authorities",
        "archive.curation",
        "archive.fetching",
        "archive.pages",
        "archive.work",
        "search.answer",
        "search.engine",
        "search.models",
        "search.question",
        "search.request",
        "search.tree",
    },
    "search.browse": {
        "archive.articles",
        "archive.articles.citing",
        "archive.authorities",
        "archive.calendars",
        "archive.collections",
        "archive.meetings",
        "archive.meetings.reading",
        "archive.pages",
        "archive.text",
        "search.analysis",
        "search.answer",
        "search.dates",
        "search.engine",
        "search.export",
        "search.pages",
        "search.question",
        "search.request",
        "search.results",
        "search.tree",
        "search.ways",
        "search.web",
    },
    "search.templatetags": {"search.answer", "search.export", "search.pages", "search.question"},
    "search.management": {
        "archive.articles",
        "archive.articles.citing",
        "archive.articles.visual",
        "archive.pages",
        "search",
        "search.analysis",
        "search.assistants",
        "search.engine",
        "search.indexing",
        "search.question",
        "search.request",
        "search.results",
    },
    "search.discovery": {
        "archive.articles",
        "archive.authorities",
        "archive.collections",
        "archive.meetings",
        "archive.pages",
        "search.web",
    },
    "search.help": {"archive.pages", "search.question", "search.request"},
    "search.urls": {
        "search.assistants",
        "search.browse",
        "search.discovery",
        "search.explain",
        "search.export",
        "search.help",
        "search.pages",
        "search.suggest",
    },
    "config": {
        "archive.about",
        "archive.harvesting",
        "archive.articles",
        "archive.authorities",
        "archive.captures",
        "archive.curation",
        "archive.exchange",
        "archive.intake",
        "archive.meetings",
        "archive.pages",
        "archive.states",
        "archive.stories",
        "archive.telemetry",
        "archive.work",
        "search.engine",
        "search.indexing",
        "search.pages",
        "search.analysis",
        "search.webhooks",
    },
    "tools": {
        "archive.articles",
        "archive.articles.visual",
        "archive.authorities",
        "archive.authorities.gazetteer",
        "archive.authorities.recognition",
        "archive.extraction",
        "archive.extraction.dates",
        "archive.meetings.reading",
        "archive.stories",
        "archive.text",
        "search.geography",
        "search.analysis",
        "search.answer",
        "search.documents",
        "search.engine",
        "search.engine.whoosh",
        "search.question",
        "search.request",
        "search.syntax",
        "search.tree",
    },
}
PURE = (
    "archive.calendars",
    "archive.extraction",
    "archive.intake.reading",
    "archive.text.tables",
    "search.analysis",
    "search.tree",
    "search.syntax",
    "search.answer.matching",
    "search.terms",
    "search.dates.ranges",
    "search.dates.buckets",
    "search.documents.streams",
    "search.engine.asking",
    "search.engine.protocol",
    "archive.meetings.reading",
    "archive.stories.clusters",
    "archive.stories.copies",
    "archive.stories.counts",
    "archive.stories.evidence",
    "archive.stories.traits",
)
ALONE = {
    "arabic_reshaper": {"archive.articles.visual"},
    "bidi": {"archive.articles.visual"},
    "standardwebhooks": {"search.webhooks.signing"},
    "nh3": {"archive.captures.cleaned"},
    "prometheus_client": {"archive.telemetry"},
    "opentelemetry": {"archive.telemetry.tracing"},
    "bagit": {"archive.exchange.bags"},
    "warcio": {"archive.exchange.warcs", "archive.intake.reading.warcs"},
    "mcp": {"search.assistants", "search.management.commands.serve_mcp"},
    "whoosh": {"search.engine.whoosh"},
    "haystack": {"search.engine", "search.search_indexes", "search.indexing"},
}

AT_THE_TOP = {  # of `search/`: everything else stands in a room
    "apps": "Django looks for it here",
    "checks": "Django's checks of the settings, registered by apps",
    "labels": "a plain value of all rooms: what a facet and its values are called",
    "models": "Django looks for it here",
    "request": "a plain value of all rooms: what a reader asks",
    "results": "a plain value of all rooms: what a search gives back",
    "search_indexes": "Haystack looks for it here",
    "finding": "where the search tells the archive which articles have a word, registered by apps",
    "signals": "where the search listens to the archive, registered by apps",
    "tree": "a plain value of all rooms: what was typed, understood",
    "urls": "the site map of the search",
}


def modules() -> Iterator[tuple[str, Path]]:
    for top in OURS:
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path


def imports(name: str, path: Path) -> Iterator[str]:
    """The full names of the modules that a module imports, relative ones resolved."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1]) if node.level else ""
            source = ".".join(part for part in (base, node.module) if part)
            yield from (f"{source}.{alias.name}" if _is_module(source, alias.name) else source for alias in node.names)


def _is_module(package: str, name: str) -> bool:
    place = ROOT.joinpath(*package.split("."), name)
    return place.is_dir() or place.with_suffix(".py").exists()


def room(name: str) -> str:
    fitting = [room for room in ROOMS if name == room or (room != FACADE and name.startswith(f"{room}."))]
    return max(fitting, key=len, default="")


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_no_import_points_back(name: str, path: Path) -> None:
    own = room(name)
    for imported in imports(name, path):
        target = room(imported)
        assert not target or target == own or target in ROOMS[own], f"{name} may not import {imported}"


def test_no_file_lies_loose() -> None:
    assert not [name for name, _path in modules() if not room(name) and name not in OURS]


def test_a_module_at_the_top_of_the_search_is_listed_with_its_reason() -> None:
    assert set(source.loose(ROOT, "search")) == set(AT_THE_TOP)


def test_a_class_has_a_name_of_its_own_and_a_function_fits_on_a_screen() -> None:
    files = source.modules(ROOT)
    assert source.twice_named(files) == {}
    assert source.too_long(source.functions(files)) == []


def test_no_room_knows_a_room_that_knows_it() -> None:
    graphlib.TopologicalSorter(ROOMS).prepare()  # raises CycleError


def test_no_module_knows_a_module_that_knows_it() -> None:
    """Also where the import stands in a function or is for types alone."""
    arrows = {name: {one for one in imports(name, path) if not name.startswith(one)} for name, path in modules()}
    graphlib.TopologicalSorter(arrows).prepare()  # raises CycleError


def test_every_arrow_that_is_allowed_is_drawn() -> None:
    drawn = {(room(name), room(imported)) for name, path in modules() for imported in imports(name, path)}
    allowed = {(own, other) for own, others in ROOMS.items() for other in others}
    assert not allowed - drawn


def test_what_is_served_needs_nothing_that_measures_it() -> None:
    measuring = {"tools", "benchmarks", "tests"}
    served = [(name, path) for name, path in modules() if room(name) != "tools"]
    assert not [name for name, path in served if any(i.split(".")[0] in measuring for i in imports(name, path))]


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_pure_rooms_know_no_framework(name: str, path: Path) -> None:
    if name.startswith(PURE):
        assert not [imported for imported in imports(name, path) if imported.split(".")[0] in {"django", "haystack"}]


@pytest.mark.parametrize(("library", "places"), list(ALONE.items()))
def test_a_library_with_traps_is_imported_in_its_place_only(library: str, places: set[str]) -> None:
    users = {name for name, path in modules() if any(i.split(".")[0] == library for i in imports(name, path))}
    assert users
    assert not [user for user in users if not user.startswith(tuple(places))]


# A page may lead to pages of higher rooms: by their names alone, which the site map resolves. Each such link is listed.
LINKS = {
    ("archive.articles", "search.browse"): "a report leads to the countries that it names",
    ("archive.articles", "search.feeds"): "the address of a withdrawn report names the feed of all that were",
    ("archive.articles", "search.pages"): "the evidence of an article leads to all with the same",
    ("archive.articles.templatetags", "archive.articles.pictures"): "an article's page names the picture of its link",
    ("archive.articles.citing", "search.feeds"): "the page of an article names the feed of the archive",
    ("archive.authorities", "search.browse"): "a record has an address",
    ("archive.collections", "search.browse"): "a collection has an address",
    ("archive.meetings", "search.browse"): "a meeting has an address",
    ("archive.authorities", "search.pages"): "a term leads to the reports that name it",
    ("config", "search.discovery"): "robots are told where the site map is",
    ("search.discovery", "search.feeds"): "browsers may search by feed",
    ("search.discovery", "search.pages"): "browsers are told where to search",
    ("search.discovery", "search.suggest"): "browsers are told where suggestions are",
    ("search.answer", "search.pages"): "a facet leads to the list of all its values",
    ("search.api", "search.feeds"): "a record leads to the feed of its reports",
    ("search.explain", "search.browse"): "an explanation leads to the records that it names",
    ("search.alerts", "search.pages"): "a letter leads to the search that it tells of",
    ("search.pages", "search.alerts"): "a search leads to being followed by mail",
    ("search.pages", "search.feeds"): "a search leads to its feeds",
    ("search.pages", "search.explain"): "a hit leads to why it was found",
    ("search.pages", "search.shelf"): "a hit may be put on the shelf",
    ("search.shelf", "config"): "staff change their password in the admin",
    ("search.shelf", "search.browse"): "who has ended an account is at the beginning",
    ("search.export", "search.shelf"): "an export of nothing leads back to the shelf",
    ("search.suggest", "search.pages"): "a suggestion is a search",
}
TEMPLATES_OF = {  # a folder of templates, and the room that renders it; all others are the site's
    "alerts": "search.alerts",
    "articles": "archive.articles",
    "browse": "search.browse",
    "dataset": "archive.dataset",
    "curation": "archive.curation",
    "shelf": "search.shelf",
    "stories": "archive.stories",
}
BY_NAME = {"path_to", "redirect", "reverse", "reverse_lazy"}


def served(patterns: Any = None, space: str = "") -> Iterator[tuple[str, str]]:
    """The name of every address, and the room of its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", room(getattr(pattern.callback, "__module__", ""))
        else:
            yield from served(pattern.url_patterns, space + (f"{pattern.namespace}:" if pattern.namespace else ""))


def linked(path: Path) -> Iterator[str]:
    """The names of addresses that a module asks for, as far as they are written out: `browse:` of an f-string."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
            if called in BY_NAME and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def below(own: str) -> set[str]:
    """The rooms that a room may import, and those that these may."""
    return ROOMS[own].union(*(below(other) for other in ROOMS[own])) if own in ROOMS else set()


def links_up() -> Iterator[tuple[str, str]]:
    rooms = dict(served())
    asked = [(room(name), link) for name, path in modules() for link in linked(path)]
    for path in (ROOT / "templates").rglob("*.html"):
        own = TEMPLATES_OF.get(path.relative_to(ROOT / "templates").parts[0])
        asked += [(own, name) for name in re.findall(r"{% url ['\"]([\w:-]+)", path.read_text("utf-8")) if own]
    for own, link in asked:
        targets = {
            target for name, target in rooms.items() if name == link or (link.endswith(":") and name.startswith(link))
        }
        yield from ((own, target) for target in targets if target and target != own and target not in below(own))


def test_a_link_to_a_higher_room_is_listed_with_its_reason() -> None:
    assert set(links_up()) == set(LINKS)


def test_a_template_loads_the_tags_of_lower_rooms_alone() -> None:
    libraries = {name: room(place) for name, place in get_installed_libraries().items()}
    for path in (ROOT / "templates").rglob("*.html"):
        own = TEMPLATES_OF.get(path.relative_to(ROOT / "templates").parts[0])
        for loaded in re.findall(r"{% load ([\w ]+) %}", path.read_text("utf-8")) if own else ():
            tags = {libraries[name] for name in loaded.split() if libraries.get(name)}
            assert not {one for one in tags if one.startswith("search") and str(own).startswith("archive")}, path
