"""Which points follow from what a body judged, with the figures at hand, by the scheme's rule?

The same board that weighs the frozen records is asked for one item, with what other items and earlier
periods say as far as it is known. That is not a result: figures may still be corrected, and what lists
say is known only once all is frozen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import cast

from steelyard.assessment.rules.judging import Status
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.faults import Faulty
from steelyard.scheme.formula import IN_TIME, Call, children
from steelyard.scheme.model import Scheme, State
from steelyard.scheme.names import Mention
from steelyard.scheme.uses import formulas_of_item, formulas_of_quantity, in_item, in_quantity
from steelyard.weighing.explain import explain_by_others
from steelyard.weighing.points.board import Board, ItemScore
from steelyard.weighing.points.tree import led_to
from steelyard.weighing.values import Cell, Values, typed
from steelyard.weighing.values import Status as ValueStatus

Key = tuple[str, str]
"""Unit, input."""

_BACK = frozenset({*IN_TIME, "value"})
"""Functions that ask an earlier period, or may."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Points, None if none follow; ``why``: what stood in the place of the rule; ``lacks``: the figure or
    item that is missing, and ``period``: of which earlier period, "" of this one; ``by_others``: where what
    other units have decided too, how: the rank, the mean …"""

    points: Fraction | None
    why: str = ""
    lacks: str = ""
    period: str = ""
    by_others: Text = field(default=Text(), compare=False)


@dataclass(frozen=True, slots=True)
class Besides:
    """What a rule may ask for besides the figures of its item: ``figures`` and ``statuses`` (item → unit →
    status) of other items, ``earlier``: (unit, input, period) → exact writing; ``lacking``: (unit, input) →
    how a figure is lacking, as its body says."""

    figures: Mapping[Key, str] = field(default_factory=dict)
    statuses: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    earlier: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    lacking: Mapping[Key, str] = field(default_factory=dict)


NOTHING_BESIDES = Besides()
NO_BASE = "refused: no_base"


def asks_for(scheme: Scheme, item: str) -> frozenset[str]:
    """The leaves on whose points those of an item depend, by way of other items and quantities too."""
    items, _ = _reached(scheme, item)
    return frozenset(code for code in items if not scheme.children[code]) - {item}


def looks_back(scheme: Scheme, item: str) -> bool:
    """Whether the points of an item depend on what an earlier period says, by way of other items and
    quantities too. A name that is put together only when it is asked may be anything."""
    items, quantities = _reached(scheme, item)
    formulas = [one for code in items for one in formulas_of_item(scheme.item[code])]
    formulas += [
        one for name in quantities for one in formulas_of_quantity(scheme.quantities[name])
    ]
    while formulas:
        one = formulas.pop()
        if isinstance(one, Call) and one.function in _BACK:
            return True
        formulas += children(one)
    return False


def _reached(scheme: Scheme, item: str) -> tuple[frozenset[str], frozenset[str]]:
    """The items and the quantities that are asked when an item is, itself among them."""
    items: set[str] = set()
    quantities: set[str] = set()
    waiting = [item]
    while waiting:
        code = waiting.pop()
        if code in items or code not in scheme.item:
            continue
        items.add(code)
        waiting += (one.code for one in scheme.children[code])
        uses = list(in_item(scheme.item[code], ""))
        while uses:
            one = uses.pop()
            if isinstance(one, Mention):
                waiting.append(one.item)
            elif one.name in scheme.quantities and one.name not in quantities:
                quantities.add(one.name)
                uses += in_quantity(scheme.quantities[one.name], "")
    return frozenset(items), frozenset(quantities)


def follow(
    scheme: Scheme, item: str, figures: Mapping[Key, str], statuses: Mapping[str, str],
    besides: Besides = NOTHING_BESIDES,
) -> Mapping[str, Follows]:  # fmt: skip
    """Unit → the points of an item. ``figures``: (unit, input) → exact writing, whoever gave it.

    ``statuses``: unit → what was said of the item as a whole, *forged* of material found to be so.
    """
    board = Board(scheme, values_of(scheme, item, figures, statuses, besides))
    try:
        scores = board.item(item)
    except (Faulty, ValueError):
        return {}
    lacks = {one.unit: one.about for one in board.refusals if one.item == item}
    return {
        unit: _follows(score, lacks[unit]) if unit in lacks else _ruled(board, item, unit, score)
        for unit, score in scores.items()
    }


def _ruled(board: Board, item: str, unit: str, score: ItemScore) -> Follows:
    by_its_rule = score.points is not None and not score.why
    leaf = board.scheme.item[item]
    said = explain_by_others(board, leaf, unit) if by_its_rule else Text()
    return Follows(score.points, score.why, by_others=said)


def follow_all(
    scheme: Scheme, unit: str, figures: Mapping[Key, str], statuses: Mapping[Key, str],
    besides: Besides = NOTHING_BESIDES,
) -> Mapping[str, Follows]:  # fmt: skip
    """Item → the points of a unit, of all items at once. ``statuses``: (unit, item) → what was said of it.

    ``figures`` are of all units: a rule may look at the others.
    """
    given: dict[str, dict[str, str]] = {}
    for (of, item), status in statuses.items():
        given.setdefault(item, {})[of] = status
    found: dict[str, Follows] = {}
    for leaf in scheme.leaves:
        said = follow(scheme, leaf.code, figures, given.get(leaf.code, {}), besides)
        if unit in said:
            found[leaf.code] = said[unit]
    return found


def _follows(score: ItemScore, about: str) -> Follows:
    """Without points, for the sake of what is missing: ``input``, or ``input (period)``."""
    name, _, period = about.partition(" (")
    return Follows(score.points, score.why, name, period.removesuffix(")"))


def values_of(
    scheme: Scheme, item: str, figures: Mapping[Key, str], statuses: Mapping[str, str],
    besides: Besides = NOTHING_BESIDES,
) -> Values:  # fmt: skip
    cells: dict[Key, dict[str, Cell]] = {}
    for (unit, code), status in besides.lacking.items():
        if code in scheme.inputs:
            lacks = Cell(None, cast("ValueStatus", status))
            cells.setdefault((code, scheme.period_label), {})[unit] = lacks
    now = {
        (unit, code, scheme.period_label): text
        for (unit, code), text in {**besides.figures, **figures}.items()
    }
    for (unit, code, period), text in sorted({**besides.earlier, **now}.items()):
        if code in scheme.inputs:
            value = typed(text, scheme.inputs[code].type)
            cells.setdefault((code, period), {})[unit] = Cell(value)
    return Values(cells, {
        code: {unit: cast("ValueStatus", one) for unit, one in sorted(of.items()) if one}
        for code, of in {**besides.statuses, item: statuses}.items()
    })  # fmt: skip


def said_why(scheme: Scheme, found: Follows) -> Text:
    """Why no points follow, in words; nothing where they do."""
    if found.points is None and found.why == NO_BASE and not found.lacks:
        return Text("除数为0，细则不予计分", "nothing to divide by: the scheme refuses to weigh it")
    if found.points is not None or not found.lacks:
        return Text()
    known = scheme.inputs.get(found.lacks) or scheme.item.get(found.lacks)
    title = (known.title if known else Text()) or same(found.lacks)
    zh, en = title.zh or found.lacks, title.en or title.zh or found.lacks
    if found.period:
        return Text(f"缺{found.period}的“{zh}”", f"lacks “{en}” of {found.period}")
    return Text(f"缺“{zh}”", f"lacks “{en}”")


def admits_late(scheme: Scheme, items: Collection[str]) -> bool:
    """Whether the scheme weighs at least one of these items if it comes late: it does unless it says that
    what is late is refused."""
    board = Board(scheme, Values())
    return any(led_to(board, scheme.item[code], "late") != "refuse" for code in items)


def ignored_statuses(scheme: Scheme, item: str) -> frozenset[str]:
    """Statuses of which the scheme takes no notice: the rule is asked nevertheless."""
    board, leaf = Board(scheme, Values()), scheme.item[item]
    states = (Status.NO_MATERIAL, Status.UNRELIABLE, Status.LATE)
    return frozenset(
        one.value for one in states if led_to(board, leaf, cast("State", one.value)) == "ignore"
    )
