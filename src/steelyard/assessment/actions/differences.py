"""Find the gaps between self-reported and supplied figures, and settle them one by one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.touched import reopen_scores
from steelyard.assessment.models import Assessment, Difference, Settlement
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.approvals import approvers_of_unit
from steelyard.assessment.queries.assessments import issued, scheme_of, units_of
from steelyard.assessment.queries.differences import all_supplied, noted, reported_figures
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.differences.comparing import Change, Key, Turn, changes
from steelyard.assessment.rules.differences.settling import (
    Asked,
    DifferenceFacts,
    Taken,
    against,
    against_comparing,
)
from steelyard.assessment.rules.states import DifferenceMove, DifferenceState, Stage
from steelyard.assessment.rules.supplied.cells import read_one
from steelyard.kernel.bilingual import Text
from steelyard.kernel.moves import WRONG_STATE
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.notices.actions import end_deadline, start_deadline, tell
from steelyard.notices.rules.texts import Kind
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action, Role
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed

AGREED = "数据签发或者更正后两数一致 / the figures agree since a sheet was signed or corrected"


MOVED = "一方的数据已变 / one of the figures is another"


AREA, TASK = "assessment", "settle"
"""Under which the office has its deadline to settle the differences."""


def find(found: Assessment, terms, by: int, now: datetime) -> None:
    """Write down every gap that there is as the collection closes; from today on the office has so many
    working days to settle them."""
    if not compare(found, by=by, now=now):
        return
    start_deadline(
        area=AREA, object_id=found.pk, task=TASK, what=_what(found),
        path=reverse("assessment:differences", args=[found.code]), organisation=found.office_id,
        role=Role.ASSESSING_OFFICE, working_days=terms.days_to_settle, by=by, now=now,
    )  # fmt: skip


def close(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """All are settled, and the scoring begins."""
    end_deadline(area=AREA, object_id=found.pk, task=TASK, by=by, now=now)


def _what(found: Assessment) -> Text:
    return Text(
        f"核定{found.title_zh}数据差异",
        f"Settle the differences of {found.title_en or found.title_zh}",
    )


def compare(
    found: Assessment, *, by: int, now: datetime, touched: Collection[Key] | None = None,
    why: str = "",
) -> tuple[Change, ...]:  # fmt: skip
    """Write down what differs now, inside another action's transaction, under the assessment's lock.

    ``touched``: only of these figures. What was found before and is so still, stays as it is: called
    again, it does nothing.
    """
    rows = {
        (one.unit.code, one.input_code): one
        for one in found.differences.select_related("unit").select_for_update(of=("self",))
    }
    turned = changes(
        noted(rows.values()), reported_figures(found), all_supplied(found), touched=touched
    )
    units = units_of(issued(found)) if any(one.turn is Turn.FOUND for one in turned) else {}
    for one in turned:
        row = rows.get(one.key) or Difference(
            assessment=found, unit=units[one.key[0]], input_code=one.key[1]
        )
        _turn(row, one, by, now, why)
    return turned


def take_out(found: Assessment, keys: Collection[Key], *, by: int, now: datetime, why: str) -> None:
    """The figures of which these were written down say another thing now: whatever was settled of them does
    not stand, and what is supplied anew decides."""
    rows = found.differences.filter(input_code__in={code for _, code in keys})
    for row in rows.select_related("unit").select_for_update(of=("self",)):
        if (row.unit.code, row.input_code) in keys:
            _note_what_stood(row, why, by, now)
            row.reported = row.supplied = ""
            _open(row, why)
            row.save()


def compare_again(*, assessment: int, by: int, now: datetime) -> int:
    """Compare with the figures as they are now, as after records were frozen anew. How many turned.

    Raises:
        Refused: who asks may not, or it is not the stage for it.
    """
    with acting("compare_again", by=by):
        found, today = held_still(assessment), timezone.localdate(now)
        held = load_held(by, today)
        refuse_if_any(may_not(held, Action.SETTLE_DIFFERENCES, found.office_id, today))
        refuse_if_any(against_comparing(Stage(found.stage)))
        turned = compare(found, by=by, now=now)
        reopen_scores(found, [one.key for one in turned], by=by, now=now)
        return len(turned)


def _turn(row: Difference, change: Change, by: int, now: datetime, why: str) -> None:
    _note_what_stood(row, why or MOVED, by, now)
    row.reported, row.supplied = change.reported, change.supplied
    if change.turn is Turn.AGREED:
        row.state, row.taken = DifferenceState.SETTLED, Taken.AGREED
        row.value = change.supplied or change.reported
        row.reason, row.settled_by_id, row.settled_at = why or AGREED, by, now
    else:
        _open(row, why)
    row.save()


def _open(row: Difference, why: str) -> None:
    row.state, row.taken, row.value, row.reason = DifferenceState.OPEN, "", "", why
    row.settled_by, row.settled_at = None, None


def settle(
    *, difference: int, taken: str, reason: str, by: int, now: datetime, value: str = "",
    seen: int | None = None,
) -> Difference:  # fmt: skip
    """Take one of the two figures, or another one that was found by checking.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody settled it, or a correction moved it, since it was seen.
    """
    with acting("settle_difference", by=by):
        row, facts = _row(difference, by, now)
        _take(row, facts, DifferenceMove.SETTLE, taken, value, reason, seen=seen, by=by, now=now)
        return row


def settle_anew(
    *, difference: int, taken: str, reason: str, by: int, now: datetime, value: str = "",
    seen: int | None = None,
) -> Difference:  # fmt: skip
    """Settle a settled one otherwise. The earlier settlement stays beside it; whoever settled it so is told,
    and the scores that rest on the figure are open again.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody settled it otherwise, or a correction moved it, since it was seen.
    """
    with acting("settle_difference_anew", by=by):
        row, facts = _row(difference, by, now)
        before = row.settled_by_id
        _take(
            row, facts, DifferenceMove.SETTLE_ANEW, taken, value, reason, seen=seen, by=by, now=now
        )
        _tell(row, before, by, now)
        return row


def _take(
    row: Difference, facts: DifferenceFacts, move: DifferenceMove, taken: str, value: str,
    reason: str, *, seen: int | None, by: int, now: datetime,
) -> None:  # fmt: skip
    said, wrong = _in_writing(row, taken, value)
    refuse_if_changed(row, seen, taken=taken, reason=reason.strip())
    refusals = against(facts, Asked(move=move, taken=taken, value=said, reason=reason))
    if wrong and not any(one.code == WRONG_STATE for one in refusals):
        refusals = (*(one for one in refusals if one.code != "no_figure"), *wrong)
    refuse_if_any(refusals)
    _note_what_stood(row, reason.strip(), by, now)
    figures = {Taken.SUPPLIED: row.supplied, Taken.REPORTED: row.reported, Taken.OTHER: said}
    row.state, row.taken, row.value = DifferenceState.SETTLED, taken, figures[Taken(taken)]
    row.reason, row.settled_by_id, row.settled_at = reason.strip(), by, now
    row.save()
    row.version += 1
    reopen_scores(row.assessment, [(row.unit.code, row.input_code)], by=by, now=now)


def _note_what_stood(row: Difference, why: str, by: int, now: datetime) -> None:
    """Written down before it is settled otherwise or opened again, and never altered."""
    if row.state != DifferenceState.SETTLED or not row.pk:
        return
    Settlement.objects.create(
        difference=row, reported=row.reported, supplied=row.supplied, taken=row.taken,
        value=row.value, reason=row.reason, settled_by_id=row.settled_by_id,
        settled_at=row.settled_at, why_no_more=why, ended_by_id=by, ended_at=now,
    )  # fmt: skip


def _tell(row: Difference, before: int | None, by: int, now: datetime) -> None:
    """Whoever settled it so, and whoever approved what the unit reports."""
    approved = approvers_of_unit(row.assessment, row.unit_id)
    people = {one for one in (before, *approved) if one is not None and one != by}
    wanted = scheme_of(issued(row.assessment)).inputs[row.input_code]
    tell(
        Kind.SETTLED_ANEW, sorted(people), area=AREA, object_id=row.assessment_id,
        path=reverse("assessment:difference", args=[row.assessment.code, row.pk]),
        words={"what": wanted.title, "unit": row.unit.name}, once=f"anew:{row.pk}:{row.version}",
        now=now,
    )  # fmt: skip


def reopen(
    *, difference: int, reason: str, by: int, now: datetime, seen: int | None = None
) -> Difference:
    """Open a settled one again; why, stands with it until it is settled anew.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody changed it since it was seen.
    """
    with acting("reopen_difference", by=by):
        row, facts = _row(difference, by, now)
        refuse_if_changed(row, seen, reason=reason.strip())
        asked = Asked(move=DifferenceMove.REOPEN, reason=reason)
        refuse_if_any(against(facts, asked))
        _note_what_stood(row, reason.strip(), by, now)
        _open(row, reason.strip())
        row.save()
        row.version += 1
        return row


def _row(difference: int, by: int, now: datetime) -> tuple[Difference, DifferenceFacts]:
    """The row, its assessment and itself locked, for somebody who may settle it; and how it stands.

    Raises:
        Refused: they may not.
    """
    today = timezone.localdate(now)
    number = Difference.objects.values_list("assessment", flat=True).get(pk=difference)
    found, held = held_still(number), load_held(by, today) or ()
    refuse_if_any(may_not(held, Action.SETTLE_DIFFERENCES, found.office_id, today))
    row = (
        Difference.objects.select_for_update(of=("self",)).select_related("unit").get(pk=difference)
    )
    row.assessment = found
    return row, DifferenceFacts(
        state=DifferenceState(row.state), stage=Stage(found.stage), supplied=row.supplied,
        is_reported=bool(row.reported), taken=row.taken, value=row.value,
        is_ones_own=bool(own_units(held, [row.unit_id], today)),
    )  # fmt: skip


def _in_writing(row: Difference, taken: str, value: str) -> tuple[str, tuple[Refusal, ...]]:
    if taken != Taken.OTHER:
        return "", ()
    wanted = scheme_of(issued(row.assessment)).inputs[row.input_code]
    said, faults = read_one(value, wanted)
    return said, tuple(Refusal(one.code, one.what, "value") for one in faults)
