"""What there is to score, row by row: everything that stands side by side, in a few questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q

from steelyard.assessment.models import (
    Answer,
    Assessment,
    Deduction,
    MaterialUse,
    SchemeVersion,
    Score,
    Suspicion,
)
from steelyard.assessment.permissions.scoring import (
    bodies_scored_for,
    looks_after,
    organisations_of,
    own_among,
)
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.besides import load_besides
from steelyard.assessment.queries.collection import with_kinds
from steelyard.assessment.queries.counting import figures_that_count
from steelyard.assessment.rules.counting import Counted, Key
from steelyard.assessment.rules.division import Duty, Way
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.following import (
    NOTHING_BESIDES,
    Besides,
    Follows,
    follow,
    ignored_statuses,
)
from steelyard.assessment.rules.frozen import asked_of_units
from steelyard.assessment.rules.judging import (
    Judgement,
    Judging,
    RowFacts,
    Taken,
    Typed,
    deductions_as_typed,
    judging,
)
from steelyard.assessment.rules.states import ScoreState, Stage, SubmissionState, SuspicionState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.people.queries import load_above
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.scheme.model import Input

NOTHING = Follows(None)
LOOKING_BACK = (Stage.FROZEN,)
"""Stages from which on a unit sees what was said of it."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of the list: how many of its units are scored, how many changed since."""

    duty: Duty
    body: int
    body_title: Text
    units: int
    scored: int
    changed: int
    reopened: int

    @property
    def waits(self) -> int:
        return self.units - self.scored


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure beside the form: what counts, what the unit reports, what it was when it was scored."""

    input: Input
    way: Way
    counted: Counted | None
    reported: str = ""
    was: str | None = None

    @property
    def value(self) -> str:
        return self.counted.value if self.counted else ""

    @property
    def said(self) -> Text:
        return said_figure(self.value, self.input)

    @property
    def said_reported(self) -> Text:
        return said_figure(self.reported if self.reported != self.value else "", self.input)

    @property
    def said_was(self) -> Text:
        return said_figure(self.was or "", self.input)

    @property
    def is_changed(self) -> bool:
        return self.was is not None and self.was != self.value


@dataclass(slots=True, eq=False)
class ScoreRow:
    """One unit of an item's page."""

    score: Score
    facts: RowFacts
    typed: Typed
    judgement: Judgement
    answer: Answer | None = None
    materials: tuple[MaterialUse, ...] = ()
    figures: tuple[FigureShown, ...] = ()
    follows: Follows = NOTHING
    suspicion: Suspicion | None = None
    is_submitted: bool = True

    @property
    def is_scored(self) -> bool:
        return self.facts.state is ScoreState.SCORED

    @property
    def self_score(self) -> str:
        points = self.answer.self_score if self.answer else None
        return "" if points is None else plain(Fraction(points))

    @property
    def changed(self) -> tuple[FigureShown, ...]:
        """Figures that are others since it was scored."""
        return tuple(one for one in self.figures if one.is_changed)


@dataclass(slots=True)
class ItemPage:
    """An item with all its units. ``figures``: the basis of all rows, as it is to be kept on them."""

    assessment: Assessment
    version: SchemeVersion
    duty: Duty
    of: Judging
    rows: list[ScoreRow]
    counted: Mapping[Key, Counted]
    forged: frozenset[str] = frozenset()
    besides: Besides = NOTHING_BESIDES
    late: frozenset[str] = frozenset()
    """Units of which the scheme's rule for what is late is asked: filed late, or not submitted."""

    def basis(self, unit: str) -> dict[str, str]:
        return basis_of(self.duty, self.version, self.counted, unit)

    def follow(self, judgements: Mapping[str, Judgement]) -> Mapping[str, Follows]:
        """The points that follow, with these judgements in the place of what stands."""
        figures = {key: one.value for key, one in self.counted.items()}
        statuses: dict[str, str] = {}
        for row in self.rows:
            unit = row.facts.unit
            found = judgements.get(unit, row.judgement)
            figures |= {(unit, code): value for code, value in found.judged.items()}
            late = "late" if unit in self.late else ""
            statuses[unit] = "forged" if unit in self.forged else found.status or late
        return follow(scheme_of(self.version), self.duty.item.code, figures, statuses, self.besides)


def basis_of(
    duty: Duty, version: SchemeVersion, counted: Mapping[Key, Counted], unit: str
) -> dict[str, str]:
    """Input → the figure on which a score rests, "" where there is none."""
    way = division_of(version).way
    return {
        code: counted[unit, code].value if (unit, code) in counted else ""
        for code in duty.inputs
        if way[code] is not Way.JUDGED
    }


# --- who sees what --------------------------------------------------------------------------------


def scores_seen_by(held: Iterable[Held], assessment: Assessment, on: date) -> Q | None:
    """Which scores exist for a person while they are given; None: none."""
    held = tuple(held)
    if looks_after(held, assessment.office_id, on):
        return Q()
    bodies = bodies_scored_for(held, on)
    return Q(body__in=bodies) if bodies else None


def sees_what_was_said(held: Iterable[Held], score: Score, on: date) -> bool:
    """Whether the page of one item and unit exists for a person."""
    held = tuple(held)
    if looks_after(held, score.assessment.office_id, on):
        return True
    if score.body_id in bodies_scored_for(held, on):
        return True
    is_over = Stage(score.assessment.stage) in LOOKING_BACK
    return is_over and score.unit_id in reach(held, Action.SEE_ASSESSMENT, on)


def own_units(held: Iterable[Held], units: Iterable[int], on: date) -> frozenset[int]:
    """Units in which, or below which, a person holds any role."""
    organisations = organisations_of(held, on)
    above = load_above(organisations, on) if organisations else frozenset()
    return own_among(list(units), above)


# --- the list -------------------------------------------------------------------------------------


def load_lines(assessment: Assessment, seen: Q) -> list[ItemLine]:
    """Every item that exists for a person, in the order of the scheme."""
    version = issued(assessment)
    if version is None:
        return []
    rows = (
        assessment.scores.filter(seen)
        .order_by()
        .values("item", "body", "body__name_zh", "body__name_en")
        .annotate(
            units=Count("pk"),
            scored=Count("pk", filter=Q(state=ScoreState.SCORED)),
            again=Count("pk", filter=Q(state=ScoreState.OPEN, scored_at__isnull=False)),
        )
    )
    by_item = {row["item"]: row for row in rows}
    changed = _changed(assessment, version, seen) if by_item else {}
    return [
        ItemLine(
            duty, row["body"], Text(row["body__name_zh"], row["body__name_en"]), row["units"],
            row["scored"], changed.get(duty.item.code, 0), row["again"],
        )
        for duty in division_of(version).duties
        if (row := by_item.get(duty.item.code))
    ]  # fmt: skip


def _changed(assessment: Assessment, version: SchemeVersion, seen: Q) -> dict[str, int]:
    """Item → how many of its given scores rest on a figure that is another since."""
    counted = figures_that_count(assessment, version)
    given = assessment.scores.filter(seen, state=ScoreState.SCORED).order_by()
    found: dict[str, int] = {}
    for item, unit, basis in given.values_list("item", "unit__code", "figures"):
        if any(
            value != (counted[unit, code].value if (unit, code) in counted else "")
            for code, value in basis.items()
        ):
            found[item] = found.get(item, 0) + 1
    return found


# --- one item -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the scores of an item: by unit what it filed, and what is suspected; by score
    and by answer the rest."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    materials: Mapping[int, list[MaterialUse]] = field(default_factory=dict)
    deductions: Mapping[int, list[Deduction]] = field(default_factory=dict)
    suspicions: Mapping[int, Suspicion] = field(default_factory=dict)
    signed: Mapping[int, int] = field(default_factory=dict)
    """Unit → how many working days late its submission was signed."""


def load_item(
    assessment: Assessment, item: str, held: Iterable[Held] | None, on: date,
    scores: list[Score] | None = None,
) -> ItemPage | None:  # fmt: skip
    """An item with all its units, whoever asks. ``scores``: its rows, if they are held already.

    None: the scheme has no such leaf, or nothing of it is to be scored yet.
    """
    version = issued(assessment)
    if version is None:
        return None
    duty = next((one for one in division_of(version).duties if one.item.code == item), None)
    rows = load_scores(assessment, item) if scores is None else scores
    if duty is None or not rows:
        return None
    scheme = scheme_of(version)
    of = judging(scheme, division_of(version), duty, ignored_statuses(scheme, item))
    counted = figures_that_count(assessment, version, duty.inputs)
    beside = _beside(assessment, item, rows)
    own = own_units(held or (), [one.unit_id for one in rows], on)
    forged = frozenset(
        one.unit.code
        for one in rows
        if (suspicion := beside.suspicions.get(one.unit_id))
        and suspicion.state == SuspicionState.CONFIRMED
    )
    order = {unit.code: at for at, unit in enumerate(scheme.assessed)}
    rows = sorted(rows, key=lambda one: order.get(one.unit.code, len(order)))
    is_asked = item in asked_of_units(division_of(version))
    late = late_among(rows, beside.signed) if is_asked else frozenset()
    besides = load_besides(assessment, version, item)
    page = ItemPage(assessment, version, duty, of, [], counted, forged, besides, late)
    page.rows = [row_of(page, one, beside, is_own=one.unit_id in own) for one in rows]
    follows = page.follow({})
    for row in page.rows:
        row.follows = follows.get(row.facts.unit, Follows(None))
    return page


def late_among(rows: Iterable[Score], signed: Mapping[int, int]) -> frozenset[str]:
    """Units that filed late, or not at all. ``signed``: unit → how many days late."""
    return frozenset(one.unit.code for one in rows if signed.get(one.unit_id, 1) > 0)


def load_scores(assessment: Assessment, item: str) -> list[Score]:
    found = assessment.scores.filter(item=item).select_related(
        "unit", "body", "scored_by", "reopened_by"
    )
    return list(found)


def _beside(assessment: Assessment, item: str, rows: list[Score]) -> Beside:
    answers = Answer.objects.filter(
        submission__assessment=assessment, submission__state=SubmissionState.LOCKED, item=item
    ).select_related("submission")
    by_unit = {one.submission.unit_id: one for one in answers}
    materials: dict[int, list[MaterialUse]] = {}
    uses = MaterialUse.objects.filter(answer__in=[one.pk for one in by_unit.values()])
    for use in uses.select_related("material").order_by("pk"):
        materials.setdefault(use.answer_id, []).append(use)
    deductions: dict[int, list[Deduction]] = {}
    for one in Deduction.objects.filter(score__in=[row.pk for row in rows]).order_by("pk"):
        deductions.setdefault(one.score_id, []).append(one)
    suspicions: dict[int, Suspicion] = {}
    for suspicion in assessment.suspicions.filter(item=item).order_by("pk"):
        before = suspicions.get(suspicion.unit_id)
        if before is None or before.state != SuspicionState.CONFIRMED:
            suspicions[suspicion.unit_id] = suspicion
    signed = assessment.submissions.filter(state=SubmissionState.LOCKED).order_by()
    days_late = dict(signed.values_list("unit", "days_late"))
    return Beside(by_unit, materials, deductions, suspicions, days_late)


def row_of(page: ItemPage, score: Score, beside: Beside, *, is_own: bool) -> ScoreRow:
    unit = score.unit.code
    answer = beside.answers.get(score.unit_id)
    found = judgement_of(score, beside.deductions.get(score.pk, ()))
    facts = RowFacts(
        unit, score.unit.name, ScoreState(score.state), answer.claim if answer else "", is_own
    )
    return ScoreRow(
        score, facts, typed_of(found), found, answer,
        tuple(with_kinds(beside.materials.get(answer.pk, ()), page.duty.item.material)) if answer else (),
        _figures(page, score, answer), suspicion=beside.suspicions.get(score.unit_id),
        is_submitted=score.unit_id in beside.signed,
    )  # fmt: skip


def _figures(page: ItemPage, score: Score, answer: Answer | None) -> tuple[FigureShown, ...]:
    scheme, way = scheme_of(page.version), division_of(page.version).way
    reported = answer.figures if answer else {}
    return tuple(
        FigureShown(
            scheme.inputs[code], way[code], page.counted.get((score.unit.code, code)),
            str(reported.get(code, "")),
            score.figures.get(code) if score.scored_at else None,
        )
        for code in page.duty.inputs
        if way[code] is not Way.JUDGED
    )  # fmt: skip


def judgement_of(score: Score, deductions: Iterable[Deduction]) -> Judgement:
    return Judgement(
        dict(score.judged), score.status, score.claim,
        tuple(Taken(one.points, one.reason) for one in deductions), score.reason,
    )  # fmt: skip


def typed_of(found: Judgement) -> Typed:
    return Typed(
        found.judged, found.status, found.claim, deductions_as_typed(found.deductions), found.reason
    )


# --- what is frozen and weighed -------------------------------------------------------------------


def statuses_that_count(assessment: Assessment) -> dict[Key, str]:
    """(unit, item) → the status of the item; *forged*, where that was found, before all others."""
    given = assessment.scores.filter(state=ScoreState.SCORED).exclude(status="").order_by()
    found = {
        (unit, item): status
        for unit, item, status in given.values_list("unit__code", "item", "status")
    }
    forged = assessment.suspicions.filter(state=SuspicionState.CONFIRMED).order_by()
    return found | dict.fromkeys(forged.values_list("unit__code", "item"), "forged")
