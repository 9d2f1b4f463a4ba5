"""Which items may give less than the unit hopes for, and why?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from steelyard.assessment.rules.collection.claims import CLAIMS, Claim
from steelyard.assessment.rules.schemes.division import Division, asks_material, inputs_of
from steelyard.assessment.rules.standing.values import Said, judged_items
from steelyard.assessment.rules.states import SuspicionState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.kernel.faults import Faulty
from steelyard.weighing.points.board import Board
from steelyard.weighing.result import Result
from steelyard.weighing.values import Cell

SMALL = Fraction(1, 50)
"""A figure is near a threshold if so small a change of it,"""
MUCH = Fraction(1, 10)
"""costs this share of the item's points."""
_NUMBERS = frozenset({"number", "count", "share"})


class Why(StrEnum):
    FORGED = "forged"
    SUSPECTED = "suspected"
    ABOVE = "above"
    NO_MATERIAL = "no_material"
    CLAIMED = "claimed"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Risk:
    """An item that may give less than the unit hopes for."""

    item: str
    title: Text
    why: Why
    text: Text


def risks(
    result: Result, divided: Division, unit: str, said: Mapping[str, Said], unknown: Collection[str]
) -> Iterator[Risk]:
    """Item by item, in the order of the scheme. ``unknown``: the items whose points are not known yet."""
    judged = frozenset(judged_items(divided))
    for item in result.scheme.leaves:
        one = said.get(item.code, Said())
        for why, text in _risks_of(
            result, item.code, unit, one,
            is_judged=item.code in judged, is_unknown=item.code in unknown,
        ):  # fmt: skip
            yield Risk(item.code, item.title, why, text)


def _risks_of(
    result: Result, code: str, unit: str, said: Said, *, is_judged: bool, is_unknown: bool
) -> Iterator[tuple[Why, Text]]:
    scheme, item = result.scheme, result.scheme.item[code]
    points = result.items[code][unit].points
    if said.forgery is SuspicionState.CONFIRMED:
        yield (
            Why.FORGED,
            Text("材料已被认定造假，本项不得分", "found to be forged: it gives nothing"),
        )
        return
    if said.forgery in (SuspicionState.SUSPECTED, SuspicionState.HEARD):
        yield (
            Why.SUSPECTED,
            Text("材料有造假嫌疑，认定后本项不得分",
                 "suspected to be forged; it gives nothing if that is confirmed"),
        )  # fmt: skip
    if said.claim:
        claim = CLAIMS[Claim(said.claim)]
        yield (
            Why.CLAIMED,
            Text(f"申报“{claim.zh}”，尚待认定", f"claimed as {claim.en}; it is not granted yet"),
        )
    if asks_material(item) and not said.material:
        yield Why.NO_MATERIAL, Text("还没有佐证材料", "no supporting material is filed yet")
    if is_unknown:
        return
    hoped = None if is_judged else said.self_score
    if hoped is not None and points is not None and hoped > points:
        own, given = shown(hoped, 2), shown(points, 2)
        said_of = Text(
            f"自评{own}分，按数据只有{given}分", f"self-score {own}; the figures give {given}"
        )
        yield Why.ABOVE, said_of
    near = None if is_judged else _near(result, code, unit)
    if near is not None:
        name, lost = near
        title = scheme.inputs[name].title
        yield (
            Why.NEAR,
            Text(
                f"{title.say('zh')}接近临界值：变动2%即少得{shown(lost, 2)}分",
                f"{title.say('en')} is near a threshold: a change of 2% costs {shown(lost, 2)} points",
            ),
        )


def _near(result: Result, code: str, unit: str) -> tuple[str, Fraction] | None:
    """The input whose small change costs the item most, if it costs much."""
    scheme, before = result.scheme, result.items[code][unit].points
    if not before:
        return None
    found = [
        (before - after, name)
        for name in inputs_of(scheme, scheme.item[code])
        for value in _moved(result, name, unit)
        if (after := _points_with(result, code, unit, name, value)) is not None
    ]
    lost, name = max(found, default=(Fraction(0), ""))
    return (name, lost) if lost > MUCH * scheme.full[code] else None


def _moved(result: Result, name: str, unit: str) -> Iterator[Fraction]:
    """The figure a little lower and a little higher, within its bounds."""
    wanted = result.scheme.inputs[name]
    cell = result.values.cell(name, result.scheme.period_label, unit)
    if wanted.type not in _NUMBERS or cell is None or not isinstance(cell.value, Fraction):
        return
    for sign in (-1, 1):
        value = cell.value * (1 + sign * SMALL)
        if wanted.type == "count":
            value = Fraction(round(value)) if abs(value - cell.value) >= 1 else cell.value + sign
        is_below = wanted.least is not None and value < wanted.least
        is_above = wanted.most is not None and value > wanted.most
        if not is_below and not is_above and value >= 0:
            yield value


def _points_with(
    result: Result, code: str, unit: str, name: str, value: Fraction
) -> Fraction | None:
    key = (name, result.scheme.period_label)
    cells = {**result.values.cells, key: {**result.values.cells[key], unit: Cell(value)}}
    board = Board(result.scheme, replace(result.values, cells=cells))
    try:
        return board.item(code)[unit].points
    except Faulty:
        return None
