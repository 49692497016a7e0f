"""Templates are read by people: short lines, one tag a line; what readers are sent has no indentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent / "templates"
TEMPLATES = sorted(ROOT.rglob("*.html"))
LONGEST = 120
PAIRED = {"if", "for", "with", "block"}
BRANCHES = {"else", "elif", "empty"}
ALONE = re.compile(r"\{%[^{}]*%\}")
# A description stands tight between the quotes of its attribute, and is longer than a line.
TIGHT = {"base.html", "browse/pair.html", "browse/record.html"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_lines_are_short_and_a_tag_that_spans_lines_stands_alone(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert not [line for line in lines if len(line) > LONGEST or "\t" in line or line != line.rstrip()]
    crowded = [line for line in lines if _spans_lines(line) and not ALONE.fullmatch(line.strip())]
    assert not [line for line in crowded if str(path.relative_to(ROOT)) not in TIGHT or "block" not in line]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_tag_is_broken_over_two_lines_since_django_would_print_it(path: Path) -> None:
    assert not re.findall(r"\{[%{#](?:(?![%}#]\}).)*\n.*", path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_in_a_picture_keep_their_own_direction(path: Path) -> None:
    """A picture is laid out from left to right, so «21 يوليو 2015» in it would begin with its year."""
    words = re.findall(r"<text\b[^>]*>\{\{ ([^}]*?) \}\}", path.read_text("utf-8").replace("{%", "").replace("%}", ""))
    last = [told.rpartition("|")[2].partition(":")[0] for told in words]
    assert not set(last) - {"apart", "localnumber", "localdecimal"}


def _spans_lines(line: str) -> bool:
    """Whether a tag of the line begins or ends what stands on other lines; `{% if a %}b{% endif %}` does not."""
    depth = 0
    for name in re.findall(r"\{% (\w+)", line):
        if name in PAIRED:
            depth += 1
        elif name.removeprefix("end") in PAIRED:
            depth -= 1
        if depth < (name in BRANCHES):
            return True
    return depth > 0


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("{% if a %}b{% else %}c{% endif %}", False),
        ("{% if a %}<ul>", True),
        ("{% endfor %}{% if b %}", True),
        ("{% else %}", True),
        ('<a href="{{ url }}">{% translate "All" %}</a>', False),
    ],
)
def test_what_spans_lines(line: str, spans: bool) -> None:
    assert _spans_lines(line) is spans


def test_indentation_is_not_sent_and_every_line_stays() -> None:
    source = (ROOT / "400.html").read_text("utf-8")
    assert "\n  <h1>" in source
    loaded = get_template("400.html").template.source
    assert loaded == "\n".join(line.lstrip() for line in source.split("\n"))


def test_blanks_of_a_text_stay_where_it_is_shown_as_typed() -> None:
    """What a reader wrote into a form comes back with its lines and their blanks."""
    page = engines["django"].from_string('{% include "_partials/state_inputs.html" with pairs=pairs %}')
    assert 'value="one\n  two"' in page.render({"pairs": [("q", "one\n  two")]})


OF_THE_ARCHIVE = [path for path in TEMPLATES if path.relative_to(ROOT).parts[0] in {"articles", "curation", "stories"}]
INCLUSION = re.compile(r'inclusion_tag\("([^"]+)"')


def _with_what_it_includes(name: str, seen: set[str]) -> set[str]:
    """The names of a template and of those that it includes, however deep; not the frame of every page."""
    if name not in seen:
        seen.add(name)
        for included in re.findall(r'{% include "([^"]+)"', (ROOT / name).read_text("utf-8")):
            _with_what_it_includes(included, seen)
    return seen


def _loaded(name: str) -> set[str]:
    """The modules of the tag libraries that a template loads: `archive.articles.templatetags.script`."""
    libraries = engines["django"].engine.libraries
    loads = re.findall(r"{% load ([^%]+) %}", (ROOT / name).read_text("utf-8"))
    return {libraries[word] for line in loads for word in line.split()}


@pytest.mark.parametrize("path", OF_THE_ARCHIVE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_archive_has_no_tags_of_the_search(path: Path) -> None:
    """What the search adds to the page of an article, it adds when the page is announced."""
    for name in _with_what_it_includes(str(path.relative_to(ROOT)), set()):
        assert not [module for module in _loaded(name) if module.startswith("search.")], name


def test_what_tags_of_the_archive_include_has_no_tags_of_the_search() -> None:
    tags = "".join(path.read_text("utf-8") for path in ROOT.parent.glob("archive/*/templatetags/*.py"))
    included = INCLUSION.findall(tags)
    assert "_partials/cite.html" in included
    for start in included:
        for name in _with_what_it_includes(start, set()):
            assert not [module for module in _loaded(name) if module.startswith("search.")], name


def test_a_tag_of_the_search_is_known_for_one() -> None:
    assert "search.templatetags.searching" in _loaded("search/article_text.html")
