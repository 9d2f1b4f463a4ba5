"""The cases of ``tests/courts/cases/numbers/*.toml``, which a jurist reads and checks without Python."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from steelyard.courts.rules.case_numbers import (
    CaseNumber,
    OldNumber,
    doubts,
    explain,
    next_number,
    read_number,
)
from steelyard.kernel.faults import Faulty
from tests.courts.china_numbers import codes

HERE = Path(__file__).parent.parent / "cases" / "numbers"
CASES = tomllib.loads((HERE / "numbers.toml").read_text("utf-8"))["cases"]
ISSUES = tomllib.loads((HERE / "issue.toml").read_text("utf-8"))["issues"]


def refusals(refused: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["written"])
def test_the_number_is_read_as_the_jurist_wrote(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            read_number(case["written"], codes())
        assert refusals(refused) == case["refused"]
        return
    number = read_number(case["written"], codes())
    assert [doubt.code for doubt in doubts(number, codes())] == case.get("doubts", [])
    if case.get("old"):
        assert isinstance(number, OldNumber)
    else:
        assert isinstance(number, CaseNumber)
        said = (number.court, number.special, number.type, number.serial, number.document)
        wanted = [case[key] for key in ("court", "special", "type", "serial")]
        assert said == (*wanted, case.get("document", ""))
        assert str(number) == case.get("canonical", case["written"])


@pytest.mark.parametrize(
    "case", [case for case in CASES if "means" in case], ids=lambda case: case["written"]
)
def test_the_court_is_explained_as_the_jurist_wrote(case: dict[str, Any]) -> None:
    parts = explain(read_number(case["written"], codes()), codes())
    assert [part.means.zh for part in parts if part.name.en == "court"] == [case["means"]]


@pytest.mark.parametrize("case", ISSUES, ids=lambda case: case["facts"])
def test_the_next_number_is_what_the_jurist_wrote(case: dict[str, Any]) -> None:
    issued = [read_number(one, codes()) for one in case["issued"]]
    assert all(isinstance(one, CaseNumber) for one in issued)
    keys = {key: case[key] for key in ("year", "court", "special", "type") if key in case}
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            next_number(codes(), **keys, issued=issued)
        assert refusals(refused) == case["refused"]
        return
    assert str(next_number(codes(), **keys, issued=issued)) == case["next"]


def test_there_are_many_cases_and_each_has_its_article_and_reason() -> None:
    assert len(CASES) >= 25
    assert all(case["article"] and case["reason"] for case in [*CASES, *ISSUES])
