"""What goes wrong: a city misses the deadline. It files late, that is recorded, and the scheme's rule takes its points."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import SchemeVersion, Submission
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove
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
        _score(one, year, late.days_late)

        one.signs_in(year.chen)
        one.opens("/assessments/2021/")
        one.presses(ASSESSMENT.moves[StageMove.FREEZE])
        weighing = carry_out(weighing=year.assessment.weighings.get().pk, now=timezone.now)
        assert weighing.state == "done", weighing.faults
        one.opens(f"/assessments/2021/weighings/{weighing.pk}/")
        one.sees(one.called(year.jiangmen))


def _files_late(one: Person, year: Year) -> None:
    one.signs_in(year.tan)
    one.opens("/assessments/2021/")
    one.follows("Submission")
    one.follows("Declare that it is filed late")
    one.fills("Why it is late", "经办人住院。")
    one.presses("Declare that it is filed late")
    one.follows_to("B2")
    one.fills("Self-score", "9")
    one.presses("Save, next item")
    one.opens(one.page.url)
    one.opens(f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/")
    one.presses("Put it up for approval")
    one.signs_in(year.huang)
    one.opens(f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/")
    one.presses("Approve it, as it is here")


def _score(one: Person, year: Year, days_late: int) -> None:
    one.signs_in(year.sun)
    one.opens("/assessments/2021/scoring/A1/")
    one.sees(str(days_late))
    one.presses("Confirm all as they stand")
    one.opens("/assessments/2021/scoring/B1/")
    one.presses("Confirm all as they stand")
    one.opens("/assessments/2021/scoring/B2/")
