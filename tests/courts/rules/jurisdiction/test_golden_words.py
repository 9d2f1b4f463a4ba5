"""The cases of ``tests/courts/cases/words/*.yaml``, which a jurist reads and checks without Python."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.kernel.faults import Faulty
from tests.courts.china_words import causes, places

HERE = Path(__file__).parents[2] / "cases" / "words"
CAUSES = yaml.safe_load((HERE / "causes.yaml").read_text("utf-8"))
PLACES = yaml.safe_load((HERE / "places.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CAUSES, ids=lambda case: case["words"])
def test_the_cause_is_found_as_the_jurist_wrote(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            causes().find(case["words"], track=case.get("track"))
        (fault,) = refused.value.faults
        assert fault.code == case["refused"]
        assert [code for code in case.get("among", []) if f"（{code}）" not in fault.what.zh] == []
        return
    found = causes().find(case["words"], track=case.get("track"))
    expected = (case["code"], case["matter"], case["relation"], case["nature"])
    assert (found.code, found.matter, found.relation, found.nature) == expected


@pytest.mark.parametrize("case", PLACES, ids=lambda case: case["words"])
def test_the_place_is_found_as_the_jurist_wrote(case: dict[str, Any]) -> None:
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            places().find(case["words"])
        assert [fault.code for fault in refused.value.faults] == [case["refused"]]
        return
    found = places().find(case["words"])
    assert places().in_full(found).zh == case["place"]
    assert found.city == case["city"]
    assert found.is_in_region == case["place"].startswith("广东省")
    assert found.is_in_mainland == case.get("mainland", True)


def test_every_golden_case_gives_its_reason() -> None:
    assert all(case["reason"] for case in (*CAUSES, *PLACES))
