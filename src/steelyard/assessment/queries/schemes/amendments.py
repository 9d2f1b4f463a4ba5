"""An amendment beside the scheme in force: what differs, what stands against it, what it brings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import OuterRef, Subquery

from steelyard.assessment.models import (
    Answer,
    Assessment,
    Draw,
    Figure,
    SchemeVersion,
    SheetVersion,
)
from steelyard.assessment.queries.assessments import (
    division_of,
    scheme_of,
    units_below,
)
from steelyard.assessment.queries.schemes import against_the_division
from steelyard.assessment.queries.schemes.readings import own_figures
from steelyard.assessment.rules.amendments import (
    BEFORE_WORK,
    Brought,
    Owed,
    OwnScore,
    Work,
    against,
    brought,
)
from steelyard.assessment.rules.drafting import faults_of
from steelyard.assessment.rules.schemes.division import division
from steelyard.assessment.rules.schemes.units import against_strangers, strangers
from steelyard.assessment.rules.states import ScoreState, SheetState, Stage, SubmissionState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import check_document


@dataclass(frozen=True)
class CheckedAmendment:
    """``scheme``: None if the draft has faults."""

    refusals: tuple[Refusal, ...]
    brought: Brought = field(default_factory=Brought)
    scheme: Scheme | None = None


def checked_amendment(
    assessment: Assessment, version: SchemeVersion, today: date
) -> CheckedAmendment:
    """Everything that stands against issuing it now, but for its approval."""
    scheme = check_document(version.document).scheme
    if scheme is None:
        return CheckedAmendment((_unsound(faults_of(version.document).errors),))
    in_force = version.based_on
    before, old = scheme_of(in_force), division_of(in_force)
    new, work = division(scheme), load_work(assessment)
    refusals = [*against(before, scheme, old, new, work)]
    if version.content_hash == in_force.content_hash:
        refusals.append(_nothing_changed())
    refusals += against_the_division(scheme, assessment, today)
    if work.stage in BEFORE_WORK:  # from then on units are neither added nor taken away
        refusals += against_strangers(strangers(scheme, units_below(assessment, today)))
    return CheckedAmendment(tuple(refusals), brought(before, scheme, old, new, work), scheme)


def load_work(assessment: Assessment) -> Work:
    """What has been done under the scheme in force."""
    signed = set(
        assessment.sheets.filter(versions__isnull=False).values_list("pk", flat=True).distinct()
    )
    given = _given(assessment)
    sheets = {
        one.input_code: Owed(
            one.body.code,
            one.pk in signed,
            one.state == SheetState.OPEN,
            bool(one.draft),
            given.get(one.input_code, ()),
        )
        for one in assessment.sheets.select_related("body")
    }
    answers = Answer.objects.filter(submission__assessment=assessment)
    scores = assessment.scores.filter(state=ScoreState.SCORED)
    return Work(
        stage=Stage(assessment.stage),
        sheets=sheets,
        answered=frozenset(answers.values_list("item", flat=True).distinct()),
        submitted=assessment.submissions.exclude(state=SubmissionState.FILLING).exists(),
        scored=frozenset(scores.values_list("item", flat=True).distinct()),
        drawn=frozenset(
            Draw.objects.filter(assessment=assessment).values_list("input_code", flat=True)
        ),
        reported=own_figures(assessment),
        own_scores=tuple(_own_scores(assessment)),
    )


def _own_scores(assessment: Assessment) -> Iterator[OwnScore]:
    rows = Answer.objects.filter(submission__assessment=assessment, self_score__isnull=False)
    told = rows.values_list("submission__unit__code", "item", "self_score", "submission__state")
    for unit, item, points, state in told.order_by("submission__unit__code", "item"):
        yield OwnScore(unit, item, Fraction(points), state == SubmissionState.LOCKED)


def _given(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """Input → the figures on the last signed version of its sheet, whether they count now or not."""
    last = SheetVersion.objects.filter(sheet=OuterRef("sheet_version__sheet")).order_by("-number")
    rows = Figure.objects.filter(
        sheet_version__sheet__assessment=assessment, sheet_version=Subquery(last.values("pk")[:1])
    ).exclude(value="")
    found: dict[str, list[str]] = {}
    for code, value in rows.values_list("sheet_version__sheet__input_code", "value"):
        found.setdefault(code, []).append(value)
    return {code: tuple(values) for code, values in found.items()}


def _unsound(count: int) -> Refusal:
    return refusal(
        "unsound_scheme",
        Text(f"修订稿有{count}处错误", f"the amendment has faults: {count}"),
        Text("请先改正", "mend them first"),
    )


def _nothing_changed() -> Refusal:
    return refusal(
        "nothing_changed",
        Text("修订稿与现行细则没有差别", "the amendment says what the scheme says already"),
        Text("请先修改，或者放弃", "change something, or drop it"),
    )
