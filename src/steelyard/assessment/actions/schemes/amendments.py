"""Amend an issued scheme: propose, settle, have it approved, issue it in place of the one in force."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.assessments import held_for_the_office
from steelyard.assessment.actions.schemes import as_kept, move_version
from steelyard.assessment.actions.schemes.outdated import outdate
from steelyard.assessment.actions.supplied import start_clocks, stop_clock
from steelyard.assessment.models import Assessment, SchemeVersion, Score, Sheet
from steelyard.assessment.queries.approvals import standings_of_scheme
from steelyard.assessment.queries.assessments import bodies_for, issued, scheme_of, under_way
from steelyard.assessment.queries.schemes.amendments import checked_amendment
from steelyard.assessment.queries.supplied import days_to_supply
from steelyard.assessment.rules.amendments import AMENDABLE, Brought
from steelyard.assessment.rules.approvals import next_step
from steelyard.assessment.rules.states import (
    SCHEME,
    SchemeMove,
    SchemeState,
    ScoreState,
    SheetState,
    Stage,
)
from steelyard.assessment.telling.schemes import tell_all, tell_of_vacant_steps, tell_the_next
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.kernel.refusing import refusal
from steelyard.notices.rules.texts import Kind
from steelyard.trail.acting import A_CLICK, acting
from steelyard.trail.versions import refuse_if_changed


def propose(*, assessment: int, why: str, by: int, now: datetime) -> SchemeVersion:
    """Begin an amendment: a draft that says what the scheme in force says, and why it is to change.
    Begun again at once by the same person, it is the first.

    Raises:
        Refused: who asks may not, there is nothing to amend, or an amendment is under way already.
    """
    with acting("propose_amendment", by=by):
        found = held_for_the_office(assessment, by, now)
        in_force = issued(found)
        there = found.schemes.filter(
            based_on=in_force, why=why.strip(), made_by=by, made_at__gt=now - A_CLICK,
            state=SchemeState.DRAFT,
        ).first()  # fmt: skip
        if there is not None:
            return there
        refuse_if_any(_against_proposing(found, in_force, why))
        last = found.schemes.values_list("number", flat=True).first() or 0
        version = SchemeVersion(
            assessment=found, number=last + 1, made_by_id=by, made_at=now, based_on=in_force,
            why=why.strip(),
        )  # fmt: skip
        return as_kept(version, in_force.document)


def _against_proposing(
    found: Assessment, in_force: SchemeVersion | None, why: str
) -> tuple[Refusal, ...]:
    refusals = []
    if in_force is None or Stage(found.stage) not in AMENDABLE:
        refusals.append(refusal(
            "not_amendable",
            Text("细则只在印发之后、数据冻结之前修订", "a scheme is amended after it is issued and before the freeze"),
            Text("请先印发；冻结以后不再修订", "issue it first; what is frozen stands"),
        ))  # fmt: skip
    elif under_way(found) is not None:
        refusals.append(Refusal("amended_already", Text(
            "已有一份修订稿在办，请先办结或者放弃", "an amendment is under way: finish it, or drop it first",
        )))  # fmt: skip
    if not why.strip():
        refusals.append(
            Refusal("no_reason", Text("请写明为什么修订", "say why it is to change"), "why")
        )
    return tuple(refusals)


def move_amendment(
    *, assessment: int, move: SchemeMove, by: int, now: datetime, seen: int
) -> SchemeVersion:
    """Settle an amendment for approval, take it back, drop it, or issue it.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
        ChangedMeanwhile: somebody saved it since it was seen.
    """
    with acting(f"{move}_amendment", by=by):
        found = held_for_the_office(assessment, by, now)
        version = under_way(found)
        if version is None or version.based_on is None:
            said = Text("没有在办的修订稿", "no amendment is under way")
            refuse_if_any([Refusal("no_amendment", said)])
            raise AssertionError
        if move not in (
            SchemeMove.CHECK,
            SchemeMove.DRAFT_AGAIN,
            SchemeMove.DROP,
            SchemeMove.ISSUE,
        ):
            raise ValueError(move)
        refuse_if_any(SCHEME.against(SchemeState(version.state), move))
        refuse_if_changed(version, seen)
        _DOES[move](found, version, by, now)
        return version


def _check(found: Assessment, version: SchemeVersion, by: int, now: datetime) -> None:
    refuse_if_any(checked_amendment(found, version, timezone.localdate(now)).refusals)
    move_version(version, SchemeMove.CHECK)
    tell_the_next(version, next_step(standings_of_scheme(version)), by=by, now=now)
    tell_of_vacant_steps(version, now=now)


def _draft_again(_: Assessment, version: SchemeVersion, by: int, now: datetime) -> None:  # noqa: ARG001
    move_version(version, SchemeMove.DRAFT_AGAIN)


def _drop(_: Assessment, version: SchemeVersion, by: int, now: datetime) -> None:  # noqa: ARG001
    move_version(version, SchemeMove.DROP)


def _issue(found: Assessment, version: SchemeVersion, by: int, now: datetime) -> None:
    checked = checked_amendment(found, version, timezone.localdate(now))
    refuse_if_any((*checked.refusals, *_not_approved(version)))
    replaced = SchemeVersion.objects.select_for_update().get(pk=version.based_on_id)
    move_version(replaced, SchemeMove.REPLACE)
    version.issued_by_id, version.issued_at = by, now
    move_version(version, SchemeMove.ISSUE)
    _bring(found, version, checked.brought, by, now)
    outdate(found, version, checked.brought, by=by, now=now)
    tell_all(Kind.SCHEME_AMENDED, version, reason=version.why, now=now)


_DOES = {
    SchemeMove.CHECK: _check,
    SchemeMove.DRAFT_AGAIN: _draft_again,
    SchemeMove.DROP: _drop,
    SchemeMove.ISSUE: _issue,
}


def _not_approved(version: SchemeVersion) -> tuple[Refusal, ...]:
    standings = standings_of_scheme(version)
    if standings and next_step(standings) is None:
        return ()
    return (refusal(
        "not_approved",
        Text("修订稿还没有走完审签", "the amendment is not approved by every step"),
        Text("请各审签人办理；改动过的须重新审签", "the steps have to approve it as it now stands"),
    ),)  # fmt: skip


def _bring(
    found: Assessment, version: SchemeVersion, brought: Brought, by: int, now: datetime
) -> None:
    """The sheets and open scores follow what the amendment says of bodies. Who has to supply from now on
    has as many working days, from today on, as the others had."""
    bodies = bodies_for(found, timezone.localdate(now))
    inputs, days = scheme_of(version).inputs, days_to_supply(found)
    for code, body in brought.opens:
        sheet = Sheet.objects.create(assessment=found, body_id=bodies[body], input_code=code)
        start_clocks(found, [(sheet, inputs[code].title)], days, by, now)
    for code, body in brought.hands_over:
        sheet = Sheet.objects.select_for_update().get(assessment=found, input_code=code)
        sheet.body_id = bodies[body]
        sheet.save()
        if sheet.state == SheetState.OPEN:
            stop_clock(sheet, by, now)
            start_clocks(found, [(sheet, inputs[code].title)], days, by, now)
    for item, body in brought.rescores:
        open_scores = Score.objects.filter(assessment=found, item=item, state=ScoreState.OPEN)
        open_scores.update(body_id=bodies[body])
