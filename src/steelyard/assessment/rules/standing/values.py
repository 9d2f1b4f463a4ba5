"""What is weighed for a live standing: the scheme, the own figures, what is known of the rivals."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.assessment.rules.collection.claims import Claim
from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.schemes.division import Division, Way
from steelyard.assessment.rules.standing.past import Past
from steelyard.assessment.rules.states import SuspicionState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.given import DAYS_FILED_LATE, FORGED_ITEMS, GIVEN
from steelyard.scheme.model import Input, Scheme, Veto
from steelyard.scheme.read import scheme_from_document
from steelyard.weighing.values import Cell, Status, Value, Values, typed

OWN = "own_estimate_"
"""An input of the estimate: the points that a unit gives itself on an item that will be judged."""

PUBLISHED = Text("公布", "published")
"""The source of a rival's value."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the unit filed of an item so far. ``material``: how many pieces; ``forgery``: how a suspicion
    that it is forged stands, "" if there is none."""

    self_score: Fraction | None = None
    figures: Mapping[str, str] = field(default_factory=dict)
    claim: str = ""
    material: int = 0
    forgery: SuspicionState | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What counts of a figure that the unit does not give itself: settled, or signed by the body that supplies
    it; without a value, how that says that it is lacking."""

    value: str
    lack: Lack | None = None


NOTHING_GIVEN: Mapping[str, Given] = {}


def estimated_scheme(scheme: Scheme, divided: Division) -> Scheme:
    """The scheme with judged items given by what a unit gives itself, and nothing refused as missing."""
    document = dict(scheme.document)
    own = own_inputs(divided)
    document["items"] = [_own_rule(row, own) for row in rows_of(document, "items")]
    document["inputs"] = [*rows_of(document, "inputs"), *_own_inputs(scheme, own)]
    document["on"] = _nothing_refused(_outcomes(document), {"no_base": "zero"})
    document.pop("uncertainty", None)
    return scheme_from_document(document)


def without_vetoes(scheme: Scheme, left_out: Collection[Veto]) -> Scheme:
    """The scheme, document and all, without these vetoes."""
    if not left_out:
        return scheme
    codes = {one.code for one in left_out}
    document = dict(scheme.document)
    kept = [row for row in rows_of(document, "vetoes") if str(row.get("code")) not in codes]
    return scheme_from_document({**document, "vetoes": kept})


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


def rows_of(document: Mapping[str, object], name: str) -> list[dict[str, object]]:
    listed = document.get(name, [])
    return [dict(row) for row in listed] if isinstance(listed, list) else []


def _outcomes(document: Mapping[str, object]) -> dict[str, object]:
    told = document.get("on", {})
    return dict(told) if isinstance(told, Mapping) else {}


def _nothing_refused(
    written: Mapping[str, object], otherwise: Mapping[str, object]
) -> dict[str, object]:
    """What states lead to: nothing is refused, and what is missing gives nothing yet."""
    kept = {state: "zero" if outcome == "refuse" else outcome for state, outcome in written.items()}
    return {**otherwise, **kept, "missing": "zero"}


def _own_rule(row: dict[str, object], own: Mapping[str, str]) -> dict[str, object]:
    code = str(row["code"])
    if isinstance(row.get("on"), Mapping):
        row = {**row, "on": _nothing_refused(_outcomes(row), {})}
    return {**row, "rule": {"points": own[code]}} if code in own else row


def _own_inputs(scheme: Scheme, own: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for code, name in own.items():
        title = scheme.item[code].title
        said = {"zh": f"{title.zh}（自评分）", "en": f"{title.en or title.zh} (self-score)"}
        yield {"code": name, "title": said, "type": "number", "least": 0,
               "most": plain(scheme.full[code])}  # fmt: skip


def estimated_values(
    scheme: Scheme, divided: Division, unit: str, records: Values, said: Mapping[str, Said],
    past: Past | None, given: Mapping[str, Given] = NOTHING_GIVEN,
) -> tuple[Values, frozenset[str]]:  # fmt: skip
    """The values to be weighed, and the units of which every one is known.

    ``records``: computed from the newest snapshot; of those only the unit's own are used. ``given`` stands
    before either and before what the unit reports.
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
            if value is not None and divided.way.get(code) in (Way.SHEET, Way.OWN):
                cells.setdefault((code, label), {})[unit] = Cell(
                    value, source=Text("自报", "self-reported")
                )
    for code, told in given.items():
        value = _typed(scheme, code, told.value) if told.value else None
        if value is not None:
            cells.setdefault((code, label), {})[unit] = Cell(value, source=Text("提供", "supplied"))
        elif told.lack is not None:
            cells.setdefault((code, label), {})[unit] = Cell(None, told.lack.value)
    for code, name in own.items():
        score = said[code].self_score if code in said else None
        if score is not None:
            cells.setdefault((name, label), {})[unit] = Cell(
                score, source=Text("自评", "self-score")
            )
    for code, count in _counts(said, given).items():
        if code in scheme.inputs:
            cells[code, label] = _counted(scheme, unit, count)
    known = frozenset(_rivals(scheme, divided, unit, past, cells)) | {unit}
    statuses: dict[str, dict[str, Status]] = {
        code: {unit: "not_applicable"}
        for code, one in said.items()
        if one.claim == Claim.NOT_APPLICABLE
    }
    statuses |= {
        code: {unit: "forged"}
        for code, one in said.items()
        if one.forgery is SuspicionState.CONFIRMED
    }
    for rival in {one.code for one in scheme.assessed} - {unit}:
        for code in past.not_applicable(rival) if past else ():
            statuses.setdefault(code, {})[rival] = "not_applicable"
    return replace(records, cells=cells, item_statuses=statuses, lists={}), known


def _counts(said: Mapping[str, Said], given: Mapping[str, Given]) -> dict[str, int]:
    """What the office counts itself, of the unit as it stands today."""
    late = given.get(DAYS_FILED_LATE)
    return {
        FORGED_ITEMS: sum(one.forgery is SuspicionState.CONFIRMED for one in said.values()),
        DAYS_FILED_LATE: int(late.value) if late and late.value else 0,
    }


def _counted(scheme: Scheme, unit: str, own: int) -> dict[str, Cell]:
    """The unit's own count. Of a rival it is taken to be 0, since what is found of others this year is for
    nobody to see."""
    return {
        each.code: Cell(Fraction(own if each.code == unit else 0), source=Text("计数", "counted"))
        for each in scheme.assessed
    }


def _rivals(
    scheme: Scheme, divided: Division, unit: str, past: Past | None,
    cells: dict[tuple[str, str], dict[str, Cell]],
) -> Iterator[str]:  # fmt: skip
    """Put what was published of the rivals among the cells; those of whom all of it was."""
    if past is None:
        return
    own, label = own_inputs(divided), scheme.period_label
    wanted = {code for duty in divided.duties if duty.item.code not in own for code in duty.inputs}
    wanted |= GIVEN.keys() & scheme.inputs.keys()
    for rival in scheme.assessed:
        if rival.code == unit:
            continue
        told = dict(_told(scheme, past, rival.code, wanted, own))
        for code, value in told.items():
            cells.setdefault((code, label), {})[rival.code] = Cell(value, source=PUBLISHED)
        without = past.not_applicable(rival.code)
        if _needed(divided, own, without) <= told.keys():
            yield rival.code


def _told(
    scheme: Scheme, past: Past, rival: str, wanted: Collection[str], own: Mapping[str, str]
) -> Iterator[tuple[str, Value]]:
    """What was published of a rival and still means the same: of the same type, within its bounds; the
    points of an item that gives as many as it did."""
    for code, value in past.values.get(rival, {}).items():
        is_same = code in wanted and past.types.get(code) == scheme.inputs[code].type
        if is_same and _is_within(scheme.inputs[code], value):
            yield code, value
    for code, points in past.points.get(rival, {}).items():
        if code in own and past.full.get(code) == scheme.full[code]:
            yield own[code], points


def _is_within(source: Input, value: Value) -> bool:
    if not isinstance(value, Fraction):
        return True
    is_least = source.least is None or value >= source.least
    return is_least and (source.most is None or value <= source.most)


def _needed(divided: Division, own: Mapping[str, str], without: Collection[str]) -> set[str]:
    """The inputs of the items that apply."""
    return {
        code
        for duty in divided.duties
        if duty.item.code not in without
        for code in ((own[duty.item.code],) if duty.item.code in own else duty.inputs)
    }


def _typed(scheme: Scheme, code: str, text: str) -> Value | None:
    try:
        return typed(text, scheme.inputs[code].type)
    except (KeyError, ValueError):
        return None
