"""Nobody signed before the collection closed: what the scheme rules for that, and how everybody sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from steelyard.assessment.actions import collection as actions
from steelyard.assessment.models import Answer, Approval, Difference, Submission
from steelyard.assessment.queries.collection import hash_of_submission
from steelyard.assessment.queries.differences import reported_figures
from steelyard.assessment.queries.frozen import NOT_FILED, load_collected
from steelyard.assessment.queries.scoring import load_item
from steelyard.assessment.rules.approvals import Decision
from steelyard.assessment.rules.judging.following import admits_late
from steelyard.assessment.rules.states import Stage, StageMove, SubmissionState
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from steelyard.scheme.read import scheme_from_document
from tests.assessment.reported import reports, supplied
from tests.assessment.year import Year, scheme
from tests.once import World, world_of

pytestmark = pytest.mark.django_db


def compared() -> Year:
    """Guangzhou signed; Jiangmen filled in A1, and nobody signed when the collection closed."""
    found = Year()
    found.at(Stage.COLLECTING)
    reports(found, found.guangzhou, {"closed_in_time": "0.95"})
    Answer.objects.create(
        submission=jiangmen(), item="A1", figures={"closed_in_time": "0.9"}, self_score=30,
        saved_by=found.tan, saved_at=found.now,
    )  # fmt: skip
    supplied(found, "95%", "85%")
    found.now += timedelta(60)
    found.move(StageMove.COMPARE)
    return found


standing = world_of(compared)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def jiangmen() -> Submission:
    return Submission.objects.select_related("unit").get(unit__code="440700")


def told(year: Year, who: Account) -> dict[str, object]:
    return {"submission": jiangmen().pk, "by": who.pk, "now": year.now}


def filed_late(year: Year) -> None:
    actions.file_late(why="系统故障", **told(year, year.tan))
    actions.put_up(why_unanswered="其余各项本年没有内容", **told(year, year.tan))


def approved(year: Year, decision: Decision = Decision.APPROVED, reason: str = "") -> Approval:
    return actions.decide_on(
        seen_hash=hash_of_submission(jiangmen()), decision=decision, reason=reason,
        **told(year, year.huang),
    )  # fmt: skip


def page(who: Account, path: str = "") -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client.get(f"/assessments/2021/{path}").content.decode()


def test_unsigned_it_counts_as_not_submitted_wherever_it_is_seen(year: Year) -> None:
    here = f"submissions/{jiangmen().pk}/"
    assert "1 not submitted" in page(year.chen)
    assert "Not submitted" in page(year.tan)
    for path, who in (
        ("submissions/", year.chen), (here, year.chen), (here, year.tan), (here, year.huang),
    ):  # fmt: skip
        assert "not submitted" in page(who, path)
    year.move(StageMove.SCORE)
    assert page(year.sun, "scoring/A1/").count("not submitted") == 1
    assert "not submitted" in page(year.sun, "scoring/A1/440700/")


def test_what_it_says_is_not_filed_and_the_rule_for_what_is_late_is_asked(year: Year) -> None:
    assert set(reported_figures(year.assessment)) == {("440100", "closed_in_time")}
    collected = load_collected(year.assessment, year.now)
    assert [(one.unit, one.reason) for one in collected.late] == [("440700", NOT_FILED)]
    assert collected.late[0].days > 20
    assert {one.unit for one in collected.reported} == {"440100"}
    year.move(StageMove.SCORE)
    rows = load_item(year.assessment, "B2", (), year.now)
    assert rows is not None
    assert rows.late == {"440700"}
    assert [(one.facts.unit, one.is_submitted) for one in rows.rows] == [
        ("440100", True), ("440700", False),
    ]  # fmt: skip


def test_what_is_there_is_still_signed_late_and_then_compared(year: Year) -> None:
    assert not Difference.objects.exists()
    with pytest.raises(Refused, match="closed"):
        actions.put_up(why_unanswered="其余各项本年没有内容", **told(year, year.tan))
    filed_late(year)
    assert "Approve the submission of" in first_page_of(year.huang)
    approved(year)
    found = jiangmen()
    assert (found.state, found.why_late) == (SubmissionState.LOCKED, "系统故障")
    assert found.days_late > 20
    gap = Difference.objects.get()
    assert (gap.unit.code, gap.reported, gap.supplied) == ("440700", "0.9", "0.85")
    (late,) = load_collected(year.assessment, year.now).late
    assert late.reason == f"逾期{found.days_late}个工作日报送：系统故障"
    assert late.days == found.days_late
    assert "not submitted" not in page(year.chen, "submissions/")


def test_returned_it_is_put_up_again_but_nothing_is_filled_in(year: Year) -> None:
    filed_late(year)
    approved(year, Decision.RETURNED, "请核对")
    actions.put_up(why_unanswered="其余各项本年没有内容", **told(year, year.tan))
    approved(year)
    assert jiangmen().state == SubmissionState.LOCKED


def test_once_the_scoring_has_begun_nothing_is_signed(year: Year) -> None:
    filed_late(year)
    year.move(StageMove.SCORE)
    with pytest.raises(Refused, match="not_collecting"):
        approved(year)


def test_a_scheme_that_refuses_what_is_late_admits_no_late_submission() -> None:
    items = ("A1", "B2")
    assert admits_late(scheme(), items)
    for outcome, is_admitted in (("refuse", False), ("zero", True), ("ignore", True)):
        document = {**scheme().document, "on": {"late": outcome}}
        assert admits_late(scheme_from_document(document), items) is is_admitted


def first_page_of(who: Account) -> str:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client.get("/").content.decode()
