"""Every known kind of rule can be said, and every worked case comes out exactly."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest

from steelyard.kernel.exact import exact
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.values import Stage, Values
from steelyard.weighing.weigh import weigh
from tools.rules_reference import FAMILIES, HEADER, Example, Expected, Kind, read_chapters

KINDS = [kind for chapter in read_chapters().values() for kind in chapter]
CASES = [
    pytest.param(example, id=f"{kind.number}-{index}")
    for kind in KINDS
    for index, example in enumerate(kind.examples, 1)
]


@pytest.mark.parametrize("example", CASES)
def test_worked_case_comes_out_as_written(example: Example, tmp_path: Path) -> None:
    want = {(row.unit, row.item, row.stage, row.year): _wanted(row) for row in example.expected}
    got = {
        (row.unit, row.item, row.stage, row.year): _got(_weighed(example, row, tmp_path), row)
        for row in example.expected
    }
    assert got == want


def test_there_are_sixty_seven_kinds_in_order() -> None:
    assert [kind.number for kind in KINDS] == list(range(1, 68))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.number))
def test_words_that_a_kind_is_said_with_stand_in_it(kind: Kind) -> None:
    said = "\n".join(example.scheme + example.values for example in kind.examples)
    assert [word for word in kind.said_with if not _stands_in(word, said)] == []


def test_every_word_belongs_to_one_family_of_parts() -> None:
    words = [word for family in FAMILIES for word in family.words]
    assert len(words) == len(set(words))
    assert {word for kind in KINDS for word in kind.said_with} <= set(words)


def test_every_family_of_parts_says_some_kind() -> None:
    said = {word for kind in KINDS for word in kind.said_with}
    assert [family.name for family in FAMILIES if not family.words & said] == []


def _stands_in(word: str, said: str) -> bool:
    return re.search(rf"(?<![A-Za-z_]){re.escape(word)}(?![A-Za-z_])", said) is not None or (
        word.endswith("(") and word in said
    )


def _weighed(example: Example, row: Expected, folder: Path) -> Result:
    path = folder / "scheme.toml"
    path.write_text(_whole(example, row.year), encoding="utf-8")
    data = folder / "data"
    data.mkdir(exist_ok=True)
    tables = {"values": _known_in(row.year, example.values)} | dict(example.lists or {})
    for name, text in tables.items():
        (data / f"{name}.csv").write_text(text, encoding="utf-8")
    scheme = Scheme.read(str(path))
    return weigh(scheme, Values.read(scheme, data, stage=_stage(row.stage)))


def _known_in(year: int | None, values: str) -> str:
    """The values without those of later years."""
    if year is None:
        return values
    head, *lines = values.strip().splitlines()
    at = head.split(",").index("period")
    return "\n".join([head, *(line for line in lines if int(line.split(",")[at]) <= year)])


def _stage(name: str) -> Stage:
    stages: dict[str, Stage] = {"self": "self", "audited": "audited", "final": "final"}
    return stages[name]


def _whole(example: Example, year: int | None) -> str:
    """The fragment as a whole scheme: the header, the units of the values, the fragment."""
    header = HEADER if year is None else _in_year(year)
    units = "" if "[[units]]" in example.scheme else _units(example.values)
    return f"{header}\n{units}\n{example.scheme}"


def _in_year(year: int) -> str:
    assert "2021-01-01" in HEADER
    return HEADER.replace("2021-01-01", f"{year}-01-01").replace("2022-01-01", f"{year + 1}-01-01")


def _units(values: str) -> str:
    codes = dict.fromkeys(row["unit"] for row in csv.DictReader(values.strip().splitlines()))
    return "\n".join(f'[[units]]\ncode = "{code}"\ntitle = "{code}"\n' for code in codes)


def _wanted(row: Expected) -> Fraction | str | None:
    if row.points == "not applicable":
        return None
    return row.points if row.item == "grade" else exact(row.points)


def _got(result: Result, row: Expected) -> Fraction | float | str | None:
    standing = result.standing[row.unit]
    match row.item:
        case "total":
            return standing.score
        case "grade":
            return standing.grade
        case "rank":
            return standing.rank
        case "group rank":
            return standing.group_rank
        case code:
            return result.items[code][row.unit].points
