"""What was found of a result's doubts stands in ``result.json`` as plain data."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from steelyard.weighing.document import read_result, result_bytes, result_document
from steelyard.weighing.result import Result
from tests.papers.doubts import doubted, doubted_index
from tests.papers.region import weigh_some


def sections(result: Result) -> Any:
    return json.loads(result_bytes(result))


def test_sections_are_absent_unless_asked_for() -> None:
    bare = weigh_some(5)
    assert {"how_sure", "sensitivity", "audit"}.isdisjoint(result_document(bare))
    only = replace(bare, audit=doubted(bare).audit)
    assert [key for key in result_document(only) if key in ("how_sure", "audit")] == ["audit"]


def test_a_unit_is_written_with_exact_rank_and_places_in_order() -> None:
    found = sections(doubted(weigh_some(5)))["how_sure"]
    shared = found["units"][1]
    assert (found["confidence"], found["seed"], found["replications"]) == ("0.9", 20260101, 2000)
    assert (found["units"][0]["rank"], shared["rank"]) == (1, "2.5")
    assert shared["ranks"] == {"low": 1, "high": 5, "low_error": 0.5, "high_error": 1.0}
    assert list(shared["rank_shares"]) == ["1", "2", "3", "4", "5"]
    assert sum(shared["rank_shares"].values()) + shared["unranked"] == 1


def test_a_unit_that_is_never_ranked_has_no_interval() -> None:
    last = sections(doubted_index(5))["how_sure"]["units"][-1]
    assert (last["rank"], last["ranks"], last["unranked"]) == (None, None, 1.0)


def test_pairs_say_what_would_swap_them_or_why_nothing_does() -> None:
    pairs = sections(doubted(weigh_some(5)))["how_sure"]["pairs"]
    assert pairs[0]["swap"]["changes"][0] == ["A1", 0.2, 0.179]
    assert pairs[0]["why_no_swap"] == {"zh": "", "en": ""}
    assert pairs[3]["swap"] is None
    assert pairs[3]["why_no_swap"]["zh"] == "没有一项更好，任何权重都换不了位。"


def test_sensitivity_and_audit_are_there_in_full() -> None:
    result = doubted(weigh_some(5))
    found = sections(result)
    assert found["sensitivity"]["shift_total"]["weights"] == {"value": 0.5, "error": 0.06}
    assert set(found["sensitivity"]["by_unit_first"]) == {u.code for u in result.scheme.assessed}
    assert len(found["audit"]["leaves"]) == len(result.scheme.leaves)
    assert found["audit"]["groups"][0]["explained"] == [0.6, 0.4]


def test_equal_findings_give_equal_bytes_and_one_order_of_keys() -> None:
    assert result_bytes(doubted(weigh_some(5))) == result_bytes(doubted(weigh_some(5)))
    assert list(sections(doubted(weigh_some(5))))[-5:] == [
        "how_sure", "sensitivity", "audit", "scheme", "values",
    ]  # fmt: skip


def test_reading_weighs_again_and_leaves_the_doubts_out(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_bytes(result_bytes(doubted(weigh_some(5))))
    read = read_result(path)
    assert read.standings == weigh_some(5).standings
    assert (read.how_sure, read.sensitivity, read.audit) == (None, None, None)
