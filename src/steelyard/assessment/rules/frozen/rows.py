"""What an assessment collected, as rows of the tables that are frozen beside the records.

Whoever has the snapshot then weighs what the office weighed: :mod:`steelyard.records.collected` reads
these rows back as values. Figures stay in their exact writing; what was not signed, or not scored, is
no row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from steelyard.assessment.rules.frozen.collected import Collected, Judged
from steelyard.assessment.rules.schemes.division import Division, asked_of_units
from steelyard.kernel.exact import plain
from steelyard.scheme.given import DAYS_FILED_LATE, FORGED_ITEMS
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import typed

Row = dict[str, str]
TABLES = (
    "supporting_material", "self_reported_figures", "supplied_figures", "settlements", "judgements",
    "item_statuses",
)  # fmt: skip
"""Material first: figures refer to it."""

_NUMBERS = frozenset({"number", "count", "share"})
_TAKEN = {"reported": "self_reported", "other": "other"}
"""What a settlement took; whatever else it says, the supplied figure counts."""


@dataclass(frozen=True, slots=True)
class _Status:
    """What counts of an item, who said it, and why."""

    status: str
    reason: str
    body: str
    on: date


def rows_of(found: Collected, scheme: Scheme, divided: Division) -> dict[str, list[Row]]:
    """The rows of each table, in a fixed order; a table without rows is not there."""
    made = {
        "supporting_material": _material(found, scheme),
        "self_reported_figures": _reported(found, scheme),
        "supplied_figures": [*_supplied(found, scheme), *_counted(found, scheme)],
        "settlements": _settlements(found, scheme),
        "judgements": _judgements(found, scheme),
        "item_statuses": _statuses(found, scheme, divided),
    }
    listed = {table: sorted(made[table], key=_in_order) for table in TABLES}
    return {table: rows for table, rows in listed.items() if rows}


def _in_order(row: Row) -> tuple[str, ...]:
    return row["place"], *(row.get(key, "") for key in ("item", "indicator", "id", "period"))


def _material(found: Collected, scheme: Scheme) -> Iterator[Row]:
    for one in found.filed:
        if _is_known(scheme, one.unit) and one.item in scheme.item:
            yield {
                "id": f"{found.code}-{one.item}-{one.number}", "item": one.item, "kind": one.kind,
                "title": one.title, "place": one.unit, "submitted_on": str(one.on),
                "document_number": one.document_number, "file_hash": one.file_hash,
            }  # fmt: skip


def _reported(found: Collected, scheme: Scheme) -> Iterator[Row]:
    """Of a figure that differs, the one that was compared."""
    told = {(one.unit, one.input): (one.value, one.on) for one in found.reported}
    told |= {(one.unit, one.input): (one.reported, one.on) for one in found.settled if one.reported}
    for (unit, code), (value, on) in told.items():
        if _is_known(scheme, unit, code) and scheme.inputs[code].type in _NUMBERS and value:
            yield {
                **_key(scheme, unit, code), "value": _exactly(scheme, code, value),
                "unit_of_measure": scheme.inputs[code].unit_of_measure.zh or "数值",
                "reported_on": str(on),
            }  # fmt: skip


def _supplied(found: Collected, scheme: Scheme) -> Iterator[Row]:
    for one in found.supplied:
        if _is_known(scheme, one.unit, one.input) and (one.value or one.status):
            yield {
                **_key(scheme, one.unit, one.input, one.period), "value": one.value,
                "status": one.status, "note": one.note,
                "supplying_body": one.body, "signed_on": str(one.on),
            }  # fmt: skip


def _counted(found: Collected, scheme: Scheme) -> Iterator[Row]:
    """What the office counts itself, of every unit, 0 too, where the scheme asks for it."""
    counts = {
        FORGED_ITEMS: Counter(unit for unit, _ in {(one.unit, one.item) for one in found.forged}),
        DAYS_FILED_LATE: Counter({one.unit: one.days for one in found.late}),
    }
    for code in counts if found.on is not None else ():
        for unit in scheme.assessed if code in scheme.inputs else ():
            yield {
                **_key(scheme, unit.code, code), "value": str(counts[code][unit.code]),
                "status": "", "note": "", "supplying_body": found.office,
                "signed_on": str(found.on),
            }  # fmt: skip


def _settlements(found: Collected, scheme: Scheme) -> Iterator[Row]:
    for one in found.settled:
        if _is_known(scheme, one.unit, one.input):
            yield {
                **_key(scheme, one.unit, one.input),
                "accepted": _TAKEN.get(one.taken, "supplied"),
                "value": _exactly(scheme, one.input, one.value), "reason": one.reason,
                "settled_on": str(one.on), "settled_by": one.by,
            }  # fmt: skip


def _judgements(found: Collected, scheme: Scheme) -> Iterator[Row]:
    for one in found.judged:
        for code, value in one.values.items():
            if _is_known(scheme, one.unit, code) and value:
                yield {
                    **_key(scheme, one.unit, code), "item": one.item, "value": value,
                    "reason": _why(one), "scoring_body": one.body, "judged_on": str(one.on),
                }  # fmt: skip


def _why(one: Judged) -> str:
    taken = [f"{points}分：{reason}" for points, reason in one.deductions]
    return "；".join([*taken, one.reason] if one.reason else taken)


def _statuses(found: Collected, scheme: Scheme, divided: Division) -> Iterator[Row]:
    """One status an item, in the order of the table."""
    for (unit, item), said in _said(found, divided).items():
        if _is_known(scheme, unit) and item in scheme.item:
            yield {
                "place": unit, "item": item, "period": scheme.period_label, "status": said.status,
                "reason": said.reason, "stating_body": said.body, "stated_on": str(said.on),
            }  # fmt: skip


def _said(found: Collected, divided: Division) -> dict[tuple[str, str], _Status]:
    """(unit, item) → its status: forged before what the scoring body said, that before late."""
    asked = asked_of_units(divided)
    late = {
        (one.unit, code): _Status("late", one.reason, found.office, one.on)
        for one in found.late
        for code in asked
    }
    judged = {
        (one.unit, one.item): _Status(one.status, one.reason, one.body, one.on)
        for one in found.judged
        if one.status
    }
    forged = {
        (one.unit, one.item): _Status("forged", one.reason, found.office, one.on)
        for one in found.forged
    }
    return late | judged | forged


def _is_known(scheme: Scheme, unit: str, code: str | None = None) -> bool:
    """Whether it is of a unit and an input of the scheme as it was issued last."""
    return unit in scheme.unit and (code is None or code in scheme.inputs)


def _key(scheme: Scheme, unit: str, code: str, period: str = "") -> Row:
    return {"place": unit, "indicator": code, "period": period or scheme.period_label}


def _exactly(scheme: Scheme, code: str, text: str) -> str:
    """A number without its per cent sign or separators; anything else as it was written."""
    if scheme.inputs[code].type not in _NUMBERS:
        return text
    try:
        value = typed(text, scheme.inputs[code].type)
    except ValueError:
        return text
    return plain(value) if isinstance(value, Fraction) else text
