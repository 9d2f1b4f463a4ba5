"""Open an assessment; hold one still while something is done to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from steelyard.assessment.models import ApprovalStep, Assessment
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import offices_for, regions_below
from steelyard.assessment.rules.approvals import Subject
from steelyard.assessment.rules.opening import (
    against_code,
    against_office,
    against_period,
    against_within,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action, Role
from steelyard.trail.acting import acting

OPENING = 7_204_333
"""The number of an advisory lock: one assessment is opened at a time, so that no code is there twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be opened. ``ends``: the day after the period. ``within``: the code of the unit below the
    office whose units are assessed; "" for the office's own region, as is its own code."""

    code: str
    title: Text
    starts: date
    ends: date
    within: str = ""
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWanted:
    """A step of approval: of which subject, by which role, in the office or in the unit."""

    subject: Subject
    role: Role
    title: Text
    at_office: bool = False


USUAL_STEPS: Sequence[StepWanted] = (
    StepWanted(subject=Subject.SCHEME, role=Role.ASSESSING_OFFICE, at_office=True,
               title=Text("考核办审核", "checked by the office")),
    StepWanted(subject=Subject.SCHEME, role=Role.OFFICE_HEAD, at_office=True,
               title=Text("考核办负责人签发", "signed by the head of the office")),
    StepWanted(subject=Subject.SUBMISSION, role=Role.CITY_HEAD,
               title=Text("单位签发人签发", "signed for the unit")),
)  # fmt: skip
"""Unless the office sets others."""


def open_assessment(
    *,
    office: int,
    wanted: Wanted,
    by: int,
    now: datetime,
    steps: Sequence[StepWanted] = USUAL_STEPS,
) -> Assessment:
    """Open one, in the stage of drafting its scheme. Opened again just so, it is the first.

    Raises:
        Refused: who asks may not; nobody runs assessments there; the code is that of another, or no
            address; its period is none; it is to be within what does not stand below the office.
    """
    today = timezone.localdate(now)
    held = load_held(by, today) or ()
    refuse_if_any(may_not(held, Action.RUN_ASSESSMENT, office, today))
    is_staffed = offices_for(held, today).filter(pk=office).exists()
    refuse_if_any(against_office(is_staffed=is_staffed))
    with acting("open_assessment", by=by):
        _alone()
        there = Assessment.objects.select_related("within").filter(code=wanted.code).first()
        own = Organisation.objects.get(pk=office)
        wanted = wanted if wanted.within != own.code else replace(wanted, within="")
        if there is not None and there.office_id == office and _is_just_so(there, wanted):
            return there
        regions = {one.code: one for one in regions_below([own], today)}
        refuse_if_any(
            against_code(wanted.code, is_taken=there is not None)
            + against_period(wanted.starts, wanted.ends, today)
            + against_within(wanted.within, regions)
        )
        found = Assessment.objects.create(
            office_id=office, code=wanted.code, title_zh=wanted.title.zh, title_en=wanted.title.en,
            starts=wanted.starts, ends=wanted.ends, within=regions.get(wanted.within), sample=wanted.sample,
            opened_by_id=by, opened_at=now,
        )  # fmt: skip
        _set_steps(found, steps)
        return found


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [OPENING])


def _set_steps(found: Assessment, steps: Sequence[StepWanted]) -> None:
    for order, step in enumerate(steps, 1):
        ApprovalStep.objects.create(
            assessment=found, subject=step.subject, order=order, role=step.role,
            at_office=step.at_office, title_zh=step.title.zh, title_en=step.title.en,
        )  # fmt: skip


def _is_just_so(there: Assessment, wanted: Wanted) -> bool:
    within = there.within.code if there.within else ""
    found = (there.title_zh, there.title_en, there.starts, there.ends, within)
    title = wanted.title
    return found == (title.zh, title.en, wanted.starts, wanted.ends, wanted.within)


def withdraw(found: Assessment, terms: Any, by: int, now: datetime) -> None:
    """Part of the step: opened by mistake, it stays to be seen with the reason, and goes no further."""
    found.withdrawn_why, found.withdrawn_by_id, found.withdrawn_at = terms.reason.strip(), by, now


def held_for_the_office(assessment: int, by: int, now: datetime) -> Assessment:
    """Held still, for somebody who runs it.

    Raises:
        Refused: they do not.
    """
    today = timezone.localdate(now)
    found = held_still(assessment)
    held = load_held(by, today)
    refuse_if_any(may_not(held, Action.RUN_ASSESSMENT, found.office_id, today))
    return found


def held_still(assessment: int) -> Assessment:
    """The row of an assessment, locked until the transaction ends: one step at a time."""
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("office", "within")
        .get(pk=assessment)
    )
