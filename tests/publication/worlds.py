"""A small world in which every figure is a canary, and in a second, obvious way what a scope says of it.

Six units, two dimensions of two items each. ``said`` is the oracle: the facts that a scope lets out,
written as a table and with nothing of ``publication`` in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from itertools import product

from steelyard.kernel.bilingual import Text
from steelyard.publication.publishing import assessment_files
from steelyard.publication.scope import Scope, contradictions
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure, Interval, UnitDoubt
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests import builders

SERIES = "canaries-2021"
UNITS = ("u1", "u2", "u3", "u4", "u5", "u6")
ITEMS = {"A1": 40, "A2": 20, "B1": 25, "B2": 15}
DIMENSIONS = {"A": ("A1", "A2"), "B": ("B1", "B2")}
GRADES = {"g1": 80, "g2": 60, "g3": 0}
GROUPS = {"u1": "east", "u2": "west", "u3": "east", "u4": "west", "u5": "east", "u6": "west"}

Points = Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True)
class World:
    """All that is known inside. ``behind``: records behind each item; ``ranks``: intervals."""

    points: Points
    records: Mapping[str, int]
    behind: Mapping[tuple[str, str], int]
    material: Mapping[tuple[str, str], tuple[str, ...]]
    ranks: Mapping[str, tuple[float, float]]

    def with_points(self, **changes: str) -> World:
        """``u1_A1="3.5"`` sets one."""
        new = {tuple(name.split("_")): Fraction(value) for name, value in changes.items()}
        return replace(self, points={**self.points, **new})


def _canary() -> World:
    """Every figure unlike every other, so that one found anywhere says what it is."""
    shares = ("0.97", "0.91", "0.83", "0.72", "0.66", "0.41")
    points = {
        (unit, item): Fraction(shares[place]) * full + Fraction(f"0.0{place + 1}{number + 1}7")
        for place, unit in enumerate(UNITS)
        for number, (item, full) in enumerate(ITEMS.items())
    }
    points = {key: value - Fraction("0.3") for key, value in points.items()}
    return World(
        points,
        records={unit: 7_130_011 + 1_010 * place for place, unit in enumerate(UNITS)},
        behind={key: 88_201 + 13 * place for place, key in enumerate(points)},
        material={key: (f"渗漏材料{key[0]}{key[1]}",) for key in points},
        ranks={unit: (70 + place + 0.125, 90 + place + 0.375) for place, unit in enumerate(UNITS)},
    )


CANARY = _canary()


def weighed(world: World) -> Result:
    """The world as a result, weighed and with its intervals."""
    scheme = builders.scheme(
        groups={"east": {"zh": "东", "en": "East"}, "west": {"zh": "西", "en": "West"}},
        units=[
            {"code": unit, "title": {"zh": f"单位{unit}", "en": f"Place {unit}"}, "group": GROUPS[unit],
             "tile": [1 + place % 3, 1 + place // 3]}
            for place, unit in enumerate(UNITS)
        ],
        items=[
            *(builders.item(code) for code in DIMENSIONS),
            *(builders.item(code, full, {"points": code.lower()}, parent=code[0]) for code, full in ITEMS.items()),
        ],
        grades=[
            {"code": code, "title": {"zh": f"等次{code}", "en": f"Grade {code}"}}
            | ({"at_least": least} if least else {})
            for code, least in GRADES.items()
        ],
    )  # fmt: skip
    told = {unit: {item.lower(): world.points[unit, item] for item in ITEMS} for unit in UNITS}
    values = Values.of(scheme, told)
    cells = {
        (code, period): {
            unit: replace(cell, records=world.behind[unit, code.upper()])
            for unit, cell in of_units.items()
        }
        for (code, period), of_units in values.cells.items()
    }
    result = weigh(scheme, replace(values, cells=cells))
    return replace(result, how_sure=_how_sure(result, world))


def _how_sure(result: Result, world: World) -> HowSure:
    doubts = tuple(
        UnitDoubt(one.unit.code, one.rank, Interval(*world.ranks[one.unit.code]), None, None, {}, 0.0,
                  one.grade, {})
        for one in result.standings
    )  # fmt: skip
    return HowSure(
        1000, 1, Fraction(9, 10), {}, doubts, (), Text("涵盖", "covers"), Text("不涵盖", "omits")
    )


def files_of(world: World, scope: Scope) -> dict[str, bytes]:
    """Every file of a publication of the world."""
    return assessment_files(weighed(world), scope, records=world.records, material=world.material)


def scopes() -> list[Scope]:
    """Every scope that contradicts nothing, with the best 0, 2 and 4."""
    flags = [one.name for one in fields(Scope) if one.name not in ("series", "best")]
    every = (
        Scope(series=SERIES, best=best, **dict(zip(flags, chosen, strict=True)))
        for best in (0, 2, 4)
        for chosen in product((False, True), repeat=len(flags))
    )
    return [one for one in every if not list(contradictions(one))]


# The oracle: what a scope says, in facts.


def total(world: World, unit: str) -> Fraction:
    return sum((world.points[unit, item] for item in ITEMS), Fraction(0))


def rank(world: World, unit: str, among: tuple[str, ...] = UNITS) -> int:
    return 1 + sum(total(world, other) > total(world, unit) for other in among)


def grade(world: World, unit: str) -> str:
    return next(code for code, least in GRADES.items() if total(world, unit) >= least)


def listed(world: World, scope: Scope) -> list[str]:
    return [one for one in UNITS if not scope.best or rank(world, one) <= scope.best]


def said(world: World, scope: Scope) -> frozenset[tuple[object, ...]]:
    """Every fact that a scope lets out."""
    return frozenset(_facts(world, scope))


def _facts(world: World, scope: Scope) -> Iterator[tuple[object, ...]]:
    if scope.grades:
        yield from (("grade", unit, grade(world, unit)) for unit in UNITS)
    if scope.replay:
        yield from world.points.items()
    for unit in listed(world, scope):
        peers = tuple(one for one in UNITS if GROUPS[one] == GROUPS[unit])
        yield ("listed", unit)
        if scope.ranks:
            yield ("rank", unit, rank(world, unit))
        if scope.ranks and not scope.best:
            yield ("group rank", unit, rank(world, unit, peers))
        if scope.points:
            yield ("total", unit, total(world, unit))
            for code, items in DIMENSIONS.items():
                yield (code, unit, sum(world.points[unit, item] for item in items))
        if scope.records:
            yield ("records", unit, world.records[unit])
        if scope.intervals:
            yield ("interval", unit, world.ranks[unit])
        for item in ITEMS if scope.items else ():
            yield (item, unit, world.points[unit, item])
            if scope.records:
                yield ("behind", unit, item, world.behind[unit, item])
            if scope.material:
                yield ("material", unit, item, world.material[unit, item])
