"""The files of the bundled regions as plain rows, read apart from the engine."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from steelyard.regions import Region, bundled, region
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

Row = dict[str, str]
Cell = tuple[str, str, str]

PROVINCES = bundled()
TOWNS = region("zhongshan_towns_2016")
CITIES = PROVINCES.scheme.parents[1] / "guangdong" / "places.csv"
CODES = frozenset(
    f"{code}0000" for code in (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47),
                               *range(50, 55), *range(61, 66))
)  # fmt: skip


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(of: Region) -> list[Row]:
    return [row for path in sorted(of.data.glob("*.csv")) for row in rows(path)]


def units(of: Region) -> list[Row]:
    return rows(of.scheme.parent / "units.csv")


@lru_cache
def counts(of: Region) -> dict[Cell, int]:
    """Every value by unit, input and period."""
    return {(row["unit"], row["input"], row["period"]): int(row["value"]) for row in cells(of)}


@lru_cache
def scheme(of: Region) -> Scheme:
    return Scheme.read(str(of.scheme))


@lru_cache
def weighed(of: Region) -> Result:
    return weigh(scheme(of), Values.read(scheme(of), of.data))


def places_of_tiles(listed: Iterable[Row]) -> list[tuple[int, int]]:
    """Columns and rows of a grid."""
    return [(column, row) for one in listed for column, row in [json.loads(one["tile"])]]
