"""Rows of what was collected, from values."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from steelyard.assessment.rules.frozen import (
    Collected,
    Filed,
    Forged,
    Judged,
    Late,
    Reported,
    Row,
    Settled,
    Supplied,
    rows_of,
)
from steelyard.assessment.rules.schemes.division import asked_of_units, division
from steelyard.scheme.read import scheme_from_document
from tests.assessment.year import scheme

DAY = date(2022, 3, 1)


def rows(**told: object) -> dict[str, list[Row]]:
    found = Collected(code="2021", office="440000", **told)
    return rows_of(found, scheme(), division(scheme()))


def supplied(unit: str = "440700", value: str = "92.3%", code: str = "closed_in_time") -> Supplied:
    return Supplied(unit=unit, input=code, value=value, body="market", on=DAY)


def judged(**told: object) -> Judged:
    given = {
        "unit": "440700",
        "item": "B2",
        "values": {"plan_points": "8"},
        "body": "team",
        "on": DAY,
    }
    return Judged(**given | told)


def settled(**told: object) -> Settled:
    given = {
        "unit": "440700", "input": "closed_in_time", "reported": "95%", "taken": "reported",
        "value": "95%", "reason": "已核", "on": DAY, "by": "钱",
    }  # fmt: skip
    return Settled(**given | told)


def test_nothing_collected_is_no_table() -> None:
    assert rows() == {}


def test_a_supplied_figure_stays_in_its_exact_writing() -> None:
    (row,) = rows(supplied=[supplied()])["supplied_figures"]
    assert (row["place"], row["indicator"], row["period"]) == ("440700", "closed_in_time", "2021")
    assert (row["value"], row["supplying_body"]) == ("92.3%", "market")


@pytest.mark.parametrize(
    "one", [supplied(value=""), supplied(unit="999999"), supplied(code="unheard_of")]
)
def test_no_figure_no_unit_or_no_input_of_the_scheme_is_no_row(one: Supplied) -> None:
    assert rows(supplied=[one]) == {}


@pytest.mark.parametrize(
    ("taken", "accepted"),
    [("supplied", "supplied"), ("reported", "self_reported"), ("other", "other"), ("agreed", "supplied")],
)  # fmt: skip
def test_a_settlement_says_which_figure_counts(taken: str, accepted: str) -> None:
    (row,) = rows(settled=[settled(taken=taken)])["settlements"]
    assert (row["accepted"], row["value"]) == (accepted, "0.95")


def test_the_self_reported_figure_of_a_difference_is_the_one_that_was_compared() -> None:
    reported = [Reported(unit="440700", input="closed_in_time", value="97%", on=DAY)]
    (row,) = rows(settled=[settled()], reported=reported)["self_reported_figures"]
    assert row["value"] == "0.95"


def test_a_judgement_keeps_the_reasons_of_its_deductions() -> None:
    one = judged(deductions=(("1.5", "缺目标"), ("0.5", "缺期限")), reason="其余合格")
    (row,) = rows(judged=[one])["judgements"]
    assert row["reason"] == "1.5分：缺目标；0.5分：缺期限；其余合格"


def test_forged_stands_before_what_the_body_said_and_that_before_late() -> None:
    late = [Late(unit="440700", reason="逾期", on=DAY)]
    said = [judged(status="no_material", reason="没有")]
    forged = [Forged(unit="440700", item="B2", reason="认定", on=DAY)]

    def status(**told: object) -> str:
        return next(row["status"] for row in rows(**told)["item_statuses"] if row["item"] == "B2")

    assert status(late=late) == "late"
    assert status(late=late, judged=said) == "no_material"
    assert status(late=late, judged=said, forged=forged) == "forged"


def test_a_unit_is_late_only_where_it_had_to_file() -> None:
    assert asked_of_units(division(scheme())) == ("A1", "A2", "B2")
    listed = rows(late=[Late(unit="440700", reason="逾期", on=DAY)])["item_statuses"]
    assert [row["item"] for row in listed] == ["A1", "A2", "B2"]


def test_material_is_named_by_item_and_hash() -> None:
    one = Filed(
        unit="440700", item="A1", number=7, kind="form", title="台账", on=DAY,
        file_hash=f"sha256:{'0' * 64}",
    )  # fmt: skip
    (row,) = rows(filed=[one])["supporting_material"]
    assert (row["id"], row["submitted_on"]) == ("2021-A1-7", "2022-03-01")


def test_the_order_in_which_it_was_collected_changes_nothing() -> None:
    some = [
        supplied(),
        supplied(unit="440100", value="80%"),
        supplied(unit="440700", code="trained"),
    ]
    assert len({str(rows(supplied=one)) for one in permutations(some)}) == 1


def test_a_scheme_that_asks_how_many_items_were_forged_is_told_of_every_unit() -> None:
    document = dict(scheme().document)
    document["inputs"] = [*document["inputs"], {
        "code": "forged_items", "title": {"zh": "造假项目数", "en": "items forged"}, "type": "count",
    }]  # fmt: skip
    asked = scheme_from_document(document)
    forged = Forged(unit="440700", item="B2", reason="章是假的", on=DAY)
    found = Collected(code="2021", office="440000", forged=[forged, forged], on=DAY)
    told = rows_of(found, asked, division(asked))["supplied_figures"]
    assert [(row["place"], row["indicator"], row["value"]) for row in told] == [
        ("440100", "forged_items", "0"), ("440700", "forged_items", "1"),
    ]  # fmt: skip
    assert "supplied_figures" not in rows(forged=[forged], on=DAY)


def test_a_scheme_that_asks_by_how_many_days_one_was_late_is_told_of_every_unit() -> None:
    document = dict(scheme().document)
    document["inputs"] = [*document["inputs"], {
        "code": "days_filed_late", "title": {"zh": "逾期", "en": "late"}, "type": "count",
    }]  # fmt: skip
    asked = scheme_from_document(document)
    late = Late(unit="440700", reason="逾期", on=DAY, days=3)
    found = Collected(code="2021", office="440000", late=[late], on=DAY)
    told = rows_of(found, asked, division(asked))["supplied_figures"]
    assert [(row["place"], row["indicator"], row["value"]) for row in told] == [
        ("440100", "days_filed_late", "0"), ("440700", "days_filed_late", "3"),
    ]  # fmt: skip
