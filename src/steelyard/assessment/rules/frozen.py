"""What an assessment collected, as rows of the tables that are frozen beside the records.

Whoever has the snapshot then weighs what the office weighed: :mod:`steelyard.records.collected` reads
these rows back as values. Figures stay in their exact writing; what was not signed, or not scored, is
no row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from steelyard.assessment.rules.division import FORGED_ITEMS, Division, Way
from steelyard.kernel.exact import plain
from steelyard.scheme.model import Item, Scheme
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """A figure on the last signed version of a sheet; "" is: none."""

    unit: str
    input: str
    value: str
    body: str
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A unit's own figure, of a submission that was signed."""

    unit: str
    input: str
    value: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A difference, and the figure that counts."""

    unit: str
    input: str
    reported: str
    taken: str
    value: str
    reason: str
    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What a body judged of a unit's item. ``deductions``: points and why."""

    unit: str
    item: str
    values: Mapping[str, str]
    body: str
    on: date
    status: str = ""
    reason: str = ""
    deductions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A unit that filed late, or not at all."""

    unit: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Forged:
    """Material of a unit's item that was confirmed to be forged or false."""

    unit: str
    item: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A piece of material behind an item of a unit."""

    unit: str
    item: str
    number: int
    kind: str
    title: str
    on: date
    file_hash: str
    document_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Collected:
    """All that an assessment collected. ``office``: its code; ``code``: the assessment's; ``on``: which
    day it was collected, None if nothing is counted from it."""

    code: str
    office: str
    supplied: Iterable[Supplied] = ()
    reported: Iterable[Reported] = ()
    settled: Iterable[Settled] = ()
    judged: Iterable[Judged] = ()
    late: Iterable[Late] = ()
    forged: Iterable[Forged] = ()
    filed: Iterable[Filed] = field(default_factory=tuple)
    on: date | None = None


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


def _in_order(row: Row) -> tuple[str, str, str, str]:
    place, item = row["place"], row.get("item", "")
    return place, item, row.get("indicator", ""), row.get("id", "")


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
        if _is_known(scheme, one.unit, one.input) and one.value:
            yield {
                **_key(scheme, one.unit, one.input), "value": one.value, "note": one.note,
                "supplying_body": one.body, "signed_on": str(one.on),
            }  # fmt: skip


def _counted(found: Collected, scheme: Scheme) -> Iterator[Row]:
    """The count for every unit, 0 too, where the scheme asks for it."""
    if found.on is None or FORGED_ITEMS not in scheme.inputs:
        return
    forged = Counter(unit for unit, _ in {(one.unit, one.item) for one in found.forged})
    for unit in scheme.assessed:
        yield {
            **_key(scheme, unit.code, FORGED_ITEMS), "value": str(forged[unit.code]), "note": "",
            "supplying_body": found.office, "signed_on": str(found.on),
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
    """One status an item: forged before what the scoring body said, that before late."""
    said: dict[tuple[str, str], tuple[str, str, str, date]] = {}
    for late in found.late:
        for code in asked_of_units(divided):
            said[late.unit, code] = ("late", late.reason, found.office, late.on)
    for one in found.judged:
        if one.status:
            said[one.unit, one.item] = (one.status, one.reason, one.body, one.on)
    for forged in found.forged:
        said[forged.unit, forged.item] = ("forged", forged.reason, found.office, forged.on)
    for (unit, item), (status, reason, body, on) in said.items():
        if _is_known(scheme, unit) and item in scheme.item:
            yield {
                "place": unit, "item": item, "period": scheme.period_label, "status": status,
                "reason": reason, "stating_body": body, "stated_on": str(on),
            }  # fmt: skip


def asked_of_units(divided: Division) -> tuple[str, ...]:
    """The items for which a unit files something itself: material, or what a body then judges."""
    return tuple(
        duty.item.code
        for duty in divided.duties
        if asks_material(duty.item) or any(divided.way[code] is Way.JUDGED for code in duty.inputs)
    )


def asks_material(item: Item) -> bool:
    return bool(item.material.zh or item.material.en)


def _is_known(scheme: Scheme, unit: str, code: str | None = None) -> bool:
    """Whether it is of a unit and an input of the scheme as it was issued last."""
    return unit in scheme.unit and (code is None or code in scheme.inputs)


def _key(scheme: Scheme, unit: str, code: str) -> Row:
    return {"place": unit, "indicator": code, "period": scheme.period_label}


def _exactly(scheme: Scheme, code: str, text: str) -> str:
    """A number without its per cent sign or separators; anything else as it was written."""
    if scheme.inputs[code].type not in _NUMBERS:
        return text
    try:
        value = typed(text, scheme.inputs[code].type)
    except ValueError:
        return text
    return plain(value) if isinstance(value, Fraction) else text
