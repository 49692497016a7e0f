"""Regions: names in addresses for the countries of the Gulf, of the Maghreb, of Central Asia …; pure.

A region is asked as a value of the facet of countries, `country=region-gulf`, and is expanded to its countries when the
engine is asked, so that no index knows of it. No country has such an identifier: theirs are two letters.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Region:
    """`countries` are ISO 3166-1 alpha-2 in lower case; `source` says who counts them to the region."""

    slug: str
    labels: Mapping[str, str]
    countries: tuple[str, ...]
    source: str

    def label(self, language: str) -> str:
        return self.labels.get(language) or self.labels["en"]


@cache
def regions() -> Mapping[str, Region]:
    """Every region by its identifier, those of diplomacy first."""
    rows = json.loads((DATA / "regions.json").read_text("utf-8"))
    return {row["slug"]: Region(row["slug"], row["labels"], tuple(row["countries"]), row["source"]) for row in rows}


def countries_of(values: Iterable[str]) -> tuple[str, ...]:
    """Values of the facet of countries with each region as its countries, every one once.

    >>> countries_of(["ge", "region-south-caucasus", "qa"])
    ('ge', 'am', 'az', 'qa')
    """
    known = regions()
    every = (one for value in values for one in (known[value].countries if value in known else (value,)))
    return tuple(dict.fromkeys(every))
