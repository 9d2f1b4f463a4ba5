"""Which court: only what could change the answer is asked, and then there always is an answer."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import told
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.jobs import job_of
from steelyard.courts.desk.questions import missing
from steelyard.courts.desk.which import case_of
from steelyard.kernel.faults import Faulty

RULES = CourtRules.of("guangdong")
WHICH = job_of("which")
QUESTIONS = WHICH.questions(RULES)
JIANGMEN = {"place": "江门市江海区", "filed": "2023-12-01"}


def ask(**written):
    return RULES.ask("which", **{**JIANGMEN, **written})


def courts(answer):
    return [answer.cells[0].zh, answer.cells[1].zh]


def test_the_court_its_reasons_and_why_no_other():
    found = ask(cause="侵害发明专利权纠纷")
    lines = told(found, "zh").splitlines()
    assert lines[:3] == [
        "一审：广州知识产权法院；上诉：最高人民法院知识产权法庭",
        "  一审：技术类知识产权的权属、侵权纠纷，由广州知识产权法院在广东省内跨区域管辖，不论数额",
        "  不是江门市江海区人民法院：基层人民法院不管辖这类技术类案件（《第一审知识产权案件管辖规定》（法释〔2022〕13号）第1条）",
    ]
    assert [line for line in lines if line.startswith("  上诉：")] == [
        "  上诉：发明专利、植物新品种、集成电路布图设计权属、侵权上诉案件，由最高人民法院知识产权法庭审理"
    ]
    assert "依据：《知识产权法庭规定》（2023年修正）第2条第1款第（二）项" in lines
    assert lines[-1] == "说明：尚未裁判，按现行规定回答；裁判日决定上诉法院"
    assert found.settled


def test_the_amount_decides_where_it_does_and_a_sample_amount_is_named():
    below, above = (ask(cause="侵害商标权", amount=amount) for amount in ("1万元", "5亿元"))
    assert below.cells[0].zh == "江门市江海区人民法院"
    assert above.cells[0] != below.cells[0]
    assert [one.en for one in below.warnings] == [
        "by a sample threshold, which is no official one: check the local one"
    ]
    assert below.result["first"]["sample"] is True


def test_claims_that_are_joined_are_asked_about_together():
    joined, listed = (
        ask(cause=cause) for cause in ("侵害发明专利权及技术秘密", "侵害发明专利权、侵害技术秘密")
    )
    assert courts(joined) == courts(listed)
    assert joined.cells[0].zh == "广州知识产权法院"


def test_a_person_decides_what_the_law_leaves_open():
    found = ask(cause="发明专利实施许可合同纠纷", amount="100万元")
    assert not found.settled
    assert found.headline.zh.startswith("一审：由人决定（")
    assert found.result["first"]["court"] is None
    assert found.result["first"]["readings"]


def test_who_grants_need_not_be_said():
    found = ask(cause="专利权无效宣告请求行政纠纷")
    assert found.cells[0].zh == "北京知识产权法院"


def test_a_place_where_nobody_may_sue_is_a_fault_of_the_place():
    with pytest.raises(Faulty) as refused:
        ask(cause="侵害商标权", amount="无", connection="原告住所地")
    assert [(one.code, one.where.key) for one in refused.value.faults] == [
        ("which-place-founds-nothing", "place")
    ]


def test_words_that_name_no_cause_or_place_are_refused_with_the_nearest():
    with pytest.raises(Faulty) as refused:
        ask(cause="侵害发明专", place="江门市宝安区")
    assert {one.code for one in refused.value.faults} == {"place-mismatch", "cause-ambiguous"}
    with pytest.raises(Faulty) as refused:
        ask(cause="商标", place="海底")
    assert {one.code for one in refused.value.faults} == {"cause-ambiguous", "place-unknown"}
    assert {one.where.key for one in refused.value.faults} == {"cause", "place"}


KNOWN = st.fixed_dictionaries({
    "cause": st.lists(st.sampled_from([one.code for one in RULES.causes.rows]), min_size=1, max_size=2, unique=True)
    .map(tuple),
    "place": st.sampled_from(["440100", "440300", "440700", "440704", "442000", "110000", "abroad"]),
    "filed": st.dates(date(2015, 1, 1), date(2026, 12, 31)),
})  # fmt: skip
REST = st.fixed_dictionaries({}, optional={
    "well_known": st.booleans(),
    "parties": st.sampled_from(["inside", "province", "outside", "foreign"]),
    "judged": st.dates(date(2027, 1, 1), date(2028, 1, 1)),
})  # fmt: skip
NEEDED = {"amount": Fraction(100), "body": "department", "reviewer": "government"}
AMOUNTS = (None, Fraction(1), Fraction(10**7), Fraction(10**10))


@given(KNOWN, REST)
def test_where_nothing_needed_is_missing_there_is_an_answer(known, rest):
    facts = Facts({**known, **rest})
    while lacking := missing(QUESTIONS, facts):
        facts = facts.having(lacking[0].code, NEEDED[lacking[0].code])
    assert WHICH.answer(facts, RULES).headline


@given(KNOWN, REST)
@example({"cause": ("software_development",), "place": "440300", "filed": date(2015, 1, 1)}, {})
def test_an_amount_that_is_not_asked_for_changes_no_court(known, rest):
    facts = Facts({**known, **rest, "body": "department"})
    if "amount" in {one.code for one in missing(QUESTIONS, facts)}:
        return
    found = {WHICH.answer(facts.having("amount", amount), RULES).cells[0] for amount in AMOUNTS}
    assert len(found) == 1


@given(KNOWN, st.sampled_from(AMOUNTS[1:]))
def test_parties_that_are_not_asked_for_change_no_court(known, amount):
    facts = Facts({**known, "amount": amount, "body": "department"})
    (parties,) = (one for one in QUESTIONS if one.code == "parties")
    if parties.asked(facts):
        return
    named = [facts.having("parties", one.code) for one in parties.choices]
    assert len({WHICH.answer(one, RULES).cells[0] for one in (facts, *named)}) == 1


def test_what_is_told_reaches_the_rules_whole():
    facts = Facts({
        "cause": ("admin.trademark.penalty",), "place": "440704", "filed": date(2023, 1, 1), "body": "department",
        "reconsidered": "changed", "reviewer": "government", "judged": date(2023, 6, 1), "tried_by": "basic",
        "connection": "agency", "amount": Fraction(5), "parties": "inside", "well_known": True,
    })  # fmt: skip
    case = case_of(facts, RULES)
    assert (case.place.name.zh, case.body, case.reconsidered, case.reviewer) == (
        "江海区", "department", "changed", "government",
    )  # fmt: skip
    assert (case.judged, case.tried_by, case.connection) == (date(2023, 6, 1), "basic", "agency")
    assert (case.amount, case.parties, case.well_known) == (Fraction(5), "inside", True)


def test_pirated_alone_may_be_a_work_or_a_program():
    with pytest.raises(Faulty) as refused:
        RULES.ask("which", cause="盗版", place="江海区", filed="2024-01-01", amount="10万")
    assert [fault.code for fault in refused.value.faults] == ["cause-ambiguous"]


def test_the_answer_says_which_cause_and_place_it_took_the_words_for():
    found = RULES.ask("which", cause="药品", place="江海", filed="2024-01-01")
    assert found.notes[0].zh == "按“药品专利链接纠纷”、广东省江门市江海区答复"
    assert (
        found.notes[0].en == "asked of: patent linkage of drugs; in Jianghai, Jiangmen, Guangdong"
    )


@pytest.mark.parametrize("place", ["江海", "天河", "深圳市"])
def test_without_an_amount_no_amount_is_said_not_to_be_reached(place):
    found = RULES.ask("which", cause="商标侵权", place=place, filed="2023-03-01", amount="无")
    said = [line for line in found.lines if "没有诉讼标的额" in line.zh]
    assert [line.zh.endswith("第3条）") for line in said] == [True]
    assert not any("（）" in line.zh or "()" in line.en for line in found.lines)


def test_whether_a_court_may_be_agreed_on_for_a_tort_is_for_a_person():
    found = RULES.ask(
        "which", cause="侵害发明专利权", place="江门", connection="agreed", filed="2023-09-20"
    )
    assert not found.settled
    assert "《民事诉讼法》第35条" in [one.zh for one in found.articles]


@pytest.mark.parametrize(
    ("parties", "body"),
    [("同一辖区", "县级以上人民政府"), ("香港", "知识产权局"), ("省外", "国家知识产权局")],
)
def test_parties_and_agencies_are_understood_as_people_call_them(parties, body):
    RULES.ask("which", cause="商标侵权", place="中山", filed="2020-03-01", amount="999万", parties=parties)  # fmt: skip
    RULES.ask("which", cause="商标行政处罚", place="江门", filed="2024-03-01", body=body)


def test_the_cell_of_reasons_says_what_the_notes_say_of_another_court():
    found = RULES.ask(
        "which", cause="adaptation_right", place="天河", filed="2023-09-28", amount="3万"
    )
    assert "由广州互联网法院管辖" in found.cells[3].zh


def test_an_open_answer_says_what_the_notes_say_of_another_court():
    found = RULES.ask(
        "which", cause="network_competition", place="天河", filed="2025-11-01", amount="3万"
    )
    assert not found.settled
    assert any("属于网络不正当竞争的，由广州互联网法院管辖" in note.zh for note in found.notes)
