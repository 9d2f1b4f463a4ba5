"""An amendment makes figures other ones: whoever gave them gives them anew, and what rests on them is looked at
again. Part of its issue, in its transaction and under the lock of the assessment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.differences import compare, take_out
from steelyard.assessment.actions.supplied.opening import stop_clock, to_be_corrected
from steelyard.assessment.actions.supplied.steps import saved
from steelyard.assessment.actions.touched import reopen_scores
from steelyard.assessment.models import Assessment, SchemeVersion, Sheet, Submission
from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.queries.supplied import days_to_supply, last_signed, typed_in
from steelyard.assessment.rules.amendments import Brought, Outdated, shifted, to_give_anew
from steelyard.assessment.rules.states import SheetMove, SheetState, Stage
from steelyard.assessment.rules.supplied.cells import as_draft
from steelyard.kernel.bilingual import Text
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action
from steelyard.scheme.model import Input

SOUGHT = (SheetState.MENDING, SheetState.OUTDATED)


def outdate(
    found: Assessment, version: SchemeVersion, brought: Brought, *, by: int, now: datetime
) -> None:
    """What the amendment brings with it of figures that were given already."""
    sheets = {
        one.input_code: one
        for one in Sheet.objects.select_for_update(of=("self",)).filter(assessment=found)
    }
    to_correct = {one.code: one for one in brought.outdated if one.body}
    for code, one in to_correct.items():
        _to_correct(found, sheets[code], one, version, by, now)
    _clean_drafts(version, sheets)
    for code in brought.dropped:
        _let_be(sheets[code], by, now)
    _look_again(found, version, brought, by=by, now=now)
    for one in brought.outdated:
        said = _out(one.after, one.how)
        _tell_units(found, version, dict.fromkeys(one.units, said), f"own:{one.code}", by, now)
    for item in brought.above:
        told = {unit: item.of_unit(unit) for unit in (*item.signed, *item.unsigned)}
        _tell_units(found, version, told, f"above:{item.item.code}", by, now)


def _to_correct(
    found: Assessment, sheet: Sheet, one: Outdated, version: SchemeVersion, by: int, now: datetime
) -> None:
    """The body has as many working days, from today on, as it had for the first version."""
    draft = sheet.draft or as_draft(typed_in(last_signed(sheet)))
    sheet.draft = to_give_anew(draft, one.after, one.shift)
    sheet.why = f"细则第{version.number}版：{one.why.zh} / version {version.number}: {one.why.en}"
    sheet.urged_on = None
    if sheet.state == SheetState.OUTDATED:
        stop_clock(sheet, by, now)
    saved(sheet, SheetMove.OUTDATE)
    to_be_corrected(found, sheet, one.after.title, one.why, days_to_supply(found), by, now)


def _clean_drafts(version: SchemeVersion, sheets: Mapping[str, Sheet]) -> None:
    """What is typed and not signed: a figure that would now be read as another one is typed anew."""
    before, after = (scheme_of(one).inputs for one in (version.based_on, version))
    for code, sheet in sheets.items():
        if not sheet.draft or code not in before or code not in after:
            continue
        if sheet.state == SheetState.OUTDATED:
            continue
        typed = [one["value"] for one in sheet.draft.values() if one["value"]]
        shift = shifted(before[code], after[code], typed)
        cleaned = to_give_anew(sheet.draft, after[code], shift) if shift else sheet.draft
        if cleaned != sheet.draft:
            sheet.draft = cleaned
            sheet.save()


def _let_be(sheet: Sheet, by: int, now: datetime) -> None:
    """Nobody is asked for it any longer."""
    if sheet.state in SOUGHT:
        stop_clock(sheet, by, now)
        sheet.draft, sheet.why = {}, ""
        saved(sheet, SheetMove.LET_BE)


def _look_again(
    found: Assessment, version: SchemeVersion, brought: Brought, *, by: int, now: datetime
) -> None:
    """Differences and scores that rest on what was given: as with any figure that moves."""
    if found.stage not in (Stage.COMPARING, Stage.SCORING):
        return
    codes = {*(one.code for one in brought.outdated), *brought.dropped}
    moved = {(unit.code, code) for unit in scheme_of(version).assessed for code in codes}
    if moved:
        out = {(unit, one.code) for one in brought.outdated for unit in one.units}
        take_out(found, out, by=by, now=now, why=_why(version))
        compare(found, by=by, now=now, touched=moved, why=_why(version))
        reopen_scores(found, moved, by=by, now=now)


def _why(version: SchemeVersion) -> str:
    return f"细则第{version.number}版修订后 / since version {version.number} of the scheme"


def _tell_units(
    found: Assessment, version: SchemeVersion, told: Mapping[str, Text], what: str, by: int,
    now: datetime,
) -> None:  # fmt: skip
    """Who fills in for a unit hears what no longer fits of its own, and where it stands. ``told``: by the unit."""
    submissions = Submission.objects.filter(assessment=found, unit__code__in=told)
    for submission in submissions.select_related("unit"):
        whom = who_may(Action.FILL_ITEMS, submission.unit_id, timezone.localdate(now))
        tell(
            Kind.SCHEME_AMENDED, [account for account in whom if account != by],
            area="assessment", object_id=submission.pk,
            path=reverse("assessment:submission", args=[found.code, submission.pk]),
            words={"what": found.title, "reason": told[submission.unit.code]},
            once=f"scheme:{version.pk}:{what}:{submission.pk}", now=now,
        )  # fmt: skip


def _out(figure: Input, why: Text) -> Text:
    zh, en = figure.title.say("zh"), figure.title.say("en")
    return Text(
        f"本单位自报的“{zh}”是按原口径填报的（{why.zh}），不再参加比对",
        f"your own figure of {en} was given as it was meant before ({why.en}), and is compared no longer",
    )
