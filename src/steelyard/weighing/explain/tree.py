"""The tree of points of one unit, and what overrode a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import Item, Scheme
from steelyard.weighing.explain.against_others import looks_at_others
from steelyard.weighing.explain.clauses import Clauses, held_by_bounds
from steelyard.weighing.points.board import Board, ItemScore, Scope
from steelyard.weighing.points.parts import points_of
from steelyard.weighing.points.tree import TO_BE_FILLED, inputs_of
from steelyard.weighing.result import Result


@dataclass(frozen=True, slots=True)
class Behind:
    """The frozen records behind one figure: which input, how many, by which query."""

    input: str
    title: Text
    records: int
    query: str
    is_delivered: bool = True

    @property
    def sentence(self) -> Text:
        if not self.is_delivered:
            zh = f"依据：{self.title.say('zh') or self.input}（{self.input}），未报送"
            en = f"rests on {self.title.say('en') or self.input} ({self.input}): not delivered"
            return Text(zh, en)
        zh = f"依据：{self.title.say('zh') or self.input}（{self.input}），{self.records}条记录"
        en = f"rests on {self.title.say('en') or self.input} ({self.input}): {self.records} records"
        return Text(zh, en)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node of the tree of points of one unit. ``share`` is points ÷ full, if there is one.

    ``behind`` are the frozen records that a leaf's figures were computed from.
    """

    code: str
    title: Text
    points: Fraction | None
    full: Fraction
    sentence: Text
    source: Text
    children: tuple[Explanation, ...] = ()
    behind: tuple[Behind, ...] = ()

    @property
    def share(self) -> Fraction | None:
        return self.points / self.full if self.points is not None and self.full else None


def explain_points(result: Result, unit: str) -> Explanation:
    """The tree of points of one unit of a points scheme, from the root.

    Raises:
        KeyError: no such unit was weighed.
    """
    return _node(result, result.scheme.root, result.standing[unit].unit.code)


def _node(result: Result, item: Item, unit: str) -> Explanation:
    scheme, score = result.scheme, result.items[item.code][unit]
    below = tuple(_node(result, child, unit) for child in scheme.children[item.code])
    sentence = _of_group(scheme, item, score) if below else _of_leaf(result, item, score, unit)
    return Explanation(
        item.code, item.title, score.points, scheme.full[item.code], sentence,
        _source(scheme, item), below, () if below else tuple(_behind(result, item, unit)),
    )  # fmt: skip


def _behind(result: Result, item: Item, unit: str) -> Iterator[Behind]:
    scheme = result.scheme
    assert result.board is not None
    for code in inputs_of(result.board, item):
        cell = result.values.cell(code, scheme.period_label, unit)
        if cell is not None and cell.records is not None:
            one = scheme.inputs[code]
            is_delivered = bool(cell.records) or cell.status != "missing"
            yield Behind(code, one.title, cell.records, one.records, is_delivered)


def _source(scheme: Scheme, item: Item) -> Text:
    """Who supplied the figures, and where the rule is written."""
    bodies = [scheme.bodies[code] for code in item.supplying_body]
    return Text(
        "；".join(filter(None, ["、".join(b.say("zh") for b in bodies), item.source.say("zh")])),
        "; ".join(filter(None, [", ".join(b.say("en") for b in bodies), item.source.say("en")])),
    )


_COMBINED = {
    "sum": Text("下级之和", "Sum of its items"),
    "mean": Text("下级平均", "Mean of its items"),
    "weighted_mean": Text("下级加权平均", "Weighted mean of its items"),
    "lowest": Text("取下级最低", "Lowest of its items"),
    "highest": Text("取下级最高", "Highest of its items"),
}
_WHY = {
    "not_applicable": Text("不适用", "does not apply"),
    "zero_if": Text("符合计零分的条件", "the condition for no points holds"),
    "full_if": Text("符合计满分的条件", "the condition for full points holds"),
    "missing": Text("缺少数据", "the data are missing"),
    "no_base": Text("无可比基数", "there is no base to divide by"),
    "no_material": Text("无佐证材料", "there is no supporting material"),
    "unreliable": Text("数据不可靠", "the data are unreliable"),
    "late": Text("报送逾期", "the delivery was late"),
    "forged": Text("材料经认定造假", "material was found to be forged"),
}


def points_text(scheme: Scheme, item: Item, score: ItemScore) -> Text:
    """ "9 of 10 points"; of a bonus or deduction, its points alone."""
    if score.points is None:
        return _WHY["not_applicable"]
    points, full = shown(score.points), scheme.full[item.code]
    if not full or item.kind != "item":
        return Text(f"{points}分", f"{points} {_points(score.points)}")
    return Text(f"{points}分（满分{shown(full)}分）", f"{points} of {shown(full)} {_points(full)}")


def _points(number: Fraction) -> str:
    return "point" if number == 1 else "points"


def _of_group(scheme: Scheme, item: Item, score: ItemScore) -> Text:
    ending = points_text(scheme, item, score)
    if score.points is None:
        return ending
    how = Text("按规则计", "By its own rule") if item.rule is not None else _COMBINED[item.combine]
    return Text(f"{how.zh}：{ending.zh}", f"{how.en}: {ending.en}")


def _of_leaf(result: Result, item: Item, score: ItemScore, unit: str) -> Text:
    said = (
        _overridden(result, item, score, unit) if score.why else _ruled(result, item, score, unit)
    )
    title = item.title
    ending = points_text(result.scheme, item, score)
    if score.points is None:
        return Text(f"{title.say('zh')}：{said.zh}。", f"{title.say('en')}: {said.en}.")
    lead = _lead(title, said)
    return Text(f"{lead.zh}：{ending.zh}。", f"{lead.en}: {ending.en}.")


def _lead(title: Text, said: Text) -> Text:
    """The title once, however the clause begins."""
    if not said:
        return Text(title.say("zh"), title.say("en"))
    zh = said.zh if said.zh.startswith(title.say("zh")) else f"{title.say('zh')}：{said.zh}"
    en = said.en if said.en.startswith(title.say("en")) else f"{title.say('en')}: {said.en}"
    return Text(zh, en)


def _overridden(result: Result, item: Item, score: ItemScore, unit: str) -> Text:
    reason = _WHY[score.why.removeprefix(f"{TO_BE_FILLED}: ")]
    if score.points is not None and score.why.startswith(TO_BE_FILLED):
        return Text(
            f"{reason.zh}，取其他单位的平均分", f"{reason.en}, so the mean of the others counts"
        )
    condition = _CONDITIONS[score.why](item) if score.why in _CONDITIONS else None
    if condition is None:
        return reason
    known = _clauses(result, item, unit).known(condition)
    return Text(f"{known.zh}，{reason.zh}", f"{known.en}, so {reason.en}")


_CONDITIONS: dict[str, Callable[[Item], Formula | None]] = {
    "zero_if": lambda item: item.zero_if,
    "full_if": lambda item: item.full_if,
    "not_applicable": lambda item: item.not_applicable_if,
}


def _clauses(result: Result, item: Item, unit: str) -> Clauses:
    assert result.board is not None
    return _clauses_on(result.board, item, unit)


def _clauses_on(board: Board, item: Item, unit: str) -> Clauses:
    return Clauses(board.scheme, item, Scope(board, unit, full=board.scheme.full[item.code]))


def explain_by_others(board: Board, item: Item, unit: str) -> Text:
    """How the rule of a leaf gave a unit its points, where what other units have decided too; else nothing.

    It was scored, and by its rule.
    """
    if item.rule is None or not looks_at_others(board.scheme, item):
        return Text()
    return _clauses_on(board, item, unit).of(item.rule)


def _ruled(result: Result, item: Item, score: ItemScore, unit: str) -> Text:
    assert item.rule is not None
    assert score.points is not None
    clauses = _clauses(result, item, unit)
    said = clauses.of(item.rule)
    held = held_by_bounds(points_of(item.rule, clauses.scope), score.points)
    return Text(said.zh + held.zh, said.en + held.en)
