"""Which court, first and on appeal: what must hold of every case."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from steelyard.courts.rules.jurisdiction.answers import Heard, LeftOpen
from steelyard.courts.rules.jurisdiction.decide import decide
from steelyard.kernel.faults import Faulty
from tests.courts.china_jurisdiction import CAUSES, PLACES, RULES
from tests.courts.rules.jurisdiction.told import (
    JIANGMEN,
    PENALTY,
    SHENZHEN,
    TIANHE,
    administrative_cases,
    cases,
    civil_cases,
    role_of,
    told,
)

GUANGZHOU_OPENS = date(2014, 12, 21)


def codes_of(case):
    with pytest.raises(Faulty) as raised:
        decide(RULES, case)
    return [fault.code for fault in raised.value.faults]


def answers_of(case):
    found = decide(RULES, case)
    return [one for one in (found.first, found.appeal) if one is not None]


@given(cases)
def test_a_court_always_cites_an_article_and_gives_a_reason(case):
    for answer in answers_of(case):
        assert answer.why
        assert all(why.zh and why.en for why in answer.why)
        if isinstance(answer, Heard):
            assert answer.articles


@given(cases)
def test_a_court_of_first_instance_names_another_and_why_it_is_not_that(case):
    first = decide(RULES, case).first
    if isinstance(first, Heard):
        assert first.not_others
        assert first.court.name not in [one.court.name for one in first.not_others]


@given(cases)
def test_the_guangzhou_intermediate_court_is_never_named_once_it_takes_no_such_case(case):
    assume(case.filed >= GUANGZHOU_OPENS)
    for answer in answers_of(case):
        named = [answer.court] if isinstance(answer, Heard) else answer.readings
        assert "广东省广州市中级人民法院" not in [court.name.zh for court in named]


@given(cases)
def test_the_guangzhou_ip_court_is_never_named_for_shenzhen(case):
    shenzhen = replace(case, place=PLACES.find(SHENZHEN))
    for answer in answers_of(shenzhen):
        named = [answer.court] if isinstance(answer, Heard) else answer.readings
        assert "广州知识产权法院" not in [court.name.zh for court in named]


@given(cases)
def test_no_court_is_named_before_it_opened(case):
    before = replace(case, filed=GUANGZHOU_OPENS - timedelta(days=1))
    first = decide(RULES, before).first
    named = [first.court] if isinstance(first, Heard) else list(first.readings)
    named += [one.court for one in first.not_others] if isinstance(first, Heard) else []
    roles = {court.role for court in named}
    assert not roles & {"ip_court", "tribunal"}


@given(cases)
def test_the_order_of_the_causes_does_not_matter(case):
    found = [decide(RULES, replace(case, causes=order)) for order in permutations(case.causes)]
    assert len({(role_of(one.first), one.appeal and role_of(one.appeal)) for one in found}) == 1


@given(cases, st.dates(date(2010, 2, 1), date(2027, 12, 31)))
def test_a_second_cause_of_the_same_kind_changes_nothing(case, day):
    once = decide(RULES, replace(case, causes=case.causes[:1], filed=day))
    twice = decide(RULES, replace(case, causes=case.causes[:1] * 2, filed=day))
    assert once == twice


@given(civil_cases, st.dates(date(2010, 2, 1), date(2027, 12, 31)), st.data())
def test_the_appeal_depends_on_the_day_of_judgment_not_of_filing(case, judged, data):
    earlier = data.draw(st.dates(date(2010, 2, 1), judged))
    later = data.draw(st.dates(date(2010, 2, 1), judged))
    assume(all(cause.matter != "drug_patent" for cause in case.causes))
    tried_by = data.draw(st.sampled_from(["basic", "intermediate", "ip_court", "high"]))
    known = replace(case, judged=judged, tried_by=tried_by)
    answers = [decide(RULES, replace(known, filed=day)).appeal for day in (earlier, later)]
    assert answers[0] is not None
    assert answers[0] == answers[1]


@given(administrative_cases)
def test_upheld_on_reconsideration_leaves_the_court_as_it_was(case):
    upheld = replace(case, reconsidered="upheld")
    plain = replace(case, reconsidered="no")
    assert role_of(decide(RULES, upheld).first) == role_of(decide(RULES, plain).first)


@given(administrative_cases)
def test_changed_on_reconsideration_is_a_suit_against_the_agency_that_changed_it(case):
    changed = replace(case, reconsidered="changed")
    direct = replace(case, reconsidered="no", body=case.reviewer)
    assert role_of(decide(RULES, changed).first) == role_of(decide(RULES, direct).first)


def test_reconsidered_too_late_leaves_the_choice_to_the_plaintiff():
    found = decide(
        RULES, told(PENALTY, body="department", reconsidered="silent", reviewer="government")
    )
    assert isinstance(found.first, LeftOpen)
    assert found.appeal is None
    assert {court.role for court in found.first.readings} == {"basic", "intermediate"}


def test_whom_a_changed_act_makes_the_defendant_is_cited():
    first = decide(
        RULES, told(PENALTY, body="department", reconsidered="changed", reviewer="government")
    ).first
    assert "《行政诉讼法》第26条" in [one.zh for one in first.articles]
    assert "复议机关是被告" in "".join(why.zh for why in first.why)


def test_a_doubtful_place_leaves_the_case_to_a_person_and_says_which_court_it_would_be():
    first = decide(RULES, told(connection="network_plaintiff", amount="100000")).first
    assert isinstance(first, LeftOpen)
    assert [court.name.zh for court in first.readings] == ["江门市江海区人民法院"]


def test_all_faults_of_the_facts_are_told_at_once():
    case = told(
        PENALTY,
        place="广东省",
        amount="-0.01",
        connection="plaintiff",
        reconsidered="changed",
        judged=date(2023, 2, 28),
    )
    assert codes_of(case) == [
        "which-no-body",
        "which-no-reviewer",
        "which-judged-too-early",
        "which-amount-below-nothing",
        "which-no-city",
        "which-place-founds-nothing",
    ]


def test_a_case_needs_a_cause():
    assert codes_of(replace(told(), causes=())) == ["which-no-cause"]


def test_a_civil_case_has_no_reconsideration():
    assert codes_of(told(reconsidered="upheld")) == ["which-not-administrative"]


def test_what_the_beijing_ip_court_alone_tries_no_other_court_can_have_tried():
    case = told("商标权无效宣告请求行政纠纷", body="state_council", tried_by="intermediate")
    assert codes_of(case) == ["which-cannot-have-tried"]


def test_a_case_may_be_judged_on_the_day_it_was_filed():
    assert decide(RULES, told(judged=date(2023, 3, 1))).appeal is not None


def test_an_open_first_instance_has_an_appeal_only_if_it_is_told_who_judged():
    case = told("计算机软件开发合同纠纷", judged=date(2024, 3, 1))
    assert decide(RULES, case).appeal is None
    tried = decide(RULES, replace(case, tried_by="ip_court"))
    assert role_of(tried.appeal) == "high"


def test_jiangmen_is_told_where_the_ip_court_sits_nearby():
    first = decide(RULES, told("侵害发明专利权纠纷", place=JIANGMEN)).first
    assert "江门巡回审判法庭" in first.notes[0].zh


def test_copyright_in_guangzhou_is_told_of_the_internet_court_until_it_left_it():
    until = told("侵害作品改编权纠纷", place=TIANHE, filed=date(2025, 10, 31))
    after = replace(until, filed=date(2025, 11, 1))
    elsewhere = replace(until, place=PLACES.find(JIANGMEN))
    notes = [decide(RULES, case).first.notes for case in (until, after, elsewhere)]
    assert "由广州互联网法院管辖" in notes[0][0].zh
    assert notes[1] == ()
    assert "请核对" in notes[2][0].zh


def test_every_cause_of_the_country_has_an_answer():
    for cause in CAUSES.rows:
        body = "department" if cause.track == "administrative" else None
        assert answers_of(replace(told(), causes=(cause,), body=body))
