"""What holds of every court fee, and what each refusal says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.fee_lines import HALVES
from steelyard.courts.rules.fee_rows import Charge, charge, read_fee_table
from steelyard.courts.rules.fees import Fee, fee
from steelyard.courts.rules.refunds import (
    claim_changed,
    deemed_withdrawn_after_conversion,
    made_ordinary,
    refund,
)
from steelyard.kernel.faults import Faulty
from steelyard.regions import COURT_FEES
from tests.courts.china_fees import fee_table
from tests.courts.slow_fees import (
    enforcement_fee,
    preservation_fee,
    property_fee,
    quick_property_fee,
)

DAY = date(2022, 5, 1)
AMOUNTS = st.integers(0, 10**12).map(lambda fen: Fraction(fen, 100))
YUAN = st.integers(0, 30_000_000)
BY_AMOUNT = [code for code, one in fee_table().standards.items() if one.base or one.like]
ALL = [
    code
    for code, one in fee_table().standards.items()
    if not one.left_open and (one.base or one.like or one.without_amount or one.per_case)
]
HALVED = [code for code, one in fee_table().standards.items() if one.halves and one.merges]


def cost(code: str, amount: Fraction | int | None = None, **more: object) -> Fee:
    return fee(fee_table(), code, on=DAY, amount=amount, **more)  # type: ignore[arg-type]


def codes_of(refused: pytest.ExceptionInfo[Faulty]) -> list[str]:
    return [fault.code for fault in refused.value.faults]


@given(amount=YUAN)
def test_the_bands_equal_a_slow_count_through_the_amount(amount: int) -> None:
    assert cost("property", amount).exact == charge(property_fee(amount))
    assert cost("enforcement", amount).exact == charge(enforcement_fee(amount))
    assert cost("preservation", amount).exact == charge(preservation_fee(amount))


@given(amount=AMOUNTS)
def test_the_property_fee_equals_the_quick_formula(amount: Fraction) -> None:
    assert cost("property", amount).exact == charge(quick_property_fee(amount))


@given(code=st.sampled_from(BY_AMOUNT), amounts=st.tuples(AMOUNTS, AMOUNTS))
def test_a_fee_is_never_lower_for_a_larger_amount(
    code: str, amounts: tuple[Fraction, Fraction]
) -> None:
    less, more = (cost(code, amount).payable for amount in sorted(amounts))
    assert less.low <= more.low
    assert less.high <= more.high


@given(
    code=st.sampled_from(ALL),
    province=st.sampled_from(["", "guangdong"]),
    amounts=st.tuples(AMOUNTS, AMOUNTS),
)
def test_no_standard_is_lower_for_a_larger_amount_in_any_province(
    code: str, province: str, amounts: tuple[Fraction, Fraction]
) -> None:
    less, more = (
        fee(fee_table(province), code, on=DAY, amount=amount).payable for amount in sorted(amounts)
    )
    assert less.low <= more.low
    assert less.high <= more.high


@given(
    code=st.sampled_from(HALVED),
    amount=AMOUNTS,
    grounds=st.sets(st.sampled_from(["summary", "counterclaim", "mediated"])),
)
def test_a_halved_fee_is_never_lower_for_a_larger_amount(
    code: str, amount: Fraction, grounds: set[str]
) -> None:
    less = cost(code, amount, halved=grounds).payable
    more = cost(code, amount + Fraction(1, 100), halved=grounds).payable
    assert less.low <= more.low


@given(code=st.sampled_from(BY_AMOUNT), amount=AMOUNTS)
def test_the_lines_sum_to_the_fee(code: str, amount: Fraction) -> None:
    given_fee = cost(code, amount)
    lines = given_fee.lines
    assert sum(line.charge.low for line in lines) == given_fee.exact.low
    assert sum(line.charge.high for line in lines) == given_fee.exact.high
    for line in lines:
        if line.part is not None and line.rate is not None:
            assert line.charge == charge(line.part * line.rate)


@given(amount=AMOUNTS)
def test_the_parts_in_bands_and_the_base_make_up_the_amount(amount: Fraction) -> None:
    parts = [line.part for line in cost("property", amount).lines if line.part is not None]
    assert sum(parts, min(amount, Fraction(10000))) == amount


@given(code=st.sampled_from(HALVED), amount=AMOUNTS, grounds=st.sets(st.sampled_from([*HALVES])))
def test_a_fee_is_halved_once_whatever_the_reasons(
    code: str, amount: Fraction, grounds: set[str]
) -> None:
    whole = cost(code, amount).exact
    share = Fraction(1, 2) if grounds else Fraction(1)
    assert cost(code, amount, halved=grounds).exact == whole.times(share)


@given(code=st.sampled_from(BY_AMOUNT), amount=AMOUNTS)
def test_what_is_payable_is_whole_fen_and_less_than_a_fen_from_exact(
    code: str, amount: Fraction
) -> None:
    given_fee = cost(code, amount)
    assert (given_fee.payable.low * 100).denominator == 1
    assert abs(given_fee.payable.low - given_fee.exact.low) <= Fraction(1, 200)
    rounds = any("四舍五入" in note.zh for note in given_fee.notes)
    assert rounds == (given_fee.exact.low.denominator != 1)


@given(amount=AMOUNTS)
def test_a_preservation_never_costs_more_than_5000(amount: Fraction) -> None:
    assert cost("preservation", amount).payable.high <= 5000


def test_an_action_on_a_trade_mark_costs_less_with_a_small_claim_than_with_none() -> None:
    """The one place where an amount lowers the fee: the law, not a mistake."""
    assert cost("ip", 10000).payable == charge(Fraction(50))
    assert cost("ip").payable == Charge(Fraction(500), Fraction(1000))


def test_the_working_is_said_line_by_line_in_both_languages() -> None:
    lines = [line.said for line in cost("ip", 150000, halved=["summary"]).lines]
    law = "《诉讼费用交纳办法》"
    assert [line.zh for line in lines] == [
        f"不超过1万元的，每件：50元（{law}第13条第（一）项第1目）",
        f"超过1万元至10万元的部分：9万元 × 2.5% = 2250元（{law}第13条第（一）项第2目）",
        f"超过10万元至20万元的部分：5万元 × 2% = 1000元（{law}第13条第（一）项第3目）",
        f"适用简易程序（含小额诉讼），减半：减去1650元（{law}第16条）",
    ]
    assert lines[1].en == (
        "above CNY 10,000, to CNY 100,000: CNY 90,000 × 2.5% = CNY 2,250 "
        "(Measures on Court Fees, Art. 13(1).2)"
    )


def test_what_no_decimal_writes_is_said_to_the_fen() -> None:
    line = cost("payment_order", 100000).lines[-1]
    assert line.charge == charge(Fraction(-4600, 3))
    assert line.said.en == (
        "1/3 of the above is due: less about CNY 1,533.33 (Measures on Court Fees, Art. 14(3))"
    )


def test_the_total_ends_the_working() -> None:
    assert cost("enforcement", 250000).working[-1].zh == "应交3650元"
    assert cost("jurisdiction_objection").working[-1].en == "payable: CNY 50 to CNY 100"
    assert cost("free.dismissed").working[-1].zh == "不交费"


def test_every_fee_says_who_pays_it_and_that_relief_may_be_asked_for() -> None:
    for code in ALL:
        given_fee = cost(code, 100000)
        if fee_table().standards[code].kind == "free":
            continue
        assert "交" in given_fee.reminders[0].zh
        assert "减交" in given_fee.reminders[-1].zh


@pytest.mark.parametrize(
    ("code", "more", "said"),
    [
        ("property", {}, "原告自接到交费通知次日起7日内预交"),
        ("property", {"halved": ["counterclaim"]}, "自提起反诉次日起7日内预交"),
        ("property", {"stage": "appeal"}, "上诉人提交上诉状时预交"),
        ("property", {"stage": "retrial"}, "只在第9条的两种情形交纳"),
        ("property", {"halved": ["withdrawn"]}, "由申请撤诉的原告或者上诉人负担"),
        ("property", {"halved": ["mediated"]}, "由双方协商负担"),
        ("enforcement", {}, "申请人不预交，执行后交纳"),
        ("recognition", {}, "申请人在申请时或者法院指定的期限内预交"),
        ("bankruptcy", {}, "清算后交纳"),
        ("preservation", {}, "由申请人负担，起诉的可以列入诉讼请求"),
    ],
)
def test_who_pays_and_when_and_who_bears_it_follows_the_kind_of_fee(
    code: str, more: dict[str, object], said: str
) -> None:
    assert any(said in one.zh for one in cost(code, 100000, **more).reminders)


def test_a_range_says_whose_it_is_to_fix() -> None:
    assert "由省级制定" in cost("ip").notes[0].zh
    assert "没有写明幅度内由谁确定" in cost("enforcement").notes[0].zh
    assert not cost("ip", 100000).notes


def test_a_province_that_was_read_second_hand_is_doubted_where_it_decides() -> None:
    guangdong = fee_table("guangdong")
    assert "原文未见" in fee(guangdong, "ip", on=DAY).notes[0].zh
    assert not fee(guangdong, "ip", on=DAY, amount=100000).notes


def test_what_a_province_fixed_names_its_document_and_the_range_of_the_law() -> None:
    given_fee = fee(fee_table("guangdong"), "ip", on=DAY)
    assert given_fee.lines[0].what.zh == (
        "没有金额或者价额的，每件（法定500元至1000元，本省标准：粤价函〔2008〕45号）"
    )


def test_a_sample_figure_of_a_province_is_said_to_be_one() -> None:
    table = table_with('standard = "ip"\neach = "800"\nsource = ""\nsample = true')
    given_fee = fee(table, "ip", on=DAY)
    assert given_fee.payable == charge(Fraction(800))
    assert "样本数额，非官方" in given_fee.lines[0].what.zh
    assert [note.en for note in given_fee.notes] == ["holds a sample figure"]
    assert not fee(table, "ip", on=DAY, amount=100000).notes


@pytest.mark.parametrize(
    ("standard", "each"),
    [("ip", "499"), ("ip", "1001"), ("enforcement", "100"), ("labour", "10"), ("none", "1")],
)
def test_a_province_fixes_nothing_outside_the_ranges_that_are_its_own(
    standard: str, each: str
) -> None:
    with pytest.raises(Faulty) as refused:
        table_with(f'standard = "{standard}"\neach = "{each}"\nsource = "x"\nsample = false')
    assert codes_of(refused) == ["fee-not-regional"]


def table_with(entry: str):  # type: ignore[no-untyped-def]
    local = f"[[amounts]]\n{entry}\nstarts = 2008-01-01\n"
    return read_fee_table(COURT_FEES.read_text("utf-8"), local, file="law", local_file="local")


def test_bands_with_a_gap_are_refused_by_name() -> None:
    text = COURT_FEES.read_text("utf-8").replace(
        'above = "100000", up_to = "200000"', 'above = "100001", up_to = "200000"'
    )
    with pytest.raises(Faulty) as refused:
        read_fee_table(text, file="law")
    assert "unreadable-fee" in codes_of(refused)
    assert refused.value.faults[0].where.key == "property"


def test_all_that_is_wrong_with_a_question_is_said_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        fee(fee_table(), "payment_order", on=date(2007, 3, 31), halved=["summary"], stage="appeal")
    assert codes_of(refused) == [
        "fee-before-the-table",
        "fee-amount-missing",
        "fee-not-halved",
        "fee-no-appeal",
        "fee-half-first-instance-only",
    ]


@pytest.mark.parametrize("written", ["abc", "-0.01", "0.001", "1/3", "50%", "1e5", "三万", ""])
def test_what_is_no_amount_of_yuan_is_refused(written: str) -> None:
    with pytest.raises(Faulty) as refused:
        fee(fee_table(), "property", on=DAY, amount=written)
    assert codes_of(refused) == ["fee-amount-wrong"]


@given(before=AMOUNTS, after=AMOUNTS)
def test_a_changed_claim_leaves_paid_what_the_new_claim_costs(
    before: Fraction, after: Fraction
) -> None:
    first, second = cost("property", before), cost("property", after)
    balance = claim_changed(fee_table(), first, second, investigation_closed=False)
    assert first.payable.low - balance.refund + balance.due == second.payable.low
    assert balance.refund >= 0
    assert balance.due >= 0


def test_a_claim_that_shrinks_after_the_investigation_closed_gives_nothing_back() -> None:
    balance = claim_changed(
        fee_table(), cost("property", 200000), cost("property", 100000), investigation_closed=True
    )
    assert (balance.refund, balance.due) == (0, 0)
    assert balance.article.en == "Measures on Court Fees, Art. 35"


def test_a_change_between_ranges_is_no_amount() -> None:
    with pytest.raises(Faulty) as refused:
        claim_changed(fee_table(), cost("ip"), cost("ip", 20000), investigation_closed=False)
    assert codes_of(refused) == ["refund-of-a-range"]


@given(amount=AMOUNTS)
def test_leaving_summary_procedure_makes_the_rest_due_to_the_fen(amount: Fraction) -> None:
    paid = cost("property", amount, halved=["summary"]).payable.low
    whole = cost("property", amount)
    assert made_ordinary(whole, paid=paid).due + paid == whole.payable.low


def test_the_rest_of_a_range_is_no_amount() -> None:
    with pytest.raises(Faulty) as refused:
        made_ordinary(cost("ip"), paid=Fraction(250))
    assert codes_of(refused) == ["refund-of-a-range"]


def test_a_case_deemed_withdrawn_after_conversion_gives_half_back() -> None:
    assert deemed_withdrawn_after_conversion(Fraction(1150)).refund == 575


def test_a_refund_that_is_none_is_refused() -> None:
    with pytest.raises(Faulty) as refused:
        refund(fee_table(), "none", paid=Fraction(-1))
    assert codes_of(refused) == ["no-such-refund", "paid-below-nothing"]
