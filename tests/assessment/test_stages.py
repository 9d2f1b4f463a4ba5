"""From a draft scheme to scoring, one stage after the other; and what stands in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from steelyard.assessment.models import Answer, Sheet, Submission
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.kernel.refusals import Refused
from tests.assessment.year import Year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    return Year()


def test_an_assessment_goes_from_its_draft_to_scoring(year: Year) -> None:
    assert year.at(Stage.SCORING).stage == Stage.SCORING
    assert {score.item for score in year.assessment.scores.all()} == {"A1", "A2", "B1", "B2"}


def test_the_collection_asks_each_city_and_each_body(year: Year) -> None:
    year.at(Stage.COLLECTING)
    assert [one.unit.code for one in Submission.objects.all()] == ["440100", "440700"]
    assert [(one.body.code, one.input_code) for one in Sheet.objects.all()] == [
        ("market", "closed_in_time")
    ]


def test_no_scheme_is_issued_before_every_step_has_approved(year: Year) -> None:
    year.at(Stage.CHECKED)
    with pytest.raises(Refused, match="not_approved"):
        year.move(StageMove.ISSUE)


def test_one_person_does_not_take_two_steps_of_an_approval(year: Year) -> None:
    year.at(Stage.CHECKED)
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


def test_an_issued_scheme_is_not_altered_even_by_raw_writes(year: Year) -> None:
    year.at(Stage.ISSUED)
    version = year.version
    version.document = {}
    with pytest.raises(IntegrityError, match="not altered"), transaction.atomic():
        version.save()
