"""Which items are not known yet, and between what does the total lie with them? Missing is not zero."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from steelyard.assessment.rules.schemes.division import inputs_of
from steelyard.assessment.rules.standing.comparing import OTHERS
from steelyard.assessment.rules.standing.values import OWN, rows_of
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.weighing.points.board import Board, Scope
from steelyard.weighing.points.board import Unknown as NoValue
from steelyard.weighing.points.tree import bounds
from steelyard.weighing.result import Result, Score
from steelyard.weighing.values import Cell, Status, Values
from steelyard.weighing.weigh import weigh

_GIVEN = "given_points_"
"""An input of the two outer cases: the points of a leaf."""
_OF_A_LEAF = ("code", "title", "parent", "kind", "points", "weight")
"""What is kept of a leaf whose points are given."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """An item whose points are not known yet, why not, and between what they lie. None: no bound."""

    item: str
    title: Text
    why: Text
    least: Fraction | None
    most: Fraction | None


@dataclass(frozen=True, slots=True)
class Case:
    """Where the unit stands if all that is not known turns out as badly, or as well, as it can."""

    score: Score | None
    rank: Fraction | None
    grade: str


def unknown_items(result: Result, unit: str) -> Iterator[Unknown]:
    """In the order of the scheme."""
    board = Board(result.scheme, result.values)
    for item in result.scheme.leaves:
        why = _why_unknown(result, item, unit)
        if why is not None:
            yield Unknown(item.code, item.title, why, *_bounds(board, item, unit))


def _bounds(board: Board, item: Item, unit: str) -> tuple[Fraction | None, Fraction | None]:
    try:
        return bounds(item, Scope(board, unit, full=board.scheme.full[item.code]))
    except NoValue:  # a bound that is itself computed from what is not known
        return None, None


def _why_unknown(result: Result, item: Item, unit: str) -> Text | None:
    scheme, score = result.scheme, result.items[item.code][unit]
    if score.points is None or score.why != "missing":  # it does not apply, or is scored
        return None
    lacking = _lacking(result, item, unit)
    if not lacking or any(code.startswith(OTHERS) for code in lacking):
        return Text("与其他单位比较计分，而其他单位的数据没有全部公布",
                    "scored against the other units, whose figures are not all published")  # fmt: skip
    if any(code.startswith(OWN) for code in lacking):
        return Text("还没有自评分", "no self-score yet")
    zh = "、".join(scheme.inputs[code].title.say("zh") for code in lacking)
    en = ", ".join(scheme.inputs[code].title.say("en") for code in lacking)
    return Text(f"还没有数据：{zh}", f"no figure yet: {en}")


def _lacking(result: Result, item: Item, unit: str) -> list[str]:
    scheme = result.scheme
    return [
        name
        for name in inputs_of(scheme, item)
        if (cell := result.values.cell(name, scheme.period_label, unit)) is None
        or cell.value is None
    ]


# --- the two outer cases ----------------------------------------------------------------------


Points = Mapping[str, Mapping[str, Fraction | None]]
"""Unit → item that is not known of it → the points that it is taken to have; None: no bound."""


def outer_cases(
    result: Result, unit: str, unknown: Sequence[Unknown], *, is_ranked: bool
) -> tuple[Case | None, Case | None]:
    """The worst and the best; None where an item has no bound on that side.

    The whole scheme is asked (groups, bonuses, vetoes, grades), with the points of each leaf given. What is
    not known of rivals is worst for the unit at its most, and best at its least. ``is_ranked``: enough is
    published of all of them for a rank between the two.
    """
    scheme = _with_points_given(result.scheme)
    rivals = {
        one.code: tuple(unknown_items(result, one.code))
        for one in scheme.assessed
        if one.code != unit
    }
    worst: Points = {unit: _least(unknown)} | {code: _most(those) for code, those in rivals.items()}
    best: Points = {unit: _most(unknown)} | {code: _least(those) for code, those in rivals.items()}
    worst_case, best_case = (
        _case(result, scheme, unit, points, is_ranked=is_ranked) for points in (worst, best)
    )
    return worst_case, best_case


def _least(unknown: Sequence[Unknown]) -> dict[str, Fraction | None]:
    return {one.item: one.least for one in unknown}


def _most(unknown: Sequence[Unknown]) -> dict[str, Fraction | None]:
    return {one.item: one.most for one in unknown}


def _case(
    result: Result, scheme: Scheme, unit: str, points: Points, *, is_ranked: bool
) -> Case | None:
    if None in points[unit].values():
        return None
    is_bounded = not any(None in of.values() for of in points.values())
    told = weigh(scheme, _with_points(result, points)).standing[unit]
    is_placed = is_ranked and is_bounded and len(scheme.assessed) > 1
    return Case(told.score, told.rank if is_placed else None, told.grade)


def _with_points_given(scheme: Scheme) -> Scheme:
    document, names = dict(scheme.document), _names(scheme)
    document["items"] = [
        _given(row, names[str(row["code"])]) if str(row["code"]) in names else row
        for row in rows_of(document, "items")
    ]
    document["inputs"] = [
        *rows_of(document, "inputs"),
        *({"code": name, "title": {"zh": name}, "type": "number"} for name in names.values()),
    ]
    return scheme_from_document(document)


def _names(scheme: Scheme) -> dict[str, str]:
    return {leaf.code: f"{_GIVEN}{number}" for number, leaf in enumerate(scheme.leaves, 1)}


def _given(row: Mapping[str, object], name: str) -> dict[str, object]:
    kept = {key: row[key] for key in _OF_A_LEAF if key in row}
    return kept | {"rule": {"points": name}, "cap": "none", "floor": "none"}


def _with_points(result: Result, given: Points) -> Values:
    """The values, and the points of every leaf beside them; what does not apply still does not."""
    label = result.scheme.period_label
    given_cells: dict[tuple[str, str], dict[str, Cell]] = {}
    statuses: dict[str, dict[str, Status]] = {}
    for code, name in _names(result.scheme).items():
        for one in given:
            points = given[one].get(code)
            points = result.items[code][one].points if points is None else points
            if points is None:
                statuses.setdefault(code, {})[one] = "not_applicable"
            else:
                given_cells.setdefault((name, label), {})[one] = Cell(points)
    return replace(
        result.values, cells={**result.values.cells, **given_cells}, item_statuses=statuses
    )
