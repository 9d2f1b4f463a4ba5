"""The short formula of the child-support tables is the long table of the statute, row for row."""

from __future__ import annotations

from fractions import Fraction

import pytest

from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.examples.shipped import scheme

# 42 U.S.C. 658a(b)(6): "at least p percent" and what it gives; the first row holds for all above it.
SHARED = {80 - step: 100 - 2 * step for step in range(11)}
TO_FIFTY = SHARED | {70 - step: 80 - step for step in range(21)}
TO_FORTY = SHARED | {70 - step: 80 - step for step in range(31)}
EDGES = {1: TO_FIFTY, 2: TO_FIFTY, 3: TO_FORTY, 4: TO_FORTY}
INPUTS = {1: "paternity", 2: "orders", 3: "current_collected", 4: "arrears_paying"}


def _read_off(printed: dict[int, int], tenths: int) -> int:
    """The row for so many tenths of a percent."""
    return printed.get(min(tenths // 10, 80), 0)


@pytest.mark.parametrize("measure", [1, 2, 3, 4])
def test_every_tenth_of_a_percent_is_in_its_printed_row(measure: int) -> None:
    codes = {f"u{tenths}": tenths for tenths in range(0, 1001)}
    document = dict(scheme("child_support_incentives").document)
    document["units"] = [{"code": code, "title": code} for code in codes]
    many = Scheme.from_document(document)
    same = dict.fromkeys(("paternity", "orders", "current_collected", "arrears_paying"), "40%")
    money = {"current_assistance": 1, "former_assistance": 1, "other_collections": 1}
    now = {
        code: same | money | {"cost_effectiveness": 5, INPUTS[measure]: Fraction(tenths, 1000)}
        for code, tenths in codes.items()
    }
    before = {code: {name: now[code][name] for name in same} for code in codes}
    result = weigh(many, Values.of(many, now, earlier={"FY2022": before}))
    got = {code: result.items[str(measure)][code].points for code in codes}
    assert got == {code: _read_off(EDGES[measure], tenths) for code, tenths in codes.items()}
