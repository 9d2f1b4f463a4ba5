"""What holds of every action with several claims, and of appeals apart."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.claims import Claim, fee_of_claims, fees_of_appeals
from steelyard.courts.rules.fees import Fee, fee
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.faults import Faulty
from tests.courts.china_fees import fee_table

DAY = date(2022, 5, 1)
AMOUNTS = st.integers(0, 10**10).map(lambda fen: Fraction(fen, 100))
STOP, DAMAGES, EXPENSES = (
    Text("停止侵害", "stop"),
    Text("赔偿损失", "damages"),
    Text("合理开支", "expenses"),
)


def cost(*claims: Claim, on: date = DAY) -> Fee:
    return fee_of_claims(fee_table("guangdong"), "ip", claims, on=on)


@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=5), others=st.integers(0, 3))
def test_an_action_costs_what_its_amounts_together_cost(
    amounts: list[Fraction], others: int
) -> None:
    claims = [Claim(DAMAGES, one) for one in amounts] + [Claim(STOP)] * others
    one = fee(fee_table("guangdong"), "ip", on=DAY, amount=sum(amounts, Fraction(0)))
    assert cost(*claims).payable == one.payable


@given(many=st.integers(1, 5))
def test_claims_without_an_amount_are_one_case_however_many(many: int) -> None:
    assert cost(*[Claim(STOP)] * many).payable == cost(Claim(STOP)).payable


def test_how_claims_were_put_together_is_said() -> None:
    given_fee = cost(
        Claim(STOP), Claim(DAMAGES, "25万元"), Claim(EXPENSES, "50000", is_expense=True)
    )
    law = "《最高人民法院关于适用〈民事诉讼法〉的解释》第201条"
    assert [note.zh for note in given_fee.notes] == [
        f"财产性请求合并计算：25万元 + 5万元 = 30万元（{law}）",
        "合理开支作为财产性请求计入金额：没有条文专门写明，由合并计算的规定推出，较有把握",
        f"既有财产性请求又有非财产性请求，按财产性请求的标准（{law}）",
    ]


def test_before_the_interpretation_the_reading_is_said() -> None:
    notes = cost(Claim(STOP), Claim(DAMAGES, 1000), on=date(2015, 2, 3)).notes
    assert "没有合并计算的明文" in notes[-1].zh
    assert not any("没有合并计算的明文" in one.zh for one in cost(Claim(STOP), Claim(STOP)).notes)


def test_a_foreign_amount_names_its_rate_and_whose_day_counts() -> None:
    notes = cost(Claim(DAMAGES, "10000", "USD", "6.6085")).notes
    assert "按1USD＝6.6085元折算到分" in notes[0].zh
    assert "第55条" in notes[0].zh


def test_all_that_is_wrong_with_the_claims_is_said_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        cost(
            Claim(same("一"), "许多"),
            Claim(same("二"), "1", "USD"),
            Claim(same("三"), "1", "EUR", "x"),
        )
    assert [fault.code for fault in refused.value.faults] == [
        "fee-amount-wrong",
        "fee-rate-missing",
        "fee-rate-wrong",
    ]


@given(disputed=st.lists(AMOUNTS, min_size=1, max_size=4))
def test_each_appeal_pays_as_if_it_were_alone(disputed: list[Fraction]) -> None:
    appeals = {f"party {number}": one for number, one in enumerate(disputed)}
    fees = fees_of_appeals(fee_table(), "ip", appeals, on=DAY)
    alone = [fee(fee_table(), "ip", on=DAY, amount=one, stage="appeal") for one in disputed]
    assert [one.payable for one in fees.values()] == [one.payable for one in alone]
