"""How does a submission stand, and what must one know of it to fill in an item? One question of the database.

In the last hour before a deadline all cities ask it at once, so it brings plain columns and no rows of tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from steelyard.assessment.models import SchemeVersion, Submission
from steelyard.assessment.models.collection import CLOSES
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.rules.approvals import Subject
from steelyard.assessment.rules.collection.submissions import Standing
from steelyard.assessment.rules.judging.following import admits_late
from steelyard.assessment.rules.schemes.division import asked_of_units
from steelyard.assessment.rules.states import Stage, SubmissionState


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A submission as whoever fills in one of its items meets it.

    ``code``: of its assessment; ``version``: of the scheme, by which it is read; ``given_to``: the
    department to which the unit gave the item.
    """

    pk: int
    code: str
    office: int
    unit: int
    unit_code: str
    version: SchemeVersion
    given_to: int | None
    standing: Standing

    @property
    def state(self) -> SubmissionState:
        return self.standing.state

    @property
    def due(self) -> date | None:
        """The last day on which it is taken in time."""
        return self.standing.due


def load_filling(submission: int, item: str = "") -> Filling:
    """As it stands at this moment; whether its deadline has passed, by the clock of the database.

    Raises:
        Submission.DoesNotExist: there is none.
    """
    with connection.cursor() as cursor:
        cursor.execute(FILLING, {"subject": Subject.SUBMISSION, "pk": submission, "item": item})
        row = cursor.fetchone()
    if row is None:
        raise Submission.DoesNotExist
    code, office, unit, unit_code, number, content_hash, given_to, *stands = row
    return Filling(
        pk=submission, code=code, office=office, unit=unit, unit_code=unit_code,
        version=SchemeVersion(pk=number, content_hash=content_hash), given_to=given_to,
        standing=_standing(submission, *stands),
    )  # fmt: skip


def load_standing(submission: int) -> Standing:
    """A submission as its limits see it, at this moment."""
    return load_filling(submission).standing


def _standing(
    submission: int, stage: str, state: str, is_late: bool, due: date | None,
    is_closed: bool | None, steps: int,
) -> Standing:  # fmt: skip
    at = Stage(stage)
    is_over = at is Stage.COMPARING
    return Standing(
        stage=at, state=SubmissionState(state), is_late=is_late, due=due,
        is_closed=bool(is_closed) or is_over, steps=steps,
        is_admitted=not is_over or is_admitted(submission),
    )  # fmt: skip


def is_admitted(submission: int) -> bool:
    """Whether the scheme in force admits what this unit signs late."""
    found = Submission.objects.select_related("assessment").get(pk=submission)
    version = issued(found.assessment)
    scheme, divided = scheme_of(version), division_of(version)
    return scheme.family != "points" or admits_late(scheme, asked_of_units(divided))


FILLING = f"""
SELECT assessment.code, assessment.office_id, unit.id, unit.code, version.id, version.content_hash,
    (SELECT department_id FROM assessment_answer
        WHERE submission_id = submission.id AND item = %(item)s),
    assessment.stage, submission.state, submission.filed_late_at IS NOT NULL, deadline.due,
    clock_timestamp() >= {CLOSES},
    (SELECT count(*) FROM assessment_approvalstep step
        WHERE step.assessment_id = assessment.id AND step.subject = %(subject)s AND NOT step.dropped)
FROM assessment_submission submission
    JOIN assessment_assessment assessment ON assessment.id = submission.assessment_id
    JOIN people_organisation unit ON unit.id = submission.unit_id
    LEFT JOIN notices_deadline deadline ON deadline.id = submission.deadline_id
    LEFT JOIN assessment_schemeversion version ON version.id = COALESCE(
        submission.scheme_id,
        (SELECT id FROM assessment_schemeversion
            WHERE assessment_id = submission.assessment_id AND state = 'issued')
    )
WHERE submission.id = %(pk)s
"""
