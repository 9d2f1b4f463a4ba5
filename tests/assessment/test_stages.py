"""From a draft scheme to scoring, one stage after the other; and what stands in the way."""

from __future__ import annotations

import copy
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.actions.schemes import draft
from steelyard.assessment.actions.scoring import reopen
from steelyard.assessment.actions.scoring.clocks import end_if_all_is_scored
from steelyard.assessment.models import Answer, Assessment, Comment, Sheet, Submission
from steelyard.assessment.rules.states import SchemeState, ScoreState, Stage, StageMove
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline, Notice
from steelyard.people.rules.roles import Role
from tests.assessment.year import Year, year_at
from tests.once import copy_for, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


checked = world_of(lambda: year_at(Stage.CHECKED))
issued_ = world_of(lambda: year_at(Stage.ISSUED))
scoring = world_of(lambda: year_at(Stage.SCORING))
CHECKED = pytest.mark.usefixtures("checked")
ISSUED = pytest.mark.usefixtures("issued_")
SCORING = pytest.mark.usefixtures("scoring")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def test_an_assessment_goes_from_its_draft_to_scoring(year: Year) -> None:
    assert year.at(Stage.SCORING).stage == Stage.SCORING
    assert {score.item for score in year.assessment.scores.all()} == {"A1", "A2", "B1", "B2"}


def test_the_collection_asks_each_city_and_each_body(year: Year) -> None:
    year.at(Stage.COLLECTING)
    assert [one.unit.code for one in Submission.objects.all()] == ["440100", "440700"]
    assert [(one.body.code, one.input_code) for one in Sheet.objects.all()] == [
        ("market", "closed_in_time")
    ]


@CHECKED
def test_no_scheme_is_issued_before_every_step_has_approved(year: Year) -> None:
    with pytest.raises(Refused, match="not_approved"):
        year.move(StageMove.ISSUE)


@CHECKED
def test_one_person_does_not_take_two_steps_of_an_approval(year: Year) -> None:
    year.approved()
    with pytest.raises(Refused, match=r"not_allowed|approved_before"):
        year.approved()


def test_the_database_refuses_a_jump(year: Year) -> None:
    assessment = year.assessment
    assessment.stage = Stage.FROZEN
    with pytest.raises(Exception, match=r"(?i)transition"), transaction.atomic():
        assessment.save()


def test_an_answer_is_not_taken_after_the_deadline_by_the_clock_of_the_database(year: Year) -> None:
    year.now = year.now - timedelta(900)
    year.at(Stage.COLLECTING)
    submission = Submission.objects.get(unit=year.jiangmen)
    with pytest.raises(IntegrityError, match="closed at"), transaction.atomic():
        Answer.objects.create(
            submission=submission, item="B2", saved_by=year.tan, saved_at=year.now
        )


@ISSUED
def test_an_issued_scheme_is_not_altered_even_by_raw_writes(year: Year) -> None:
    version = year.version
    version.document = {}
    with pytest.raises(IntegrityError, match="not altered"), transaction.atomic():
        version.save()


def test_an_assessment_opened_by_mistake_is_withdrawn_with_the_reason(year: Year) -> None:
    version = year.drafted()
    with pytest.raises(Refused, match="no_reason"):
        year.move(StageMove.WITHDRAW, reason=" ")
    found = year.move(StageMove.WITHDRAW, reason="重复建立")
    version.refresh_from_db()
    said = (found.stage, found.withdrawn_why, found.withdrawn_by, version.state)
    assert said == (Stage.WITHDRAWN, "重复建立", year.chen, SchemeState.DROPPED)
    with pytest.raises(Refused, match="wrong_state"):
        year.move(StageMove.SEND_OUT)


def test_what_is_out_already_is_not_withdrawn(year: Year) -> None:
    year.at(Stage.COMMENTS)
    with pytest.raises(Refused, match="wrong_state"):
        year.move(StageMove.WITHDRAW, reason="重复建立")


def test_an_issued_one_is_withdrawn_before_it_collects_and_all_who_had_to_work_by_it_are_told(
    year: Year,
) -> None:
    assert all((year.tan, year.li))
    year.at(Stage.ISSUED)
    found = year.move(StageMove.WITHDRAW, reason="时期有误，另行建立")
    assert (found.stage, year.version.state) == (Stage.WITHDRAWN, SchemeState.ISSUED)
    told = Notice.objects.filter(kind="assessment_withdrawn")
    assert set(told.values_list("account__name", flat=True)) >= {"谭科长", "李科长"}


@CHECKED
def test_a_draft_that_was_out_is_mended_and_settled_without_going_out_again(year: Year) -> None:
    year.move(StageMove.DRAFT_AGAIN)
    version = year.version
    document = copy.deepcopy(version.document)
    document["items"][0]["title"] = {"zh": "按意见改过的名称", "en": "Reworded as adopted"}
    draft(assessment=year.assessment.pk, document=document, by=year.chen.pk, now=year.now)
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    page = client.get(f"/assessments/2021/scheme/versions/{version.number}/").content.decode()
    assert "Changed since it was out for comments" in page
    assert year.move(StageMove.SETTLE).stage == Stage.CHECKED
    client.force_login(year.zhao)
    page = client.get("/assessments/2021/scheme/approval/").content.decode()
    assert "Reworded as adopted" in page.partition("Changed since it was out")[2]
    assert Comment.objects.count() == 0
    assert year.version.rounds == 1


def test_a_draft_that_was_never_out_is_not_settled(year: Year) -> None:
    year.drafted()
    with pytest.raises(Refused, match="never_out"):
        year.move(StageMove.SETTLE)


def test_the_database_keeps_no_withdrawal_without_its_reason(year: Year) -> None:
    with pytest.raises(IntegrityError, match="withdrawn"), transaction.atomic():
        Assessment.objects.filter(pk=year.assessment.pk).update(stage=Stage.WITHDRAWN)


def test_only_an_organisation_with_an_assessing_office_opens_one(year: Year) -> None:
    wanted = Wanted(code="b", title=Text("市考核"), starts=date(2021, 1, 1), ends=date(2022, 1, 1))
    told = {"office": year.jiangmen.pk, "wanted": wanted, "by": year.chen.pk, "now": year.now}
    with pytest.raises(Refused, match="no_office_there"):
        open_assessment(**told)
    account("容科长", office=(Role.ASSESSING_OFFICE, year.jiangmen))
    assert open_assessment(**told).office == year.jiangmen


@SCORING
def test_the_days_of_settling_and_scoring_are_those_of_the_step(year: Year) -> None:
    running = Deadline.objects.filter(task__startswith="scoring-").order_by("organisation__code")
    said = [(one.organisation.code, one.role, one.working_days) for one in running]
    assert said == [("panel", Role.SCORING_BODY, 7), ("team", Role.SCORING_BODY, 7)]


@SCORING
def test_the_body_that_has_scored_all_has_met_its_day_and_goes_on_when_a_score_is_opened_again(
    year: Year,
) -> None:
    found, now, sun = year.assessment, year.now, year.sun
    team = [year.team.pk]
    clock = Deadline.objects.get(task=f"scoring-{year.team.pk}")
    end_if_all_is_scored(found, team, by=sun.pk, now=now)
    clock.refresh_from_db()
    assert clock.ended_on is None
    own = found.scores.filter(body=year.team)
    own.update(state=ScoreState.SCORED, scored_by=sun, scored_at=now)
    end_if_all_is_scored(found, team, by=sun.pk, now=now)
    clock.refresh_from_db()
    assert clock.end == "met"
    reopen(score=own.first().pk, why="数据更正", seen=None, by=sun.pk, now=now)
    clock.refresh_from_db()
    assert clock.ended_on is None


def test_the_page_asks_for_the_reason_of_a_withdrawal_and_keeps_showing_it(year: Year) -> None:
    client = Client()
    client.force_login(year.chen)
    page = reverse("assessment:assessment", args=[year.assessment.code])
    move = reverse("assessment:move", args=[year.assessment.code, "withdraw"])
    assert "撤销考核" in client.get(page).content.decode()
    assert client.post(move, {"reason": ""}).status_code == 422
    year.move(StageMove.WITHDRAW, reason="重复建立，另见2021-b")
    shown = client.get(page).content.decode()
    assert "重复建立，另见2021-b" in shown
    assert "撤销考核" not in shown


@ISSUED
def test_a_refused_step_comes_back_with_what_was_typed(year: Year) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)

    def refused(move: str, **typed: object) -> str:
        answer = client.post(reverse("assessment:move", args=["2021", move]), typed)
        assert answer.status_code == 409
        return answer.content.decode()

    page = refused("collect", cut_off="2031-03-01", days_to_supply=13, days_to_fill=17)
    for typed in ("2031-03-01", "13", "17"):
        assert f'value="{typed}"' in page
    assert 'aria-invalid="true"' in page
    year.move(StageMove.COLLECT)
    assert 'value="29"' in refused("compare", days_to_settle=29)


def test_a_refused_step_back_comes_back_open_with_its_reason(year: Year) -> None:
    year.drafted()
    client = Client()
    client.force_login(year.chen)
    move = reverse("assessment:move", args=["2021", "withdraw"])
    answer = client.post(move, {"reason": "重复建立，另见2021-b", "seen": 999})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "重复建立，另见2021-b</textarea>" in page
    assert "<details open>" in page
