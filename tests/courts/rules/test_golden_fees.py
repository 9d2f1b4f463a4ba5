"""The cases of ``tests/courts/cases/fees/*.toml``, which a jurist reads and checks without Python."""

from __future__ import annotations

import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from steelyard.courts.rules.fee_rows import Charge
from steelyard.courts.rules.fees import Fee, combined, fee
from steelyard.courts.rules.refunds import refund
from steelyard.kernel.faults import Faulty
from tests.courts.china_fees import fee_table

FILES = sorted((Path(__file__).parent.parent / "cases" / "fees").glob("*.toml"))
READ = [(file.stem, tomllib.loads(file.read_text("utf-8"))) for file in FILES]
CASES = [(stem, case) for stem, read in READ for case in read.get("cases", ())]
REFUNDS = [(stem, case) for stem, read in READ for case in read.get("refunds", ())]
SHORT = {
    "《最高人民法院关于适用〈民事诉讼法〉的解释》": "民诉法解释",
    "《诉讼费用交纳办法》": "办法",
}


def named(case: Any) -> str:
    return f"{case[0]}-{case[1]['facts']}"


def short(text: str) -> str:
    for whole, part in SHORT.items():
        text = text.replace(whole, part)
    return text


def answer(case: dict[str, Any]) -> Fee:
    amount = case.get("amount")
    if "claims" in case:
        amount = combined(Fraction(one) if one else None for one in case["claims"])
    return fee(
        fee_table(case.get("province", "")),
        case["fee"],
        on=case.get("on", date(2022, 5, 1)),
        amount=amount,
        stage=case.get("stage", "first"),
        halved=case.get("halved", ()),
    )


def cited(given: Fee) -> str:
    texts = [given.article, *(line.article for line in given.lines), *given.notes]
    return short("；".join(text.zh for text in texts)) + "；"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_fee_is_what_the_jurist_wrote(case: tuple[str, dict[str, Any]]) -> None:
    _, written = case
    if "refused" in written:
        with pytest.raises(Faulty) as refused:
            answer(written)
        assert [fault.code for fault in refused.value.faults] == [written["refused"]]
        return
    given = answer(written)
    assert given.payable == Charge(*(Fraction(one) for one in written["payable"]))
    assert any(f"{written['article']}{end}" in cited(given) for end in "；、）")


@pytest.mark.parametrize("case", REFUNDS, ids=named)
def test_the_refund_is_what_the_jurist_wrote(case: tuple[str, dict[str, Any]]) -> None:
    _, written = case
    given = refund(
        fee_table(),
        written["refund"],
        paid=Fraction(written["paid"]),
        already_halved=written.get("already_halved", False),
    )
    assert (given.refund, given.due) == (Fraction(written["back"]), 0)
    assert short(given.article.zh) == written["article"]


def test_there_are_many_cases_and_each_has_its_reason() -> None:
    assert len(CASES) >= 60
    assert all(case["reason"] and case["facts"] for _, case in [*CASES, *REFUNDS])


def test_every_standard_and_every_refund_has_a_case() -> None:
    assert set(fee_table().standards) <= {case["fee"] for _, case in CASES}
    assert set(fee_table().refunds) == {case["refund"] for _, case in REFUNDS}


def test_every_edge_of_a_band_has_cases_on_both_sides() -> None:
    for code, standard in fee_table().standards.items():
        amounts = {Fraction(c["amount"]) for _, c in CASES if c["fee"] == code and "amount" in c}
        for band in standard.bands:
            assert band.above in amounts, (code, band.above)
            assert any(band.above < one <= band.above + 10 for one in amounts), (code, band.above)
