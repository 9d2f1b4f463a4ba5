"""An item whose material was found to be forged gets nothing, whatever its figures say."""

from __future__ import annotations

from fractions import Fraction

from steelyard.scheme.read import scheme_from_document
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

SCHEME = {
    "format": "steelyard-scheme/1", "code": "x", "version": "1", "title": "x", "label": "sample",
    "family": "points", "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
    "units": [{"code": "a", "title": "a"}, {"code": "b", "title": "b"}],
    "inputs": [{"code": "cases", "type": "count"}],
    "items": [
        {"code": "A", "title": "A", "points": 10, "rule": {"proportion": "cases", "target": 10}},
        {"code": "B", "title": "B", "points": 5, "rule": {"proportion": "cases", "target": 20}},
    ],
}  # fmt: skip


def test_a_forged_item_is_zero_and_the_other_items_stand() -> None:
    scheme = scheme_from_document(SCHEME)
    given = Values.of(scheme, {"a": {"cases": 10}, "b": {"cases": 10}})
    forged = Values(given.cells, {"A": {"a": "forged"}}, given.lists)
    result = weigh(scheme, forged)
    found = {(item, unit): result.score_of(item, unit).points for item in "AB" for unit in "ab"}
    assert found == {
        ("A", "a"): 0, ("A", "b"): 10, ("B", "a"): Fraction(5, 2), ("B", "b"): Fraction(5, 2),
    }  # fmt: skip
