"""Urge whoever supplies for a body: for one sheet, or for all that are awaited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_for_the_office
from steelyard.assessment.actions.supplied.opening import what_is_owed
from steelyard.assessment.actions.supplied.steps import held, path_of, refuse_unless_allowed, saved
from steelyard.assessment.models import Assessment, Sheet
from steelyard.assessment.queries.assessments import issued
from steelyard.assessment.queries.supplied import (
    AREA,
    TASK,
    awaited,
    input_of,
    not_urged_on,
)
from steelyard.assessment.rules.states import SheetMove, Stage
from steelyard.assessment.rules.urging import (
    NOTHING_TO_SUPPLY,
    Urging,
    against_the_stage_of_sheets,
    against_urging,
)
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.actions import tell
from steelyard.notices.models import Deadline
from steelyard.notices.queries import who_may, who_may_each
from steelyard.notices.rules.texts import Kind
from steelyard.notices.telling import notices, write_notices
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting


def urge(*, sheet: int, by: int, now: datetime) -> Sheet:
    """Tell whoever supplies for the body once more; at most once a day.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("urge_sheet", by=by):
        row = held(sheet)
        refuse_unless_allowed(row, SheetMove.URGE, by, now)
        row.urged_on = timezone.localdate(now)
        saved(row, SheetMove.URGE)
        due = _due(row)
        tell(
            Kind.REQUEST_URGED,
            who_may(Action.SUPPLY_FIGURES, row.body_id, row.urged_on),
            area=AREA, object_id=row.pk, path=path_of(row.assessment, row),
            words={
                "what": what_is_owed(row.assessment, input_of(row).title),
                "due": same(str(due or "")),
            },
            once=f"sheet:{row.pk}:urged:{row.urged_on}", now=now,
        )  # fmt: skip
        return row


def _due(row: Sheet) -> date | None:
    clocks = Deadline.objects.filter(area=AREA, task=TASK, object_id=row.pk).order_by("-id")
    return clocks.values_list("due", flat=True).first()


def urge_sheets(*, assessment: int, by: int, now: datetime) -> int:
    """Tell whoever supplies for a body of all its sheets that are awaited and were not urged today, each body
    once. How many sheets were urged.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("urge_sheets", by=by):
        found = held_for_the_office(assessment, by, now)
        refuse_if_any(against_the_stage_of_sheets(Stage(found.stage)))
        waiting = awaited(Sheet.objects.filter(assessment=found), issued(found))
        rows = list(
            not_urged_on(waiting, today)
            .select_for_update(of=("self",))
            .select_related("body")
            .order_by("body__code", "due", "pk")
        )
        _refuse_unless_some_wait(waiting.count(), rows, today)
        Sheet.objects.filter(pk__in=[one.pk for one in rows]).update(urged_on=today)
        _tell_each_body(found, rows, now)
        return len(rows)


def _refuse_unless_some_wait(waiting: int, rows: Sequence[Sheet], today: date) -> None:
    urged_on = today if waiting and not rows else None
    asked = Urging(waiting=waiting, urged_on=urged_on, on=today, nothing=NOTHING_TO_SUPPLY)
    refuse_if_any(against_urging(asked))


def _tell_each_body(found: Assessment, rows: Sequence[Sheet], now: datetime) -> None:
    """One notice for all sheets of a body: it may have dozens."""
    today = timezone.localdate(now)
    supply = who_may_each(Action.SUPPLY_FIGURES, {one.body_id for one in rows}, today)
    owed = [list(sheets) for _, sheets in groupby(rows, key=lambda one: one.body_id)]
    write_notices([
        notice
        for sheets in owed
        for notice in notices(
            Kind.REQUEST_URGED, supply.get(sheets[0].body_id, ()), AREA, sheets[0].pk,
            _where(found, sheets), {"what": _what(found, sheets), "due": same(_first_due(sheets))},
            f"sheets:{sheets[0].pk}:urged:{today}", now,
        )
    ])  # fmt: skip


def _where(found: Assessment, sheets: Sequence[Sheet]) -> str:
    if len(sheets) == 1:
        return path_of(found, sheets[0])
    return reverse("assessment:sheets", args=[found.code])


def _what(found: Assessment, sheets: Sequence[Sheet]) -> Text:
    """The figure by its title, or how many there are."""
    if len(sheets) == 1:
        return what_is_owed(found, input_of(sheets[0]).title)
    n, title = len(sheets), found.title_en or found.title_zh
    return Text(f"报送{found.title_zh}的{n}张数据表", f"Supply {n} sheets of figures for {title}")


def _first_due(sheets: Sequence[Sheet]) -> str:
    return min((str(one.due) for one in sheets if one.due), default="")
