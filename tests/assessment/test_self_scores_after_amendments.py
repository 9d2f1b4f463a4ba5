"""An amendment lowers full points or a bound while units fill in and sign: what was signed stands beside what is in
force, and whoever proposes, approves and fills in is told which self-scores no longer fit."""

from __future__ import annotations

import pytest

from steelyard.assessment.actions import collection
from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.rules import drafting
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Notice
from steelyard.people.models import Organisation
from tests.assessment.reported import reports
from tests.assessment.test_changed_since import amended, another_rule, page, proposed
from tests.assessment.year import WAY, Year

pytestmark = pytest.mark.django_db

ANY = "其余各项本年没有内容"


@pytest.fixture
def year() -> Year:
    """Jiangmen signed 10 of 10 for the plan; Guangzhou has entered 9 and not signed."""
    found = Year()
    found.at(Stage.COLLECTING)
    entered(found, found.guangzhou)
    reports(found, found.jiangmen, {}, "B2", self_score=10)
    return found


def entered(year: Year, unit: Organisation, points: int = 9) -> Answer:
    return Answer.objects.create(
        submission=Submission.objects.get(unit=unit), item="B2", self_score=points,
        saved_by=year.liang, saved_at=year.now,
    )  # fmt: skip


def fewer_points(base: drafting.Document) -> dict[str, object]:
    """B2 gives 4 in place of 10, and the judged figure behind it is at most 4; B1 gives the 6."""
    figure = drafting.find(drafting.listed(base, "inputs"), "plan_points").told
    base = drafting.with_member(base, "inputs", "plan_points", {**figure, "most": 4})
    for code, points in (("B2", 4), ("B1", 36)):
        told = drafting.find(drafting.listed(base, "items"), code).told
        base = drafting.with_member(base, "items", code, {**told, "points": points})
    return dict(base)


def at(unit: Organisation) -> str:
    return f"submissions/{Submission.objects.get(unit=unit).pk}/"


def test_what_was_signed_stands_beside_what_is_in_force(year: Year) -> None:
    here = at(year.jiangmen)
    assert "Amended since it was signed" not in page(year.tan, f"{here}items/B2/")
    amended(year, fewer_points)
    told = page(year.tan, f"{here}items/B2/")
    assert "signed under version 1: 10" in told
    assert "in force, version 2: 4" in told
    table = told.split('id="amended"')[1].split("</table>")[0]
    assert "Signed under version 1" in table
    assert "Points for the plan" in table  # the bound of its figure
    assert "neither given back nor altered" in told
    listed = page(year.tan, here)
    assert "Full points as signed, under version 1 of the scheme" in listed
    row = listed.split("items/B2/")[1].split("</tr>")[0]
    assert "version 2: 4" in row
    untouched = listed.split("items/A1/")[1].split("</tr>")[0]
    assert "version 2" not in untouched
    assert "above the full points" not in listed


def test_the_full_points_of_a_dimension_too_are_told_of_both_versions(year: Year) -> None:
    amended(year, lambda base: drafting.with_member(
        base, "items", "B2",
        {**drafting.find(drafting.listed(base, "items"), "B2").told, "points": 4},
    ))  # fmt: skip
    listed = page(year.tan, at(year.jiangmen)).split("Progress</h2>")[1].split("</table>")[0]
    assert "version 2: 34" in listed
    assert "version 2: 94" in listed  # the total


def test_proposers_and_approvers_see_which_self_scores_no_longer_fit(year: Year) -> None:
    proposed(year, fewer_points)
    number = under_way(year.assessment).number
    for who, path in (
        (year.chen, f"scheme/versions/{number}/differences/"),
        (year.qian, "scheme/approval/"),
        (year.zhao, "scheme/approval/"),
    ):
        told = page(who, path)
        assert "item B2 Plan of work had 10 points, has 4" in told
        assert "of units: 1 (Jiangmen)" in told
        assert "neither given back nor altered" in told
        assert "entered and not signed are above that, of units: 1;" in told
        assert (
            "(Guangzhou)" not in told
        )  # before it is signed a self-score is the unit's own affair


def test_an_amendment_that_every_self_score_fits_brings_nothing(year: Year) -> None:
    proposed(year, another_rule)
    told = page(year.qian, "scheme/approval/")
    assert "Sheets, scores and self-scores stay as they are." in told


def test_each_unit_hears_of_its_own_self_score(year: Year) -> None:
    heard = (year.tan, year.liang)
    amended(year, fewer_points)
    ours, others = (
        [str(one.words["reason"]) for one in Notice.objects.filter(account=who, kind="scheme_amended")]
        for who in heard
    )  # fmt: skip
    assert any("our signed self-score is above that" in one for one in ours)
    assert any("the self-score that we entered is above that" in one for one in others)
    assert not any("we entered" in one for one in ours)


def put_up(year: Year) -> Submission:
    found = Submission.objects.get(unit=year.guangzhou)
    return collection.put_up(
        submission=found.pk, why_unanswered=ANY, by=year.liang.pk, now=year.now
    )


def test_what_is_above_is_lowered_before_it_is_put_up(year: Year) -> None:
    amended(year, fewer_points)
    here = at(year.guangzhou)
    assert "above the full points" in page(year.liang, here)
    assert "9 of 4" in page(year.liang, here)
    told = page(year.liang, f"{here}items/B2/")
    assert "The self-score 9 is above the 4 points" in told
    assert "Lower it" in told
    with pytest.raises(Refused) as refused:
        put_up(year)
    assert [one.code for one in refused.value.refusals] == ["scores_above_the_points"]
    Answer.objects.filter(submission__unit=year.guangzhou).update(self_score=4)
    assert put_up(year).state == "approving"


def test_what_is_being_approved_may_be_taken_back_for_it(year: Year) -> None:
    put_up(year)
    amended(year, fewer_points)
    told = page(year.liang, f"{at(year.guangzhou)}items/B2/")
    assert "take the submission back and lower it" in told


def test_the_scorer_sees_that_a_signed_self_score_is_above_the_points_in_force(year: Year) -> None:
    amended(year, fewer_points)
    for move, before in WAY[list(Stage).index(Stage.COLLECTING) : list(Stage).index(Stage.SCORING)]:
        before(year)
        year.move(move)
    ours, others = (
        page(year.sun, f"scoring/B2/{unit}/") for unit in (year.jiangmen.code, year.guangzhou.code)
    )
    said = "above the full points in force"
    assert page(year.sun, "scoring/B2/").count(said) == 1
    assert said in ours
    assert said not in others


def test_what_an_amendment_brings_is_counted_anew_whenever_one_looks(year: Year) -> None:
    proposed(year, fewer_points)
    assert "entered and not signed" in page(year.qian, "scheme/approval/")
    Answer.objects.filter(submission__unit=year.guangzhou).update(self_score=3)
    assert "entered and not signed" not in page(year.qian, "scheme/approval/")
