"""Ask bodies for the sheets of figures that the scheme needs, each by its day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.supplied.steps import path_of
from steelyard.assessment.models import Assessment, Sheet
from steelyard.assessment.queries.assessments import (
    bodies_for,
    division_of,
    issued,
    scheme_of,
)
from steelyard.assessment.queries.supplied import (
    AREA,
    TASK,
)
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import SheetState
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import Due, end_deadline, end_deadlines, start_deadlines
from steelyard.people.rules.roles import Role


def open_sheets(found: Assessment, terms, by: int, now: datetime) -> None:
    """One sheet for each figure that a body supplies, each with its deadline."""
    version = issued(found)
    divided, bodies = division_of(version), bodies_for(found, timezone.localdate(now))
    inputs = scheme_of(version).inputs
    sheets = Sheet.objects.bulk_create(
        Sheet(assessment=found, body_id=bodies[divided.body[code]], input_code=code)
        for code in divided.inputs(Way.SHEET)
    )
    titled = [(sheet, inputs[sheet.input_code].title) for sheet in sheets]
    start_clocks(found, titled, terms.days_to_supply, by, now)


def start_clocks(
    found: Assessment, sheets: Sequence[tuple[Sheet, Text]], working_days: int, by: int, now: datetime
) -> None:  # fmt: skip
    """From today on the bodies have so many working days to supply these sheets, each with its title."""
    start_deadlines(
        area=AREA, task=TASK, working_days=working_days, by=by, now=now,
        dues=[
            Due(sheet.pk, what_is_owed(found, title), path_of(found, sheet), sheet.body_id, Role.SUPPLYING_BODY)
            for sheet, title in sheets
        ],
    )  # fmt: skip


def to_be_corrected(
    found: Assessment, sheet: Sheet, title: Text, why: Text, working_days: int, by: int, now: datetime
) -> None:  # fmt: skip
    """After an amendment: its body has so many working days to give anew what it signed."""
    what = Text(
        f"更正{found.title_zh}数据“{title.say('zh')}”（{why.zh}）",
        f"Correct “{title.say('en')}” for {found.title_en or found.title_zh} ({why.en})",
    )
    due = Due(sheet.pk, what, path_of(found, sheet), sheet.body_id, Role.SUPPLYING_BODY)
    start_deadlines(area=AREA, task=TASK, working_days=working_days, by=by, now=now, dues=[due])


def stop_clock(sheet: Sheet, by: int, now: datetime) -> None:
    """Its body owes it no longer."""
    end_deadline(area=AREA, object_id=sheet.pk, task=TASK, by=by, now=now, met=False)


def close_sheets(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """The records are frozen: what was not supplied until now is owed no longer."""
    owed = found.sheets.exclude(state=SheetState.SIGNED).values_list("pk", flat=True)
    end_deadlines(area=AREA, object_ids=owed, task=TASK, by=by, now=now, met=False)


def what_is_owed(found: Assessment, title: Text) -> Text:
    return Text(
        f"报送{found.title_zh}数据“{title.zh}”",
        f"Supply “{title.en or title.zh}” for {found.title_en or found.title_zh}",
    )
