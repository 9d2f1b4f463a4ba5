"""One unit of an item's page, and the item with all of them: everything that stands side by side."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.assessment.models import (
    Answer,
    Assessment,
    Deduction,
    MaterialUse,
    SchemeVersion,
    Score,
    Suspicion,
)
from steelyard.assessment.queries.assessments import division_of, scheme_of
from steelyard.assessment.queries.reviews import OfUnit
from steelyard.assessment.queries.visits import Found
from steelyard.assessment.rules.figures import said_figure
from steelyard.assessment.rules.figures.counting import Counted, Key
from steelyard.assessment.rules.figures.lacks import LACKS
from steelyard.assessment.rules.figures.missing import Decided
from steelyard.assessment.rules.judging import (
    CLAIM_REFUSED,
    Judgement,
    Judging,
    RowFacts,
    Taken,
    Typed,
    deductions_as_typed,
    is_refused_bonus,
)
from steelyard.assessment.rules.judging.following import NOTHING_BESIDES, Besides, Follows, follow
from steelyard.assessment.rules.schemes.division import Duty, Way
from steelyard.assessment.rules.states import ScoreState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.model import Input

NOTHING = Follows(None)


@dataclass(frozen=True, slots=True)
class FigureShown:
    """A figure beside the form: what counts, what the unit reports, what it was when it was scored."""

    input: Input
    way: Way
    counted: Counted | None
    reported: str = ""
    was: str | None = None
    decided: Decided | None = None
    """That it counts as lacking, where no figure counts."""

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
    def lack(self) -> Text:
        """How it is lacking, as it was decided."""
        return LACKS[self.decided.status] if self.decided else Text()

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
    findings: tuple[Found, ...] = ()
    """What was found of it on visits that are reported."""
    reviews: tuple[OfUnit, ...] = ()
    """What the draws of case files that feed the item say of the unit."""
    beside: str = ""
    """The mark of all that stands beside the form of the row, but for the value of its figures."""

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

    def rows_of(self, scores: Container[int]) -> list[ScoreRow]:
        """Those of these scores, in the order of the page."""
        return [row for row in self.rows if row.score.pk in scores]

    def basis(self, unit: str) -> dict[str, str]:
        return basis_of(self.duty, self.version, self.counted, unit)

    def is_above(self, row: ScoreRow) -> bool:
        """Whether the unit gave itself more than the item has by the scheme in force: it signed before an
        amendment."""
        points = row.answer.self_score if row.answer else None
        return points is not None and 0 < self.of.full < Fraction(points)

    def follow(self, judgements: Mapping[str, Judgement]) -> Mapping[str, Follows]:
        """The points that follow, with these judgements in the place of what stands."""
        figures = {key: one.value for key, one in self.counted.items()}
        statuses: dict[str, str] = {}
        refused: list[str] = []
        for row in self.rows:
            unit = row.facts.unit
            found = judgements.get(unit, row.judgement)
            figures |= {(unit, code): value for code, value in found.judged.items()}
            late = "late" if unit in self.late else ""
            statuses[unit] = "forged" if unit in self.forged else found.status or late
            if unit not in self.forged and is_refused_bonus(found, self.of):
                refused.append(unit)
        follows = follow(
            scheme_of(self.version), self.duty.item.code, figures, statuses, self.besides
        )
        return {**follows, **dict.fromkeys(refused, Follows(Fraction(0), CLAIM_REFUSED))}


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


def judgement_of(score: Score, deductions: Iterable[Deduction]) -> Judgement:
    return Judgement(
        dict(score.judged), score.status, score.claim,
        tuple(Taken(one.points, one.reason) for one in deductions), score.reason,
    )  # fmt: skip


def typed_of(found: Judgement) -> Typed:
    return Typed(
        found.judged, found.status, found.claim, deductions_as_typed(found.deductions), found.reason
    )
