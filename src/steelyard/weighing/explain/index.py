"""The tree of scores of one unit of an index: each leaf with its value, its score and its weight."""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.bilingual import Text, same
from steelyard.scheme.model import ROOT, Item
from steelyard.weighing.explain.tree import Explanation
from steelyard.weighing.result import Result

_HUNDRED = Fraction(100)
_FILLED = Text("缺失，经插补", "missing and filled in")
_NOTHING = Text("无数据", "no value")


def explain_index(result: Result, unit: str) -> Explanation:
    """The tree of scores of one unit.

    Raises:
        KeyError: no such unit was weighed.
    """
    return _node(result, result.scheme.root, result.standing[unit].unit.code)


def _node(result: Result, item: Item, unit: str) -> Explanation:
    below = tuple(_node(result, child, unit) for child in result.scheme.children[item.code])
    score = _score(result, item.code, unit)
    said = _group(result, item, unit) if below else _leaf(result, item, unit)
    exact = None if score is None else Fraction(score)
    return Explanation(item.code, item.title, exact, _HUNDRED, said, item.source, below)


def _score(result: Result, code: str, unit: str) -> float | None:
    assert result.composed is not None
    return result.composed.score(code, unit)


def _group(result: Result, item: Item, unit: str) -> Text:
    score = _number(_score(result, item.code, unit))
    weight = _weight(result, item)
    return Text(f"得分{score.zh}{weight.zh}", f"score {score.en}{weight.en}")


def _leaf(result: Result, item: Item, unit: str) -> Text:
    """ "Trade in goods 278.4: score 40.71, weight 20%"."""
    title, value = item.title, _value(result, item.code, unit)
    score, weight = _number(_score(result, item.code, unit)), _weight(result, item)
    return Text(
        f"{title.say('zh')}{value.zh}：得分{score.zh}{weight.zh}。",
        f"{title.say('en')} {value.en}: score {score.en}{weight.en}.",
    )


def _value(result: Result, code: str, unit: str) -> Text:
    assert result.board is not None
    cell = result.values.cell(code, result.board.periods[0], unit)
    if cell is not None and isinstance(cell.value, Fraction):
        return _number(float(cell.value))
    return _NOTHING if _score(result, code, unit) is None else _FILLED


def _number(value: float | None) -> Text:
    return _NOTHING if value is None else same(f"{value:.6g}")


def _weight(result: Result, item: Item) -> Text:
    """The weight used within the item's group."""
    if item.code == ROOT or result.composed is None:
        return Text()
    used = result.composed.weights.get(item.parent, {}).get(item.code)
    if used is None:
        return Text("，未计入", ", left out")
    return Text(f"，权重{used:.1%}", f", weight {used:.1%}")
