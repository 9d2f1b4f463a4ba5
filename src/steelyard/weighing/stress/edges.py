"""On which ladders do many units sit at an edge, where one case or one per cent moves points?

Every input that an item with steps looks at is nudged, up and down: a count of five or more by one (or by
1% of it, if that is more), anything else by 1%. Of fewer than five, one is no hair but a good part of the
work. A unit sits on an edge if its points then move by a tenth of full or more. Items that compare units
are left out: nudging all would move the ruler too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from statistics import median

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.scheme.bands import Band
from steelyard.scheme.formula import Call, Comparison, walk
from steelyard.scheme.model import Input, Item
from steelyard.scheme.parts import Each, Ladder, Matrix, formulas_of, walk_parts
from steelyard.weighing.points.board import Board
from steelyard.weighing.stress.findings import Finding, Told
from steelyard.weighing.stress.readings import main_part, read_title, readings
from steelyard.weighing.stress.trial import FEWEST_UNITS, Trial
from steelyard.weighing.stress.wording import number, percent, things
from steelyard.weighing.values import Cell, Day

MANY = Fraction(1, 4)
_NUDGE = Fraction(1, 100)
_JUMP = Fraction(1, 10)
_FEW_CASES = 5


@dataclass(frozen=True, slots=True)
class _Edge:
    """A leaf with units at an edge: who, and the largest jump in points."""

    item: Item
    units: tuple[str, ...]
    of: int
    jump: Fraction


def ladders_with_units_on_the_edge(trial: Trial) -> Told:
    """Items with steps on which a quarter of the units, and three, would gain or lose by a hair."""
    stepped = [leaf for leaf in trial.scheme.leaves if not trial.is_index and has_steps(leaf)]
    if not stepped:
        return Told(sound=(_NO_STEPS,))
    if not trial.has_data:
        return Told(waits=(Text(
            f"有多少单位正好卡在档线上：{len(stepped)}项有台阶，要有上年数据才看得出。",
            f"How many units sit on an edge: {things(len(stepped), 'item has', 'items have')} steps; only last "
            "year's data tell.",
        ),))  # fmt: skip
    fixed = [leaf for leaf in stepped if leaf.code not in trial.comparing]
    if len(trial.units) < FEWEST_UNITS:
        return Told(waits=(_FEW,))
    seen = [leaf for leaf in fixed if not trial.is_blind(leaf.code)]
    waits = _unseen(len(fixed) - len(seen))
    found = [edge for edge in on_edges(trial, seen) if _is_many(edge)]
    if found:
        return Told((_finding(trial, found),), waits=waits)
    return Told(sound=(_none_on_edges(len(seen)),) if seen else (), waits=waits)


def _none_on_edges(count: int) -> Text:
    return Text(
        f"{count}项带台阶的指标，没有一项有四分之一以上的单位卡在档线上（一件或1%之差）。",
        f"Of {things(count, 'item', 'items')} with steps none has a quarter of the units within one case "
        "or 1% of an edge.",
    )


def _unseen(count: int) -> tuple[Text, ...]:
    if not count:
        return ()
    return (Text(
        f"有多少单位正好卡在档线上：{count}项有台阶而去年有数据的单位不足{FEWEST_UNITS}个，未能测试。",
        f"How many units sit on an edge: of {things(count, 'item', 'items')} with steps fewer than {FEWEST_UNITS} "
        "units have last year's data.",
    ),)  # fmt: skip


_NO_STEPS = Text(
    "没有台阶：差一点不会差一档。", "No item has steps: a little less is never a step less."
)


_FEW = Text(
    "有多少单位正好卡在档线上：单位不足5个，看不出。",
    "How many units sit on an edge: fewer than 5 units, too few to say.",
)


def has_steps(item: Item) -> bool:
    """A ladder, a matrix, whole steps, or a condition on a number."""
    if item.rule is None:
        return False
    for part in walk_parts(item.rule):
        if isinstance(part, Ladder | Matrix):
            return True
        if isinstance(part, Each) and part.count != "exact":
            return True
        for formula in formulas_of(part):
            if any(_is_stepped(node) for node in walk(formula)):
                return True
    return False


def _is_stepped(node: object) -> bool:
    if isinstance(node, Call):
        return node.function in ("floor", "ceil", "round")
    return isinstance(node, Comparison) and any(sign not in ("==", "!=") for sign in node.signs)


def on_edges(trial: Trial, items: Sequence[Item]) -> list[_Edge]:
    """Each item with the units whose points would jump."""
    jumps: dict[str, dict[str, Fraction]] = {item.code: {} for item in items}
    for code, board in _nudged_boards(trial, items):
        for item in items:
            if code in trial.sees[item.code].inputs:
                _compare(trial, item, board, jumps[item.code])
    return [
        _Edge(item, tuple(jumps[item.code]), len(trial.scores[item.code]),
              max(jumps[item.code].values()))
        for item in items
        if jumps[item.code]
    ]  # fmt: skip


def _compare(trial: Trial, item: Item, board: Board, jumps: dict[str, Fraction]) -> None:
    try:
        after = board.item(item.code)
    except Faulty:
        return
    least = _JUMP * max(trial.scheme.full[item.code], Fraction(1))
    for unit, before in trial.scores[item.code].items():
        points = after[unit].points
        moved = abs(points - Fraction(before)) if points is not None else Fraction(0)
        if moved >= least:
            jumps[unit] = max(moved, jumps.get(unit, Fraction(0)))


def _nudged_boards(trial: Trial, items: Sequence[Item]) -> Iterator[tuple[str, Board]]:
    """For every input of the items: the board with all its values a little higher, and a little lower."""
    values = trial.got.values
    inputs = set().union(*(trial.sees[item.code].inputs for item in items))
    for key in sorted(key for key in values.cells if key[0] in inputs):
        for sign in (1, -1):
            cells = _nudged(trial.scheme.inputs[key[0]], values.cells[key], sign)
            if cells:
                moved = replace(values, cells=dict(values.cells) | {key: cells})
                yield key[0], Board(trial.scheme, moved)


def _nudged(one: Input, cells: Mapping[str, Cell], sign: int) -> dict[str, Cell]:
    if one.type in ("text", "yes_no", "date"):
        return {}
    return {
        unit: replace(cell, value=_moved(one, cell.value, sign)) for unit, cell in cells.items()
    }


def _moved(one: Input, value: object, sign: int) -> Fraction | None:
    if not isinstance(value, Fraction) or isinstance(value, Day):
        return None
    is_whole = one.type == "count" or (value.denominator == 1 and abs(value) >= 1)
    if is_whole and abs(value) < _FEW_CASES:
        return value
    step = max(Fraction(1), Fraction(int(abs(value) * _NUDGE))) if is_whole else abs(value) * _NUDGE
    new = value + sign * step
    least = Fraction(0) if one.least is None and value >= 0 else one.least
    most = Fraction(1) if one.most is None and one.type == "share" else one.most
    new = new if least is None else max(new, least)
    return new if most is None else min(new, most)


def _is_many(edge: _Edge) -> bool:
    enough = len(edge.units) >= 3 and edge.of >= FEWEST_UNITS
    return enough and len(edge.units) >= MANY * edge.of


def _finding(trial: Trial, edges: Sequence[_Edge]) -> Finding:
    codes = tuple(edge.item.code for edge in edges)
    holding = trial.holding(codes)
    return Finding(
        "on-the-edge", "mend", codes,
        Text(f"{len(edges)}项指标有四分之一以上的单位卡在档线上，{holding.zh}",
             f"{things(len(edges), 'item', 'items')} on which a quarter of the units or more sit at an edge: "
             f"{holding.en}"),
        Text("一件之差、百分之一之差就升降一档：数据核对、申诉和“做数”都会集中到这些线上",
             "one case or one per cent is a step up or down: corrections, appeals and the temptation to dress "
             "figures gather at these lines"),
        Text("在档与档之间按比例给分，或把线移到数据稀疏的地方",
             "give points in proportion between the steps, or move the line to where few units are"),
        tuple(_case(trial, edge) for edge in edges),
        {"units": {edge.item.code: list(edge.units) for edge in edges},
         "jump": {edge.item.code: float(edge.jump) for edge in edges}},
    )  # fmt: skip


def _case(trial: Trial, edge: _Edge) -> Text:
    name, count, jump = trial.called(edge.item.code), len(edge.units), number(edge.jump)
    places, moved = _places(trial, edge), _moved_line(trial, edge)
    who = trial.units_named(edge.units, 4)
    return Text(
        f"{name.zh}：{edge.of}个单位中{count}个（{who.zh}），一步{jump}分{places.zh}{moved.zh}",
        f"{name.en}: {count} of {edge.of} ({who.en}), {jump} points a step{places.en}{moved.en}",
    )


def _places(trial: Trial, edge: _Edge) -> Text:
    """What the jump is worth in the ranking: the usual number of others within that many points."""
    size = float(edge.jump) * trial.per_point[edge.item.code]
    totals = [float(total) for total in trial.totals.values()]
    if len(totals) < FEWEST_UNITS or trial.is_index:
        return Text("", "")
    within = median(sum(0 < other - mine <= size for other in totals) for mine in totals)
    if within < 1:
        return Text("", "")
    return Text(
        f"，相当于约{round(within)}个名次",
        f", worth about {things(round(within), 'place', 'places')}",
    )


def _moved_line(trial: Trial, edge: _Edge) -> Text:
    """The line with most units beside it, and where near it there are fewest."""
    part = main_part(edge.item)
    if not isinstance(part, Ladder):
        return Text("", "")
    lines = sorted({
        line for band, _ in part.steps if isinstance(band, Band)
        for line in (band.low, band.high) if line is not None
    })  # fmt: skip
    values = sorted(readings(trial, part.of, edge.item).values())
    if not lines or len(values) < FEWEST_UNITS:
        return Text("", "")
    crowded = max(lines, key=lambda line: _beside(values, line))
    free = _free_place(values, crowded, lines)
    is_share = max(abs(line) for line in lines) <= 1
    title = read_title(trial, part.of)
    if free is None or _beside(values, crowded) < 2:
        return Text("", "")
    write = (lambda v: percent(v, 1)) if is_share else number
    beside, after = _beside(values, crowded), _beside(values, free)
    of_zh, in_en = (f"{title.zh}的", f" in {title.en}") if title.zh else ("", "")
    return Text(
        f"；{of_zh}{write(crowded)}一线旁有{beside}个单位，移到{write(free)}则为{after}个",
        f"; {beside} units stand beside the line of {write(crowded)}{in_en}; "
        f"at {write(free)} there would be {after}",
    )


def _beside(values: Sequence[Fraction], line: Fraction) -> int:
    """How many values lie within 1% of a line (of the line's own size)."""
    return sum(abs(value - line) <= abs(line) * _NUDGE for value in values)


def _free_place(
    values: Sequence[Fraction], line: Fraction, lines: Sequence[Fraction]
) -> Fraction | None:
    """The nearest place between units with the fewest beside it: within 5% of the line, and no further
    than half way to the next lines."""
    place = lines.index(line)
    far = abs(line) / 20
    low = line - (min(far, (line - lines[place - 1]) / 2) if place else far)
    high = line + (min(far, (lines[place + 1] - line) / 2) if place + 1 < len(lines) else far)
    ends = sorted({low, high, *(value for value in values if low <= value <= high)})
    middles = [_short((a + b) / 2) for a, b in pairwise(ends)]
    within = [middle for middle in middles if low <= middle <= high]
    best = min(within, key=lambda at: (_beside(values, at), abs(at - line)), default=None)
    return best if best is not None and _beside(values, best) < _beside(values, line) else None


def _short(value: Fraction) -> Fraction:
    """To three significant digits: a line that people can remember."""
    return Fraction(f"{float(value):.3g}")
