"""Points, regions and outlines: that what ships is whole, and how it is asked."""

from __future__ import annotations

import re

import pytest

from search.geography.frames import FRAMES, projected
from search.geography.outlines import outlines
from search.geography.points import cities, city_name, city_names, city_of, points
from search.geography.regions import countries_of, regions


def test_a_region_stands_for_its_countries_and_a_country_for_itself() -> None:
    assert countries_of(["ge", "region-south-caucasus", "qa"]) == ("ge", "am", "az", "qa")
    assert countries_of(["region-nowhere"]) == ("region-nowhere",)
    assert {"kz", "kg", "tj", "tm", "uz"} == set(regions()["region-central-asia"].countries)
    assert len(regions()["region-eu"].countries) == 27 and len(regions()["region-arab-league"].countries) == 22


@pytest.mark.parametrize("name", ["باكو", "باکو", "Baku", "Bakı"])
def test_a_city_is_known_by_its_name_in_any_language(name: str) -> None:
    assert city_of(name) == "baku"
    assert (city_name("baku", "ar"), city_name("baku", "fa")) == ("باكو", "باکو")
    assert {"Tehran", "تهران", "طهران"} <= set(city_names("tehran"))


def test_a_city_called_as_a_state_or_a_word_is_not_asked_for() -> None:
    assert "tehran" in cities() and "doha" in cities()
    assert not {"kuwait", "tunis", "medina"} & set(cities())


def test_states_of_the_region_lie_where_they_do() -> None:
    for slug, west, east, south, north in (("ir", 44, 64, 25, 40), ("bh", 50, 51, 25, 27), ("ps", 34, 36, 31, 33)):
        longitude, latitude = points("country")[slug]
        assert west < longitude < east and south < latitude < north, slug
    assert -180 < points("country")["fj"][0] < 360


def test_outlines_are_paths_of_whole_numbers_that_fill_their_frames() -> None:
    assert set(outlines()) == set(FRAMES)
    for name, held in outlines().items():
        for path in (held.land, held.borders, held.contested):
            assert re.fullmatch(r"[Mlz0-9, -]+", path) and path.count("M") > 4
        begins = [tuple(map(int, one)) for one in re.findall(r"M(-?\d+),(-?\d+)", held.land)]
        assert max(x for x, _y in begins) > FRAMES[name].width * 0.8


def test_a_place_is_projected_evenly() -> None:
    frame = FRAMES["near"]
    assert projected(frame.west, frame.north, frame) == (0, 0)
    assert projected(frame.east, frame.south, frame) == pytest.approx((frame.width, frame.height), abs=1)
