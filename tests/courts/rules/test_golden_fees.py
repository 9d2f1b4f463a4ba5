"""The cases of ``tests/courts/cases/fees/*.yaml``, which a jurist reads and checks without Python."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from steelyard.courts.rules.claims import Claim, fee_of_claims, fees_of_appeals
from steelyard.courts.rules.fee_rows import Charge, FeeTable
from steelyard.courts.rules.fees import Fee, fee
from steelyard.courts.rules.refunds import (
    Balance,
    as_it_ended,
    claim_changed,
    made_ordinary,
    refund,
)
from steelyard.kernel.bilingual import same
from steelyard.kernel.exact import rounded
from steelyard.kernel.faults import Faulty
from tests.courts.china_fees import fee_table

Case = dict[str, Any]

HERE = Path(__file__).parent.parent / "cases" / "fees"
CASES: dict[str, list[Case]] = {
    file.stem: yaml.safe_load(file.read_text("utf-8")) for file in sorted(HERE.glob("*.yaml"))
}
APART = ("refunds", "from_filing_to_end", "changes", "several_appeals")
FEES = [case for stem, cases in CASES.items() if stem not in APART for case in cases]
REFUNDS, COURSES, CHANGES, APPEALS = (CASES[stem] for stem in APART)
ALL = [case for cases in CASES.values() for case in cases]

PROVINCES = {"": "", "广东": "guangdong"}
STAGES = {"": "first", "上诉": "appeal", "再审": "retrial"}
HALVES = {
    "调解结案": "mediated",
    "撤诉": "withdrawn",
    "简易程序": "summary",
    "反诉": "counterclaim",
    "第三人": "third_party",
}
SHORT = {
    "《最高人民法院关于适用〈民事诉讼法〉的解释》": "民诉法解释",
    "《诉讼费用交纳办法》": "办法",
}


def named(case: Case) -> str:
    return str(case["facts"])


def short(text: str) -> str:
    for whole, part in SHORT.items():
        text = text.replace(whole, part)
    return text


def table_of(case: Case) -> FeeTable:
    return fee_table(PROVINCES[case.get("province", "")])


def standard_of(case: Case) -> str:
    titles = {one.title.zh: code for code, one in fee_table().standards.items()}
    return titles.get(case["fee"], case["fee"])


def ending_of(case: Case) -> str:
    """The one refund whose title is, or begins with, the ending of the case."""
    titles = {one.title.zh: code for code, one in fee_table().refunds.items()}
    found = [code for title, code in titles.items() if title.startswith(case["ended"])]
    assert len(found) == 1, case["ended"]
    return found[0]


def claim_of(written: dict[str, str]) -> Claim:
    return Claim(
        same(written["what"]),
        written.get("amount"),
        written.get("currency", "CNY"),
        written.get("rate"),
        written.get("expense") == "是",
    )


def asked(case: Case) -> dict[str, Any]:
    return {
        "on": date.fromisoformat(case.get("day", "2022-05-01")),
        "stage": STAGES[case.get("stage", "")],
        "halved": [HALVES[ground] for ground in case.get("halved", ())],
    }


def answer(case: Case, amount: str | None = None) -> Fee:
    table, code = table_of(case), standard_of(case)
    if "claims" in case:
        claims = [claim_of(one) for one in case["claims"]]
        return fee_of_claims(table, code, claims, **asked(case))
    return fee(table, code, amount=case.get("amount", amount), **asked(case))


def charged(written: str) -> Charge:
    low, _, high = written.partition("至")
    return Charge(Fraction(low), Fraction(high or low))


def said_of(refused: pytest.ExceptionInfo[Faulty]) -> str:
    (fault,) = refused.value.faults
    return fault.what.zh


def cites(given: Fee, article: str) -> bool:
    texts = [given.article, *(line.article for line in given.lines), *given.notes]
    cited = short("；".join(text.zh for text in texts)) + "；"
    return any(f"{article}{end}" in cited for end in "；、）")


@pytest.mark.parametrize("case", FEES, ids=named)
def test_the_fee_is_what_the_jurist_wrote(case: Case) -> None:
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            answer(case)
        assert case["refused"] in said_of(refused)
        return
    given = answer(case)
    assert given.payable == charged(case["payable"])
    assert cites(given, case["article"])


@pytest.mark.parametrize("case", REFUNDS, ids=named)
def test_the_refund_is_what_the_jurist_wrote(case: Case) -> None:
    halved = case.get("already_halved") == "是"
    paid, ended = Fraction(case["paid"]), ending_of(case)
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            refund(fee_table(), ended, paid=paid, already_halved=halved)
        assert case["refused"] in said_of(refused)
        return
    given = refund(fee_table(), ended, paid=paid, already_halved=halved)
    assert (given.refund, given.due) == (Fraction(case["back"]), 0)
    assert short(given.article.zh) == case["article"]


@pytest.mark.parametrize("case", COURSES, ids=named)
def test_a_fee_from_filing_to_the_end_is_what_the_jurist_wrote(case: Case) -> None:
    paid = answer(case)
    assert paid.payable == charged(case["payable"])
    if "refused" in case:
        with pytest.raises(Faulty) as refused:
            as_it_ended(table_of(case), paid, ending_of(case))
        assert case["refused"] in said_of(refused)
        return
    course = as_it_ended(table_of(case), paid, ending_of(case))
    assert (course.back.refund, course.stays) == (Fraction(case["back"]), Fraction(case["stays"]))
    assert short(course.back.article.zh) == case["article"]


@pytest.mark.parametrize("case", CHANGES, ids=named)
def test_the_balance_of_a_change_is_what_the_jurist_wrote(case: Case) -> None:
    given = changed(case)
    assert (given.refund, given.due) == (Fraction(case["back"]), Fraction(case["due"]))
    assert short(given.article.zh) == case["article"]


def changed(case: Case) -> Balance:
    after = answer(case, case.get("after"))
    if "made_ordinary" in case:
        return made_ordinary(after, paid=Fraction(case["made_ordinary"]))
    before, closed = answer(case, case["before"]), case.get("closed") == "是"
    return claim_changed(fee_table(), before, after, investigation_closed=closed)


@pytest.mark.parametrize("case", APPEALS, ids=named)
def test_each_appellant_pays_what_the_jurist_wrote(case: Case) -> None:
    disputed = {who: None if one == "无" else one for who, one in case["appeals"].items()}
    fees = fees_of_appeals(table_of(case), standard_of(case), disputed, on=date(2022, 5, 1))
    assert {who: one.payable for who, one in fees.items()} == {
        who: charged(one) for who, one in case["payable"].items()
    }
    assert all(cites(one, case["article"]) for one in fees.values())


@pytest.mark.parametrize("case", CASES["real"], ids=named)
def test_the_fee_that_a_real_judgment_prints_is_ours_or_ours_to_the_yuan(case: Case) -> None:
    payable, printed = answer(case).payable, Fraction(case["printed"])
    if payable.is_fixed:
        assert printed in (payable.low, rounded(payable.low, 0))
    else:
        assert payable.low <= printed <= payable.high


def test_there_are_many_cases_and_each_has_its_article_and_reason() -> None:
    assert len(ALL) >= 160
    assert all(case["article"] and case["reason"] and case["facts"] for case in ALL)


def test_no_two_cases_of_a_file_have_the_same_facts() -> None:
    for cases in CASES.values():
        facts = [case["facts"] for case in cases]
        assert len(facts) == len(set(facts))


def test_every_standard_and_every_refund_has_a_case() -> None:
    assert set(fee_table().standards) <= {standard_of(case) for case in FEES}
    assert set(fee_table().refunds) == {ending_of(case) for case in REFUNDS}


def test_every_edge_of_a_band_has_cases_on_both_sides() -> None:
    for code, standard in fee_table().standards.items():
        amounts = {
            Fraction(case["amount"])
            for case in FEES
            if standard_of(case) == code and "amount" in case and "refused" not in case
        }
        for band in standard.bands:
            assert band.above in amounts, (code, band.above)
            assert any(band.above < one <= band.above + 10 for one in amounts), (code, band.above)
