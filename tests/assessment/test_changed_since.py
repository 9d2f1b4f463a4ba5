"""“Changed since you approved” is seen wherever somebody approved, signed, settled, scored or weighed.

Differences that were settled and scores that were given: ``test_corrections`` and ``test_scoring``.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.actions.schemes import amendments, approve, edit
from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.queries.collection import hash_of_submission
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.approvals import Decision, Subject
from steelyard.assessment.rules.states import SchemeMove, Stage
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.supply.actions.snapshots import freeze
from tests.assessment.frozen_year import frozen as frozen_weighing
from tests.assessment.reported import reports, supplied, the_sheet
from tests.assessment.year import Year
from tests.supply.office import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    return Year()


def page(who: Account, path: str) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client.get(f"/assessments/2021/{path}").content.decode()


def another_rule(base: drafting.Document) -> dict[str, object]:
    row = next(one for one in drafting.tree(base) if one.code == "A1")
    rule = {"ladder": "closed_in_time", "steps": [[">= 90%", 40], ["< 90%", 0]]}
    return drafting.with_member(base, "items", "A1", {**row.told, "rule": rule})


def renamed(base: drafting.Document) -> dict[str, object]:
    row = drafting.find(drafting.listed(base, "inputs"), "closed_in_time").told
    told = {**row, "title": {"zh": "按时办结率", "en": "Cases closed on time"}}
    return drafting.with_member(base, "inputs", "closed_in_time", told)


def from_elsewhere(base: drafting.Document) -> dict[str, object]:
    row = drafting.find(drafting.listed(base, "inputs"), "closed_in_time").told
    told = {**row, "source": {"zh": "案件台账", "en": "register of cases"}}
    return drafting.with_member(base, "inputs", "closed_in_time", told)


def changed(year: Year, change: drafting.Change = another_rule) -> None:
    edit(
        assessment=year.assessment.pk, change=change, by=year.chen.pk, now=year.now,
        seen=under_way(year.assessment).version,
    )  # fmt: skip


def moved(year: Year, move: SchemeMove) -> None:
    amendments.move_amendment(
        assessment=year.assessment.pk, move=move, by=year.chen.pk, now=year.now,
        seen=under_way(year.assessment).version,
    )  # fmt: skip


def proposed(year: Year, change: drafting.Change) -> None:
    amendments.propose(
        assessment=year.assessment.pk, why="更正", by=year.chen.pk, now=year.now
    )  # fmt: skip
    changed(year, change)
    moved(year, SchemeMove.CHECK)


def amended(year: Year, change: drafting.Change) -> None:
    year.now += timedelta(1)
    proposed(year, change)
    for who in (year.qian, year.zhao):
        approve(
            assessment=year.assessment.pk, seen_hash=under_way(year.assessment).content_hash,
            by=who.pk, now=year.now,
        )  # fmt: skip
        year.now += timedelta(minutes=1)
    moved(year, SchemeMove.ISSUE)


def by_qian(year: Year) -> None:
    told = {"assessment": year.assessment.pk, "by": year.qian.pk, "now": year.now}
    approve(seen_hash=under_way(year.assessment).content_hash, **told)
    year.now += timedelta(minutes=1)


def test_a_step_of_the_scheme(year: Year) -> None:
    year.at(Stage.CHECKED)
    by_qian(year)
    assert "It was changed since you approved it" not in page(year.qian, "scheme/approval/")
    told = {"assessment": year.assessment.pk, "by": year.zhao.pk, "now": year.now}
    approve(
        seen_hash=year.version.content_hash, decision=Decision.RETURNED, reason="不妥", **told
    )  # fmt: skip
    changed(year)
    for path in ("scheme/", "scheme/approval/"):
        assert "It was changed since you approved it" in page(year.qian, path)
    assert "It was changed since you approved it" not in page(year.chen, "scheme/approval/")
    assert "changed since it was approved" in page(year.chen, "scheme/approval/")


def test_a_step_of_an_amendment(year: Year) -> None:
    year.at(Stage.COLLECTING)
    proposed(year, another_rule)
    by_qian(year)
    assert "It was changed since you approved it" not in page(year.qian, "scheme/approval/")
    moved(year, SchemeMove.DRAFT_AGAIN)
    changed(year, renamed)
    moved(year, SchemeMove.CHECK)
    assert "It was changed since you approved it" in page(year.qian, "scheme/approval/")


def test_a_step_of_a_submission_that_was_taken_back_and_changed(year: Year) -> None:
    year.at(Stage.COLLECTING)
    year.assessment.steps.filter(subject=Subject.SUBMISSION).update(order=5)
    year.assessment.steps.create(
        subject=Subject.SUBMISSION, order=4, role=Role.CITY_OFFICER, title_zh="科室核对"
    )
    checker = account("核对人", city=(Role.CITY_OFFICER, year.jiangmen))
    found = Submission.objects.get(unit=year.jiangmen)
    answer = Answer.objects.create(
        submission=found, item="B2", self_score=7, saved_by=year.tan, saved_at=year.now
    )
    told = {"submission": found.pk, "now": year.now}
    actions.put_up(why_unanswered="其余各项本年没有内容", by=year.tan.pk, **told)
    found.refresh_from_db()
    actions.decide_on(by=checker.pk, seen_hash=hash_of_submission(found), **told)
    at = f"submissions/{found.pk}/"
    assert "changed since they approved" not in page(checker, at)
    actions.take_back(by=year.tan.pk, **told)
    answer.self_score = 8
    answer.save()
    assert "changed since they approved" in page(checker, at)


def test_a_signed_submission_and_a_signed_sheet_after_the_scheme_was_amended(year: Year) -> None:
    year.at(Stage.COLLECTING)
    supplied(year, "0.9", "0.8")
    reports(year, year.jiangmen, {"closed_in_time": "0.9"})
    here = f"submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    sheet = f"sheets/{the_sheet().pk}/"
    assert "Changed since it was signed" not in page(year.tan, here) + page(year.li, sheet)
    amended(year, from_elsewhere)
    assert "Changed since it was signed" in page(year.li, sheet)
    amended(year, renamed)
    assert "this figure is another one" in page(year.li, sheet)
    amended(year, lambda base: drafting.with_member(
        base, "items", "B2", {**drafting.find(drafting.listed(base, "items"), "B2").told,
                              "title": {"zh": "工作计划", "en": "Plan"}},
    ))  # fmt: skip
    assert "the scheme now says otherwise of" in page(year.tan, here)
    assert "B2" in page(year.huang, here)


def as_a_number(base: drafting.Document) -> dict[str, object]:
    """A definition, of which the words of the rule say nothing."""
    row = drafting.find(drafting.listed(base, "inputs"), "closed_in_time").told
    return drafting.with_member(base, "inputs", "closed_in_time", {**row, "most": 5})


def test_a_signed_submission_names_the_figure_that_is_defined_otherwise(year: Year) -> None:
    year.at(Stage.COLLECTING)
    supplied(year, "0.9", "0.8")
    reports(year, year.jiangmen, {"closed_in_time": "0.9"})
    here = f"submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    said = "these figures are defined otherwise"
    assert said not in page(year.tan, here)
    amended(year, as_a_number)
    told = page(year.tan, here)
    assert said in told
    told = told.split(said)[1].split("</div>")[0]
    assert "A1" in told
    assert "closed" in told
    assert "trained" not in told.lower()


def test_a_weighing_after_records_were_frozen_anew(year: Year) -> None:
    weighing = carry_out(weighing=frozen_weighing(year).pk, now=timezone.now)
    at = f"weighings/{weighing.pk}/"
    assert "Changed since it was weighed" not in page(year.chen, at)
    year.now += timedelta(minutes=5)
    freeze(
        office=year.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=year.chen.pk,
        now=year.now,
    )  # fmt: skip
    assert "Changed since it was weighed" in page(year.chen, at)
