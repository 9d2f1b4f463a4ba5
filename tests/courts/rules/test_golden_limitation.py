"""The cases of ``tests/courts/cases/limitation``, which a jurist reads without Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.courts.rules.limitation import Limitation, limitation
from steelyard.courts.rules.limitation_events import Interrupted, Obstacle
from steelyard.courts.rules.suspensions import LIMITATIONS
from steelyard.courts.rules.time_limits import ForAPerson
from steelyard.kernel.bilingual import same
from tests.courts.china import days_off, limits
from tests.courts.rules.test_golden_limits import short

CASES = [
    case
    for file in sorted((Path(__file__).parent.parent / "cases" / "limitation").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]


def answer(case: dict[str, Any]) -> Limitation | ForAPerson:
    return limitation(
        limits(),
        case["limit"],
        case["start"],
        days_off(),
        interrupted=[
            Interrupted(
                one["day"],
                same(one["why"]),
                again_from=one.get("again_from"),
                still_going=one.get("still_going", False),
            )
            for one in case.get("interrupted", ())
        ],
        obstacles=[
            Obstacle(one["from"], one.get("to"), same(one["why"]))
            for one in case.get("obstacles", ())
        ],
        harmed_on=case.get("harmed_on"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['limit']}-{case['start']}")
def test_the_case_is_answered_as_the_jurist_wrote(case: dict[str, Any]) -> None:
    given = answer(case)
    assert given.title.zh == case["name"]
    assert short(given.article.zh) == case["article"]
    if isinstance(given, ForAPerson):
        assert [one.last_day for one in given.readings] == case["readings"]
        return
    assert "readings" not in case
    assert given.last_day == case.get("last_day")
    assert given.provisional == case.get("provisional", False)
    assert (given.last_day is None) == (given.stands_still_from is not None)


def test_every_limitation_period_is_a_row_of_the_table() -> None:
    assert set(LIMITATIONS) <= set(limits().codes())


def test_every_case_has_its_reason() -> None:
    assert all(case["facts"] and case["reason"] for case in CASES)
