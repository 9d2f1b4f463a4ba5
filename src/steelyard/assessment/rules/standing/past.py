"""How did rivals stand when an assessment was last published? Read from what was published, and nothing else.

Whatever stands here is in a package that anybody may open: a figure that was not published cannot get
into the live standing of another unit.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

from steelyard.publication.results import Assessment
from steelyard.scheme.model import InputType
from steelyard.tables.neutral import restored
from steelyard.weighing.values import Status, Value, typed


@dataclass(frozen=True, slots=True)
class Past:
    """What was published: values and states by unit, points by unit and item, full points by item.

    ``types``: of what kind each value is.
    """

    values: Mapping[str, Mapping[str, Value]]
    points: Mapping[str, Mapping[str, Fraction]]
    statuses: Mapping[str, Mapping[str, Status]] = field(default_factory=dict)
    types: Mapping[str, InputType] = field(default_factory=dict)
    full: Mapping[str, Fraction] = field(default_factory=dict)

    def not_applicable(self, unit: str) -> frozenset[str]:
        """The items that did not apply to a unit."""
        told = self.statuses.get(unit, {})
        return frozenset(code for code, status in told.items() if status == "not_applicable")


def past_of(published: Assessment, replay: bytes) -> Past:
    """The published assessment as a past. ``replay``: the archive that computes it again.

    Raises:
        KeyError, ValueError, zipfile.BadZipFile: the archive is none.
    """
    with zipfile.ZipFile(io.BytesIO(replay)) as archive:
        scheme = json.loads(archive.read("scheme.json"))
        table = archive.read("values.csv").decode("utf-8-sig")
    types = {str(row["code"]): cast("InputType", row["type"]) for row in scheme["inputs"]}
    values: dict[str, dict[str, Value]] = {}
    statuses: dict[str, dict[str, Status]] = {}
    for row in _rows_of(table, scheme["period"]["label"]):
        code, unit = row["input"], row["unit"]
        if code in types:
            value = typed(restored(row["value"]), types[code])
            if value is not None:
                values.setdefault(unit, {})[code] = value
        elif row["status"]:
            statuses.setdefault(unit, {})[code] = cast("Status", row["status"])
    points = {
        unit: {code: one.points for code, one in told.items.items() if one.points is not None}
        for unit, told in published.units.items()
    }
    full = {one.code: one.possible for one in published.items}
    return Past(values, points, statuses, types, full)


def _rows_of(table: str, label: str) -> Iterator[Mapping[str, Any]]:
    return (row for row in csv.DictReader(io.StringIO(table)) if row["period"] == label)
