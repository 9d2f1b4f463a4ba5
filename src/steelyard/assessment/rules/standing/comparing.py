"""Items that are scored against the other units: nobody knows their points before the others are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.assessment.rules.standing.values import rows_of
from steelyard.scheme.formula import ACROSS, Call, Formula, Name, walk
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.scheme.uses import formulas_of_item, formulas_of_quantity

OTHERS = "others_needed_"
"""An input that nobody has: of an item that waits for the values of the other units."""
_OF_THE_RULE = frozenset({"rule", "adjust", "zero_if", "full_if"})


def waiting_for_others(scheme: Scheme) -> Scheme:
    """The scheme in which every item that compares units has no points, instead of those that a unit would
    have against itself alone."""
    waits = [leaf.code for leaf in scheme.leaves if compares(scheme, leaf)]
    names = {code: f"{OTHERS}{number}" for number, code in enumerate(waits, 1)}
    if not names:
        return scheme
    document = dict(scheme.document)
    document["items"] = [_waiting(row, names) for row in rows_of(document, "items")]
    inputs = ({"code": name, "title": {"zh": name}, "type": "number"} for name in names.values())
    document["inputs"] = [*rows_of(document, "inputs"), *inputs]
    return scheme_from_document(document)


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
