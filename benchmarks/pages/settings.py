"""Diwan's settings with three more pages, which are measured beside its own."""

from config.settings import *  # noqa: F403
from config.settings import TEMPLATES

ROOT_URLCONF = "benchmarks.pages.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], "benchmarks/pages/templates"]
