"""How the items of a points scheme add up, where levers move them.

From the root down, as long as a group merely adds its children, each child is followed by itself.
A leaf whose rule is a sum of parts is followed part by part likewise. What is added up and then held
between bounds is a *clamp*. What does more than that (its own rule, the lowest child, a condition that
a lever moves) is one *block*, and everything below it is tried together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.scheme.model import ROOT, UNBOUNDED, Item, Scheme
from steelyard.scheme.parts import AnyPart, Several
from steelyard.weighing.advice.joining import joined_sets
from steelyard.weighing.advice.needs import Reader, bounds_of, conditions_of
from steelyard.weighing.advice.problem import Clamp, Sink
from steelyard.weighing.points.board import Board, ItemScore, Scope
from steelyard.weighing.points.tree import bounds

_ONE = Fraction(1)


@dataclass
class Shape:
    """The blocks and clamps of a scheme, for the inputs of one unit that may move.

    ``lumped`` are items to take as one block, whatever their rule. A part of a leaf is a block of its
    own, named after the leaf and its place: ``A1#0``.
    """

    board: Board
    reader: Reader
    unit: str
    movable: frozenset[str]
    lumped: frozenset[str] = frozenset()
    blocks: list[str] = field(default_factory=list)
    clamps: list[str] = field(default_factory=list)
    parts: dict[str, AnyPart] = field(default_factory=dict)
    _slopes: dict[str, Mapping[str, Fraction]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scheme = self.board.scheme
        self._visit(self.scheme.root)
        self.loose = _without_bounds(self.scheme, self.clamps)

    def moved(self, code: str) -> frozenset[str]:
        """The inputs that may move and that the item (or part of a leaf) needs."""
        if code in self.parts:
            return self._moved_in(self.parts[code])
        return self.reader.item(code).inputs & self.movable

    def item_of(self, block: str) -> str:
        """The item that a block is, or is a part of."""
        return block.rpartition("#")[0] if block in self.parts else block

    def below(self, block: str) -> list[str]:
        """The items that scoring the block scores."""
        found = [self.item_of(block)]
        for code in found:
            found += [child.code for child in self.scheme.children[code]]
        return found

    def looks_across(self, block: str) -> bool:
        return block not in self.parts and self.reader.item(block).looks_across

    def _moved_in(self, part: AnyPart) -> frozenset[str]:
        return self.reader.part(part).inputs & self.movable

    def _visit(self, item: Item) -> None:
        if not self.moved(item.code):
            return
        if self._is_split(item):
            self._split(item)
            return
        if not self._is_followed(item):
            self.blocks.append(item.code)
            return
        if _is_bounded(item):
            self.clamps.append(item.code)
        for child in self.scheme.children[item.code]:
            self._visit(child)

    def _is_followed(self, item: Item) -> bool:
        return (
            bool(self.scheme.children[item.code])
            and item.code not in self.lumped
            and item.rule is None
            and item.combine in ("sum", "mean", "weighted_mean")
            and item.when_not_applicable != "mean_of_others"
            and not self.reader.own(item.code).inputs & self.movable
        )

    def _is_split(self, item: Item) -> bool:
        """Whether a leaf merely adds up parts that different levers move, and then bounds the sum."""
        rule = item.rule
        if item.code in self.lumped or self.scheme.children[item.code]:
            return False
        if not isinstance(rule, Several) or rule.join != "sum" or rule != Several(
            join="sum", parts=rule.parts, say=rule.say
        ):  # fmt: skip
            return False
        fixed = [*conditions_of(item), *bounds_of(item)]
        return (
            not any(self.reader.formula(one).inputs & self.movable for one in fixed)
            and not any(needs.inputs & self.movable for needs in self.reader.applying(item.code))
            and not self.reader.own(item.code).looks_across
            and not self.board.item(item.code)[self.unit].why
            and len(joined_sets(self._moved_in(part) for part in rule.parts)) > 1
        )

    def _split(self, item: Item) -> None:
        assert isinstance(item.rule, Several)
        self.clamps.append(item.code)
        for number, part in enumerate(item.rule.parts):
            if self._moved_in(part):
                self.parts[f"{item.code}#{number}"] = part
                self.blocks.append(f"{item.code}#{number}")

    # --- the way up ---------------------------------------------------------------------------

    def way_up(self, code: str, unit: str, to: Sink | None = None) -> tuple[Sink, Fraction]:
        """The next clamp above an item (or the root, or ``to``), and what a point of the item adds there."""
        slope = _ONE
        if code in self.parts:
            return self.item_of(code), slope
        while code != ROOT:
            slope *= self._slope(code).get(unit, Fraction(0))
            code = self.scheme.item[code].parent
            if code in self.clamps or code == to:
                return code, slope
        return ROOT, slope

    def _slope(self, code: str) -> Mapping[str, Fraction]:
        """What one more point of an item gives its parent, by unit: the engine is asked."""
        if code not in self._slopes:
            parent = self.scheme.item[code].parent
            today = {one.code: self.board.item(one.code) for one in self.scheme.children[parent]}
            more = today | {code: {u: _raised(score) for u, score in today[code].items()}}
            before, after = (self._loosely(parent, given) for given in (today, more))
            self._slopes[code] = {
                unit: (after[unit].points or Fraction(0)) - (before[unit].points or Fraction(0))
                for unit in before
            }
        return self._slopes[code]

    def _loosely(
        self, code: str, given: Mapping[str, Mapping[str, ItemScore]]
    ) -> Mapping[str, ItemScore]:
        return Board(self.loose, self.board.values).hold(given).item(code)

    def clamp(self, code: str, unit: str) -> Clamp:
        """A group and a unit, between its bounds."""
        children = self.scheme.children[code]
        today = {child.code: self.board.item(child.code) for child in children}
        inner = self._loosely(code, today)[unit].points or Fraction(0)
        scope = Scope(self.board, unit, full=self.scheme.full[code])
        low, high = bounds(self.scheme.item[code], scope)
        into, slope = self.way_up(code, unit)
        return Clamp(code, unit, inner, low, high, into, slope)

    def is_clamped_between(self, code: str, top: str) -> bool:
        """Whether a clamp lies on the way from an item up to and including ``top``."""
        if code in self.parts:
            return True
        while code != top:
            code = self.scheme.item[code].parent
            if code in self.clamps:
                return True
        return False

    def is_within(self, code: str, top: str) -> bool:
        code = self.item_of(code)
        while code not in (top, ROOT):
            code = self.scheme.item[code].parent
        return code == top


def _raised(score: ItemScore) -> ItemScore:
    return score if score.points is None else replace(score, points=score.points + 1)


def _is_bounded(item: Item) -> bool:
    """Whether a group has bounds; the root has none."""
    if item.code == ROOT:
        return False
    written = any(bound not in (None, UNBOUNDED) for bound in (item.cap, item.floor))
    return written or item.kind != "item"


def _without_bounds(scheme: Scheme, codes: list[str]) -> Scheme:
    items = tuple(
        replace(item, cap=UNBOUNDED, floor=UNBOUNDED) if item.code in codes else item
        for item in scheme.items
    )
    return replace(scheme, items=items)
