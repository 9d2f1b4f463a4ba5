"""A tally that could only give a wrong or senseless figure is refused when the scheme is read."""

from typing import Any

import pytest

from steelyard.kernel.faults import Faulty
from tests.builders import item, scheme

RECORDS = "SELECT place AS unit, case_number AS record FROM cases"
PEOPLE = {"code": "people"}


def faults_of(tally: Any, **changes: Any) -> list[str]:
    cases = {"code": "cases", "records": RECORDS, "tally": tally, **changes}
    try:
        scheme(inputs=[cases, PEOPLE], items=[item("A", 1, {"points": "full"})])
    except Faulty as error:
        return [fault.code for fault in error.faults]
    return []


@pytest.mark.parametrize(
    "tally", ["count", {"of": "count", "per": "people"}, {"of": "count", "growth": True}]
)
def test_a_sound_tally_is_read(tally: Any) -> None:
    assert faults_of(tally) == []


def test_a_rate_of_growth_is_not_told_per_head() -> None:
    """It would be the growth of the cases, divided by this year's people."""
    found = faults_of({"of": "count", "per": "people", "growth": True})
    assert found == ["growth-with-per"]


@pytest.mark.parametrize(
    ("kind", "found"),
    [("yes_no", ["tally-of-no-number"]), ("text", ["tally-of-no-number"]),
     ("date", ["tally-of-no-number"]), ("number", []), ("count", []), ("share", [])],
)  # fmt: skip
def test_what_is_tallied_is_a_number(kind: str, found: list[str]) -> None:
    """A result of a tallied “yes or no” could be written and not be read again."""
    assert faults_of("count", type=kind) == found


@pytest.mark.parametrize(
    "also", [{"supplying_body": "team"}, {"records": RECORDS, "tally": "count"}]
)
def test_what_is_judged_comes_from_nobody_else(also: dict[str, Any]) -> None:
    """One of both would be left aside in silence."""
    marks = {"code": "marks", "judged": True, **also}
    items = [item("A", 1, {"points": "full"})]
    with pytest.raises(Faulty) as found:
        scheme(inputs=[marks], bodies={"team": "Team"}, items=items)
    assert [fault.code for fault in found.value.faults] == ["two-ways"]
