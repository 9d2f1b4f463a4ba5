"""The points of one item of the tree, for every unit: a leaf by its rule, a group by its children."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme import names
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import ROOT, UNBOUNDED, Item, Outcome, State
from steelyard.scheme.names import Use
from steelyard.scheme.uses import in_quantity
from steelyard.weighing.points.board import Board, ItemScore, Scope, Unknown
from steelyard.weighing.points.formulas import WrongType, holds, number
from steelyard.weighing.points.parts import NotInTable, points_of

_ZERO = Fraction(0)
DEFAULTS: Mapping[State, Outcome] = {
    "missing": "refuse", "no_base": "refuse",
    "no_material": "zero", "unreliable": "zero", "late": "ignore", "forged": "zero",
}  # fmt: skip
"""What a state leads to where neither the item, nor one above it, nor the scheme says."""
ASKED_FIRST: tuple[State, ...] = ("forged", "no_material", "unreliable", "late")
NOT_APPLICABLE = ItemScore(None, _ZERO, "not_applicable")
TO_BE_FILLED = "mean_of_others"


def score_item(board: Board, item: Item) -> Mapping[str, ItemScore]:
    """The scores of all units; those that take the mean of the others are filled in last."""
    score = _score_group if board.scheme.children[item.code] else _score_leaf
    scores = {unit: _guarded(score, board, item, unit) for unit in board.units}
    return _filled(scores, _possible(board, item))


def _guarded(
    score: Callable[[Board, Item, str], ItemScore], board: Board, item: Item, unit: str
) -> ItemScore:
    try:
        return score(board, item, unit)
    except (WrongType, NotInTable) as error:
        raise Faulty([_wrong_value(board, item, unit, error)]) from error


def _wrong_value(board: Board, item: Item, unit: str, error: ValueError) -> Fault:
    title = board.scheme.unit[unit].title
    return Fault(
        "wrong-type" if isinstance(error, WrongType) else "not-in-table",
        Text(f"{title.say('zh')}在指标{item.code}上：{error}",
             f"{title.say('en')} on item {item.code}: {error}"),
        Text("请核对数据的取值，或在规则中补上", "check the value, or add it to the rule"),
        Where(key=f"items.{item.code}.rule"),
    )  # fmt: skip


def _possible(board: Board, item: Item) -> Fraction:
    return board.scheme.full[item.code] if item.kind == "item" else _ZERO


def _filled(scores: dict[str, ItemScore], possible: Fraction) -> Mapping[str, ItemScore]:
    """Those marked take the mean of the units that have points, or do not apply."""
    waiting = [unit for unit, score in scores.items() if score.why.startswith(TO_BE_FILLED)]
    if not waiting:
        return scores
    known = [
        score.points
        for unit, score in scores.items()
        if unit not in waiting and score.points is not None
    ]
    mean = sum(known, _ZERO) / len(known) if known else None
    for unit in waiting:
        why = scores[unit].why
        scores[unit] = ItemScore(mean, possible if mean is not None else _ZERO, why)
    return scores


# --- leaves ---------------------------------------------------------------------------------


def _score_leaf(board: Board, item: Item, unit: str) -> ItemScore:
    """Not applicable → material, reliability, lateness → zero or full if → the rule → bounds."""
    scope = Scope(board, unit, full=board.scheme.full[item.code])
    try:
        statuses = statuses_of(board, item, unit)
        if not _applies(item, scope) or "not_applicable" in statuses:
            return NOT_APPLICABLE
        flagged = _flagged(board, item, unit, statuses)
        if flagged is not None:
            return flagged
        return _ruled(board, item, scope)
    except Unknown as unknown:
        return _outcome(board, item, unit, unknown.state, unknown)


def _applies(item: Item, scope: Scope) -> bool:
    """Whether the item is for the unit: neither it nor a group above it says otherwise."""
    if item.applies_to and scope.board.group[scope.unit] not in item.applies_to:
        return False
    if item.not_applicable_if is not None and holds(item.not_applicable_if, scope):
        return False
    if scope.board.values.item_statuses.get(item.code, {}).get(scope.unit) == "not_applicable":
        return False
    return item.code == ROOT or _applies(scope.board.scheme.item[item.parent], scope)


def statuses_of(board: Board, item: Item, unit: str) -> set[str]:
    """The statuses of the item and of the inputs that its rule names, this period."""
    found: set[str] = {board.values.item_statuses.get(item.code, {}).get(unit, "")}
    for code in inputs_of(board, item):
        cell = board.values.cell(code, board.periods[0], unit)
        if cell is not None:
            found.add(cell.status)
    return found


def inputs_of(board: Board, item: Item) -> tuple[str, ...]:
    """The inputs that an item's rule names, through quantities too."""
    memo = board.inputs_of_items
    if item.code not in memo:
        memo[item.code] = tuple(sorted(_inputs_named(board, item)))
    return memo[item.code]


def _inputs_named(board: Board, item: Item) -> set[str]:
    scheme = board.scheme
    found: set[str] = set()
    seen: set[str] = set()
    named = () if item.rule is None else names.in_part(item.rule, names.Scope(""))
    waiting = [use for use in named if isinstance(use, Use)]
    while waiting:
        use = waiting.pop()
        if use.name in scheme.quantities and use.name not in seen:
            seen.add(use.name)
            inner = in_quantity(scheme.quantities[use.name], "")
            waiting.extend(one for one in inner if isinstance(one, Use))
        elif use.name in scheme.inputs and not use.scope.list:
            found.add(use.name)
    return found


def _flagged(board: Board, item: Item, unit: str, statuses: set[str]) -> ItemScore | None:
    for state in ASKED_FIRST:
        if state in statuses and led_to(board, item, state) != "ignore":
            return _outcome(board, item, unit, state, Unknown(state, item.code))
    return None


def _ruled(board: Board, item: Item, scope: Scope) -> ItemScore:
    full, possible = board.scheme.full[item.code], _possible(board, item)
    if item.zero_if is not None and holds(item.zero_if, scope):
        return ItemScore(_bounded(item, _ZERO, scope), possible, "zero_if")
    if item.full_if is not None and holds(item.full_if, scope):
        return ItemScore(_bounded(item, full, scope), possible, "full_if")
    assert item.rule is not None, f"the leaf {item.code} has no rule"
    return ItemScore(_bounded(item, points_of(item.rule, scope), scope), possible)


def led_to(board: Board, item: Item, state: State) -> Outcome:
    """What the state leads to: as the item says, or one above it, or the scheme."""
    scheme = board.scheme
    here = item
    while here.code != ROOT:
        if state in here.on:
            return here.on[state]
        here = scheme.item[here.parent]
    return scheme.on.get(state, DEFAULTS[state])


def _outcome(board: Board, item: Item, unit: str, state: State, unknown: Unknown) -> ItemScore:
    possible = _possible(board, item)
    scope = Scope(board, unit, full=board.scheme.full[item.code])
    try:
        match led_to(board, item, state):
            case "zero":
                return ItemScore(_bounded(item, _ZERO, scope), possible, state)
            case "full":
                return ItemScore(_bounded(item, scope.full or _ZERO, scope), possible, state)
            case "not_applicable":
                return ItemScore(None, _ZERO, state)
            case "mean_of_others":
                return ItemScore(None, _ZERO, f"{TO_BE_FILLED}: {state}")
            case _:
                board.refuse(unit, item.code, unknown)
    except Unknown as bound:  # the cap or the floor itself: nothing is left to go by
        board.refuse(unit, item.code, bound)
    return ItemScore(None, _ZERO, f"refused: {state}")


# --- bounds ---------------------------------------------------------------------------------


def _bounded(item: Item, points: Fraction, scope: Scope) -> Fraction:
    """Within the item's bounds. If they cross, the cap wins."""
    low, high = bounds(item, scope)
    points = points if low is None else max(points, low)
    return points if high is None else min(points, high)


def bounds(item: Item, scope: Scope) -> tuple[Fraction | None, Fraction | None]:
    """The least and the most points of an item; None is no bound."""
    low = _bound(item.floor, _usual_floor(scope, item), scope)
    high = _bound(item.cap, _usual_cap(scope, item), scope)
    return low, high


def _bound(
    written: Formula | Literal["none"] | None, usual: Fraction | None, scope: Scope
) -> Fraction | None:
    if written == UNBOUNDED:
        return None
    return usual if written is None else number(written, scope)


def _usual_floor(scope: Scope, item: Item) -> Fraction | None:
    if item.kind == "deduction":
        return None if item.points is None else -item.points
    is_group = bool(scope.board.scheme.children[item.code])
    return None if is_group and item.kind == "item" else _ZERO


def _usual_cap(scope: Scope, item: Item) -> Fraction | None:
    if item.kind == "deduction":
        return _ZERO
    if item.kind == "bonus":
        return item.points
    return None if scope.board.scheme.children[item.code] else scope.full


# --- groups ---------------------------------------------------------------------------------


def _score_group(board: Board, item: Item, unit: str) -> ItemScore:
    """Combine the children, adjust, ask zero and full if, and bound."""
    scope = Scope(board, unit, full=board.scheme.full[item.code])
    try:
        if not _applies(item, scope):
            return NOT_APPLICABLE
        combined = _combined(board, item, scope)
        if combined.points is None:
            return combined
        points = combined.points + _adjusted(item, scope)
        if item.zero_if is not None and holds(item.zero_if, scope):
            return ItemScore(_bounded(item, _ZERO, scope), combined.possible, "zero_if")
        if item.full_if is not None and holds(item.full_if, scope):
            full = board.scheme.full[item.code]
            return ItemScore(_bounded(item, full, scope), combined.possible, "full_if")
        return ItemScore(_bounded(item, points, scope), combined.possible)
    except Unknown as unknown:
        return _outcome(board, item, unit, unknown.state, unknown)


def before_bounds(board: Board, item: Item, unit: str) -> Fraction | None:
    """What the children and the adjustments of a group come to before its floor and its cap; None if
    nothing is known, or a condition set the points."""
    scope = Scope(board, unit, full=board.scheme.full[item.code])
    if board.item(item.code)[unit].why:
        return None
    combined = _combined(board, item, scope)
    return None if combined.points is None else combined.points + _adjusted(item, scope)


def _adjusted(item: Item, scope: Scope) -> Fraction:
    return sum((points_of(part, scope) for part in item.adjust), _ZERO)


def _combined(board: Board, item: Item, scope: Scope) -> ItemScore:
    scores = [
        (child, board.item(child.code)[scope.unit]) for child in board.scheme.children[item.code]
    ]
    if any(score.why.startswith("refused") for _, score in scores):
        return ItemScore(None, _ZERO, "refused: child")
    if item.rule is not None:
        return ItemScore(points_of(item.rule, scope), _possible(board, item))
    counted = [(child, score) for child, score in scores if child.kind == "item"]
    beside = sum((s.points for c, s in scores if c.kind != "item" and s.points is not None), _ZERO)
    if counted and not any(score.applies for _, score in counted):
        return NOT_APPLICABLE
    main = _COMBINE[item.combine](board, item, counted) if counted else ItemScore(_ZERO, _ZERO)
    return ItemScore((main.points or _ZERO) + beside, main.possible)


Counted = list[tuple[Item, ItemScore]]


def _sum(board: Board, item: Item, counted: Counted) -> ItemScore:
    got = sum((s.points for _, s in counted if s.points is not None), _ZERO)
    possible = sum((s.possible for _, s in counted), _ZERO)
    missing = [child for child, score in counted if not score.applies]
    if not missing:
        return ItemScore(got, possible)
    full = sum((board.scheme.full[child.code] for child, _ in counted), _ZERO)
    match item.when_not_applicable:
        case "drop":
            return ItemScore(got, possible)
        case "spread":
            return ItemScore(_spread(board, counted, missing), full)
        case "full":
            return ItemScore(got + _full_of(board, missing), full)
        case "zero":
            return ItemScore(got, full)
        case "mean_of_others":
            return ItemScore(_with_means(board, counted, missing), full)
        case _:
            return ItemScore(got * full / possible if possible else got, full)


def _full_of(board: Board, items: list[Item]) -> Fraction:
    return sum((board.scheme.full[item.code] for item in items), _ZERO)


def _spread(board: Board, counted: Counted, missing: list[Item]) -> Fraction:
    """Each that applies is scaled to its full points and an equal share of the missing ones'."""
    applying = [(child, score) for child, score in counted if score.points is not None]
    extra = _full_of(board, missing) / len(applying)
    total = _ZERO
    for child, score in applying:
        full = board.scheme.full[child.code]
        total += (score.points or _ZERO) * (full + extra) / full if full else _ZERO
    return total


def _with_means(board: Board, counted: Counted, missing: list[Item]) -> Fraction:
    """A child that does not apply counts the mean of the units to which it does."""
    points = sum((s.points for _, s in counted if s.points is not None), _ZERO)
    for child in missing:
        others = [s.points for s in board.item(child.code).values() if s.points is not None]
        if others:
            points += sum(others, _ZERO) / len(others)
    return points


def _weighted_mean(_: Board, item: Item, counted: Counted) -> ItemScore:
    """The mean over the children that apply: their weights are scaled up together."""
    weighed = [
        (child.weight if item.combine == "weighted_mean" else Fraction(1), score)
        for child, score in counted
        if score.applies
    ]
    total = sum((weight for weight, _ in weighed), _ZERO)
    if total == 0:
        raise Unknown("no_base", item.code)
    points = sum((weight * (score.points or _ZERO) for weight, score in weighed), _ZERO)
    possible = sum((weight * score.possible for weight, score in weighed), _ZERO)
    return ItemScore(points / total, possible / total)


def _extreme(_: Board, item: Item, counted: Counted) -> ItemScore:
    applying = [score for _, score in counted if score.applies]
    choose = min if item.combine == "lowest" else max
    chosen = choose(applying, key=lambda score: score.points or _ZERO)
    return ItemScore(chosen.points, chosen.possible)


_COMBINE: dict[str, Callable[[Board, Item, Counted], ItemScore]] = {
    "sum": _sum,
    "mean": _weighted_mean,
    "weighted_mean": _weighted_mean,
    "lowest": _extreme,
    "highest": _extreme,
}
