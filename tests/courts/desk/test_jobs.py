"""What the counter answers: whole answers, in both languages, as text and as JSON."""

from datetime import date

import jsonschema
import pytest

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import JSON_SCHEMA, as_data, told
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import job_of
from steelyard.kernel.faults import Faulty

RULES = CourtRules.of("guangdong")


def codes(refused):
    return [(fault.code, fault.where.key) for fault in refused.value.faults]


def test_a_limit_is_told_with_every_step():
    found = RULES.ask("days", limit="对判决上诉", start="2023年11月1日")
    assert found.settled
    assert told(found, "zh").splitlines()[:-1] == [
        "对判决上诉：2023-11-16（星期四）",
        "  2023-11-01为起始日，不计入，自2023-11-02起算",
        "  15日，至2023-11-16（星期四）",
        "  2023-11-16是星期四，是工作日",
        "依据：《民事诉讼法》第171条",
        "说明：最迟应在该日完成",
        "说明：期满前交邮的，不算过期",
    ]
    assert told(found, "en").splitlines()[0] == "Appeal against a judgment: 2023-11-16 (Thursday)"


def test_a_provisional_limit_warns():
    found = RULES.ask("days", limit="civil.defence", start="2040-01-02")
    assert found.headline.zh == "提出答辩状：2040-01-17（星期二）（暂定）"
    assert [one.zh[:2] for one in found.warnings] == ["暂定"]
    assert found.result["provisional"] is True


def test_days_left_out_lengthen_a_trial():
    found = RULES.ask(
        "days", limit="civil.trial", start="2023-01-03", excluded="2023-02-01至2023-02-10 鉴定"
    )
    assert found.result["last_day"] == "2023-07-13"


def test_a_trial_that_stands_still_is_not_settled_and_has_no_last_day():
    found = RULES.ask("days", limit="civil.trial", start="2024-01-08", suspended="2024-04-01")
    assert not found.settled
    assert found.headline.zh == "审限（一审普通程序）：停止计算，现在没有期满日"
    assert found.result["last_day"] is None


def test_a_limitation_period_runs_anew_from_what_interrupted_it():
    found = RULES.ask(
        "days",
        limit="civil.enforcement",
        start="2022-03-02",
        interrupted="2023-05-08至2023-12-31 执行和解；2023-02-01 要求履行",
    )
    assert found.headline.zh == "申请执行：2025-12-31（星期三）"
    assert any("2023-02-01中断（要求履行）" in line.zh for line in found.lines)


def test_an_obstacle_to_the_time_for_enforcement_goes_to_a_person():
    found = RULES.ask(
        "days",
        limit="civil.enforcement",
        start="2022-03-02",
        obstacles="2023-10-01至2024-01-10 不可抗力",
    )
    assert found.result["readings"] == ["2024-06-12", "2024-07-10"]


def test_twenty_years_from_the_harm_bound_a_limitation_period():
    found = RULES.ask("days", limit="limitation.claim", start="2021-03-02", harmed="2004-01-01")
    assert found.headline.zh == "诉讼时效（一般）：2024-01-02（星期二）"
    assert [one.zh for one in found.articles] == ["《民法通则》第137条"]


def test_what_the_law_leaves_open_goes_to_a_person_with_both_readings():
    found = RULES.ask("days", limit="admin.appeal.no_domicile", start="2023-11-01")
    assert not found.settled
    assert found.result["readings"] == ["2023-11-16", "2023-12-01"]
    assert found.headline.en.startswith(
        "administrative appeal, party without domicile in China: for a person"
    )


def test_a_limit_in_hours_runs_from_the_next_hour():
    found = RULES.ask("days", limit="preservation.urgent", start="2024-03-01", at="9:20")
    assert found.headline.zh.endswith("2024-03-03 10:00")


def test_a_limit_that_is_none_says_so():
    found = RULES.ask("days", limit="civil.hearing_notice.summary", start="2024-03-01")
    assert (found.headline.zh, found.result["last_day"]) == (
        "开庭通知（简易程序）：没有该项期限",
        None,
    )


def test_a_fee_is_told_line_by_line():
    found = RULES.ask(
        "fee", standard="ip", amount="20万元", accepted="2023-11-01", halved="简易程序"
    )
    assert told(found, "en").splitlines() == [
        "Civil intellectual-property case: CNY 2,150 to pay",
        "  up to CNY 10,000, each case: CNY 50 (Measures on Court Fees, Art. 13(1).1)",
        "  above CNY 10,000, to CNY 100,000: CNY 90,000 × 2.5% = CNY 2,250 (Measures on Court Fees, Art. 13(1).2)",
        "  above CNY 100,000, to CNY 200,000: CNY 100,000 × 2% = CNY 2,000 (Measures on Court Fees, Art. 13(1).3)",
        "  summary procedure, small claims included: half: less CNY 2,150 (Measures on Court Fees, Art. 16)",
        "By: Measures on Court Fees, Art. 13(3)",
        "Note: as accepted on 2023-11-01",
        "Note: the plaintiff pays in advance, within 7 days from the day after the notice (Measures on Court Fees, Arts. 20, 22)",
        "Note: borne by the loser, unless the winner is willing; split by the court where each wins in part (Measures on Court Fees, Art. 29)",
        "Note: where the right itself is in dispute and its value is hard to tell, the value that the plaintiff claims counts (Interpretation of the Civil Procedure Law, Art. 198)",
        "Note: who can hardly pay may ask in writing, with the action or appeal, to pay later, less, or nothing at all; only natural persons may be let off entirely (Measures on Court Fees, Arts. 44, 48)",
    ]
    assert found.result["payable"] == {"low": "2150", "high": "2150"}


def test_a_range_that_nobody_narrowed_is_for_the_court():
    found = RULES.ask("fee", standard="ip", amount="无", accepted="2008-01-01")
    assert not found.settled
    assert found.headline.zh == "知识产权民事案件：幅度为500元至1000元，具体数额请向受理法院核对"
    assert RULES.ask("fee", standard="ip", amount="无", accepted="2023-11-01").headline.zh.endswith(
        "应交1000元"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [({"refund": "发回重审", "paid": "5,000"}, "退还5000元"), ({"refund": "withdrawn", "paid": "5000"}, "退还2500元"),
     ({"refund": "withdrawn", "paid": "5000", "already_halved": "是"}, "不退还")],
)  # fmt: skip
def test_a_refund(written, said):
    assert RULES.ask("fee", **written).headline.zh.startswith(said)


def test_a_blank_day_of_acceptance_is_the_day_of_asking():
    found = RULES.ask("fee", standard="labour", today=date(2024, 3, 1))
    assert "按2024-03-01受理计算" in [one.zh for one in found.notes]


def test_a_number_is_explained_part_by_part():
    found = RULES.ask("number", number="(2019) 粤73 知民初 1519号")
    assert (found.settled, found.headline.zh) == (True, "（2019）粤73知民初1519号：格式正确")
    assert [part["written"] for part in found.result["parts"]] == [
        "2019",
        "粤73",
        "知",
        "民初",
        "1519",
    ]


def test_a_number_with_a_code_that_is_not_listed_is_to_be_checked():
    found = RULES.ask("number", number="（2019）粤1999民初1号")
    assert (found.settled, found.headline.en) == (
        True,
        "（2019）粤1999民初1号: well formed, to be checked",
    )
    assert [one.en for one in found.warnings] == [
        "no court with the code 粤1999 is listed; check it, or add it to the table of codes"
    ]


def test_a_wrong_number_is_an_answer_with_every_reason():
    found = RULES.ask("number", number="（2019）粤0704民终12号")
    assert (found.settled, found.result["valid"]) == (False, False)
    assert [one.zh for one in found.lines] == [
        "“粤0704”是基层法院，没有“民终”案件；请对照文书上的案号核对"
    ]


def test_the_next_number_follows_those_issued():
    facts = {"next": True, "court": "粤73", "year": 2024, "type": "民初", "special": "知"}
    issued = ("（2024）粤73知民初1号", "（2024）粤73知民初2号", "（2014）粤知法专民初字第604号")
    job = job_of("number")
    found = job.answer(Facts({**facts, "issued": issued}), RULES)
    assert (found.result["number"], found.warnings) == ("（2024）粤73知民初3号", ())
    assert [one.zh for one in job.answer(Facts(facts), RULES).warnings] == [
        "没有给出已编案号，按尚未编号处理"
    ]


def test_all_that_is_wrong_or_missing_is_said_at_once():
    with pytest.raises(Faulty) as refused:
        RULES.ask("fee", amount="很多", accepted="2023-02-30", colour="red")
    assert codes(refused) == [("not-an-amount", "amount"), ("not-a-day", "accepted"), ("no-such-question", "colour"),
                              ("not-answered", "standard")]  # fmt: skip
    with pytest.raises(Faulty) as refused:
        RULES.ask("fee", standard="ip")
    assert codes(refused) == [("not-answered", "amount"), ("not-answered", "accepted")]


@pytest.mark.parametrize(
    ("job", "facts"),
    [
        ("days", {"limit": "civil.trial", "start": date(2023, 1, 3)}),
        ("days", {"limit": "admin.appeal.no_domicile", "start": date(2023, 1, 3)}),
        ("fee", {"standard": "ip", "amount": None, "accepted": date(2023, 1, 3), "halved": ("summary",)}),
        ("number", {"number": "（2019）粤73知民初1519号"}),
        ("number", {"number": "no number"}),
    ],
)  # fmt: skip
def test_every_answer_keeps_to_the_json_schema(job, facts):
    known = Facts(facts)
    data = as_data(job, known, job_of(job).answer(known, RULES))
    jsonschema.validate(data, JSON_SCHEMA)
    assert list(data["facts"]) == list(facts)


def test_a_region_without_rules_is_refused():
    with pytest.raises(Faulty, match="no court rules of 'atlantis' ship"):
        CourtRules.of("atlantis")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"halved": "简易程序", "refund": "mediated"}, "应交2900元，结案后实交2900元"),
        ({"refund": "mediated"}, "应交5800元，结案后实交2900元"),
        ({"refund": "dismissed"}, "应交5800元，结案后实交0元"),
        ({"expenses": "5万元"}, "应交6550元"),
    ],
)
def test_an_action_on_a_trade_mark_for_300000_from_filing_to_the_end(written, said):
    found = RULES.ask("fee", standard="ip", amount="30万元", accepted="2023-11-01", **written)
    assert found.headline.zh == f"知识产权民事案件：{said}"


def test_a_fee_that_was_paid_is_refunded_without_being_counted():
    found = RULES.ask("fee", standard="ip", refund="withdrawn", paid="5800")
    assert found.headline.zh.startswith("退还2900元")
    assert "15日内退还" in found.notes[0].zh


def test_a_range_cannot_be_followed_to_the_end():
    with pytest.raises(Faulty) as refused:
        RULES.ask(
            "fee", standard="enforcement", amount="无", accepted="2023-11-01", refund="suspended"
        )
    assert [fault.code for fault in refused.value.faults] == ["refund-of-a-range"]


def test_what_no_text_gives_is_for_a_person():
    with pytest.raises(Faulty) as refused:
        RULES.ask("fee", standard="security_interest", accepted="2023-11-01")
    assert [fault.code for fault in refused.value.faults] == ["fee-left-open"]


def test_several_numbers_in_one_cell_are_each_told():
    found = RULES.ask("number", number="（2016）粤0304民初18775-18776号")
    assert found.headline.zh == "2个案号，格式正确"
    assert found.lines[1].zh == (
        "（2016）粤0304民初18776号：2016年收案，深圳市福田区人民法院，民事一审案件，该年度同类案件第18776件"
    )
    assert found.result["numbers"] == ["（2016）粤0304民初18775号", "（2016）粤0304民初18776号"]


def test_several_numbers_that_are_wrong_say_why():
    found = RULES.ask("number", number="（2016）粤0305民初15667-15555号")
    assert not found.settled
    assert "末号小于首号" in found.lines[0].zh


@pytest.mark.parametrize(
    ("standard", "code"),
    [
        ("商标侵权", "ip"),
        ("著作权", "ip"),
        ("不正当竞争", "ip"),
        ("商标行政", "administrative.ip"),
        ("管辖权异议", "jurisdiction_objection"),
        ("强制执行", "enforcement"),
        ("执行", "enforcement"),
        ("财产保全", "preservation"),
        ("诉前禁令", "preservation"),
        ("支付令", "payment_order"),
        ("名誉权", "personality"),
    ],
)
def test_a_kind_of_case_is_found_by_what_people_call_it(standard, code):
    found = RULES.ask("fee", standard=standard, amount="25万元", accepted="2023-11-01")
    assert found.result["standard"] == code


def test_a_trade_mark_may_be_a_civil_or_an_administrative_case():
    with pytest.raises(Faulty) as refused:
        RULES.ask("fee", standard="商标", amount="30万元", accepted="2023-11-01")
    (fault,) = refused.value.faults
    assert fault.code == "ambiguous-choice"
    assert "知识产权民事案件" in fault.mend.zh + fault.what.zh


@pytest.mark.parametrize(
    ("refund", "back"), [("撤诉", "退还2900元"), ("驳回起诉", "退还5800元"), ("调解", "退还2900元")]
)
def test_an_ending_is_found_by_what_people_call_it(refund, back):
    assert RULES.ask("fee", refund=refund, paid="5800").headline.zh.startswith(back)
