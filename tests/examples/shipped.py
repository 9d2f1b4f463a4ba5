"""The shipped schemes: where they are, read and weighed once."""

from __future__ import annotations

import csv
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.values import STAGES, Values
from steelyard.weighing.weigh import weigh

FOLDER = Path(__file__).resolve().parents[2] / "examples"
WORKED = tuple(sorted(path.parent.name for path in FOLDER.glob("*/worked.csv")))


@lru_cache
def scheme(name: str) -> Scheme:
    return Scheme.read(str(FOLDER / name / "scheme.toml"))


@lru_cache
def weighed(name: str, stage: str = "final") -> Result:
    (asked,) = [one for one in STAGES if one == stage]
    return weigh(scheme(name), Values.read(scheme(name), FOLDER / name / "data", stage=asked))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fraction(text: str) -> Fraction:
    """A number of a table: a decimal, or a quotient of two."""
    top, _, bottom = text.partition("/")
    return Fraction(top) / Fraction(bottom or 1)


def found(result: Result, unit: str, item: str) -> Fraction | float | str | None:
    """What a unit got on an item, or its total, grade, rank or rank in its group."""
    standing = result.standing[unit]
    match item:
        case "total":
            return standing.score
        case "grade":
            return standing.grade
        case "rank":
            return standing.rank
        case "group rank":
            return standing.group_rank
        case _:
            return result.items[item][unit].points
