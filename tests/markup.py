"""Pages as tests read them: what stands in a page, wherever its lines break."""

from __future__ import annotations

import re

BETWEEN_TAGS = re.compile(r"\s*\n\s*(?=[<>])|(?<=>)\s*\n\s*")
WITHIN = re.compile(r"\s*\n\s*")


def on_one_line(html: str) -> str:
    r"""A page without its line breaks: nothing beside a tag, a space within a tag and within a text.

    >>> on_one_line('<li>\n<a href="/"\nrel="nofollow">\nAll\narticles</a>\n</li>')
    '<li><a href="/" rel="nofollow">All articles</a></li>'
    """
    return WITHIN.sub(" ", BETWEEN_TAGS.sub("", html))
