"""One clause for a part of a rule, with the unit's own values in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.scheme.formula import ACROSS, Call, Formula, Name, Number
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.parts import (
    AnyPart,
    Each,
    ForEach,
    Ladder,
    Matrix,
    Points,
    Proportion,
    Several,
    Table,
)
from steelyard.weighing.explain.against_others import is_rank, places_text, said_of_others
from steelyard.weighing.explain.amounts import band_text, fact, facts, quotient_of, value_text
from steelyard.weighing.points.board import Scope
from steelyard.weighing.points.formulas import evaluate, holds, number
from steelyard.weighing.points.parts import points_of, rows_of, step_of, steps_in

_MOST_FACTS = 4


@dataclass(frozen=True)
class Clauses:
    """Says the parts of one item's rule for one unit. Nothing said is an empty text."""

    scheme: Scheme
    item: Item
    scope: Scope

    def of(self, part: AnyPart, *, alone: bool = True) -> Text:
        """The clause of a part. ``alone`` if it is the whole rule, whose points are said after it."""
        if part.when is not None and not holds(part.when, self.scope):
            return self._not_holding(part, part.when)
        if part.say:
            return self._named(part)
        said = self._main(part, alone=alone)
        return self._with_condition(part, said)

    def _named(self, part: AnyPart) -> Text:
        points = shown(points_of(part, self.scope))
        return Text(f"{part.say.say('zh')}{points}分", f"{part.say.say('en')} {points}")

    def _not_holding(self, part: AnyPart, when: Formula) -> Text:
        known = self.known(when)
        name = Text(f"“{part.say.zh}”", f" for {part.say.en!r}") if part.say else Text()
        return Text(
            f"{known.zh}，不符合{name.zh}条件",
            f"{known.en}, so the condition{name.en} does not hold",
        )

    def _with_condition(self, part: AnyPart, said: Text) -> Text:
        if part.when is None:
            return said
        known = self.known(part.when)
        holding = Text(f"{known.zh}，符合条件", f"{known.en}, so the condition holds")
        return _join([holding, said]) if said else holding

    def known(self, formula: Formula) -> Text:
        """The names in a formula with their values, and what it took from other units; the item's title
        if it has none."""
        said = facts(self.scheme, self.item, formula, self.scope)
        if not said:
            return self._among(formula, self.item.title)
        more = Text("等", " and others") if len(said) > _MOST_FACTS else Text()
        joined = _join(said[:_MOST_FACTS])
        return self._among(formula, Text(joined.zh + more.zh, joined.en + more.en))

    def _fact(self, formula: Formula) -> Text:
        """The value of one thing, and what it took from other units."""
        return self._among(formula, fact(self.scheme, self.item, formula, self.scope))

    def _among(self, formula: Formula, said: Text) -> Text:
        return _join([said, *said_of_others(self.scheme, formula, self.scope)])

    def _main(self, part: AnyPart, *, alone: bool) -> Text:
        match part:
            case Points(points=formula):
                return self._points(formula, alone=alone)
            case Ladder():
                return self._ladder(part)
            case Table(of=of):
                return self._value(of)
            case Matrix(of=(first, second)):
                return _join([self._value(first), self._value(second)])
            case Each():
                return self._steps(part)
            case Proportion(of=of, target=target):
                return self._proportion(of, target)
            case Several():
                return self._several(part, alone=alone)
            case ForEach():
                return self._rows(part)

    def _value(self, formula: Formula) -> Text:
        """A name with its value, or the names in a longer formula with theirs."""
        if isinstance(formula, Name) or quotient_of(self.scheme, formula):
            return self._fact(formula)
        said = self.known(formula)
        if _is_of_others(formula):
            return said
        value = value_text(self.scheme, formula, evaluate(formula, self.scope))
        return Text(f"{said.zh}，得{value.zh}", f"{said.en}, which makes {value.en}")

    def _points(self, formula: Formula, *, alone: bool) -> Text:
        if not isinstance(formula, Number) and formula != Name("full"):
            return self.known(formula)
        if alone:
            return Text()
        start = shown(number(formula, self.scope))
        return Text(f"基础{start}分", f"starts at {start}")

    def _ladder(self, part: Ladder) -> Text:
        said, value = self._value(part.of), evaluate(part.of, self.scope)
        step = step_of(part, value)
        if is_rank(self.scheme, part.of):
            return self._place(said, step and places_text(step[0]))
        if step is None:
            return Text(f"{said.zh}，未达到任何一档", f"{said.en} reaches no step")
        band = band_text(self.scheme, step[0], part.of)
        return Text(f"{said.zh}，{band.zh}", f"{said.en} is {band.en}")

    def _place(self, said: Text, places: Text | None) -> Text:
        """Of a rank: the places that are scored alike, which are none of the points."""
        if places is None:
            return Text(f"{said.zh}，各档之外", f"{said.en}, beside all steps")
        return Text(f"{said.zh}，属{places.zh}", f"{said.en}, in {places.en}")

    def _steps(self, part: Each) -> Text:
        said = self._fact(part.of) if isinstance(part.of, Name) else self.known(part.of)
        steps, points = steps_in(part, self.scope), points_of(part, self.scope)
        if not points:
            return Text(f"{said.zh}，{'不扣分' if part.taken else '不加分'}",
                        f"{said.en}, nothing {'taken' if part.taken else 'added'}")  # fmt: skip
        rate = number(part.each, self.scope)
        held = abs(points) < abs(steps * rate) and part.at_most is not None
        cap = Text("，封顶", ", the most") if held else Text()
        each = shown(rate)
        verb = Text("扣", "minus") if part.taken else Text("加", "plus")
        size = shown(abs(points))
        return Text(
            f"{said.zh}，{verb.zh}{size}分（{shown(steps)}×{each}分{cap.zh}）",
            f"{said.en}, {verb.en} {size} ({shown(steps)} × {each}{cap.en})",
        )

    def _proportion(self, of: Formula, target: Formula) -> Text:
        said = self._value(of)
        if _is_of_others(target):
            return _join([said, *said_of_others(self.scheme, target, self.scope)])
        aim = value_text(
            self.scheme, of if _same_measure(target) else target, evaluate(target, self.scope)
        )
        return Text(f"{said.zh}，目标{aim.zh}", f"{said.en} against a target of {aim.en}")

    def _several(self, part: Several, *, alone: bool) -> Text:
        if part.join == "first":
            return self._first(part)
        lead = _LEADS[part.join]
        is_sum = part.join == "sum" and len(part.parts) > 1
        said = [self.of(one, alone=alone and not is_sum) for one in part.parts]
        joined = _join([one for one in said if one], zh="；", en="; ")
        return Text(lead.zh + joined.zh, lead.en + joined.en)

    def _first(self, part: Several) -> Text:
        for one in part.parts:
            if one.when is None or holds(one.when, self.scope):
                return self.of(one)
        known = (
            self.known(part.parts[0].when) if part.parts[0].when is not None else self.item.title
        )
        return Text(f"{known.zh}，各条件均不符合", f"{known.en}, so no condition holds")

    def _rows(self, part: ForEach) -> Text:
        rows, points = rows_of(part, self.scope), points_of(part, self.scope)
        keep = _KEEPS[part.keep]
        many = "row" if len(rows) == 1 else "rows"
        return Text(
            f"清单“{part.list}”{len(rows)}条，{keep.zh}{shown(points)}分",
            f"{len(rows)} {many} in {part.list}, {keep.en} {shown(points)}",
        )


_LEADS = {
    "sum": Text(),
    "best": Text("取高者：", "the better of: "),
    "worst": Text("取低者：", "the lower of: "),
}
_KEEPS = {
    "sum": Text("合计", "together"),
    "highest": Text("取最高", "the highest"),
    "lowest": Text("取最低", "the lowest"),
    "mean": Text("平均", "on average"),
    "median": Text("中位数", "median"),
    "trimmed_mean": Text("去极值平均", "trimmed mean"),
}


def _is_of_others(formula: Formula) -> bool:
    """A rank, a mean … and nothing else: said with what it is taken of, it is said."""
    return isinstance(formula, Call) and formula.function in ACROSS


def _same_measure(target: Formula) -> bool:
    return isinstance(target, Number)


def _join(said: Sequence[Text], zh: str = "，", en: str = ", ") -> Text:
    return Text(zh.join(one.say("zh") for one in said), en.join(one.say("en") for one in said))


def held_by_bounds(raw: Fraction, points: Fraction) -> Text:
    """What the item's own bounds did to the points of its rule."""
    if raw > points:
        return Text(
            f"，合{shown(raw)}分，封顶{shown(points)}分", f", {shown(raw)} held to {shown(points)}"
        )
    if raw < points:
        return Text(
            f"，合{shown(raw)}分，以{shown(points)}分为限",
            f", {shown(raw)} held to {shown(points)}",
        )
    return Text()
