"""The list of items: how many units of each are scored, and how many changed since."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import division_of, issued
from steelyard.assessment.queries.figures.counting import figures_that_count
from steelyard.assessment.rules.schemes.division import Duty
from steelyard.assessment.rules.states import ScoreState
from steelyard.kernel.bilingual import Text


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
