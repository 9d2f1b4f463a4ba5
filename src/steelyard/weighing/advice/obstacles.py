"""Why a target cannot be reached: what still binds when everything that helps has been done."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Item, Veto
from steelyard.weighing.advice.levers import Lever
from steelyard.weighing.advice.needs import Reader
from steelyard.weighing.advice.targets import Target, ToGrade, ToPoints, ToRank
from steelyard.weighing.advice.wording import named, said
from steelyard.weighing.document import show_score
from steelyard.weighing.explain import why_no_better
from steelyard.weighing.points.board import ItemScore
from steelyard.weighing.result import Result

_MOST = 5


def reasons(
    result: Result, unit: str, target: Target, levers: tuple[Lever, ...]
) -> tuple[Text, ...]:
    """``result`` is what the unit has when everything that helps has been done."""
    return (
        _at_best(result, unit) if levers else _NO_LEVER,
        *_of_target(result, unit, target),
        *_vetoes(result, unit, target),
        *_items(result, unit, levers),
    )


_NO_LEVER = Text(
    "没有一个可改进项：各数据项不是已经最好，就是没有数值，或者是作分母的",
    "there is no lever: every input is the best already, or has no value, or is what others are divided by",
)


def _at_best(result: Result, unit: str) -> Text:
    standing, places = result.standing[unit], result.scheme.total.places
    score = show_score(standing.score, places) or "—"
    rank = "—" if standing.rank is None else f"{float(standing.rank):g}"
    return Text(
        f"每个可改进项都取对总分最有利的值，总分是{score}分，排第{rank}名",
        f"with every lever at its best for the total, that is {score}, rank {rank}",
    )


def _of_target(result: Result, unit: str, target: Target) -> Iterator[Text]:
    own = result.standing[unit]
    match target:
        case ToRank():
            ahead = [
                one for one in result.standings
                if one.rank is not None and own.rank is not None and one.rank < own.rank
            ]  # fmt: skip
            if ahead:
                yield _still_ahead(result, [one.unit.code for one in ahead[:_MOST]], len(ahead))
        case ToGrade(code):
            order = [grade.code for grade in result.scheme.grades]
            for grade, why in why_no_better(result, unit):
                if order.index(grade.code) <= order.index(code):
                    yield Text(
                        f"{grade.title.say('zh')}：{why.zh}", f"{grade.title.say('en')}: {why.en}"
                    )
        case ToPoints(points):
            if own.score is not None and own.score < points:
                short = Fraction(points) - Fraction(own.score)
                yield Text(
                    f"还差{show_score(short, 2)}分", f"{show_score(short, 2)} points are lacking"
                )


def _still_ahead(result: Result, codes: list[str], count: int) -> Text:
    places = result.scheme.total.places
    shown = [
        (result.scheme.unit[code].title, show_score(result.standing[code].score, places))
        for code in codes
    ]
    more = Text("等", " and others") if count > len(codes) else Text()
    zh = "、".join(f"{title.say('zh')}（{score}分）" for title, score in shown)
    en = ", ".join(f"{title.say('en')} ({score})" for title, score in shown)
    return Text(f"仍在前面的：{zh}{more.zh}", f"still ahead: {en}{more.en}")


def _vetoes(result: Result, unit: str, target: Target) -> Iterator[Text]:
    held = result.standing[unit].vetoes
    for veto in result.scheme.vetoes:
        if veto.code in held and _bears_on(veto, target):
            title = veto.title
            yield Text(f"一票否决“{title.say('zh')}”仍然成立，没有可改进项能消除它",
                       f"the veto {title.say('en')} still holds: no lever cures it")  # fmt: skip


def _bears_on(veto: Veto, target: Target) -> bool:
    """A veto that only takes a grade stands in the way of no rank, and of no points."""
    match target:
        case ToRank():
            return veto.score is not None or bool(veto.rank)
        case ToPoints():
            return veto.score is not None
        case _:
            return True


def _items(result: Result, unit: str, levers: tuple[Lever, ...]) -> Iterator[Text]:
    """The leaves that fall shortest of their full points, and what holds each back."""
    if result.composed is not None:
        yield from _ranges(result, unit, levers)
        return
    reader = Reader(result.scheme)
    lacking = [
        (leaf, result.items[leaf.code][unit])
        for leaf in result.scheme.leaves
        if _lacks(result, leaf, unit) > 0
    ]
    lacking.sort(key=lambda pair: -_lacks(result, pair[0], unit))
    for leaf, score in lacking[:_MOST]:
        own = [lever for lever in levers if lever.input in reader.item(leaf.code).inputs]
        yield _item(result, leaf, score, own)


def _lacks(result: Result, leaf: Item, unit: str) -> Fraction:
    score = result.items[leaf.code][unit]
    if score.points is None:
        return Fraction(0)
    full = Fraction(0) if leaf.kind == "deduction" else result.scheme.full[leaf.code]
    return full - score.points


def _item(result: Result, leaf: Item, score: ItemScore, own: list[Lever]) -> Text:
    full = result.scheme.full[leaf.code] if leaf.kind != "deduction" else Fraction(0)
    points = Text(f"{show_score(score.points, 2)}分（满分{show_score(full, 2)}分）",
                  f"{show_score(score.points, 2)} of {show_score(full, 2)} points")  # fmt: skip
    title = Text(f"{leaf.code} {leaf.title.say('zh')}", f"{leaf.code} {leaf.title.say('en')}")
    if score.why == "missing":
        return Text(f"{title.zh}：缺少数据", f"{title.en}: the data are missing")
    if not own:
        return Text(
            f"{title.zh}：{points.zh}，没有可改进项", f"{title.en}: {points.en}; no lever moves it"
        )
    ends = [_range(result, lever) for lever in own[:3]]
    zh, en = "，".join(end.zh for end in ends), ", ".join(end.en for end in ends)
    return Text(f"{title.zh}：最多{points.zh}；{zh}", f"{title.en}: {points.en} at most; {en}")


def _range(result: Result, lever: Lever) -> Text:
    name = named(result.scheme, lever.input)
    sizes = [choice.value for choice in lever.choices if isinstance(choice.value, Fraction)]
    if not sizes:
        return Text(f"“{name.zh}”已改", f"{name.en} switched")
    low, high = (said(result.scheme, lever.input, end) for end in (min(sizes), max(sizes)))
    return Text(
        f"“{name.zh}”只能在{low.zh}到{high.zh}之间",
        f"{name.en} can only be from {low.en} to {high.en}",
    )


def _ranges(result: Result, unit: str, levers: tuple[Lever, ...]) -> Iterator[Text]:
    assert result.composed is not None
    scores = result.composed.leaf_scores()
    weak = sorted(
        (score, code)
        for code in scores
        if (score := scores[code].get(unit)) is not None
    )  # fmt: skip
    moved = {lever.input: lever for lever in levers}
    for score, code in weak[:_MOST]:
        title = result.scheme.item[code].title
        if code in moved:
            end = _range(result, moved[code])
            yield Text(f"{title.say('zh')}得分仍低（{score:.1f}）：{end.zh}",
                       f"{title.say('en')} stays low ({score:.1f}): {end.en}")  # fmt: skip
        else:
            yield Text(f"{title.say('zh')}得分低（{score:.1f}），没有可改进项",
                       f"{title.say('en')} is low ({score:.1f}) and no lever moves it")  # fmt: skip
