"""What a leaf's rule reads from each unit, and where its bar should stand for it to tell units apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.bands import Band
from steelyard.scheme.formula import Formula, Name
from steelyard.scheme.model import Item
from steelyard.scheme.parts import Each, ForEach, Ladder, Proportion, Several, walk_parts
from steelyard.weighing.points.board import Scope, Unknown
from steelyard.weighing.points.formulas import WrongType
from steelyard.weighing.points.formulas import number as value_of
from steelyard.weighing.stress.sees import seen_by_formula
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import number, percent

Main = Ladder | Proportion | Each


def main_part(item: Item) -> Main | None:
    """The one ladder, proportion or count that decides the leaf; None if there are none or several."""
    if item.rule is None or any(isinstance(part, ForEach) for part in walk_parts(item.rule)):
        return None
    found = [part for part in walk_parts(item.rule) if isinstance(part, Ladder | Proportion | Each)]
    joined = [part for part in walk_parts(item.rule) if isinstance(part, Several)]
    if len(found) != 1 or any(one.join != "sum" for one in joined):
        return None
    return found[0]


def readings(trial: Trial, formula: Formula, item: Item | None = None) -> Mapping[str, Fraction]:
    """The formula's value of every unit that has one, by last year's data."""
    board = trial.got.board
    found: dict[str, Fraction] = {}
    if board is None:
        return found
    full = None if item is None else trial.scheme.full[item.code]
    for unit in trial.units:
        try:
            found[unit] = value_of(formula, Scope(board, unit, full=full))
        except (Unknown, WrongType):
            continue
    return found


def has_data_for(trial: Trial, condition: Formula) -> bool:
    """Whether last year has a value of anything that a condition looks at. ``known(x)`` is told without any."""
    inputs = seen_by_formula(trial.scheme, condition).inputs
    cells = trial.got.values.cells
    return not inputs or any(
        cell.value is not None
        for (code, _), of_units in cells.items()
        if code in inputs
        for cell in of_units.values()
    )


def read_title(trial: Trial, formula: Formula) -> Text:
    """What the formula is called: the title of its quantity or input; empty for any other formula."""
    if not isinstance(formula, Name):
        return Text("", "")
    scheme = trial.scheme
    if formula.code in scheme.quantities:
        title = scheme.quantities[formula.code].title
        return Text(title.say("zh") or formula.code, title.say("en") or formula.code)
    return trial.input_named(formula.code) if formula.code in scheme.inputs else Text("", "")


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a rule's full points begin, which side of it is better, and how its values are written."""

    at: Fraction
    higher_is_better: bool
    is_share: bool

    def write(self, value: Fraction) -> str:
        return percent(value, 1) if self.is_share else number(value)


def bar_of(trial: Trial, item: Item) -> Bar | None:
    """The bar of a ladder, of a proportion with a fixed target, or of a count with a cap."""
    part = main_part(item)
    match part:
        case Ladder():
            return _top_edge(part)
        case Proportion(target=target):
            values = readings(trial, target, item)
            fixed = next(iter(values.values()), None)
            if fixed is None or set(values.values()) != {fixed}:
                return None
            return Bar(fixed, True, fixed <= 1)
        case Each(taken=False):
            return _capped(trial, item, part)
        case _:
            return None


def _top_edge(part: Ladder) -> Bar | None:
    bands = [band for band, _ in part.steps if isinstance(band, Band)]
    if len(bands) != len(part.steps) or not bands:
        return None
    edges = [edge for band in bands for edge in (band.low, band.high) if edge is not None]
    is_share = bool(edges) and max(abs(edge) for edge in edges) <= 1
    top = bands[0] if _points_at(part, 0) >= _points_at(part, -1) else bands[-1]
    if top.low is not None and (top.high is None or top.high == 1):
        return Bar(top.low, True, is_share)
    if top.high is not None and (top.low is None or top.low == 0):
        return Bar(top.high, False, is_share)
    return None


def _points_at(part: Ladder, index: int) -> Fraction:
    points = part.steps[index][1]
    return (
        points.value
        if hasattr(points, "value") and isinstance(points.value, Fraction)
        else Fraction(0)
    )


def _capped(trial: Trial, item: Item, part: Each) -> Bar | None:
    full = trial.scheme.full[item.code]
    each, per = readings(trial, part.each, item), readings(trial, part.per, item)
    sizes = {(each[unit], per[unit]) for unit in each if unit in per}
    if len(sizes) != 1 or not full:
        return None
    ((points, size),) = sizes
    return Bar(full / points * size, True, False) if points > 0 else None


def quartile(values: Sequence[Fraction], *, higher_is_better: bool) -> Fraction:
    """The value that the best quarter reaches.

    >>> quartile([Fraction(n) for n in range(1, 9)], higher_is_better=True)
    Fraction(7, 1)
    """
    ordered = sorted(values, reverse=higher_is_better)
    return ordered[max(0, (len(ordered) + 2) // 4 - 1)]


def reached_by(values: Sequence[Fraction], bar: Fraction, *, higher_is_better: bool) -> int:
    return sum((value >= bar) if higher_is_better else (value <= bar) for value in values)


def better_bar(trial: Trial, item: Item) -> Text | None:
    """Where the bar should be so that a quarter of the units reach it; None if that cannot be said."""
    bar, part = bar_of(trial, item), main_part(item)
    if bar is None or part is None:
        return None
    values = list(readings(trial, part.of, item).values())
    if len(set(values)) < 3:
        return None
    new = quartile(values, higher_is_better=bar.higher_is_better)
    if new == bar.at:
        return None
    count = reached_by(values, new, higher_is_better=bar.higher_is_better)
    before, after = bar.write(bar.at), bar.write(new)
    if before == after:
        return None
    return Text(
        f"把满分线由{before}改为{after}（去年{len(values)}个单位中有{count}个达到）",
        f"move full points from {before} to {after} (reached by {count} of {len(values)} last year)",
    )
