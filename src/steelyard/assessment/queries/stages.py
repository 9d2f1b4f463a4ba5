"""An assessment as the limits of its stages see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from steelyard.assessment.models import Assessment, Comment, SchemeVersion
from steelyard.assessment.queries.approvals import standings_of_scheme, vacant_steps
from steelyard.assessment.queries.assessments import (
    issued,
    scheme_of,
    under_way,
    units_below,
)
from steelyard.assessment.queries.counts import StillOpen, load_open
from steelyard.assessment.queries.figures.missing import load_missing
from steelyard.assessment.queries.figures.missing_records import (
    load_all_missing,
    load_frozen_today,
    load_undecided,
    load_without_base,
)
from steelyard.assessment.queries.schemes import against_the_division
from steelyard.assessment.queries.schemes.comments import comments_due, left_of
from steelyard.assessment.rules.approvals import next_step
from steelyard.assessment.rules.figures.missing import Missing
from steelyard.assessment.rules.schemes.units import strangers
from steelyard.assessment.rules.stages import AssessmentState
from steelyard.assessment.rules.states import (
    CommentState,
    SheetState,
    Stage,
    WeighingState,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refusal
from steelyard.people.queries import load_below
from steelyard.people.rules.roles import ROLES, Role
from steelyard.records.catalogue.model import PLACES
from steelyard.scheme.read import scheme_from_document
from steelyard.supply.models import Delivery
from steelyard.supply.queries import registrars_above
from steelyard.supply.queries.places import load_parents
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.snapshots import belongs

DRAFTING = (Stage.DRAFTING, Stage.COMMENTS, Stage.CHECKED)


def load_state(
    assessment: Assessment, today: date, missing: Sequence[Missing] | None = None
) -> AssessmentState:
    """``missing``: the figures that are missing, for whoever has asked for them already."""
    stage = Stage(assessment.stage)
    if stage in DRAFTING:
        return _while_drafting(assessment, stage, today)
    still = load_open(assessment, today)
    return AssessmentState(
        stage=stage,
        version=assessment.version,
        unlocked=still.unlocked,
        unsigned_sheets=still.unsigned_sheets,
        closes_on=still.closes_on,
        starts=assessment.starts,
        ends=assessment.ends,
        cut_off=assessment.cut_off,
        open_differences=still.open_differences,
        to_correct=_to_correct(assessment) if still.outdated_sheets else (),
        missing=_undecided(assessment, stage, today, missing),
        without_base=load_without_base(assessment, today) if _is_scored(stage, still) else (),
        unscored=still.unscored,
        unreviewed_files=still.unreviewed_files,
        open_suspicions=still.open_suspicions,
        contested=still.contested,
        uncorrected=still.uncorrected,
        planned_visits=still.planned_visits,
        lacks_places=lacks_places(assessment, today),
        without_place=without_place(assessment, today) if stage is not Stage.FROZEN else (),
        last_weighing=_last_weighing(assessment, stage),
    )


def _is_scored(stage: Stage, still: StillOpen) -> bool:
    return stage is Stage.SCORING and not still.unscored


def _to_correct(assessment: Assessment) -> tuple[Text, ...]:
    """The sheets that an amendment has made untrue, each with its body; but for one whose every figure the
    office lets count as missing."""
    version = issued(assessment)
    if version is None:
        return ()
    open_ones = {one.input for one in load_missing(assessment) if not one.is_decided}
    inputs = scheme_of(version).inputs
    return tuple(
        Text(
            f"{one.body.name.say('zh')}“{inputs[one.input_code].title.say('zh')}”",
            f"{inputs[one.input_code].title.say('en')} of {one.body.name.say('en')}",
        )
        for one in assessment.sheets.filter(state=SheetState.OUTDATED).select_related("body")
        if one.input_code in open_ones
    )


def _undecided(
    assessment: Assessment, stage: Stage, today: date, missing: Sequence[Missing] | None
) -> tuple[Text, ...]:
    """What records lack holds up no scoring, for it may still be delivered; before the freeze it is decided."""
    if stage not in (Stage.COMPARING, Stage.SCORING):
        return ()
    return load_undecided(
        assessment, load_all_missing(assessment, today) if missing is None else missing
    )


def lacks_places(assessment: Assessment, today: date) -> bool:
    """Whether none of the accepted tables of places would go into the snapshot of this assessment: of the
    office, of those below, or, as a city has it from its province, of those above."""
    office = assessment.office_id
    bodies = load_below(office, today) | registrars_above(office, today)
    found = Delivery.objects.filter(table_code=PLACES, status=Status.ACCEPTED, body__in=bodies)
    if assessment.cut_off is not None:
        found = found.filter(cut_off__lte=assessment.cut_off)
    wanted = Period(assessment.starts, assessment.ends)
    periods = found.values_list("starts", "ends")
    return not any(belongs(Period(*one), wanted) for one in periods)


def without_place(assessment: Assessment, today: date) -> tuple[str, ...]:
    """The units assessed that the tables of places, as they would be frozen, do not have; () while there is
    no such table at all, or no scheme in force."""
    version = issued(assessment)
    if version is None:
        return ()
    known = load_parents(load_frozen_today(assessment, today))
    units = [one.code for one in scheme_of(version).assessed]
    return tuple(one for one in units if one not in known) if known else ()


def _last_weighing(assessment: Assessment, stage: Stage) -> WeighingState | None:
    if stage is not Stage.FROZEN:
        return None
    last = assessment.weighings.values_list("state", flat=True).first()
    return WeighingState(last) if last else None


def _while_drafting(assessment: Assessment, stage: Stage, today: date) -> AssessmentState:
    draft = under_way(assessment)
    if draft is None:
        return AssessmentState(stage=stage, version=assessment.version)
    faults, undivided, strange = _checked(draft, assessment, today)
    return AssessmentState(
        stage=stage,
        version=assessment.version,
        has_draft=True,
        faults=faults + len(draft.unread),
        undivided=undivided,
        strangers=strange,
        rounds=draft.rounds,
        held_round=draft.held_round,
        open_comments=Comment.objects.filter(scheme=draft, state=CommentState.OPEN).count(),
        not_carried_out=left_of(draft),
        comments_due=comments_due(draft),
        is_approved=next_step(standings_of_scheme(draft)) is None,
        vacant_steps=_vacant(draft, today) if stage is Stage.CHECKED else (),
    )


def _vacant(draft: SchemeVersion, today: date) -> tuple[Text, ...]:
    """Each open step that nobody can take, with the role that is wanted."""
    steps = vacant_steps(draft, today)
    roles = [ROLES[Role(one.role)] for one in steps]
    return tuple(
        Text(f"“{one.title.say('zh')}”（{role.zh}空缺）", f"“{one.title.say('en')}” (no {role.en})")
        for one, role in zip(steps, roles, strict=True)
    )


def _checked(
    draft: SchemeVersion, assessment: Assessment, today: date
) -> tuple[int, tuple[Refusal, ...], tuple[str, ...]]:
    """How many faults a draft has; if none, what keeps its work from being divided, and strange units."""
    try:
        scheme = scheme_from_document(draft.document)
    except Faulty as error:
        return len(error.faults), (), ()
    undivided = against_the_division(scheme, assessment, today)
    return 0, undivided, strangers(scheme, units_below(assessment, today))
