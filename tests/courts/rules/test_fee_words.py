"""How amounts of money are read and said."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.fee_rows import Charge
from steelyard.courts.rules.fee_words import read_yuan, spoken, yuan


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("300000", "300000"),
        ("300,000元", "300000"),
        ("３０万元", "300000"),
        ("30.5 万", "305000"),
        ("1.2亿元", "120000000"),
        ("¥ 1,250.50", "1250.5"),
        ("人民币8万元整", "80000"),
        ("CNY 80,000", "80000"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(written: str, amount: str) -> None:
    assert read_yuan(written) == Fraction(amount)


@pytest.mark.parametrize("written", ["", "万元", "-1", "0.001", "0.0000001万", "1,23", "1/3", "5%"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"yuan|number|comma"):
        read_yuan(written)


@given(fen=st.integers(0, 10**13))
def test_an_amount_that_is_said_is_read_back_the_same(fen: int) -> None:
    amount = Fraction(fen, 100)
    said = yuan(amount)
    assert read_yuan(said.zh) == read_yuan(said.en) == amount


def test_what_is_taken_off_is_said_so() -> None:
    assert spoken(Charge(Fraction(-25), Fraction(-50))).zh == "减去25元至50元"
    assert yuan(Fraction(480000000)).zh == "4.8亿元"
