"""Every rule that leaves a trace on an article has a name for readers."""

from __future__ import annotations

import re

from archive.articles.rules import MENTIONS, REMOVED
from archive.authorities.recognition.types import CONFIDENCE
from archive.extraction.cutting import boilerplate


def test_every_rule_of_boilerplate_is_named() -> None:
    listed = set(re.findall(r"``([a-z-]+)``", boilerplate.__doc__ or ""))
    assert listed and {*listed, "source-habit"} == set(REMOVED)  # lines that curators cut of a source


def test_every_rule_of_recognition_is_named() -> None:
    assert {*CONFIDENCE, "curator"} == set(MENTIONS)
