"""What a scoring body judges of an item, as it is typed and as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from steelyard.assessment.rules.schemes.division import Division, Duty, Way
from steelyard.assessment.rules.states import ScoreState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.formula import Name
from steelyard.scheme.model import Input, Scheme
from steelyard.scheme.parts import Points


class Status(StrEnum):
    NO_MATERIAL = "no_material"
    UNRELIABLE = "unreliable"
    LATE = "late"
    NOT_APPLICABLE = "not_applicable"


STATUSES: Mapping[Status, Text] = {
    Status.NO_MATERIAL: Text("无佐证材料", "no supporting material"),
    Status.UNRELIABLE: Text("数据不可靠", "unreliable data"),
    Status.LATE: Text("逾期", "late"),
    Status.NOT_APPLICABLE: Text("不适用", "not applicable"),
}
"""The statuses of an item that :class:`steelyard.weighing.values.Values` knows."""


class ClaimAnswer(StrEnum):
    """*Counts*: the points stay as they follow, whatever is said of the claim."""

    UPHELD = "upheld"
    UPHELD_COUNTS = "upheld_counts"
    REFUSED = "refused"
    REFUSED_COUNTS = "refused_counts"


CLAIM_ANSWERS: Mapping[ClaimAnswer, Text] = {
    ClaimAnswer.UPHELD: Text("认可", "upheld"),
    ClaimAnswer.UPHELD_COUNTS: Text("认可，照常计分", "upheld, scored all the same"),
    ClaimAnswer.REFUSED: Text("不认可", "refused"),
    ClaimAnswer.REFUSED_COUNTS: Text("不认可，照常计分", "refused, scored all the same"),
}

LONGEST_REASON, LONGEST_FIGURE, MOST_DEDUCTIONS = 2000, 80, 50
FINEST = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Judging:
    """What a body judges of an item. ``points_by``: the judged input that is the points themselves,
    "" if the points follow from it by a rule, or stand beside the full points, as those of a bonus or a
    deduction; ``in_points``: the same, of a bonus or a deduction too. ``expected``: points that need no
    reason. ``ignored``: statuses that the scheme takes no notice of. ``is_bonus``: its points are given
    besides the full ones.
    """

    item: str
    judged: tuple[Input, ...]
    points_by: str
    full: Fraction
    expected: Fraction
    ignored: frozenset[str] = frozenset({Status.LATE.value})
    in_points: str = ""
    is_bonus: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """A row as somebody typed it. ``deductions``: one a line, the points and then why."""

    judged: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    claim: str = ""
    deductions: str = ""
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        said = (*self.judged.values(), self.status, self.claim, self.deductions, self.reason)
        return not any(one.strip() for one in said)


@dataclass(frozen=True, slots=True)
class Taken:
    """Points taken away, and why."""

    points: Decimal
    reason: str

    @property
    def said(self) -> str:
        return plain(Fraction(self.points))


@dataclass(frozen=True, slots=True)
class Judgement:
    judged: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    claim: str = ""
    deductions: tuple[Taken, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """A unit's score as the limits see it. ``claimed``: what the unit claims of the item, or ""."""

    unit: str
    title: Text
    state: ScoreState
    claimed: str = ""
    is_own: bool = False


def judging(scheme: Scheme, divided: Division, duty: Duty, ignored: frozenset[str]) -> Judging:
    judged = tuple(
        scheme.inputs[code] for code in duty.inputs if divided.way[code] is Way.JUDGED
    )  # fmt: skip
    rule = duty.item.rule
    by = rule.points.code if isinstance(rule, Points) and isinstance(rule.points, Name) else ""
    full, counts = scheme.full[duty.item.code], duty.item.kind == "item"
    in_points = by if by in {one.code for one in judged} else ""
    points_by, expected = (in_points, full) if counts else ("", Fraction(0))
    return Judging(
        duty.item.code, judged, points_by, full, expected, ignored, in_points,
        duty.item.kind == "bonus",
    )  # fmt: skip


def overrides(status: str, of: Judging) -> bool:
    """Whether a status stands in the place of what would be judged."""
    return bool(status) and status not in of.ignored
