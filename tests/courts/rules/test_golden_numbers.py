"""The cases of ``tests/courts/cases/numbers/*.yaml``, which a jurist reads and checks without Python."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.courts.rules.case_number_lists import read_numbers
from steelyard.courts.rules.case_numbers import (
    CaseNumber,
    OldNumber,
    doubts,
    explain,
    next_number,
    read_number,
)
from steelyard.kernel.faults import Fault, Faulty
from tests.courts.china_numbers import codes

Case = dict[str, Any]

HERE = Path(__file__).parent.parent / "cases" / "numbers"


def cases(name: str) -> list[Case]:
    return yaml.safe_load((HERE / name).read_text("utf-8"))  # type: ignore[no-any-return]


CASES, ISSUES, SEVERAL = cases("numbers.yaml"), cases("issue.yaml"), cases("several.yaml")


def says_all(faults: Iterable[Fault], wanted: list[str]) -> bool:
    """Each fault says what the jurist wrote of it, in the same order, and there is no other."""
    said = [fault.what.zh for fault in faults]
    return len(said) == len(wanted) and all(
        part in whole for part, whole in zip(wanted, said, strict=True)
    )


def written(case: Case) -> str:
    return str(case["written"] or "(blank)")


@pytest.mark.parametrize("case", CASES, ids=written)
def test_the_number_is_read_as_the_jurist_wrote(case: Case) -> None:
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            read_number(case["written"], codes())
        assert says_all(refused.value.faults, case["refused"])
        return
    number = read_number(case["written"], codes())
    assert says_all(doubts(number, codes()), case.get("doubts", []))
    if case.get("old") == "是":
        assert isinstance(number, OldNumber)
        return
    assert isinstance(number, CaseNumber)
    assert number == CaseNumber(
        number.year,
        case["court"],
        case.get("special", ""),
        case["type"],
        int(case["serial"]),
        case.get("document", ""),
    )
    assert str(number) == case.get("canonical", case["written"])


@pytest.mark.parametrize("case", [case for case in CASES if "means" in case], ids=written)
def test_the_court_is_explained_as_the_jurist_wrote(case: Case) -> None:
    parts = explain(read_number(case["written"], codes()), codes())
    assert [part.means.zh for part in parts if part.name.en == "court"] == [case["means"]]


@pytest.mark.parametrize("case", ISSUES, ids=lambda case: case["facts"])
def test_the_next_number_is_what_the_jurist_wrote(case: Case) -> None:
    issued = [read_number(one, codes()) for one in case.get("issued", [])]
    asked = {
        "year": int(case["year"]),
        "court": case["court"],
        "special": case.get("special", ""),
        "type": case["type"],
        "issued": issued,
    }
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            next_number(codes(), **asked)
        assert says_all(refused.value.faults, case["refused"])
        return
    assert str(next_number(codes(), **asked)) == case["next"]


@pytest.mark.parametrize("case", SEVERAL, ids=written)
def test_each_number_of_a_text_is_read_as_the_jurist_wrote(case: Case) -> None:
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            read_numbers(case["written"], codes())
        assert says_all(refused.value.faults, case["refused"])
        return
    assert [str(one) for one in read_numbers(case["written"], codes())] == case["numbers"]


def test_there_are_many_cases_and_each_has_its_article_and_reason() -> None:
    every = [*CASES, *ISSUES, *SEVERAL]
    assert len(every) >= 90
    assert all(case["article"] and case["reason"] for case in every)
