"""Whose turn it is has a day, reads it on the first page, and is reminded; the office urges who scores."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.assessment.actions import visits
from steelyard.assessment.actions.collection import urge_units
from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.actions.scoring.clocks import urge_scoring
from steelyard.assessment.actions.visits.clocks import start_reports
from steelyard.assessment.models import ApprovalStep, Score, Submission, Suspicion, Visit
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.rules.states import Stage, StageMove, SuspicionMove
from steelyard.kernel.refusals import Refused
from steelyard.notices.actions import extend_deadline, remind
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.trail.models import Entry
from tests.assessment.frozen_year import scored
from tests.assessment.scored import Scored
from tests.assessment.visits import announced, collecting, found_on, plan_of, planned, reported
from tests.assessment.year import Year
from tests.once import World, world_of

pytestmark = pytest.mark.django_db


def as_(person: Account, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def first_page(person: Account, language: str = "en") -> str:
    return as_(person, language).get("/").content.decode()


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [one.code for one in caught.value.refusals]


def told_of(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("account__name", flat=True))


def at_ten(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 10))


def running(task: str) -> Deadline:
    return Deadline.objects.get(task=task, ended_on=None)


# --- scoring --------------------------------------------------------------------------------


def a_year() -> Scored:
    found = Scored()
    assert found.sun.pk
    assert found.gu.pk
    found.scoring()
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def urge(year: Year, by: Account) -> int:
    return urge_scoring(assessment=year.assessment.pk, by=by.pk, now=year.now)


def test_the_office_urges_whoever_has_scores_to_give_once_a_day_and_on_record(year: Scored) -> None:
    Score.objects.filter(body=year.panel).update(
        state="scored", scored_by=year.gu, scored_at=year.now
    )
    assert urge(year, year.chen) == 1
    assert told_of("request_urged") == {"孙组长"}
    (told,) = Notice.objects.filter(kind="request_urged")
    due = Deadline.objects.get(task=f"scoring-{year.team.pk}").due
    assert told.words["due"]["en"] == str(due)
    year.assessment.refresh_from_db()
    assert year.assessment.scoring_urged_on == timezone.localdate(year.now)
    assert Entry.objects.filter(action="urge_scoring", actor=year.chen.pk).exists()
    assert refused(lambda: urge(year, year.chen)) == ["urged_today"]
    year.now += timedelta(1)
    assert urge(year, year.chen) == 1
    assert Notice.objects.filter(kind="request_urged").count() == 2


def test_nobody_is_urged_who_has_nothing_to_score(year: Scored) -> None:
    Score.objects.update(state="scored", scored_by=year.sun, scored_at=year.now)
    assert refused(lambda: urge(year, year.chen)) == ["nobody_to_urge"]


def test_nobody_is_urged_to_score_before_the_scoring() -> None:
    year = collecting()
    assert refused(lambda: urge(year, year.chen)) == ["wrong_stage"]


@pytest.mark.parametrize("who", ["zhao", "sun", "gu", "li", "tan", "huang", "mo"])
def test_only_the_office_urges(year: Scored, who: str) -> None:
    assert refused(lambda: urge(year, getattr(year, who))) == ["not_allowed"]


def test_one_button_urges_and_says_that_it_did(year: Scored) -> None:
    page, button = "/assessments/2021/scoring/", "/assessments/2021/urge-scoring/"
    assert button in as_(year.chen).get(page).text
    for other in (year.sun, year.zhao):
        assert button not in as_(other).get(page).text
        assert as_(other).post(button).status_code == 403
    said = as_(year.chen).post(button, follow=True).text
    assert "2 scoring bodies were urged." in said
    assert "urged today" in said
    assert button not in said
    again = as_(year.chen, "zh-hans").post(button)
    assert again.status_code == 409
    assert "今天已经催办过" in again.text


def test_a_program_urges_too(year: Scored) -> None:
    address = "/api/assessments/2021/urge-scoring"
    assert as_(year.sun).post(address).status_code == 403
    assert as_(year.chen).post(address).json() == {"bodies": 2}
    answer = as_(year.chen).post(address)
    assert answer.status_code == 409
    assert [one["code"] for one in answer.json()["refusals"]] == ["urged_today"]


# --- units that have not filed --------------------------------------------------------------


def urge_all(year: Year, by: Account) -> int:
    return urge_units(assessment=year.assessment.pk, by=by.pk, now=year.now)


def test_units_that_have_not_filed_are_urged_once_a_day_and_on_record() -> None:
    year = collecting()
    assert {year.tan.pk, year.huang.pk}  # who fills in and who signs for Jiangmen are appointed
    assert urge_all(year, year.chen) == 2
    assert {str(year.tan)} <= told_of("request_urged")
    assert str(year.huang) not in told_of("request_urged")
    year.assessment.refresh_from_db()
    assert year.assessment.filing_urged_on == timezone.localdate(year.now)
    assert Entry.objects.filter(action="urge_units", actor=year.chen.pk).exists()
    assert refused(lambda: urge_all(year, year.chen)) == ["urged_today"]
    year.now += timedelta(1)
    assert urge_all(year, year.chen) == 2


def test_who_has_filed_is_not_urged_and_who_signs_is_urged_to_sign() -> None:
    year = collecting()
    guangzhou, jiangmen = Submission.objects.order_by("unit__code")
    Submission.objects.filter(pk=guangzhou.pk).update(state="approving")
    Submission.objects.filter(pk=guangzhou.pk).update(
        state="locked", content_hash="x", signed_by=year.chen, signed_at=year.now,
        scheme=issued(year.assessment),
    )  # fmt: skip
    Submission.objects.filter(pk=jiangmen.pk).update(state="approving")
    assert {year.tan.pk, year.huang.pk}
    assert urge_all(year, year.chen) == 1
    assert told_of("request_urged") == {str(year.huang)}


def test_put_up_whoever_holds_the_step_that_is_due_is_urged() -> None:
    year = collecting()
    assert {year.tan.pk, year.huang.pk}
    ApprovalStep.objects.filter(subject="submission").update(role=Role.OFFICE_HEAD, at_office=True)
    jiangmen = Submission.objects.get(unit=year.jiangmen)
    Submission.objects.filter(pk=jiangmen.pk).update(state="approving")
    assert year.zhao.pk
    urge_all(year, year.chen)
    assert str(year.zhao) in told_of("request_urged")
    assert str(year.huang) not in told_of("request_urged")


def test_units_are_urged_while_they_can_file(year: Scored) -> None:
    assert refused(lambda: urge_all(year, year.chen)) == ["wrong_stage"]


@pytest.mark.parametrize("who", ["zhao", "sun", "tan", "huang"])
def test_only_the_office_urges_units(who: str) -> None:
    year = collecting()
    assert refused(lambda: urge_all(year, getattr(year, who))) == ["not_allowed"]


def test_one_button_urges_the_units_and_says_that_it_did() -> None:
    year = collecting()
    page, button = "/assessments/2021/submissions/", "/assessments/2021/urge-units/"
    assert button in as_(year.chen).get(page).text
    assert button not in as_(year.tan).get(page).text
    assert as_(year.tan).post(button).status_code == 403
    said = as_(year.chen).post(button, follow=True).text
    assert "2 units were urged." in said
    assert "urged today" in said
    assert button not in said
    again = as_(year.chen, "zh-hans").post(button)
    assert again.status_code == 409
    assert "今天已经催办过" in again.text


# --- forged material ------------------------------------------------------------------------


def raised(year: Scored) -> Suspicion:
    return raise_suspicion(
        assessment=year.assessment.pk, unit="440700", item="B2", grounds="公章与备案不符",
        material=year.plan.pk, by=year.sun.pk, now=year.now,
    )  # fmt: skip


def heard(year: Scored, one: Suspicion, *, silent: bool = False) -> Suspicion:
    return hear(
        suspicion=one.pk, hearing="" if silent else "系扫描错误", seen=one.version, by=year.chen.pk,
        heard_on=None if silent else timezone.localdate(year.now), now=year.now, was_silent=silent,
    )  # fmt: skip


def stated(year: Scored, one: Suspicion) -> Suspicion:
    return state_case(
        suspicion=one.pk, statement="原件可供核对", seen=one.version, by=year.tan.pk, now=year.now
    )


def decided(year: Scored, one: Suspicion) -> Suspicion:
    return decide(
        suspicion=one.pk, move=SuspicionMove.CLEAR, decision="属实", seen=one.version,
        by=year.zhao.pk, now=year.now,
    )  # fmt: skip


def ends(task: str) -> list[str]:
    return list(Deadline.objects.filter(task=task).values_list("end", flat=True))


def test_each_step_of_a_suspicion_has_its_day(year: Scored) -> None:
    one = raised(year)
    to_hear = running("hear_suspicion")
    assert (to_hear.organisation, to_hear.role) == (year.province, Role.ASSESSING_OFFICE)
    assert to_hear.working_days == running("answer_suspicion").working_days + 5
    one = heard(year, stated(year, one))
    assert ends("hear_suspicion") == ["met"]
    to_decide = running("decide_suspicion")
    assert (to_decide.role, to_decide.working_days) == (Role.OFFICE_HEAD, 5)
    decided(year, one)
    assert ends("decide_suspicion") == ["met"]
    assert not Deadline.objects.filter(task__endswith="_suspicion", ended_on=None).exists()


def test_a_decision_leaves_no_day_running_also_of_a_silent_unit(year: Scored) -> None:
    one = raised(year)
    year.now += timedelta(30)
    decided(year, heard(year, one, silent=True))
    assert ends("answer_suspicion") == ["dropped"]
    assert ends("hear_suspicion") == ["met"]
    assert not Deadline.objects.filter(task__endswith="_suspicion", ended_on=None).exists()


def test_it_waits_for_those_whose_turn_it_is(year: Scored) -> None:
    one = raised(year)
    until = running("answer_suspicion").due
    says, lies = "State your case on the material", f"it may state its case until {until}"
    assert says in first_page(year.tan)
    assert says in first_page(year.huang)
    assert first_page(year.huang).count(says) == 1
    assert says not in first_page(year.liang)
    assert "请就项目B2的材料作出陈述" in first_page(year.tan, "zh-hans")
    assert lies in first_page(year.chen)
    assert f"该单位陈述期限{until}" in first_page(year.chen, "zh-hans")
    one = stated(year, one)
    assert says not in first_page(year.tan)
    assert lies not in first_page(year.chen)
    assert f"Hear the unit: suspicion no. {one.pk}" in first_page(year.chen)
    one = heard(year, one)
    assert "Hear the unit" not in first_page(year.chen)
    assert f"Decide on suspicion no. {one.pk}" in first_page(year.zhao)
    decided(year, one)
    assert "Decide on suspicion" not in first_page(year.zhao)


def test_the_days_of_the_office_name_no_unit(year: Scored) -> None:
    """More people see deadlines than suspicions."""
    heard(year, stated(year, raised(year)))
    for task in ("hear_suspicion", "decide_suspicion"):
        said = Deadline.objects.get(task=task)
        assert "江门" not in said.what_zh + said.what_en


def test_the_office_is_reminded_to_hear_and_its_head_to_decide(year: Scored) -> None:
    assert year.qian.pk
    assert year.zhao.pk
    one = stated(year, raised(year))
    remind(now=at_ten(running("hear_suspicion").due))
    hear_today = Notice.objects.filter(kind="deadline_today", path__contains="deadlines")
    assert {one.account.name for one in hear_today} == {"陈主任", "钱科长"}
    year.now = at_ten(running("hear_suspicion").due)
    heard(year, one)
    remind(now=at_ten(running("decide_suspicion").due))
    assert "赵局长" in told_of("deadline_today")


def test_a_day_of_the_office_is_put_off_by_another_and_with_a_reason_alone(year: Scored) -> None:
    raised(year)
    clock = running("hear_suspicion")

    def put_off(by: Account, reason: str) -> None:
        extend_deadline(deadline=clock.pk, working_days=3, reason=reason, by=by.pk, now=year.now)

    assert refused(lambda: put_off(year.zhao, " ")) == ["no_reason"]
    assert refused(lambda: put_off(year.chen, "出差")) == ["is_ones_own"]
    put_off(year.zhao, "当事人住院")
    assert running("hear_suspicion").due > clock.due


# --- visits ---------------------------------------------------------------------------------


def in_days(year: Year, days: int) -> date:
    return timezone.localdate(year.now) + timedelta(days)


def test_a_visit_is_reported_within_working_days_of_its_day_and_the_office_is_reminded() -> None:
    year = collecting()
    one = announced(year, planned_on=in_days(year, 9))
    assert start_reports(year.now) == 0
    year.now += timedelta(9)
    assert start_reports(year.now) == 1
    assert start_reports(year.now) == 0
    clock = running("report_visit")
    assert (clock.object_id, clock.organisation, clock.working_days) == (one.pk, year.province, 5)
    assert (clock.starts, clock.role) == (one.planned_on, Role.ASSESSING_OFFICE)
    remind(now=at_ten(clock.due))
    assert "陈主任" in told_of("deadline_today")
    reported(year, one)
    assert ends("report_visit") == ["met"]


def test_a_visit_waits_for_the_office_and_once_announced_for_the_unit() -> None:
    year = collecting()
    one = planned(year, planned_on=in_days(year, 9))
    announce, ready = "Announce the visit to", "Be ready for the on-site visit"
    assert announce in first_page(year.chen)
    assert ready not in first_page(year.tan)
    visits.announce_visit(visit=one.pk, by=year.chen.pk, now=year.now)
    assert announce not in first_page(year.chen)
    for who in (year.tan, year.huang):
        assert ready in first_page(who)
        assert "请做好迎接" in first_page(who, "zh-hans")
    assert ready not in first_page(year.liang)
    assert "Report on the visit" not in first_page(year.chen)
    Visit.objects.filter(pk=one.pk).update(planned_on=timezone.localdate())
    assert first_page(year.chen).count("Report on the visit") == 1
    start_reports(timezone.now())
    assert first_page(year.chen).count("Report on the visit") == 1


def test_an_unannounced_visit_waits_for_the_office_alone_and_its_day_names_no_unit() -> None:
    year = collecting()
    planned(year, unannounced=True)
    start_reports(year.now)
    said = running("report_visit")
    assert "江门" not in said.what_zh + said.what_en
    assert "Report on the visit of" in first_page(year.chen)
    for who in (year.tan, year.huang):
        assert "visit" not in first_page(who)


def test_cancelled_or_put_off_a_visit_is_not_to_be_reported() -> None:
    year = collecting()
    one, other = planned(year), planned(year, team="二组")
    assert start_reports(year.now) == 2
    visits.cancel_visit(visit=one.pk, reason="台风", by=year.chen.pk, now=year.now)
    later = plan_of(year, planned_on=in_days(year, 5))
    visits.change_visit(visit=other.pk, plan=later, by=year.chen.pk, now=year.now)
    assert ends("report_visit") == ["dropped", "dropped"]
    assert start_reports(year.now) == 0
    year.now += timedelta(5)
    assert start_reports(year.now) == 1


def test_another_team_leaves_the_day_of_a_report_as_it_is() -> None:
    year = collecting()
    one = planned(year)
    start_reports(year.now)
    visits.change_visit(
        visit=one.pk, plan=plan_of(year, team="三组"), by=year.chen.pk, now=year.now
    )
    assert running("report_visit").object_id == one.pk


def test_frozen_records_leave_no_visit_to_be_reported() -> None:
    year = Year()
    scored(year)
    planned(year)
    start_reports(year.now)
    year.move(StageMove.FREEZE)
    assert ends("report_visit") == ["dropped"]


def test_what_was_found_may_be_written_down_while_the_day_runs() -> None:
    year = collecting()
    one = planned(year)
    start_reports(year.now)
    found_on(year, one)
    assert running("report_visit").object_id == one.pk
    assert Stage(year.assessment.stage) is Stage.COLLECTING
