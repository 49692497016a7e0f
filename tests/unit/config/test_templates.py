"""Templates are sent without what indents them, and every line stays a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import get_template

from config.templates import INDENTATION
from config.warming import templates

PAGE = """<ul>
  {% for word in words %}
    <li>{{ word }}
\t    of  two</li>
  {% endfor %}
</ul>
"""


def engine(folder: Path) -> Engine:
    return Engine(dirs=[str(folder)], loaders=[("config.templates.Loader", [str(folder)])])


def test_indentation_is_not_sent_and_blanks_inside_a_line_are(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text(PAGE, "utf-8")
    sent = engine(tmp_path).get_template("list.html").render(Context({"words": ["قطر"]}))
    assert sent == "<ul>\n\n<li>قطر\nof  two</li>\n\n</ul>\n"


def test_an_error_names_the_line_that_has_it(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text("<p>\n    <b>\n        {% nonsense %}\n", "utf-8")
    with pytest.raises(TemplateSyntaxError) as caught:
        engine(tmp_path).get_template("list.html")
    assert caught.value.token.lineno == 3  # type: ignore[attr-defined]


def test_text_that_is_shown_to_readers_keeps_its_own_blanks(tmp_path: Path) -> None:
    (tmp_path / "list.html").write_text("    {{ text }}", "utf-8")
    assert engine(tmp_path).get_template("list.html").render(Context({"text": "  قطر"})) == "  قطر"


@pytest.mark.parametrize("name", sorted(templates()))
def test_the_templates_that_are_loaded_before_a_server_forks_are_there(name: str) -> None:
    source = get_template(name).template.source  # type: ignore[attr-defined]
    assert source and not INDENTATION.search(source)
