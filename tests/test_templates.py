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
TIGHT = {"base.html", "authorities/pair.html", "authorities/record.html"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_lines_are_short_and_a_tag_that_spans_lines_stands_alone(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert not [line for line in lines if len(line) > LONGEST or "\t" in line or line != line.rstrip()]
    crowded = [line for line in lines if _spans_lines(line) and not ALONE.fullmatch(line.strip())]
    assert not [line for line in crowded if str(path.relative_to(ROOT)) not in TIGHT or "block" not in line]


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
