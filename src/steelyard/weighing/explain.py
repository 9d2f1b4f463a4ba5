"""Why a unit has its points: the tree, with one sentence a leaf: value, rule, points, source.

Closing rate 92.3% (48 of 52) is at least 90%: 10 of 10 points.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, shown
from steelyard.scheme.bands import AnyBand, Band, Exactly
from steelyard.scheme.formula import Binary, Formula, Name, Number
from steelyard.scheme.model import ROOT, Item, Scheme
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
    walk_parts,
)
from steelyard.weighing.points.board import ItemScore, Scope, Unknown
from steelyard.weighing.points.formulas import evaluate
from steelyard.weighing.points.parts import points_of, rows_of, step_of, steps_in
from steelyard.weighing.result import Result
from steelyard.weighing.values import Value


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node of the tree of points of one unit. ``share`` is points ÷ full, if there is one."""

    code: str
    title: Text
    points: Fraction | None
    full: Fraction
    sentence: Text
    source: Text
    children: tuple[Explanation, ...] = ()

    @property
    def share(self) -> Fraction | None:
        return self.points / self.full if self.points is not None and self.full else None


def explain(result: Result, unit: str) -> Explanation:
    """The tree of points of one unit of a points scheme.

    Raises:
        KeyError: no such unit was weighed.
    """
    return _node(result, result.scheme.root, result.standing[unit].unit.code)


def _node(result: Result, item: Item, unit: str) -> Explanation:
    scheme, score = result.scheme, result.items[item.code][unit]
    below = tuple(_node(result, child, unit) for child in scheme.children[item.code])
    sentence = _of_group(result, item, score) if below else _of_leaf(result, item, score, unit)
    full = scheme.full[item.code]
    return Explanation(
        item.code, item.title, score.points, full, sentence, _source(scheme, item), below
    )


def _source(scheme: Scheme, item: Item) -> Text:
    """Who supplied the figures, and where the rule is written."""
    bodies = [scheme.bodies[code] for code in item.supplying_body]
    zh = "；".join(
        part for part in ["、".join(b.say("zh") for b in bodies), item.source.say("zh")] if part
    )
    en = "; ".join(
        part for part in [", ".join(b.say("en") for b in bodies), item.source.say("en")] if part
    )
    return Text(zh, en)


def _of_group(result: Result, item: Item, score: ItemScore) -> Text:
    ending = _points_text(result.scheme, item, score)
    how = _COMBINED[item.combine]
    if score.points is None:
        return ending
    return Text(f"{how.zh}：{ending.zh}", f"{how.en}: {ending.en}")


_COMBINED = {
    "sum": Text("下级之和", "Sum of its items"),
    "mean": Text("下级平均", "Mean of its items"),
    "weighted_mean": Text("下级加权平均", "Weighted mean of its items"),
    "lowest": Text("取下级最低", "Lowest of its items"),
    "highest": Text("取下级最高", "Highest of its items"),
}
_WHY = {
    "not_applicable": Text("不适用", "does not apply"),
    "zero_if": Text("触发计零分的条件", "the condition for zero points holds"),
    "full_if": Text("符合计满分的条件", "the condition for full points holds"),
    "missing": Text("缺少数据", "the data are missing"),
    "no_base": Text("无可比基数", "there is no base to divide by"),
    "no_material": Text("无佐证材料", "there is no supporting material"),
    "unreliable": Text("数据不可靠", "the data are unreliable"),
    "late": Text("报送逾期", "the delivery was late"),
}


def _points_text(scheme: Scheme, item: Item, score: ItemScore) -> Text:
    if score.points is None:
        return _WHY["not_applicable"]
    points, full = shown(score.points), scheme.full[item.code]
    if not full or item.kind != "item":
        return Text(f"{points}分", f"{points} points")
    return Text(f"{points}分（满分{shown(full)}分）", f"{points} of {shown(full)} points")


def _of_leaf(result: Result, item: Item, score: ItemScore, unit: str) -> Text:
    ending = _points_text(result.scheme, item, score)
    why = score.why.removeprefix("mean_of_others: ")
    if why:
        reason = _WHY[why]
        of_others = score.why.startswith("mean_of_others")
        extra = (
            Text("，取其他单位平均分", ", so the mean of the others counts")
            if of_others
            else Text()
        )
        if score.points is None:
            return Text(
                f"{item.title.say('zh')}：{reason.zh}。", f"{item.title.say('en')}: {reason.en}."
            )
        return Text(
            f"{item.title.say('zh')}：{reason.zh}{extra.zh}，{ending.zh}。",
            f"{item.title.say('en')}: {reason.en}{extra.en}: {ending.en}.",
        )
    assert result.board is not None
    assert item.rule is not None
    scope = Scope(result.board, unit, full=result.scheme.full[item.code])
    said = _Sayer(result.scheme, item).part(item.rule, scope)
    bounded = _bounded_text(points_of(item.rule, scope), score)
    return Text(f"{said.zh}{bounded.zh}：{ending.zh}。", f"{said.en}{bounded.en}: {ending.en}.")


def _bounded_text(raw: Fraction, score: ItemScore) -> Text:
    if score.points is None or raw == score.points:
        return Text()
    if raw > score.points:
        return Text(
            f"，合{shown(raw)}分，以上限为准", f", which makes {shown(raw)}, held to the cap"
        )
    return Text(f"，合{shown(raw)}分，扣完为止", f", which makes {shown(raw)}, held to the floor")


@dataclass(frozen=True)
class _Sayer:
    """Says the parts of one item's rule, with the unit's values in them."""

    scheme: Scheme
    item: Item

    def part(self, part: AnyPart, scope: Scope) -> Text:
        """One clause for a part, as it holds for the unit."""
        if part.say:
            points = shown(points_of(part, scope))
            return Text(f"{part.say.say('zh')}{points}分", f"{part.say.say('en')} {points}")
        match part:
            case Points(points=formula):
                return self._valued(formula, scope)
            case Ladder():
                return self._ladder(part, scope)
            case Table(of=of):
                return self._is(of, scope)
            case Matrix(of=(first, second)):
                one, other = self._is(first, scope), self._is(second, scope)
                return Text(f"{one.zh}，{other.zh}", f"{one.en}, {other.en}")
            case Each():
                return self._steps(part, scope)
            case Proportion(of=of, target=target):
                one, other = self._is(of, scope), self._amount(target, scope)
                return Text(f"{one.zh}，目标{other}", f"{one.en} against a target of {other}")
            case Several():
                return self._several(part, scope)
            case ForEach():
                return self._rows(part, scope)

    def _valued(self, formula: Formula, scope: Scope) -> Text:
        """A formula by its names: "handling rate 80% (8 of 10)"; a constant says nothing more."""
        if isinstance(formula, Number) or formula == Name("full"):
            points = self._amount(formula, scope)
            return Text(f"计{points}分", f"counts {points}")
        names = _names_in(formula)
        if not names:
            return Text(self.item.title.say("zh"), self.item.title.say("en"))
        said = [self._is(name, scope) for name in names[:3]]
        return Text("，".join(one.zh for one in said), ", ".join(one.en for one in said))

    def _is(self, formula: Formula, scope: Scope) -> Text:
        """ "Closing rate 92.3% (48 of 52)"."""
        title = self._title(formula)
        try:
            amount = self._amount(formula, scope)
        except Unknown:
            return Text(f"{title.zh}无数据", f"{title.en} not known")
        parts = self._parts(formula, scope)
        return Text(f"{title.zh}{amount}{parts.zh}", f"{title.en} {amount}{parts.en}")

    def _title(self, formula: Formula) -> Text:
        if isinstance(formula, Name):
            for known in (self.scheme.quantities, self.scheme.inputs, self.scheme.figures):
                if formula.code in known and known[formula.code].title:
                    title = known[formula.code].title
                    return Text(title.say("zh"), title.say("en"))
            return Text(formula.code, formula.code)
        return Text(self.item.title.say("zh"), self.item.title.say("en"))

    def _amount(self, formula: Formula, scope: Scope) -> str:
        value = evaluate(formula, scope)
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, str):
            return value
        return self._as_measured(formula, value)

    def _as_measured(self, formula: Formula, value: Fraction) -> str:
        if self._is_share(formula):
            return percent(value)
        unit = self._unit(formula)
        return f"{shown(value)}{unit}" if unit == "%" else shown(value)

    def _unit(self, formula: Formula) -> str:
        if isinstance(formula, Name):
            for known in (self.scheme.quantities, self.scheme.inputs):
                if formula.code in known:
                    return known[formula.code].unit_of_measure.say("zh")
        return ""

    def _is_share(self, formula: Formula) -> bool:
        """Whether a value reads as a percentage: a declared share, or a quotient of two counts."""
        if isinstance(formula, Name) and formula.code in self.scheme.inputs:
            return self.scheme.inputs[formula.code].type == "share"
        inner = self._inside(formula)
        return isinstance(inner, Binary) and inner.sign == "/" and self._unit(formula) in ("", "%")

    def _inside(self, formula: Formula) -> Formula | None:
        if isinstance(formula, Name) and formula.code in self.scheme.quantities:
            return self.scheme.quantities[formula.code].formula
        return formula

    def _parts(self, formula: Formula, scope: Scope) -> Text:
        """ " (48 of 52)" of a quotient."""
        inner = self._inside(formula)
        if not (isinstance(inner, Binary) and inner.sign == "/"):
            return Text()
        top, bottom = evaluate(inner.left, scope), evaluate(inner.right, scope)
        if not isinstance(top, Fraction) or not isinstance(bottom, Fraction):
            return Text()
        return Text(f"（{shown(top)}/{shown(bottom)}）", f" ({shown(top)} of {shown(bottom)})")

    def _ladder(self, part: Ladder, scope: Scope) -> Text:
        said = self._is(part.of, scope)
        value = evaluate(part.of, scope)
        step = step_of(part, value)
        if step is None:
            return Text(f"{said.zh}，不在任何一档", f"{said.en} is in no step")
        band = self._band(step[0], part.of)
        return Text(f"{said.zh}，{band.zh}", f"{said.en} is {band.en}")

    def _band(self, band: AnyBand, of: Formula) -> Text:
        if isinstance(band, Exactly):
            return Text(f"为{band.value}", f"{band.value}")
        share = self._is_share(of)
        low, high = (
            None if edge is None else (percent(edge) if share else shown(edge))
            for edge in (band.low, band.high)
        )
        return _band_words(band, low, high)

    def _steps(self, part: Each, scope: Scope) -> Text:
        said = self._is(part.of, scope)
        points = shown(abs(points_of(part, scope)))
        counted = shown(steps_in(part, scope))
        each = shown(abs(_number_or(part.each, scope)))
        verb = Text("扣", "minus") if part.taken else Text("加", "plus")
        return Text(
            f"{said.zh}（{counted}×{each}分），{verb.zh}{points}分",
            f"{said.en} ({counted} × {each}), {verb.en} {points}",
        )

    def _several(self, part: Several, scope: Scope) -> Text:
        if part.join == "first":
            from steelyard.weighing.points.formulas import holds

            chosen = next(
                (one for one in part.parts if one.when is None or holds(one.when, scope)), None
            )
            return (
                Text("各条件均不符合", "none of the conditions holds")
                if chosen is None
                else self.part(chosen, scope)
            )
        said = [self.part(one, scope) for one in part.parts]
        lead = {
            "sum": Text(),
            "best": Text("取高者：", "the better of: "),
            "worst": Text("取低者：", "the lower of: "),
        }[part.join]
        return Text(
            lead.zh + "；".join(one.zh for one in said), lead.en + "; ".join(one.en for one in said)
        )

    def _rows(self, part: ForEach, scope: Scope) -> Text:
        rows = rows_of(part, scope)
        points = shown(points_of(part, scope))
        return Text(
            f"清单“{part.list}”共{len(rows)}条，计{points}分",
            f"{len(rows)} rows of {part.list!r} make {points}",
        )


def _number_or(formula: Formula, scope: Scope) -> Fraction:
    value: Value = evaluate(formula, scope)
    return value if isinstance(value, Fraction) else Fraction(0)


def _names_in(formula: Formula) -> list[Name]:
    from steelyard.scheme.formula import walk

    found: list[Name] = []
    for one in walk(formula):
        if isinstance(one, Name) and one not in found and one.code not in ("full", "x"):
            found.append(one)
    return found


def _band_words(band: Band, low: str | None, high: str | None) -> Text:
    if low is not None and low == high:
        return Text(f"等于{low}", f"exactly {low}")
    if low is not None and high is not None:
        return Text(
            f"{'不低于' if band.low_in else '高于'}{low}且{'不高于' if band.high_in else '低于'}{high}",
            f"{'at least' if band.low_in else 'above'} {low} and {'at most' if band.high_in else 'below'} {high}",
        )
    if low is not None:
        return Text(
            f"{'不低于' if band.low_in else '高于'}{low}",
            f"{'at least' if band.low_in else 'above'} {low}",
        )
    return Text(
        f"{'不高于' if band.high_in else '低于'}{high}",
        f"{'at most' if band.high_in else 'below'} {high}",
    )


def is_root(explanation: Explanation) -> bool:
    return explanation.code == ROOT


__all__ = ["Explanation", "explain", "is_root", "walk_parts"]
