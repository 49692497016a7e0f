"""Templates as they are read from disk: what indents them is for those who write them, and is not sent to readers."""

from __future__ import annotations

import re

from django.template import Origin
from django.template.loaders import filesystem

INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


class Loader(filesystem.Loader):
    """The folder `templates/`, its lines without the blanks before them.

    Every line stays a line: white space stands where it stood, so that pages look the same, and an error names the
    line that has it.
    """

    def get_contents(self, origin: Origin) -> str:
        return INDENTATION.sub("", super().get_contents(origin))
