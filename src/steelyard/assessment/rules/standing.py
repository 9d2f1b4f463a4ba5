"""Where would a unit stand today? Its own estimate, never a result.

What is computed comes from the newest records, what is supplied from the unit's own figures, and an
item that a body will judge counts what the unit gives itself. Rivals stand at the values with which
they were last weighed; without all of those there are points and no rank.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from steelyard.assessment.rules.claims import CLAIMS, Claim
from steelyard.assessment.rules.division import Division, Way, inputs_of
from steelyard.assessment.rules.frozen import asks_material
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain, shown
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.advise import advise
from steelyard.weighing.advice.findings import Advice
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.advice.targets import Target, ToGrade, ToPoints, ToRank
from steelyard.weighing.explain import Explanation, explain
from steelyard.weighing.points.board import Board
from steelyard.weighing.result import Result
from steelyard.weighing.values import Cell, Status, Value, Values, typed
from steelyard.weighing.weigh import weigh

OWN = "own_estimate_"
"""An input of the estimate: the points that a unit gives itself on an item that will be judged."""

SMALL = Fraction(1, 50)
"""A figure is near a threshold if so small a change of it,"""
MUCH = Fraction(1, 10)
"""costs this share of the item's points."""
_NUMBERS = frozenset({"number", "count", "share"})


@dataclass(frozen=True, slots=True)
class Said:
    """What the unit filed of an item so far. ``material``: how many pieces."""

    self_score: Fraction | None = None
    figures: Mapping[str, str] = field(default_factory=dict)
    claim: str = ""
    material: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """How rivals were last weighed: their values, and their points by item."""

    values: Mapping[str, Mapping[str, Value]]
    points: Mapping[str, Mapping[str, Fraction]]


class Why(StrEnum):
    ABOVE = "above"
    NO_MATERIAL = "no_material"
    CLAIMED = "claimed"
    NEAR = "near"
    NO_FIGURE = "no_figure"


@dataclass(frozen=True, slots=True)
class Risk:
    """An item that may give less than the unit hopes for."""

    item: str
    title: Text
    why: Why
    text: Text


@dataclass(frozen=True)
class Estimate:
    """Where the unit would stand. ``rank`` None: rivals are not known well enough.

    ``among``: units with all values known. ``refused``: what keeps it from being weighed.
    """

    unit: str
    result: Result | None
    rank: Fraction | None = None
    among: int = 0
    tree: Explanation | None = None
    risks: tuple[Risk, ...] = ()
    advice: Advice | None = None
    advice_refused: Text = field(default_factory=Text)
    refused: tuple[Text, ...] = ()


def estimated_scheme(
    scheme: Scheme, divided: Division, read: Callable[[Mapping[str, object]], Scheme]
) -> Scheme:
    """The scheme with judged items given by what a unit gives itself, and nothing refused as missing.

    ``read`` makes a scheme of a document.
    """
    document = dict(scheme.document)
    own = {code: f"{OWN}{number}" for number, code in enumerate(judged_items(divided), 1)}
    document["items"] = [_own_rule(row, own) for row in _rows(document, "items")]
    document["inputs"] = [*_rows(document, "inputs"), *_own_inputs(scheme, own)]
    document["on"] = {**_outcomes(document), "missing": "zero", "no_base": "zero"}
    document.pop("uncertainty", None)
    return read(document)


def judged_items(divided: Division) -> tuple[str, ...]:
    """The items for which a body will judge something."""
    return tuple(
        duty.item.code
        for duty in divided.duties
        if any(divided.way[code] is Way.JUDGED for code in duty.inputs)
    )


def own_inputs(divided: Division) -> dict[str, str]:
    """Judged item → the input of its estimate."""
    return {code: f"{OWN}{number}" for number, code in enumerate(judged_items(divided), 1)}


def _rows(document: Mapping[str, object], name: str) -> list[dict[str, object]]:
    listed = document.get(name, [])
    return [dict(row) for row in listed] if isinstance(listed, list) else []


def _outcomes(document: Mapping[str, object]) -> dict[str, object]:
    told = document.get("on", {})
    return dict(told) if isinstance(told, Mapping) else {}


def _own_rule(row: dict[str, object], own: Mapping[str, str]) -> dict[str, object]:
    code = str(row["code"])
    if isinstance(row.get("on"), Mapping):
        row = {**row, "on": {**_outcomes(row), "missing": "zero", "no_base": "zero"}}
    return {**row, "rule": {"points": own[code]}} if code in own else row


def _own_inputs(scheme: Scheme, own: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for code, name in own.items():
        title = scheme.item[code].title
        said = {"zh": f"{title.zh}（自评分）", "en": f"{title.en or title.zh} (self-score)"}
        yield {"code": name, "title": said, "type": "number", "least": 0,
               "most": plain(scheme.full[code])}  # fmt: skip


def estimated_values(
    scheme: Scheme, divided: Division, unit: str, records: Values, said: Mapping[str, Said],
    past: Past | None,
) -> tuple[Values, frozenset[str]]:  # fmt: skip
    """The values to be weighed, and the units of which every one is known.

    ``records``: computed from the newest snapshot; of those only the unit's own are used.
    """
    label, own = scheme.period_label, own_inputs(divided)
    cells: dict[tuple[str, str], dict[str, Cell]] = {
        (code, period): {unit: told[unit]}
        for (code, period), told in records.cells.items()
        if unit in told and divided.way.get(code, Way.RECORDS) is Way.RECORDS
    }
    for one in said.values():
        for code, text in one.figures.items():
            value = _typed(scheme, code, text)
            if value is not None and divided.way.get(code) is Way.SHEET:
                cells.setdefault((code, label), {})[unit] = Cell(value, source="self-reported")
    for code, name in own.items():
        score = said[code].self_score if code in said else None
        if score is not None:
            cells.setdefault((name, label), {})[unit] = Cell(score, source="self-score")
    known = frozenset(_rivals(scheme, divided, unit, past, cells)) | {unit}
    statuses: dict[str, dict[str, Status]] = {
        code: {unit: "not_applicable"}
        for code, one in said.items()
        if one.claim == Claim.NOT_APPLICABLE
    }
    return replace(records, cells=cells, item_statuses=statuses, lists={}), known


def _rivals(
    scheme: Scheme, divided: Division, unit: str, past: Past | None,
    cells: dict[tuple[str, str], dict[str, Cell]],
) -> Iterator[str]:  # fmt: skip
    """Put what is known of the rivals among the cells; those who have all of it."""
    if past is None:
        return
    own, label = own_inputs(divided), scheme.period_label
    wanted = {code for duty in divided.duties if duty.item.code not in own for code in duty.inputs}
    for rival in scheme.assessed:
        if rival.code == unit:
            continue
        values = past.values.get(rival.code, {})
        points = past.points.get(rival.code, {})
        for code in wanted & values.keys():
            cells.setdefault((code, label), {})[rival.code] = Cell(values[code], source="earlier")
        for code in own.keys() & points.keys():
            cell = Cell(points[code], source="earlier")
            cells.setdefault((own[code], label), {})[rival.code] = cell
        if wanted <= values.keys() and own.keys() <= points.keys():
            yield rival.code


def _typed(scheme: Scheme, code: str, text: str) -> Value | None:
    try:
        return typed(text, scheme.inputs[code].type)
    except (KeyError, ValueError):
        return None


def estimate(
    scheme: Scheme, divided: Division, unit: str, values: Values, known: frozenset[str],
    said: Mapping[str, Said], rivals: Text, limits: Limits,
) -> Estimate:  # fmt: skip
    """Weigh, explain, look for risks and for the cheapest way up. ``scheme`` is the estimated one."""
    try:
        result = weigh(scheme, values)
    except Faulty as error:
        return Estimate(unit, None, refused=tuple(fault.what for fault in error.faults[:10]))
    is_ranked = len(known) == len(scheme.assessed) > 1
    advice, refused = _advice(result, unit, is_ranked, rivals, limits)
    return Estimate(
        unit, result, rank=result.standing[unit].rank if is_ranked else None, among=len(known),
        tree=explain(result, unit), risks=tuple(risks(result, divided, unit, said)),
        advice=advice, advice_refused=refused,
    )  # fmt: skip


# --- what is at risk ------------------------------------------------------------------------


def risks(result: Result, divided: Division, unit: str, said: Mapping[str, Said]) -> Iterator[Risk]:
    """Item by item, in the order of the scheme."""
    judged = frozenset(judged_items(divided))
    for item in result.scheme.leaves:
        one = said.get(item.code, Said())
        for why, text in _risks_of(result, item.code, unit, one, is_judged=item.code in judged):
            yield Risk(item.code, item.title, why, text)


def _risks_of(
    result: Result, code: str, unit: str, said: Said, *, is_judged: bool
) -> Iterator[tuple[Why, Text]]:
    scheme, item = result.scheme, result.scheme.item[code]
    points = result.items[code][unit].points
    if said.claim:
        claim = CLAIMS[Claim(said.claim)]
        yield (
            Why.CLAIMED,
            Text(f"申报“{claim.zh}”，尚待认定", f"claimed as {claim.en}; it is not granted yet"),
        )
    if asks_material(item) and not said.material:
        yield Why.NO_MATERIAL, Text("还没有佐证材料", "no supporting material is filed yet")
    lacking = _lacking(result, code, unit)
    if lacking and said.claim != Claim.NOT_APPLICABLE:
        names = [scheme.inputs[one].title for one in lacking]
        zh, en = (
            "、".join(one.say("zh") for one in names),
            ", ".join(one.say("en") for one in names),
        )
        yield (
            Why.NO_FIGURE,
            Text(f"还没有数值，按0分估计：{zh}", f"without a figure, taken as 0: {en}"),
        )
        return
    hoped = None if is_judged else said.self_score
    if hoped is not None and points is not None and hoped > points:
        own, given = shown(hoped, 2), shown(points, 2)
        said_of = Text(
            f"自评{own}分，按数据只有{given}分", f"self-score {own}; the figures give {given}"
        )
        yield Why.ABOVE, said_of
    near = None if is_judged else _near(result, code, unit)
    if near is not None:
        name, lost = near
        title = scheme.inputs[name].title
        yield (
            Why.NEAR,
            Text(
                f"{title.say('zh')}接近临界值：变动2%即少得{shown(lost, 2)}分",
                f"{title.say('en')} is near a threshold: a change of 2% costs {shown(lost, 2)} points",
            ),
        )


def _lacking(result: Result, code: str, unit: str) -> list[str]:
    scheme = result.scheme
    return [
        name
        for name in inputs_of(scheme, scheme.item[code])
        if (cell := result.values.cell(name, scheme.period_label, unit)) is None
        or cell.value is None
    ]


def _near(result: Result, code: str, unit: str) -> tuple[str, Fraction] | None:
    """The input whose small change costs the item most, if it costs much."""
    scheme, before = result.scheme, result.items[code][unit].points
    if not before:
        return None
    found = [
        (before - after, name)
        for name in inputs_of(scheme, scheme.item[code])
        for value in _moved(result, name, unit)
        if (after := _points_with(result, code, unit, name, value)) is not None
    ]
    lost, name = max(found, default=(Fraction(0), ""))
    return (name, lost) if lost > MUCH * scheme.full[code] else None


def _moved(result: Result, name: str, unit: str) -> Iterator[Fraction]:
    """The figure a little lower and a little higher, within its bounds."""
    wanted = result.scheme.inputs[name]
    cell = result.values.cell(name, result.scheme.period_label, unit)
    if wanted.type not in _NUMBERS or cell is None or not isinstance(cell.value, Fraction):
        return
    for sign in (-1, 1):
        value = cell.value * (1 + sign * SMALL)
        if wanted.type == "count":
            value = Fraction(round(value)) if abs(value - cell.value) >= 1 else cell.value + sign
        is_below = wanted.least is not None and value < wanted.least
        is_above = wanted.most is not None and value > wanted.most
        if not is_below and not is_above and value >= 0:
            yield value


def _points_with(
    result: Result, code: str, unit: str, name: str, value: Fraction
) -> Fraction | None:
    key = (name, result.scheme.period_label)
    cells = {**result.values.cells, key: {**result.values.cells[key], unit: Cell(value)}}
    board = Board(result.scheme, replace(result.values, cells=cells))
    try:
        return board.item(code)[unit].points
    except Faulty:
        return None


# --- the way up -----------------------------------------------------------------------------


def _advice(
    result: Result, unit: str, is_ranked: bool, rivals: Text, limits: Limits
) -> tuple[Advice | None, Text]:
    target = target_of(result, unit, is_ranked)
    if target is None:
        return None, Text("已经没有更高的目标", "there is nothing further up")
    try:
        told = advise(result.scheme, result.values, unit, target, rivals=rivals, limits=limits)
    except Faulty as error:
        return None, error.faults[0].what
    return told, Text()


def target_of(result: Result, unit: str, is_ranked: bool) -> Target | None:
    """The next rank; without ranks the next grade; without grades a twentieth of all points more."""
    now = result.standing[unit]
    if is_ranked and now.rank is not None:
        return ToRank(int(now.rank) - 1) if now.rank > 1 else None
    codes = [grade.code for grade in result.scheme.grades]
    at = codes.index(now.grade) if now.grade in codes else len(codes)
    if at > 0 and result.scheme.grades[at - 1].at_least is not None:
        return ToGrade(codes[at - 1])
    full = result.scheme.full[""]
    score = Fraction(now.score or 0)
    return ToPoints(min(full, score + full / 20)) if score < full else None
