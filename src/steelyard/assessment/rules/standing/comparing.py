"""Items that are scored against the other units: nobody knows their points before the others are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.assessment.rules.schemes.division import inputs_of
from steelyard.assessment.rules.standing.values import rows_of
from steelyard.scheme.formula import ACROSS, Call, Formula, Name, walk
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.scheme.uses import formulas_of_item, formulas_of_quantity
from steelyard.weighing.values import Values

OTHERS = "others_needed_"
"""An input that nobody has: of an item that waits for the values of the other units."""
_OF_THE_RULE = frozenset({"rule", "adjust", "zero_if", "full_if"})


def waiting_for_others(scheme: Scheme, values: Values, unit: str) -> Scheme:
    """The scheme in which an item that compares units has no points while a figure that it compares is not
    known of every other unit, instead of those that the unit would have against some of them alone."""
    waits = [
        leaf.code
        for leaf in scheme.leaves
        if compares(scheme, leaf) and not _is_known_of_others(scheme, leaf, values, unit)
    ]
    names = {code: f"{OTHERS}{number}" for number, code in enumerate(waits, 1)}
    if not names:
        return scheme
    document = dict(scheme.document)
    document["items"] = [_waiting(row, names) for row in rows_of(document, "items")]
    inputs = ({"code": name, "title": {"zh": name}, "type": "number"} for name in names.values())
    document["inputs"] = [*rows_of(document, "inputs"), *inputs]
    return scheme_from_document(document)


def _is_known_of_others(scheme: Scheme, item: Item, values: Values, unit: str) -> bool:
    """Whether each of its figures has a value of every other unit to which the item applies."""
    statuses = values.item_statuses.get(item.code, {})
    cells = (
        values.cell(code, scheme.period_label, one.code)
        for code in inputs_of(scheme, item)
        for one in scheme.assessed
        if one.code != unit and statuses.get(one.code) != "not_applicable"
    )
    return all(cell is not None and cell.value is not None for cell in cells)


def _waiting(row: dict[str, object], names: Mapping[str, str]) -> dict[str, object]:
    code = str(row["code"])
    if code not in names:
        return row
    kept = {key: one for key, one in row.items() if key not in _OF_THE_RULE}
    return kept | {"rule": {"points": names[code]}}


def compares(scheme: Scheme, item: Item) -> bool:
    """Whether its points depend on the values of other units."""
    waiting, seen = list(formulas_of_item(item)), set[str]()
    while waiting:
        for one in walk(waiting.pop()):
            if isinstance(one, Call) and one.function in ACROSS:
                return True
            waiting += _of_quantity(scheme, one, seen)
    return False


def _of_quantity(scheme: Scheme, named: Formula, seen: set[str]) -> Sequence[Formula]:
    """The formulas of the quantity that is named here, the first time."""
    code = named.code if isinstance(named, Name) else ""
    if code not in scheme.quantities or code in seen:
        return ()
    seen.add(code)
    return list(formulas_of_quantity(scheme.quantities[code]))
