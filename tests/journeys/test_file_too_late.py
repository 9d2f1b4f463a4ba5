"""What goes wrong: a city misses the deadline. It files late, that is recorded, and the scheme's rule takes its points."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import SchemeVersion, Submission
from steelyard.assessment.rules.states import (
    ASSESSMENT,
    SUBMISSION,
    Stage,
    StageMove,
    SubmissionMove,
)
from tests.assessment.frozen_year import PLACES, TRAININGS, accepted
from tests.assessment.reported import supplied
from tests.assessment.year import Year, scheme
from tests.journeys.speaking import IN_BOTH_LANGUAGES, Person, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class LateIsZero(Year):
    """What a unit files late counts for nothing: so this scheme says."""

    def drafted(self, _: object = None) -> SchemeVersion:
        return super().drafted({**scheme().document, "on": {"late": "zero"}})


@IN_BOTH_LANGUAGES
def test_a_late_submission_is_recorded_and_counts_as_the_scheme_says(
    live_server: object, language: str, width: int
) -> None:
    year = LateIsZero(now=timezone.now() - timedelta(60))
    year.at(Stage.COLLECTING)
    supplied(year, "96%", "96%")
    accepted(year, "places", PLACES)
    accepted(year, "trainings", TRAININGS)
    for person in (year.chen, year.sun, year.gu, year.huang):
        assert person.pk
    with somebody(live_server, language, width, "late") as one:
        _files_late(one, year)
        late = Submission.objects.get(unit=year.jiangmen)
        assert (late.state, late.why_late) == ("locked", "经办人住院。")
        assert late.days_late > 20

        one.signs_in(year.chen)
        one.opens("/assessments/2021/submissions/")
        one.sees("late", "a submission")
        one.sees(str(late.days_late))
        for move in (StageMove.COMPARE, StageMove.SCORE):
            one.opens("/assessments/2021/")
            one.presses(ASSESSMENT.moves[move])
        _is_scored(one, year, late.days_late)

        one.signs_in(year.chen)
        one.opens("/assessments/2021/")
        one.presses(ASSESSMENT.moves[StageMove.FREEZE])
        weighing = carry_out(weighing=year.assessment.weighings.get().pk, now=timezone.now)
        assert weighing.state == "done", weighing.faults
        one.opens(f"/assessments/2021/weighings/{weighing.pk}/")
        named = {"zh-hans": "江门市", "en": "Jiangmen"}[language]
        row = one.page.get_by_role("row").filter(has_text=named)
        expect(row).to_contain_text(
            "22.5"
        )  # of the trainings alone, which the office counts itself


def _files_late(one: Person, year: Year) -> None:
    own = f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    one.signs_in(year.tan)
    one.opens("/assessments/2021/")
    one.follows("Submission")
    one.follows("Declare that it is filed late")
    one.fills("Why it is filed late", "经办人住院。")
    one.presses("Declare that it is filed late")
    one.follows_to("B2")
    one.fills("Self-score", "9")
    one.presses("Save, back to the list")
    one.fills("Why items are left open", "其余各项本年没有内容。")
    one.presses(SUBMISSION.moves[SubmissionMove.PUT_UP])
    one.signs_in(year.huang)
    one.opens(own)
    one.presses("Sign and file it, as it is here")


def _is_scored(one: Person, year: Year, days_late: int) -> None:
    """By both bodies, each item on its page; that it came late stands beside it."""
    one.signs_in(year.sun)
    for item in ("A1", "B1"):
        one.opens(f"/assessments/2021/scoring/{item}/")
        one.presses("Confirm all as they stand")
    one.opens("/assessments/2021/scoring/B2/")
    one.sees(str(days_late))
    _judges(one, "9", "1 无年度安排")
    one.signs_in(year.gu)
    one.opens("/assessments/2021/scoring/A2/")
    _judges(one, "90")
    left = year.assessment.scores.exclude(state="scored").values_list("item", "unit__code")
    assert not left, list(left)


def _judges(one: Person, points: str, deduction: str = "") -> None:
    rows = one.page.locator("table.scoring tbody tr")
    for row in rows.all():
        row.locator("input:not([type=hidden]):not([type=checkbox])").fill(points)
        row.locator("textarea[name$=reason]").fill("按评查结果")
        if deduction:
            row.locator("textarea[name$=deductions]").fill(deduction)
    one.presses("Save")
    expect(one.page.locator(".faults")).to_have_count(0)
